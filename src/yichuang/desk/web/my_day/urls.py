"""Addresses of one's own day."""

from django.urls import path

from . import views

urlpatterns = [
    path("my-day", views.my_day, name="my_day"),
    path("my-day/bell", views.bell, name="my_day_bell"),
    path("my-day/messages/read", views.read_all, name="my_day_read_all"),
    path("my-day/messages/<int:message>/read", views.read, name="my_day_read"),
    path("my-day/notes", views.write_note, name="my_day_write_note"),
    path("my-day/notes/<int:note>/take", views.take_note, name="my_day_take_note"),
]

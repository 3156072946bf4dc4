"""Addresses of the app's pages."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("calendar", views.this_year, name="calendar"),
    path("calendar/<int:year>", views.year_page, name="calendar_year"),
    path("calendar/<int:year>/days", views.amend, name="calendar_amend"),
    path("calendar/<int:year>/announcement", views.announce, name="calendar_announce"),
]

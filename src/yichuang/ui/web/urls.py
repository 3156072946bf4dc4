"""Addresses of what belongs to no app: the language switch and the session."""

from django.urls import path

from . import views

urlpatterns = [
    path("language", views.set_language, name="set_language"),
    path("session", views.renew_session, name="renew_session"),
]

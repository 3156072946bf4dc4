"""Addresses of what belongs to no app: the language switch, the session, the mark in the browser's tab."""

from django.urls import path

from . import views

urlpatterns = [
    path("language", views.set_language, name="set_language"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("session", views.renew_session, name="renew_session"),
]

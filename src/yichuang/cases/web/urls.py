"""Addresses of the app's pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("cases", views.find, name="case_find"),
    path("cases/<str:number>", views.show, name="case"),
]

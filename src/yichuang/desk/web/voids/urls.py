"""Addresses of the decisions on 作废."""

from django.urls import path

from . import views

urlpatterns = [
    path("voids", views.voids, name="voids"),
    path("voids/<str:number>", views.decide, name="void_decide"),
]

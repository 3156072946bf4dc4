"""Addresses of the app's pages."""

from django.urls import path

from . import import_views, views

urlpatterns = [
    path("items", views.items, name="items"),
    path("items/export.csv", views.export, name="items_export"),
    path("items/import", import_views.upload, name="items_import"),
    path("items/import/check/<int:upload_id>", import_views.check, name="items_import_check"),
    path("items/import/check/<int:upload_id>/refused.csv", import_views.check_refused, name="items_check_refused"),
    path("items/import/done/<int:import_id>", import_views.done, name="items_import_done"),
    path("items/import/done/<int:import_id>/refused.csv", import_views.done_refused, name="items_done_refused"),
    path("items/<str:key>", views.item, name="item"),
    path("items/<str:key>/activity", views.activity, name="item_activity"),
]

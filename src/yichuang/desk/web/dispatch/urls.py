"""Addresses of the middle office."""

from django.urls import path

from .views import doing, lists

urlpatterns = [
    path("dispatch", lists.dispatch, name="dispatch"),
    path("dispatch/export.<str:form>", lists.export, name="dispatch_export"),
    path("dispatch/sheets/<str:number>", lists.sheet, name="dispatch_sheet"),
    path("dispatch/hand-over", doing.hand_over, name="dispatch_hand_over"),
]

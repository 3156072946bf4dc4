"""Addresses of the back office."""

from django.urls import path

from .views import lists, work

urlpatterns = [
    path("inbox", lists.inbox, name="inbox"),
    path("inbox/sign", lists.sign, name="inbox_sign"),
    path("inbox/export.<str:form>", lists.export, name="inbox_export"),
    path("inbox/<str:number>", work.case, name="inbox_case"),
    path("inbox/<str:number>/<str:verb>", work.act, name="inbox_act"),
]

"""Addresses of the issue counter."""

from django.urls import path

from .views import counter, lists

urlpatterns = [
    path("issue", lists.issue, name="issue"),
    path("issue/export.<str:form>", lists.export, name="issue_export"),
    path("issue/<str:number>", counter.case, name="issue_case"),
    path("issue/<str:number>/<str:verb>", counter.act, name="issue_act"),
]

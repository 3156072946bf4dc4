"""Addresses of the clerk's desk."""

from django.urls import path

from .views import cases, drafts, files, finding, page, receiving, reversing

urlpatterns = [
    path("desk", page.show, name="desk"),
    path("desk/items", finding.items, name="desk_items"),
    path("desk/form", finding.form, name="desk_form"),
    path("desk/applicant", receiving.applicant, name="desk_applicant"),
    path("desk/receive", receiving.receive, name="desk_receive"),
    path("desk/consult", receiving.consult, name="desk_consult"),
    path("desk/cases", cases.found, name="desk_cases"),
    path("desk/cases/<str:number>", cases.show, name="desk_case"),
    path("desk/cases/<str:number>/carry-on", cases.carry_on, name="desk_carry_on"),
    path("desk/undo/<int:entry>", reversing.undo, name="desk_undo"),
    path("desk/void/<str:number>", reversing.void, name="desk_void"),
    path("desk/upload", files.upload, name="desk_upload"),
    path("desk/draft", drafts.draft, name="desk_draft"),
]

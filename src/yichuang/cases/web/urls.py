"""Addresses of the app's pages."""

from django.urls import path

from . import attachments, papers, steps, views

urlpatterns = [
    path("cases", views.find, name="case_find"),
    path("cases/search", views.find, name="case_search"),
    path("cases/<str:number>", views.show, name="case"),
    path("cases/<str:number>/accept", steps.accept, name="case_accept"),
    path("cases/<str:number>/decline", steps.decline, name="case_decline"),
    path("cases/<str:number>/redirect", steps.turn_back, name="case_redirect"),
    path("cases/<str:number>/correction", steps.request_correction, name="case_correction"),
    path("cases/<str:number>/supplement", steps.supplement, name="case_supplement"),
    path("cases/<str:number>/withdraw", steps.withdraw, name="case_withdraw"),
    path("cases/<str:number>/originals", steps.return_originals, name="case_originals"),
    path("cases/<str:number>/void", steps.ask_void, name="case_ask_void"),
    path("cases/<str:number>/void/decision", steps.decide_void, name="case_decide_void"),
    path("undo/<int:entry>", steps.undo, name="undo"),
    path("attachments", attachments.attach, name="attach"),
    path("attachments/<int:number>", attachments.attachment, name="attachment"),
    path("attachments/<int:number>/discard", attachments.discard, name="attachment_discard"),
    path("notices/<int:notice>", papers.notice_page, name="notice"),
    path("notices/<int:notice>.<str:form>", papers.notice_file, name="notice_file"),
    path("sheets/<str:number>.<str:form>", papers.sheet_file, name="sheet_file"),
    path("verify", papers.verify_form, name="verify"),
    path("verify/<str:code>", papers.verify_code, name="verify_code"),
]

"""Addresses of the app's pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("bulletins", views.listing, name="bulletins"),
    path("bulletins/preview", views.preview, name="bulletin_preview"),
    path("bulletins/draft", views.draft, name="bulletin_draft"),
    path("bulletins/<int:serial>", views.show, name="bulletin"),
    path("bulletins/<int:serial>/edit", views.edit, name="bulletin_edit"),
    path("bulletins/<int:serial>/issue", views.issue, name="bulletin_issue"),
    path("bulletins/<int:serial>/discard", views.discard, name="bulletin_discard"),
    path("bulletins/<int:serial>/<str:form>", views.download, name="bulletin_download"),
]

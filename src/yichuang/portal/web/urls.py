"""Addresses of the app's pages."""

from django.urls import path

from .views import entry, export, front, ledger

urlpatterns = [
    path("", front.front, name="front"),
    path("ledger", ledger.ledger, name="ledger"),
    path("ledger/export.csv", export.export_csv, name="ledger_csv"),
    path("ledger/export.xlsx", export.export_xlsx, name="ledger_xlsx"),
    path("ledger/export/progress", export.progress, name="ledger_export_progress"),
    path("ledger/<int:number>", entry.entry, name="entry"),
    path("ledger/<int:number>/proof.json", entry.proof, name="entry_proof"),
    path("ledger/<int:number>/reverse", entry.reverse, name="entry_reverse"),
]

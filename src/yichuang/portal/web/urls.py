"""Addresses of the app's pages."""

from django.urls import path

from .statistics import saved
from .statistics import views as statistics
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
    path("statistics", statistics.statistics, name="statistics"),
    path("statistics/export.csv", statistics.export_csv, name="statistics_csv"),
    path("statistics/export.xlsx", statistics.export_xlsx, name="statistics_xlsx"),
    path("statistics/saved", saved.save, name="statistics_save"),
    path("statistics/saved/<int:number>", saved.change, name="statistics_change"),
    path("statistics/saved/<int:number>/delete", saved.delete, name="statistics_delete"),
]

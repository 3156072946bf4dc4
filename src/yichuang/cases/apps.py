"""Django's entry to the app: declares the stock metric that needs its queries."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yichuang.ledger.types import Stock, declare_metrics


class CasesConfig(AppConfig):
    """办件."""

    name = "yichuang.cases"
    label = "cases"
    verbose_name = _("办件")

    def ready(self) -> None:
        """在办 is counted from the cases themselves."""
        from .queries import open_cases  # noqa: PLC0415

        declare_metrics(Stock("open_cases", "在办", "件", open_cases))

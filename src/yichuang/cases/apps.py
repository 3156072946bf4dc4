"""Django's entry to the app: declares the stock metric that needs its queries, subscribes to the calendar."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from yichuang.calendars.types import YEAR_ANNOUNCED, YEAR_FILLED
from yichuang.kernel.labels import gettext_noop
from yichuang.ledger.types import Stock, declare_metrics


class CasesConfig(AppConfig):
    """办件."""

    name = "yichuang.cases"
    label = "cases"
    verbose_name = _("办件")

    def ready(self) -> None:
        """在办 is counted from the cases themselves; due days wait for years to be announced."""
        from yichuang.ledger.actions import subscribe  # noqa: PLC0415

        from .actions.due_days import fill_due_days  # noqa: PLC0415
        from .queries import open_cases  # noqa: PLC0415

        declare_metrics(Stock("open_cases", gettext_noop("在办"), gettext_noop("件"), open_cases))
        for kind in (YEAR_ANNOUNCED, YEAR_FILLED):
            subscribe(kind, fill_due_days)

"""Django's entry to the app: puts the triggers up after every migration, and checks them."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """Append-only entries and everything counted from them."""

    name = "yichuang.ledger"
    label = "ledger"
    verbose_name = _("台账")

    def ready(self) -> None:
        """Register the system check and the hook after migrations."""
        from .triggers import check_triggers  # noqa: PLC0415

        register(check_triggers, Tags.database)
        post_migrate.connect(_after_migrations, sender=self)


def _after_migrations(using: str, **_: Any) -> None:
    """SQLite drops triggers when a migration rebuilds their table."""
    from .models import CounterState  # noqa: PLC0415
    from .triggers import install  # noqa: PLC0415

    connection = connections[using]
    if "ledger_entry" in connection.introspection.table_names():
        install(connection)
        CounterState.objects.using(using).get_or_create(pk=1)

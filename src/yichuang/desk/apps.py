"""Django's entry to the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """办公桌: the workplaces of the front, middle and back office and of the issue counter."""

    name = "yichuang.desk"
    label = "desk"
    verbose_name = _("工作台")

    def ready(self) -> None:
        """Entries of cases tell the people concerned."""
        from .actions.messages import listen  # noqa: PLC0415 - models are not loaded before

        listen()

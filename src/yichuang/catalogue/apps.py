"""Django's entry to the app."""

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "yichuang.catalogue"
    label = "catalogue"
    verbose_name = _("事项管理")

    def ready(self) -> None:
        """Search rows follow items and departments that are saved one by one, by whatever page."""
        from .actions import index  # noqa: PLC0415 - models are there only now

        post_save.connect(index.index_saved_item, sender="catalogue.HandlingItem")
        post_save.connect(index.index_saved_department, sender="accounts.Department")

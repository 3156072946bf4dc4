"""Django's entry to the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulletinsConfig(AppConfig):
    name = "yichuang.bulletins"
    label = "bulletins"
    verbose_name = _("周报")

"""Bulletins and their frozen figures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .types import State


class Bulletin(models.Model):
    """A weekly bulletin. Figures are live while a draft, frozen when issued; links are bounded by ``last_entry``."""

    year = models.SmallIntegerField(_("年"))
    issue = models.SmallIntegerField(_("期号"))
    serial = models.IntegerField(_("总期号"), unique=True)
    first = models.DateField(_("起"), unique=True)
    last = models.DateField(_("止"), unique=True)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices())
    note = models.CharField(_("备注"), max_length=60, blank=True)
    report_to = models.CharField(_("报"), max_length=300, blank=True)
    send_to = models.CharField(_("送"), max_length=300, blank=True)
    distribute_to = models.CharField(_("发"), max_length=300, blank=True)
    copies = models.SmallIntegerField(_("印数"), null=True, blank=True)
    published_on = models.DateField(_("印发日期"), null=True, blank=True)
    figures = models.JSONField(_("冻结数字"), null=True, blank=True)  # {"period": {...}, "ytd": {...}}
    seal = models.BigIntegerField(_("封印"), null=True, blank=True)  # ledger.Seal id at the moment of issue
    seal_hash = models.CharField(_("封印值"), max_length=64, blank=True)
    last_entry = models.BigIntegerField(_("数字截至条目"), null=True, blank=True)

    class Meta:
        ordering = ("-first",)
        constraints = (models.UniqueConstraint(fields=["year", "issue"], name="bulletin_issue_of_year"),)
        verbose_name = verbose_name_plural = _("周报")

    def __str__(self) -> str:
        return f"{self.year}年第{self.issue}期"

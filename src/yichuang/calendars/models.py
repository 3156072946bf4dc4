"""Known years, the days in them that differ from Monday to Friday, and a mark that changes with them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .types import Source


class KnownYear(models.Model):
    """A year whose holidays are announced, and by which document."""

    year = models.SmallIntegerField(_("年份"), primary_key=True)
    document = models.CharField(_("放假安排文号或名称"), max_length=120)
    source = models.CharField(max_length=12, choices=Source.choices())

    class Meta:
        ordering = ("year",)
        verbose_name = verbose_name_plural = _("已公布年度")

    def __str__(self) -> str:
        return str(self.year)


class SpecialDay(models.Model):
    """A day off or a make-up day; any day once amended stays here, even when it is an ordinary one again."""

    day = models.DateField(_("日期"), primary_key=True)
    is_working = models.BooleanField(_("上班"))
    name = models.CharField(_("节日或事由"), max_length=40)
    source = models.CharField(_("来源"), max_length=12, choices=Source.choices())

    class Meta:
        ordering = ("day",)
        verbose_name = verbose_name_plural = _("放假调休日")

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class Revision(models.Model):
    """One row with a random mark, new at every change, by which processes see that their copy is old; also the lock.

    Random and not counted: a counter rolled back and counted up again would show two contents under one number.
    """

    mark = models.UUIDField()

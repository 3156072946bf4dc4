"""Cases, who applies, what was handed in, numbered notices, consultations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .types import ApplicantKind, NoticeKind, State


class Applicant(models.Model):
    """A person or organisation by identity; the id number and phone are encrypted (SM4-GCM), found by a blind index."""

    kind = models.SmallIntegerField(choices=ApplicantKind.choices())
    name = models.CharField(_("姓名或名称"), max_length=120)
    id_type = models.CharField(_("证件类型"), max_length=3)
    id_sealed = models.BinaryField()
    id_index = models.BinaryField(max_length=32)  # HMAC-SM3 of type and number
    phone_sealed = models.BinaryField(blank=True, default=b"")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["id_index"], name="applicant_identity"),)


class Case(models.Model):
    """An application for a handling item. Only ``cases.actions`` assigns its state."""

    number = models.CharField(_("办件编号"), max_length=50, unique=True)
    item = models.ForeignKey("catalogue.HandlingItem", models.PROTECT, related_name="+")
    department = models.CharField(_("部门"), max_length=18)
    region = models.CharField(_("区划"), max_length=12, blank=True)
    channel = models.SmallIntegerField(_("渠道"))
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="cases")
    agent = models.ForeignKey(Applicant, models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices())
    moved_at = models.DateTimeField(_("最近办理时间"))
    moved_by = models.IntegerField(_("最近办理人"))
    received_at = models.DateTimeField(_("收件时间"))
    accepted_at = models.DateTimeField(_("受理时间"), null=True)
    due_on = models.DateField(_("承诺办结日"), null=True)  # empty until accepted, or "待国务院放假安排"
    is_granted = models.BooleanField(_("准予"), null=True)
    holder = models.CharField(_("现办部门"), max_length=18, blank=True)  # empty: middle office
    result_number = models.CharField(_("结果编号"), max_length=60, blank=True)

    class Meta:
        indexes = (models.Index(fields=["department", "state"], name="case_department_state"),)
        verbose_name = verbose_name_plural = _("办件")

    def __str__(self) -> str:
        return self.number


class Material(models.Model):
    """A material that was handed in."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="materials")
    spec = models.ForeignKey("catalogue.MaterialSpec", models.PROTECT, related_name="+", db_index=False)
    copies = models.SmallIntegerField(_("份数"))
    is_original = models.BooleanField(_("原件"))


class Notice(models.Model):
    """A numbered notice: 部门简称〔年〕号, without gaps per department and year."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    kind = models.SmallIntegerField(choices=NoticeKind.choices())
    department = models.CharField(max_length=18)
    year = models.SmallIntegerField()
    number = models.IntegerField()
    issued_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)  # the acceptance or refusal it tells of was reversed

    class Meta:
        constraints = (models.UniqueConstraint(fields=["department", "year", "number"], name="notice_number"),)


class Consultation(models.Model):
    """One person answered, at a window or by phone."""

    at = models.DateTimeField()
    department = models.CharField(max_length=18)
    item = models.CharField(max_length=12, blank=True)
    channel = models.SmallIntegerField()


class Sequence(models.Model):
    """Last number drawn of a series (``notice:<department>:<year>``, ``case:<item>:<yyyymmdd>``)."""

    series = models.CharField(max_length=60, primary_key=True)
    last = models.IntegerField()

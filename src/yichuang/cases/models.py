"""Cases, who applies, what was handed in, numbered notices, consultations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .types import (
    AgentAuthority,
    ApplicantKind,
    DeliveryWay,
    MaterialState,
    NoticeKind,
    ReceiverCheck,
    ReminderMeans,
    State,
)


class Applicant(models.Model):
    """A person or organisation by identity; the id number and phone are encrypted (SM4-GCM), found by a blind index."""

    kind = models.SmallIntegerField(choices=ApplicantKind.choices())
    name = models.CharField(_("姓名或名称"), max_length=120)
    id_type = models.CharField(_("证件类型"), max_length=3)
    id_sealed = models.BinaryField()
    id_index = models.BinaryField(max_length=32)  # HMAC-SM3 of type and number
    phone_sealed = models.BinaryField(blank=True, default=b"")
    phone_index = models.BinaryField(max_length=32, blank=True, default=b"")  # HMAC-SM3 of the phone number

    class Meta:
        constraints = (models.UniqueConstraint(fields=["id_index"], name="applicant_identity"),)
        indexes = (
            models.Index(fields=["phone_index"], name="applicant_phone"),
            models.Index(fields=["name"], name="applicant_name"),
        )


class Case(models.Model):
    """An application for a handling item. Only ``cases.actions`` assigns its state."""

    number = models.CharField(_("办件编号"), max_length=50, unique=True)
    item = models.ForeignKey("catalogue.HandlingItem", models.PROTECT, related_name="+")
    department = models.CharField(_("部门"), max_length=18)
    region = models.CharField(_("区划"), max_length=12, blank=True)
    channel = models.SmallIntegerField(_("渠道"))
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="cases")
    agent = models.ForeignKey(Applicant, models.PROTECT, null=True, related_name="agencies")
    authority = models.SmallIntegerField(_("代理依据"), choices=AgentAuthority.choices(), default=AgentAuthority.NONE)
    delivery_way = models.SmallIntegerField(
        _("领取方式"), choices=DeliveryWay.choices(), default=DeliveryWay.COUNTER
    )  # as the applicant wishes
    address_sealed = models.BinaryField(blank=True, default=b"")  # where to post the result
    state = models.CharField(_("状态"), max_length=12, choices=State.choices())
    moved_at = models.DateTimeField(_("最近办理时间"))
    moved_by = models.IntegerField(_("最近办理人"))
    received_at = models.DateTimeField(_("收件时间"))
    accepted_at = models.DateTimeField(_("受理时间"), null=True)
    due_on = models.DateField(_("承诺办结日"), null=True)  # empty until accepted, or "待国务院放假安排"
    is_granted = models.BooleanField(_("准予"), null=True)
    holder = models.CharField(_("现办部门"), max_length=18, blank=True)  # empty: middle office
    signed_at = models.DateTimeField(_("签收时间"), null=True)  # by the present holder
    handler = models.IntegerField(_("承办人"), null=True)  # the reviewer who took it
    result_number = models.CharField(_("结果编号"), max_length=60, blank=True)
    result_valid_until = models.DateField(_("有效期至"), null=True)
    result_code = models.CharField(_("结果验证码"), max_length=16, null=True, unique=True)  # noqa: DJ001

    class Meta:
        indexes = (
            models.Index(fields=["department", "state"], name="case_department_state"),
            # One for each list of the desk: in the order it is shown, with what it may be narrowed by.
            models.Index(
                fields=["holder", "due_on", "id", "item", "handler"],
                name="case_inbox",
                condition=models.Q(state__in=[State.REVIEWING, State.GRANTED, State.REFUSED]),
            ),
            models.Index(
                fields=["holder", "due_on", "id", "item"],
                name="case_inbox_unsigned",
                condition=models.Q(state=State.REVIEWING, signed_at=None),
            ),
            models.Index(
                fields=["holder", "due_on", "id", "item"],
                name="case_inbox_untaken",
                condition=models.Q(state=State.REVIEWING, signed_at__isnull=False, handler=None),
            ),
            models.Index(
                fields=["handler", "due_on", "id", "item", "holder"],
                name="case_inbox_mine",
                condition=models.Q(state=State.REVIEWING, handler__isnull=False),
            ),
            models.Index(
                fields=["holder", "due_on", "id", "item", "handler"],
                name="case_inbox_decided",
                condition=models.Q(state__in=[State.GRANTED, State.REFUSED]),
            ),
            models.Index(
                fields=["state", "accepted_at", "id", "department"],
                name="case_dispatch",
                condition=models.Q(state=State.ACCEPTED),
            ),
            models.Index(
                fields=["state", "department", "accepted_at", "id"],
                name="case_dispatch_department",
                condition=models.Q(state=State.ACCEPTED),
            ),
            models.Index(fields=["state", "moved_at"], name="case_state_moved"),
            models.Index(fields=["result_number"], name="case_result_number"),
        )
        verbose_name = verbose_name_plural = _("办件")

    def __str__(self) -> str:
        return self.number


class Material(models.Model):
    """A material that was handed in, or is to follow."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="materials")
    spec = models.ForeignKey("catalogue.MaterialSpec", models.PROTECT, related_name="+", db_index=False)
    copies = models.SmallIntegerField(_("份数"))
    is_original = models.BooleanField(_("原件"))
    state = models.SmallIntegerField(_("状态"), choices=MaterialState.choices(), default=MaterialState.GIVEN)
    original_returned_at = models.DateTimeField(_("原件退还时间"), null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "spec"], name="material_once_per_case"),)


class Attachment(models.Model):
    """An uploaded file, encrypted in the store under ``path``; without a case until the application is received."""

    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="attachments")
    spec = models.ForeignKey("catalogue.MaterialSpec", models.PROTECT, null=True, related_name="+", db_index=False)
    name = models.CharField(_("文件名"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.IntegerField(_("大小"))  # bytes
    digest = models.BinaryField(max_length=32)  # SM3 of the file
    path = models.CharField(max_length=100, unique=True)
    uploaded_by = models.IntegerField()
    uploaded_at = models.DateTimeField()


class Notice(models.Model):
    """A numbered notice: 部门简称〔年〕号, without gaps per department and year."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    kind = models.SmallIntegerField(choices=NoticeKind.choices())
    department = models.CharField(max_length=18)
    year = models.SmallIntegerField()
    number = models.IntegerField()
    issued_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)  # the acceptance or refusal it tells of was reversed
    code = models.CharField(max_length=16, unique=True)  # what anyone may verify it by
    detail = models.JSONField(default=dict)  # what its text needs: reason, owner, materials to correct, …

    class Meta:
        constraints = (models.UniqueConstraint(fields=["department", "year", "number"], name="notice_number"),)


class HandoverSheet(models.Model):
    """交接单: the paper that goes with a batch of cases to a back office."""

    number = models.CharField(_("交接单号"), max_length=20, unique=True)
    department = models.CharField(_("接收部门"), max_length=18)
    made_at = models.DateTimeField()
    made_by = models.IntegerField()


class Handover(models.Model):
    """One hand-over of a case (流转), signed for or returned by the office that got it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="handovers")
    sheet = models.ForeignKey(HandoverSheet, models.PROTECT, null=True, related_name="handovers")
    sender = models.CharField(max_length=18, blank=True)  # empty: the middle office
    to = models.CharField(max_length=18)
    sent_at = models.DateTimeField()
    sent_by = models.IntegerField()
    entry = models.BigIntegerField()  # of the ledger
    signed_at = models.DateTimeField(null=True)
    signed_by = models.IntegerField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.IntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)  # of the return
    is_reversed = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(
                fields=["sent_at", "id", "to"],
                name="handover_unsigned",
                condition=models.Q(signed_at=None, returned_at=None, is_reversed=False),
            ),
        )


class Opinion(models.Model):
    """What a reviewer writes about a case before deciding (GB/T 39046—2020 table 7, 意见)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="opinions")
    person = models.IntegerField()
    position = models.IntegerField()
    at = models.DateTimeField()
    text = models.TextField()


class VoidRequest(models.Model):
    """A clerk asks that a wrong acceptance be voided (作废); somebody else decides."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="void_requests")
    reason = models.CharField(max_length=500)
    asked_by = models.IntegerField()
    asked_at = models.DateTimeField()
    decided_by = models.IntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    is_approved = models.BooleanField(null=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case"], name="void_request_open", condition=models.Q(decided_at=None)),
        )


class Delivery(models.Model):
    """A result, or the decision of a refusal, handed out or sent (送达)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="deliveries")
    way = models.SmallIntegerField(choices=DeliveryWay.choices())
    check_by = models.SmallIntegerField(choices=ReceiverCheck.choices())
    receiver = models.CharField(max_length=120, blank=True)
    carrier = models.CharField(max_length=40, blank=True)
    tracking_number = models.CharField(max_length=60, blank=True)
    address_sealed = models.BinaryField(blank=True, default=b"")
    signature = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.IntegerField()
    confirmed_at = models.DateTimeField(null=True)  # signed for at the door
    returned_at = models.DateTimeField(null=True)
    returned_reason = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=200, blank=True)
    is_reversed = models.BooleanField(default=False)  # with the 颁发 or 送达 it was

    class Meta:
        indexes = (
            models.Index(
                fields=["at"], name="delivery_under_way", condition=models.Q(way=DeliveryWay.POST, confirmed_at=None)
            ),
        )


class Reminder(models.Model):
    """An applicant was reminded to fetch the result."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="reminders")
    means = models.SmallIntegerField(choices=ReminderMeans.choices())
    at = models.DateTimeField()
    by = models.IntegerField()
    note = models.CharField(max_length=200, blank=True)


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

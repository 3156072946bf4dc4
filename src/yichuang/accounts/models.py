"""Regions, departments, people, what they do, who stands in for whom, and who looked at what."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from .types import RegionLevel, RoleLabel


class Region(models.Model):
    """An administrative division by its 12-digit code (GB/T 2260, GB/T 10114)."""

    code = models.CharField(_("区划代码"), max_length=12, primary_key=True)
    name = models.CharField(_("名称"), max_length=40)
    level = models.SmallIntegerField(_("层级"), choices=RegionLevel.choices())
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )

    class Meta:
        ordering = ("code",)
        verbose_name = verbose_name_plural = _("行政区划")

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A department (单位) or an office of one; its code is what ledger entries carry."""

    code = models.CharField(_("代码"), max_length=18, primary_key=True)
    name = models.CharField(_("名称"), max_length=60)
    short_name = models.CharField(_("简称"), max_length=24)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="offices", verbose_name=_("上级部门")
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("行政区划"))
    is_in_hall = models.BooleanField(_("已进驻大厅"), default=False)
    is_authorised = models.BooleanField(_("已授权综合窗口"), default=False)
    is_active = models.BooleanField(_("启用"), default=True)
    position = models.SmallIntegerField(_("排序"), default=0)

    class Meta:
        ordering = ("position", "code")
        verbose_name = verbose_name_plural = _("部门")

    def __str__(self) -> str:
        return self.short_name


class PersonManager(BaseUserManager["Person"]):
    """Finds people by login name; people are made by ``accounts.actions``, or by ``createsuperuser``."""

    def create_superuser(self, username: str, password: str, **fields: object) -> "Person":
        """An account with every right in Django's administration site."""
        person = self.model(username=username, is_staff=True, is_superuser=True, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """Someone who works here and can log in."""

    username = models.CharField(_("登录名"), max_length=40, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    phone = models.CharField(_("办公电话"), max_length=20, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="people")
    is_active = models.BooleanField(_("在用"), default=True)
    is_staff = models.BooleanField(_("可进入后台配置"), default=False)
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=False)
    session_round = models.IntegerField(default=0, editable=False)  # one more ends every session of this person
    joined_at = models.DateTimeField(_("建立时间"), auto_now_add=True)

    objects = PersonManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("username",)
        verbose_name = verbose_name_plural = _("人员")

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name, as Django's pages ask for it."""
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django ends the sessions whose stored hash no longer fits: by a new password, and here by a new round.
        return salted_hmac(
            "yichuang.accounts.session", f"{self.session_round}:{self.password}", secret=secret, algorithm="sha256"
        ).hexdigest()


class Position(models.Model):
    """A post (岗位): a role in a department; without a department, in the centre itself."""

    name = models.CharField(_("岗位名称"), max_length=40)
    role = models.CharField(_("角色"), max_length=12, choices=RoleLabel.choices())
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="positions", verbose_name=_("部门")
    )
    is_active = models.BooleanField(_("启用"), default=True)

    class Meta:
        ordering = ("department", "name")
        constraints = (
            models.UniqueConstraint(fields=["name", "department"], name="position_name_department"),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(department__isnull=True), name="position_name_centre"
            ),
        )
        verbose_name = verbose_name_plural = _("岗位")

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """A person holds a position from a day on, until a day if set (both included)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="assignments")
    position = models.ForeignKey(Position, models.PROTECT, related_name="assignments")
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        ordering = ("-starts_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="assignment_days_in_order",
            ),
        )
        verbose_name = verbose_name_plural = _("任岗")


class Deputyship(models.Model):
    """During leave a deputy holds the principal's positions too (both days included)."""

    principal = models.ForeignKey(Person, models.CASCADE, related_name="deputies")
    deputy = models.ForeignKey(Person, models.CASCADE, related_name="deputised")
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"))
    reason = models.CharField(_("事由"), max_length=100, blank=True)

    class Meta:
        ordering = ("-starts_on", "-id")
        constraints = (
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="deputy_days_in_order"),
            models.CheckConstraint(condition=~models.Q(principal=models.F("deputy")), name="deputy_is_another"),
        )
        verbose_name = verbose_name_plural = _("代理")


class AccessLog(models.Model):
    """Who looked at whose data, when and why (architecture decision 8): not a ledger entry, so that it can be erased.

    On PostgreSQL the table is partitioned by month, and old months are dropped whole (migration 0002).
    """

    at = models.DateTimeField()
    person = models.IntegerField()
    subject_type = models.SmallIntegerField()
    subject_id = models.BigIntegerField()
    purpose = models.CharField(max_length=40)

    class Meta:
        indexes = (
            models.Index(fields=["subject_type", "subject_id", "at"], name="access_subject"),
            models.Index(fields=["person", "at"], name="access_person"),
        )

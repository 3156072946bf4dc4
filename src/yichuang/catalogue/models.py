"""Main items, handling items, the materials they ask for, and where they came from (first floor of the catalogue)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .types import HandlingKind, ItemType, LimitUnit


class MainItem(models.Model):
    """A main item (主项) of a department."""

    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="main_items")
    name = models.CharField(_("主项名称"), max_length=300)
    type = models.CharField(_("事项类型"), max_length=2, choices=ItemType.choices())

    class Meta:
        ordering = ("department", "name")
        constraints = (
            models.UniqueConstraint(fields=["department", "name", "type"], name="main_item_once_per_department"),
        )
        verbose_name = verbose_name_plural = _("主项")

    def __str__(self) -> str:
        return self.name


class HandlingItem(models.Model):
    """A handling item (业务办理项): what an applicant applies for. ``key`` is its short code in numbers and entries."""

    key = models.CharField(_("短码"), max_length=12, unique=True)
    code = models.CharField(_("实施编码"), max_length=64, unique=True)
    main_item = models.ForeignKey(MainItem, models.PROTECT, related_name="handling_items")
    department = models.ForeignKey("accounts.Department", models.PROTECT, related_name="handling_items")
    region = models.ForeignKey("accounts.Region", models.PROTECT)
    name = models.CharField(_("办理项名称"), max_length=300)
    type = models.CharField(_("事项类型"), max_length=2, choices=ItemType.choices())
    handling_kind = models.SmallIntegerField(
        _("办件类型"), choices=HandlingKind.choices(), default=HandlingKind.PROMISED
    )
    statutory_limit = models.IntegerField(_("法定办结时限"), null=True, blank=True)  # None: unknown, never zero
    statutory_unit = models.CharField(_("法定时限单位"), max_length=2, choices=LimitUnit.choices(), blank=True)
    promised_limit = models.IntegerField(_("承诺办结时限"), null=True, blank=True)
    promised_unit = models.CharField(_("承诺时限单位"), max_length=2, choices=LimitUnit.choices(), blank=True)
    result_name = models.CharField(_("结果名称"), max_length=300, blank=True)
    conditions = models.TextField(_("受理条件"), blank=True)
    is_charged = models.BooleanField(_("是否收费"), null=True, blank=True)  # None: unknown
    fee_note = models.CharField(_("收费说明"), max_length=500, blank=True)
    is_active = models.BooleanField(_("在用"), default=True)
    source = models.CharField(_("来源"), max_length=20, blank=True)

    class Meta:
        ordering = ("department", "name")
        verbose_name = verbose_name_plural = _("办理项")

    def __str__(self) -> str:
        return self.name


class MaterialSpec(models.Model):
    """A material that a handling item asks for. One no longer asked for stays, inactive: old cases point at it."""

    item = models.ForeignKey(HandlingItem, models.CASCADE, related_name="materials")
    position = models.SmallIntegerField(_("序号"))
    name = models.CharField(_("材料名称"), max_length=500)
    is_required = models.BooleanField(_("必备"), default=True)
    originals = models.SmallIntegerField(_("原件份数"), default=1)
    copies = models.SmallIntegerField(_("复印件份数"), default=0)
    note = models.CharField(_("填报须知"), max_length=500, blank=True)
    is_active = models.BooleanField(_("在用"), default=True)

    class Meta:
        ordering = ("item", "position")
        constraints = (models.UniqueConstraint(fields=["item", "name"], name="material_once_per_item"),)
        verbose_name = verbose_name_plural = _("申请材料")

    def __str__(self) -> str:
        return self.name


class ItemSearch(models.Model):
    """What an item is found by, as ``finding.found_by`` says; all in lower case."""

    item = models.OneToOneField(HandlingItem, models.CASCADE, primary_key=True, related_name="search")
    name = models.CharField(max_length=300)
    keys = models.TextField()  # initials, codes, department, main item
    sounds = models.TextField()  # pinyin
    is_active = models.BooleanField()  # as the item is, so that a search ranks these narrow rows alone


class ItemUpload(models.Model):
    """A file that was checked and waits for its import to be confirmed; kept for a day at most."""

    file_name = models.CharField(max_length=200)
    content = models.BinaryField()  # zlib
    report = models.JSONField()
    uploaded_by = models.IntegerField()
    uploaded_at = models.DateTimeField()


class ItemImport(models.Model):
    """One import that was carried out: which file, by whom, when, and what came of its rows."""

    file_name = models.CharField(_("文件名"), max_length=200)
    source = models.CharField(_("来源"), max_length=20)
    sha256 = models.BinaryField(max_length=32)
    actor = models.IntegerField(_("导入人"))
    imported_at = models.DateTimeField(_("导入时间"))
    rows = models.IntegerField(_("总行数"))
    taken = models.IntegerField(_("新增"))
    changed = models.IntegerField(_("变更"))
    unchanged = models.IntegerField(_("未变"))
    refused = models.IntegerField(_("退回"))
    report = models.JSONField()

    class Meta:
        ordering = ("-imported_at", "-id")
        verbose_name = verbose_name_plural = _("事项导入")

    def __str__(self) -> str:
        return self.file_name

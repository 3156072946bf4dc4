"""The filter row of the list, and the upload of a file."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..importing.decoding import MAX_BYTES
from ..types import DepartmentCount, HandlingKind, HasLimit, ItemFilters, ItemType


class FilterForm(forms.Form):
    """Query parameters of the list; what is not understood narrows nothing and is said beside the field."""

    words = forms.CharField(label=_("名称、拼音、首字母、代码或部门"), required=False, max_length=100)
    department = forms.ChoiceField(label=_("部门"), required=False)
    type = forms.ChoiceField(label=_("事项类型"), required=False)
    kind = forms.ChoiceField(label=_("办件类型"), required=False)
    limit = forms.ChoiceField(label=_("承诺时限"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)

    def __init__(self, data: Any, departments: list[DepartmentCount]) -> None:
        super().__init__(data)
        everything = ("", _now("全部"))
        choices: dict[str, list[tuple[str, str]]] = {
            "department": [(row.code, f"{row.name} · {row.handling_items}") for row in departments],
            "type": [(item_type.value, _now(item_type.label)) for item_type in ItemType],
            "kind": [(str(kind.value), _now(kind.label)) for kind in HandlingKind],
            "limit": [(limit.value, _now(limit.label)) for limit in HasLimit],
            "state": [("inactive", _now("已停用"))],
        }
        for name, pairs in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            first = ("", _now("在用")) if name == "state" else everything
            field.choices = [first, *pairs]

    def filters(self) -> ItemFilters:
        """The filters of the fields that are valid."""
        self.is_valid()
        given = self.cleaned_data
        return ItemFilters(
            words=given.get("words", ""),
            department=given.get("department", ""),
            type=ItemType(given["type"]) if given.get("type") else None,
            kind=HandlingKind(int(given["kind"])) if given.get("kind") else None,
            limit=HasLimit(given["limit"]) if given.get("limit") else None,
            is_active=given.get("state") != "inactive",
        )


class UploadForm(forms.Form):
    """A file to check."""

    file = forms.FileField(
        label=_("事项清单文件"),
        help_text=_("CSV、JSON 或 JSON Lines，UTF-8 或 GB18030 编码，最大 50 MB"),
        widget=forms.FileInput(attrs={"accept": ".csv,.json,.jsonl,.txt"}),
        allow_empty_file=True,  # an empty file is refused by the importer, in its own words
    )

    def clean_file(self) -> UploadedFile:
        """Refused before it is read when it is too large."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("文件超过 50 MB，请拆分后分批导入"), code="too_large")
        return file

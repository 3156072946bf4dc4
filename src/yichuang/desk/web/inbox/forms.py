"""The filter row of the inbox, and what is typed about a case under review."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from yichuang.cases.queries import InboxFilters, InboxPage, InboxTab, looks_like_number, opened_search, sealed_search
from yichuang.cases.types import Signal
from yichuang.kernel.actor import Actor
from yichuang.ui.forms import DayField, KeepsWhatWasTyped

LONGEST_OPINION, LONGEST_REASON = 2000, 500  # characters
ASKED = ("tab", "words", "item", "signal", "position", "department")
TOO_LONG = _("最多 %(limit_value)d 字，现有 %(show_value)d 字，请精简")


class FilterForm(forms.Form):
    """Query parameters of the list; what is not understood narrows nothing."""

    words = forms.CharField(label=_("办件编号、事项或申请人"), required=False, max_length=60)
    item = forms.CharField(label=_("事项短码"), required=False, max_length=12)
    signal = forms.ChoiceField(label=_("时限"), required=False)
    position = forms.ChoiceField(label=_("承办岗位"), required=False)
    department = forms.ChoiceField(label=_("部门"), required=False)

    def __init__(self, data: QueryDict, found: InboxPage, names: Mapping[str, str]) -> None:
        """``found`` tells how many cases each signal has, and which positions and departments there are."""
        super().__init__(data.dict() | {"words": found.filters.words})
        signals = [(one.value, f"{_now(one.label)} · {found.signals[one].text}") for one in Signal]
        choices: dict[str, list[tuple[str, str]]] = {
            "signal": [("", _now("全部")), *signals],
            "position": [("", _now("全部")), *((name, name) for name in found.positions)],
            "department": [(code, names.get(code, code)) for code in found.departments],
        }
        for name, pairs in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = pairs
        self.initial["department"] = found.department
        if len(found.departments) == 1:
            del self.fields["department"]

    def given(self) -> dict[str, Any]:
        """The values that are valid and narrow the list."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value and name != "department"}

    @staticmethod
    def address_of(typed: QueryDict, actor: Actor) -> str:
        """The address of the list that was asked for; words that may be somebody's name stand in it sealed."""
        asked = {name: text for name in ASKED if (text := typed.get(name, "").strip())}
        words = asked.pop("words", "")
        if words:
            asked |= {"words": words} if looks_like_number(words) else {"found": sealed_search(actor, words)}
        return urlencode(asked)

    @staticmethod
    def filters_of(data: QueryDict, actor: Actor) -> InboxFilters:
        """What the address asks for; a tab or signal that there is not counts as none."""
        signal = data.get("signal", "")
        return InboxFilters(
            tab=InboxTab(tab) if (tab := data.get("tab", "")) in set(InboxTab) else InboxTab.UNSIGNED,
            department=data.get("department", ""),
            signal=Signal(signal) if signal in set(Signal) else None,
            item=data.get("item", "").strip(),
            position=data.get("position", ""),
            words=data.get("words", "").strip() or opened_search(actor, data.get("found", "")),
        )


class NothingTyped(forms.Form):
    """A decision that one press makes."""


class ReturnForm(forms.Form):
    """Why a case goes back to the middle office."""

    reason = forms.CharField(
        label=_("退回理由"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明退回理由，中台据此改派"), "max_length": TOO_LONG},
    )


class OpinionForm(forms.Form):
    """What the reviewer has to say before the decision."""

    text = forms.CharField(
        label=_("审查意见"),
        max_length=LONGEST_OPINION,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写下审查意见"), "max_length": TOO_LONG},
    )


class PassOnForm(forms.Form):
    """Who goes on with the case."""

    to = forms.TypedChoiceField(label=_("转给"), coerce=int, error_messages={"required": _("请选择转给谁")})

    def __init__(self, data: Any, colleagues: list[tuple[int, str]]) -> None:
        super().__init__(data)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("请选择同事")), *colleagues]


class RefuseForm(forms.Form):
    """Reasons, and where the applicant may turn (行政许可法 art. 38)."""

    reason = forms.CharField(
        label=_("不予许可的理由"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("不予许可须写明理由（行政许可法第三十八条）"), "max_length": TOO_LONG},
    )
    review_body = forms.CharField(label=_("行政复议机关"), max_length=60)
    court = forms.CharField(label=_("行政诉讼管辖法院"), max_length=60)


class ConcludeForm(KeepsWhatWasTyped):
    """The result as it was made."""

    result_number = forms.CharField(
        label=_("结果编号"), required=False, max_length=60, help_text=_("留空则按本事项本年度顺序自动编号")
    )
    valid_until = DayField(label=_("有效期至"), required=False, help_text=_("长期有效的留空"))

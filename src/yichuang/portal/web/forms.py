"""Filters of the pages that span apps, and the reason of a correction."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.ledger.queries import EntryFilter
from yichuang.ledger.types import Channel, Flow, Period, kind_of, kinds, metric_of
from yichuang.ui.forms import DayField, KeepsWhatWasTyped

from ..queries import Names, items_named, people_named
from ..types import NO_DEPARTMENT

EARLIEST = date(1970, 1, 1)  # stands for "from the beginning"
SYSTEM_NAMES = frozenset({"系统", "system"})
CANDIDATES_SHOWN = 5


class DayForm(KeepsWhatWasTyped):
    """Which day the front page shows."""

    day = DayField(label=_("日期"), required=False)

    def __init__(self, data: Mapping[str, Any], *, today: date) -> None:
        super().__init__(data)
        self.today = today
        self.fields["day"].widget.attrs["max"] = today.isoformat()

    def clean_day(self) -> date | None:
        """Not a day to come."""
        day: date | None = self.cleaned_data["day"]
        if day and day > self.today:
            raise ValidationError(_("所选日期还没有到，请选今天或以前的日期"))
        if day and day < EARLIEST:
            raise ValidationError(_("所选日期太早，请选1970年以后的日期"))
        return day


class FilterForm(KeepsWhatWasTyped):
    """What filters share: choices that keep what an address holds, and one item by its key or name."""

    def __init__(self, data: QueryDict, *, viewer: Actor) -> None:
        super().__init__(data)
        self.viewer = viewer

    def offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        """Set a field's choices; a code in the address that is not among them is offered as it is."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        given = self.data.get(name, "")
        if not isinstance(field, forms.MultipleChoiceField) and given and given not in dict(choices):
            choices = [*choices, (given, given)]
        field.choices = choices

    def chosen(self, name: str) -> list[str]:
        """Labels of what is ticked in a field of many choices."""
        widget = self.fields[name].widget
        ticked = set(widget.value_from_datadict(self.data, self.files, name) or ())
        return [str(label) for value, label in widget.choices if value in ticked]

    def clean_item(self) -> str | None:
        """The key of the one item meant."""
        text = self.cleaned_data["item"].strip()
        if not text:
            return None
        found = items_named(self.viewer, text)
        if not found:
            raise ValidationError(_now("没有短码或名称为“%(text)s”的事项，请核对") % {"text": text})
        if len(found) > 1:
            some = "；".join(f"{key} {name}" for key, name in found[:CANDIDATES_SHOWN])
            raise ValidationError(_now("“%(text)s”对应多个事项，请填短码：%(some)s") % {"text": text, "some": some})
        return found[0][0]


class LedgerForm(FilterForm):
    """The filter row of the ledger; :meth:`wanted` is what the query takes."""

    kind = forms.MultipleChoiceField(label=_("类别"), required=False, widget=forms.CheckboxSelectMultiple)
    channel = forms.MultipleChoiceField(label=_("渠道"), required=False, widget=forms.CheckboxSelectMultiple)
    department = forms.ChoiceField(label=_("部门"), required=False)
    item = forms.CharField(label=_("事项（短码或名称）"), required=False, max_length=100)
    region = forms.ChoiceField(label=_("区划"), required=False)
    actor = forms.CharField(label=_("办理人（姓名或登录名）"), required=False, max_length=40)
    through = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, viewer: Actor, names: Names, today: date) -> None:
        super().__init__(data, viewer=viewer)
        self.today = today
        self.fields["from"] = DayField(label=_("起始日期"), required=False)
        self.fields["to"] = DayField(label=_("截止日期"), required=False)
        self.order_fields(["from", "to"])
        self.offer("kind", [(kind.slug, _(kind.label)) for kind in kinds()])
        self.offer("channel", [(channel.slug, _(channel.label)) for channel in Channel if channel])
        departments = [("", _("全部")), (NO_DEPARTMENT, _("（不属于部门）")), *names.departments.items()]
        self.offer("department", departments)
        self.offer("region", [("", _("全部")), *names.regions.items()])

    def clean_actor(self) -> int | None:
        """The id of the one person meant; 0 is the system."""
        text = self.cleaned_data["actor"].strip()
        if not text:
            return None
        if text in SYSTEM_NAMES:
            return 0
        found = people_named(self.viewer, text)
        if not found:
            raise ValidationError(_now("没有姓名或登录名为“%(text)s”的人员，请核对") % {"text": text})
        if len(found) > 1:
            logins = _now("、").join(username for _id, _name, username in found)
            raise ValidationError(
                _now("有 %(count)d 位“%(text)s”，请填登录名：%(logins)s")
                % {"count": len(found), "text": text, "logins": logins}
            )
        return found[0][0]

    def clean(self) -> dict[str, Any]:
        """The period from its two ends; an open end is the beginning of the ledger or today."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("from"), cleaned.get("to")
        cleaned["period"] = None
        if (first or last) and not self.errors.keys() & {"from", "to"}:
            try:
                cleaned["period"] = Period(first or EARLIEST, last or max(self.today, first or self.today))
            except Refusal as refusal:
                self.add_error("from", _(refusal.message))
        return cleaned

    def wanted(self) -> EntryFilter:
        """The filter; only after :meth:`is_valid`."""
        given = self.cleaned_data
        department = "" if given["department"] == NO_DEPARTMENT else given["department"] or None
        return EntryFilter(
            period=given["period"],
            kinds=tuple(kind_of(slug) for slug in given["kind"]),
            channels=tuple(Channel[slug.upper()] for slug in given["channel"]),
            department=department,
            item=given["item"],
            region=given["region"] or None,
            actor=given["actor"],
            through=given["through"],
        )


def without_metric(params: QueryDict) -> tuple[QueryDict, Flow | None]:
    """``metric=accepted`` written out as the kinds and channels that it counts, so that the sum is the figure."""
    slug = params.get("metric")
    if not slug:
        return params, None
    metric = metric_of(slug)
    if not isinstance(metric, Flow):
        raise Refusal(f"指标“{metric.label}”不是条目之和，不能按它列出条目", code="not_a_flow", field="metric")
    written = params.copy()
    del written["metric"]
    written.setlist("kind", [kind.slug for kind in metric.kinds])
    written.setlist("channel", [channel.slug for channel in metric.channels])
    return written, metric


class ReversalForm(forms.Form):
    """Why an entry is taken back."""

    reason = forms.CharField(
        label=_("冲正原因"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请填写冲正原因")},
        help_text=_("写明错在哪里；不要写姓名、证件号和电话，台账不能删改"),
    )

"""What is asked of the statistics, as it stands in the address."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.ledger.types import Channel, Group, Period, channel_of, metric_of, metrics
from yichuang.ui.forms import DayField

from ...queries import Names
from ...rules import LONGEST_NAME, quick_period
from ...types import BULLETIN_METRICS, NO_DEPARTMENT, Question, Quick
from ..forms import EARLIEST, FilterForm
from .pages import with_unit

MOST_METRICS = 6
LONGEST_BY_DAY = timedelta(days=3 * 366)
DEFAULT = urlencode(
    {"metric": [metric.slug for metric in BULLETIN_METRICS], "period": Quick.THIS_MONTH, "group": Group.DEPARTMENT},
    doseq=True,
)


class StatisticsForm(FilterForm):
    """Figures, period, groups, filters; :meth:`question` is what the query takes. An empty address asks the usual."""

    metric = forms.MultipleChoiceField(
        label=_("数字"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一项数字")},
    )
    group = forms.ChoiceField(label=_("分组"), required=False)
    department = forms.ChoiceField(label=_("部门"), required=False)
    channel = forms.ChoiceField(label=_("渠道"), required=False)
    item = forms.CharField(label=_("事项（短码或名称）"), required=False, max_length=100)
    period = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=Quick.choices())
    sort = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)

    def __init__(self, data: QueryDict, *, viewer: Actor, names: Names, today: date) -> None:
        self.asked = data or QueryDict(DEFAULT)
        super().__init__(self.asked, viewer=viewer)
        self.today = today
        self.fields["from"] = DayField(label=_("起始日期"), required=False)
        self.fields["to"] = DayField(label=_("截止日期"), required=False)
        self.order_fields(["metric", "from", "to"])
        self.offer("metric", [(one.slug, with_unit(one)) for one in metrics()])
        self._limit("group", [(group.value, _now(group.label)) for group in Group])
        departments = [("", _now("全部")), (NO_DEPARTMENT, _now("（不属于部门）")), *names.departments.items()]
        self.offer("department", departments)
        channels = [(channel.slug, _now(channel.label)) for channel in Channel if channel]
        self._limit("channel", [("", _now("全部")), *channels])

    def _limit(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Just these choices: another value in the address is an error."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_metric(self) -> list[str]:
        """At most six."""
        chosen: list[str] = self.cleaned_data["metric"]
        if len(chosen) > MOST_METRICS:
            raise ValidationError(_now("一次最多选 %(most)d 项数字，请去掉几项") % {"most": MOST_METRICS})
        return chosen

    def clean(self) -> dict[str, Any]:
        """The days: those typed, else those of the period named, else of this month."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors.keys() & {"from", "to", "period"}:
            return cleaned
        first, last = cleaned.get("from"), cleaned.get("to")
        cleaned["quick"] = None if first or last else Quick(cleaned.get("period") or Quick.THIS_MONTH)
        if cleaned["quick"]:
            cleaned["days"] = quick_period(cleaned["quick"], self.today)
            return cleaned
        try:
            cleaned["days"] = self._days(first, last)
        except Refusal as refusal:
            self.add_error("from", _now(refusal.message))
            return cleaned
        if cleaned.get("group") == Group.DAY and cleaned["days"].last - cleaned["days"].first > LONGEST_BY_DAY:
            self.add_error("group", _now("按日最多看三年，请缩短时段，或按周、按月分组"))
        return cleaned

    def _days(self, first: date | None, last: date | None) -> Period:
        if first is None:
            raise Refusal("请填写起始日期", code="no_first_day", field="from")
        if not EARLIEST <= first <= self.today:
            raise Refusal("起始日期须在 1970 年以后、今天或以前，请更正", code="bad_first_day", field="from")
        if last and last < first:
            return Period(first, last)  # refuses
        return Period(first, min(last or self.today, self.today))

    def question(self) -> Question:
        """What is asked; only after :meth:`is_valid`."""
        given = self.cleaned_data
        return Question(
            metrics=tuple(metric_of(slug) for slug in given["metric"]),
            period=given["days"],
            group=Group(given["group"] or Group.NONE),
            department="" if given["department"] == NO_DEPARTMENT else given["department"] or None,
            item=given["item"],
            channel=channel_of(given["channel"]) if given["channel"] else None,
            quick=given["quick"],
            sort=given["sort"],
        )


class SaveForm(forms.Form):
    """The name under which a question is kept."""

    name = forms.CharField(label=_("名称"), max_length=LONGEST_NAME, error_messages={"required": _("请填写名称")})
    is_shared = forms.BooleanField(label=_("共享给可看统计的人"), required=False)

"""Forms of the app's pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yichuang.kernel.errors import Refusal
from yichuang.ledger.types import Period
from yichuang.ui.forms import DayField, KeepsWhatWasTyped

from ..types import Closing


class PeriodForm(KeepsWhatWasTyped):
    """From a day to a day; the addresses call them ``from`` and ``to``."""

    to = DayField(label=_("止"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = DayField(label=_("起"))
        self.order_fields(["from", "to"])

    def clean(self) -> dict[str, Any]:
        """The two days in order."""
        data = super().clean() or {}
        if data.get("from") and data.get("to"):
            try:
                data["period"] = Period(data["from"], data["to"])
            except Refusal as refusal:
                self.add_error("from", refusal.message)
        return data


class ClosingForm(forms.Form):
    """Closing lines and copies of a draft."""

    report_to = forms.CharField(label=_("报"), max_length=300, required=False)
    send_to = forms.CharField(label=_("送"), max_length=300, required=False)
    distribute_to = forms.CharField(label=_("发"), max_length=300, required=False)
    copies = forms.IntegerField(label=_("印数"), min_value=1, max_value=9999, required=False)

    def closing(self) -> Closing:
        """The typed value."""
        return Closing(**self.cleaned_data)


class IssueForm(KeepsWhatWasTyped):
    """The date printed on the bulletin."""

    published_on = DayField(label=_("印发日期"))

"""Form fields that several apps share."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yichuang.kernel.chinese import parse_date
from yichuang.kernel.errors import Refusal


class DayInput(forms.DateInput):
    """The browser's own day picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.Field):
    """A day as people type it; says in plain words what is wrong with one that is none."""

    widget = DayInput
    default_error_messages = {"required": _("请填写日期")}  # noqa: RUF012 - Django's own way

    def to_python(self, value: Any) -> date | None:
        """The day, or None when nothing was given."""
        if not value or isinstance(value, date):
            return value or None
        try:
            return parse_date(str(value))
        except Refusal as refusal:
            raise ValidationError(_(refusal.message)) from None


class KeepsWhatWasTyped(forms.Form):
    """A date picker shows no day that does not exist; a plain field does, so that it can be put right."""

    def full_clean(self) -> None:
        """As always; then days that were refused stay readable."""
        super().full_clean()
        for name in self.errors:
            widget = self.fields[name].widget if name in self.fields else None
            if isinstance(widget, forms.DateInput):
                widget.input_type = "text"

"""Numbers, spans and form fields as pages show them."""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.forms import BoundField, CheckboxInput
from django.utils.safestring import SafeString

from yichuang.ui.wording import worded

register = template.Library()
register.filter("worded", worded)


@register.filter
def grouped(value: object) -> str:
    """12933 as ``12,933``; what is no number stays as it is, None becomes a dash."""
    if value is None or value == "":
        return "—"
    if isinstance(value, str) and value.lstrip("-").isdecimal():
        value = int(value)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value)


@register.filter
def percent(value: Decimal | float | None) -> str:
    """A change in per cent with its sign, as ``+3.2 %``; None (nothing to compare with) becomes a dash."""
    if value is None:
        return "—"
    rounded = Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rounded:+} %".replace("-", "−")


@register.filter
def minutes(value: timedelta) -> int:
    """A span in whole minutes, rounded up."""
    return -(-int(value.total_seconds()) // 60)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """True for a field shown as a single tick, whose label stands behind it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def as_input(field: BoundField) -> SafeString:
    """The field's control; a placeholder that only repeats the label is left out."""
    placeholder = field.field.widget.attrs.get("placeholder")
    repeats = placeholder is not None and str(placeholder) == str(field.label)
    return field.as_widget(attrs={"placeholder": False} if repeats else None)

"""What the app's pages read from their forms."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ..types import CorrectionPoint, MaterialGiven

OTHER_POINTS = 3  # lines for what is not about a material


class FindForm(forms.Form):
    """A case by whatever the visitor can tell."""

    q = forms.CharField(
        label=_("查办件"),
        max_length=80,
        help_text=_("办件编号、通知书文号、结果编号、证件号码、电话、姓名或名称的一部分、事项；可用扫码枪"),
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "type": "search"}),
    )


def materials_from(posted: QueryDict, specs: Iterable[int]) -> list[MaterialGiven]:
    """The materials ticked on the form of 补正收件: ``give_<spec>``, ``copies_<spec>``, ``original_<spec>``."""
    given = []
    for spec in specs:
        if f"give_{spec}" not in posted:
            continue
        copies = posted.get(f"copies_{spec}", "1").strip()
        given.append(
            MaterialGiven(
                spec=spec,
                copies=int(copies) if copies.isdecimal() and len(copies) < 5 else 0,
                is_original=f"original_{spec}" in posted,
            )
        )
    return given


def points_from(posted: QueryDict, specs: Iterable[int]) -> list[CorrectionPoint]:
    """What is to be corrected: ``point_<spec>`` about a material, ``other`` about the rest; not the empty ones."""
    points = [CorrectionPoint(spec, text) for spec in specs if (text := posted.get(f"point_{spec}", "").strip())]
    points += [CorrectionPoint(None, text.strip()) for text in posted.getlist("other") if text.strip()]
    return points

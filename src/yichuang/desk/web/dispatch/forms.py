"""The filter row of the middle office's lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

AGES = (1, 2, 3)  # working days


class FilterForm(forms.Form):
    """Query parameters of the lists; what is not understood narrows nothing."""

    words = forms.CharField(label=_("办件编号"), required=False, max_length=60)
    department = forms.ChoiceField(label=_("部门"), required=False)
    age = forms.TypedChoiceField(label=_("已等候"), required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any, departments: list[tuple[str, str]], asked: tuple[str, ...]) -> None:
        """``asked`` names the fields that the open list is narrowed by."""
        super().__init__(data)
        self.departments = departments  # also what a case may go to
        choices: dict[str, list[tuple[Any, Any]]] = {
            "department": departments,
            "age": [(age, _now("{days} 个工作日以上").format(days=age)) for age in AGES],
        }
        for name, pairs in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _now("全部")), *pairs]
        for name in set(self.fields) - set(asked):
            del self.fields[name]

    def given(self) -> dict[str, Any]:
        """The values that are valid and say something."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

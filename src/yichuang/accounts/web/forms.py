"""Forms of people, posts and deputies; what they refuse is shown at the field."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.ui.forms import DayField, KeepsWhatWasTyped

from ..models import Department, Person, Position
from ..rules import refuse_username
from ..types import PersonState, RoleLabel


class PlainForm(KeepsWhatWasTyped):
    """Bootstrap's classes and ties from field to error, and refusals of actions at their field."""

    label_suffix = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            is_choice = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"

    def carries_out(self, action: Callable[[dict[str, Any]], object]) -> bool:
        """Run ``action`` with the cleaned input if valid; a refusal is shown at its field, or above the form."""
        if not self.is_valid():
            return False
        try:
            action(self.cleaned_data)
        except NotPermitted:
            raise
        except Refusal as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)
            return False
        return True


def department_field(*, required: bool = True) -> "forms.ModelChoiceField[Department]":
    """A department in use; the empty choice is the centre itself where allowed."""
    return forms.ModelChoiceField(
        Department.objects.filter(is_active=True),
        label=_("部门"),
        required=required,
        empty_label=_("请选择部门") if required else _("中心本部"),
        error_messages={"required": _("请选择部门"), "invalid_choice": _("没有此部门或部门已停用，请另选部门")},
    )


def name_field(label: Any) -> forms.CharField:
    """A required name of up to 40 characters."""
    return forms.CharField(label=label, max_length=40, error_messages={"required": _("请填写此项")})


class PersonForm(PlainForm):
    """Name and office telephone."""

    name = name_field(_("姓名"))
    phone = forms.CharField(label=_("办公电话"), max_length=20, required=False)


class NewPersonForm(PersonForm):
    """A new account."""

    username = forms.CharField(
        label=_("登录名"),
        max_length=40,
        help_text=_("小写字母开头，可含数字、点、横线、下划线；建立后不再更改"),
        error_messages={"required": _("请填写登录名")},
    )
    department = department_field(required=False)
    field_order = ("username", "name", "department", "phone")

    def clean_username(self) -> str:
        """In small letters, and checked beside the other fields so that all errors show at once."""
        username = str(self.cleaned_data["username"]).strip().lower()
        if refusal := refuse_username(username):
            raise forms.ValidationError(refusal.message)
        return username


class TransferForm(PlainForm):
    """To which department."""

    department = department_field()


class DaysForm(PlainForm):
    """From day to day, both included."""

    starts_on = DayField(label=_("起日"), initial=localdate, error_messages={"required": _("请填写起日")})
    ends_on = DayField(label=_("止日"), error_messages={"required": _("请填写止日")})


class AssignmentForm(DaysForm):
    """A post and its days; without a last day it is held until ended."""

    position = forms.ModelChoiceField(
        Position.objects.filter(is_active=True).select_related("department"),
        label=_("岗位"),
        empty_label=_("请选择岗位"),
        error_messages={"required": _("请选择岗位"), "invalid_choice": _("没有此岗位或岗位已停用，请另选岗位")},
    )
    field_order = ("position", "starts_on", "ends_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].required = False
        self.fields["ends_on"].help_text = _("不填为长期")
        self.fields["position"].label_from_instance = position_label  # type: ignore[attr-defined]


def position_label(position: Position) -> str:
    """Department and name, as chosen from a list."""
    return f"{position.department.short_name if position.department else _('中心本部')} · {position.name}"


class DeputyForm(DaysForm):
    """Which colleague stands in, and on which days."""

    deputy = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("代理人"),
        empty_label=_("请选择同部门的同事"),
        help_text=_("期间代理人同时行使其岗位权限"),
        error_messages={
            "required": _("请选择代理人"),
            "invalid_choice": _("此人不在同一部门或账号已停用，请另选代理人"),
        },
    )
    reason = forms.CharField(label=_("事由"), max_length=100, required=False)
    field_order = ("deputy", "starts_on", "ends_on", "reason")

    def __init__(self, *args: Any, principal: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = (  # type: ignore[attr-defined]
            Person.objects.filter(department=principal.department_id, is_active=True).exclude(pk=principal.pk)
        )


class PositionForm(PlainForm):
    """A new position."""

    name = name_field(_("岗位名称"))
    role = forms.ChoiceField(label=_("角色"), choices=RoleLabel.choices())
    department = department_field(required=False)


class PeopleFilterForm(PlainForm):
    """What the list of people is narrowed by; the address holds it all."""

    q = forms.CharField(label=_("姓名或登录名"), required=False, max_length=40)
    department = forms.ChoiceField(label=_("部门"), required=False)
    role = forms.ChoiceField(label=_("角色"), required=False, choices=[("", _("全部角色")), *RoleLabel.choices()])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部状态")), *PersonState.choices()])

    def __init__(self, *args: Any, departments: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].choices = [("", _("全部部门")), *departments]  # type: ignore[attr-defined]

"""The desk's one form: who applies, through whom, how the result is wished for, and why one is turned away."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yichuang.cases.types import AgentAuthority, ApplicantData, ApplicantKind, CorrectionPoint, DeliveryWay
from yichuang.kernel.errors import Refusal
from yichuang.kernel.identity import IdType, check_id, check_phone
from yichuang.ui.wording import worded

from .materials import Row

WISHES = (DeliveryWay.COUNTER, DeliveryWay.POST, DeliveryWay.ELECTRONIC)
OF_PERSONS = tuple(id_type for id_type in IdType if id_type is not IdType.CREDIT_CODE)
LONGEST_NAME, LONGEST_REASON = 120, 500
NOT_IN_ORDER = "已提交的不符合要求，请更换后重新提交"  # on the paper, which is Chinese
PARTY = ("kind", "id_type", "id_number", "name", "phone")


def _line(label: Any, *, required: bool = False, longest: int = LONGEST_NAME, **attrs: Any) -> forms.CharField:
    """A line of text; what is wrong with it is said by the kernel's checks and the actions."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"} | attrs)
    messages = {
        "required": format_lazy(_("请填写{label}"), label=label),
        "max_length": _("最多%(limit_value)s个字，现在是%(show_value)s个，请核对"),
    }
    field = forms.CharField(
        label=label, required=required, max_length=longest, widget=widget, error_messages=messages, empty_value=""
    )
    del field.widget.attrs["maxlength"]  # browsers cut off silently what is pasted
    return field


def _choice(label: Any, members: Any, **options: Any) -> forms.TypedChoiceField:
    choices = [(member.value, _(member.label)) for member in members]
    kind = type(next(iter(members)))
    return forms.TypedChoiceField(label=label, choices=choices, coerce=lambda value: _member(kind, value), **options)


def _member(kind: Any, value: str) -> Any:
    return kind(int(value)) if issubclass(kind, int) else kind(value)


class ReceiveForm(forms.Form):
    """An application as the clerk types it; ``decision`` says what is to become of it."""

    kind = _choice(_("申请人"), ApplicantKind, widget=forms.RadioSelect, initial=ApplicantKind.PERSON.value)
    id_type = _choice(_("证件类型"), OF_PERSONS, initial=IdType.ID_CARD.value, required=False, empty_value="")
    id_number = _line(_("证件号码"), required=True, longest=60)
    name = _line(_("姓名或名称"), required=True)
    phone = _line(_("联系电话"), longest=40, inputmode="tel")
    has_agent = forms.BooleanField(label=_("由代理人办理"), required=False)
    agent_id_type = _choice(
        _("代理人证件"), OF_PERSONS, initial=IdType.ID_CARD.value, required=False, empty_value=IdType.ID_CARD
    )
    agent_id_number = _line(_("代理人证件号码"), longest=60)
    agent_name = _line(_("代理人姓名"))
    agent_phone = _line(_("代理人电话"), longest=40, inputmode="tel")
    authority = _choice(
        _("代理依据"),
        [member for member in AgentAuthority if member is not AgentAuthority.NONE],
        required=False,
        empty_value=AgentAuthority.POWER_OF_ATTORNEY,
    )
    delivery_way = _choice(_("领取方式"), WISHES, required=False, empty_value=DeliveryWay.COUNTER)
    address = _line(_("邮寄地址"), longest=200)
    points = forms.CharField(
        label=_("其他需补正的内容（每行一条）"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    owner = _line(_("应向哪个机关申请"))
    decline_reason = _line(_("不予受理的理由"), longest=LONGEST_REASON)
    redirect_reason = _line(_("不受理的理由"), longest=LONGEST_REASON)
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)

    def clean(self) -> dict[str, Any]:
        """Numbers and phones by the kernel's checks, so that each fault stands beside its field."""
        data = super().clean() or {}
        if data.get("kind") is ApplicantKind.ORGANISATION:
            data["id_type"] = IdType.CREDIT_CODE
        elif not data.get("id_type"):
            data["id_type"] = IdType.ID_CARD
        self._check_party("", data)
        if data.get("has_agent"):
            for name in ("agent_id_number", "agent_name"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
            self._check_party("agent_", data)
        if data.get("delivery_way") is DeliveryWay.POST and not data.get("address"):
            self.add_error("address", _("邮寄领取须填写邮寄地址"))
        return data

    def _check_party(self, prefix: str, data: dict[str, Any]) -> None:
        today = timezone.localdate()
        if number := data.get(f"{prefix}id_number"):
            try:
                data[f"{prefix}id_number"] = check_id(data[f"{prefix}id_type"], number, today=today)
            except Refusal as refusal:
                self.add_error(f"{prefix}id_number", worded(refusal.message))
        if phone := data.get(f"{prefix}phone"):
            try:
                data[f"{prefix}phone"] = check_phone(phone)
            except Refusal as refusal:
                self.add_error(f"{prefix}phone", worded(refusal.message))

    def applicant(self) -> ApplicantData:
        """Who applies; an empty phone leaves the known one as it is."""
        return ApplicantData(**{name: self.cleaned_data[name] for name in PARTY})

    def agent(self) -> ApplicantData | None:
        """Who acts for the applicant, if anyone."""
        if not self.cleaned_data["has_agent"]:
            return None
        fields = {name: self.cleaned_data[f"agent_{name}"] for name in PARTY[1:]}
        return ApplicantData(kind=ApplicantKind.PERSON, **fields)

    def points_told(self, rows: list[Row]) -> list[CorrectionPoint]:
        """Everything to be put right: the materials ticked (a missing one needs no words), then the lines written."""
        materials = [
            CorrectionPoint(row.asked.spec, NOT_IN_ORDER if row.is_given else "") for row in rows if row.is_told
        ]
        lines = [line.strip() for line in self.cleaned_data["points"].splitlines()]
        return [*materials, *(CorrectionPoint(None, line) for line in lines if line)]

    def first_wrong(self) -> None:
        """The cursor goes to the first field that is wrong."""
        name = next((name for name in self.fields if name in self.errors), "")
        if name:
            self.fields[name].widget.attrs["autofocus"] = True

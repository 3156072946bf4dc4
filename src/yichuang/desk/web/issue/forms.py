"""What is typed at the issue counter: whom a result was handed to, reminders, returned mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yichuang.cases.types import DeliveryData, DeliveryWay, ReceiverCheck, ReminderMeans
from yichuang.kernel.identity import IdType

CARRIERS = ("中国邮政 EMS", "顺丰速运", "京东快递")  # offered, not the only ones


class FilterForm(forms.Form):
    """What is looked for; a scanned code is words, too."""

    words = forms.CharField(
        label=_("办件编号、结果编号、姓名，或扫描通知书上的二维码"),
        help_text=_("六位取件码只用于核对，不能用来查找；请先找到办件，再在办件页面输入取件码。"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"data-key": "/", "autocomplete": "off", "autofocus": True}),
    )

    def given(self) -> str:
        """What is looked for."""
        self.is_valid()
        return str(self.cleaned_data.get("words", "")).strip()


class DeliveryForm(forms.Form):
    """How the result reaches the applicant; what each way needs, the action says."""

    way = forms.TypedChoiceField(
        label=_("送达方式"), coerce=lambda value: DeliveryWay(int(value)), widget=forms.RadioSelect
    )
    check_by = forms.TypedChoiceField(
        label=_("核对"), required=False, coerce=lambda value: ReceiverCheck(int(value)), widget=forms.RadioSelect
    )
    id_type = forms.ChoiceField(label=_("证件类型"), required=False)
    id_number = forms.CharField(label=_("证件号码"), required=False, max_length=40)
    code = forms.CharField(label=_("取件码"), required=False, max_length=12, help_text=_("受理通知书上的六位数字"))
    receiver = forms.CharField(label=_("领取人姓名"), required=False, max_length=120)
    carrier = forms.CharField(label=_("寄递公司"), required=False, max_length=40)
    tracking_number = forms.CharField(label=_("邮件号"), required=False, max_length=60, help_text=_("可用扫码枪扫面单"))
    address = forms.CharField(label=_("收件地址"), required=False, max_length=200)
    note = forms.CharField(label=_("备注"), required=False, max_length=200)
    signature = forms.FileField(label=_("签名图片"), required=False, max_length=200)
    signature_kept = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, files, initial=initial)
        choices: dict[str, list[tuple[Any, Any]]] = {
            "way": [(value, _(label)) for value, label in DeliveryWay.choices()],
            "check_by": [(check.value, _(check.label)) for check in (ReceiverCheck.ID, ReceiverCheck.CODE)],
            "id_type": [("", "—"), *((kind.value, _(kind.label)) for kind in IdType)],
        }
        for name, pairs in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = pairs

    def delivery(self, signature: int | None) -> DeliveryData:
        """What was typed for the chosen way; what belongs to the other ways is left out."""
        given = self.cleaned_data
        way: DeliveryWay = given["way"]
        at_counter = way in {DeliveryWay.COUNTER, DeliveryWay.AGENT}
        check = given["check_by"] if way is DeliveryWay.COUNTER and given["check_by"] else ReceiverCheck.ID
        by_id = at_counter and check is ReceiverCheck.ID
        by_post = way is DeliveryWay.POST
        return DeliveryData(
            way=way,
            check=check if at_counter else ReceiverCheck.NONE,
            receiver=given["receiver"].strip() if at_counter else "",
            id_type=given["id_type"] if by_id else "",
            id_number=given["id_number"].strip() if by_id else "",
            code=given["code"].strip() if at_counter and not by_id else "",
            carrier=given["carrier"].strip() if by_post else "",
            tracking_number=given["tracking_number"].strip() if by_post else "",
            address=given["address"].strip() if by_post else "",
            signature=signature if at_counter else None,
            note=given["note"].strip(),
        )


class RemindForm(forms.Form):
    """By what the applicant was reminded."""

    means = forms.TypedChoiceField(label=_("方式"), coerce=lambda value: ReminderMeans(int(value)))
    note = forms.CharField(label=_("提醒情况"), required=False, max_length=200)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["means"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(value, _(label)) for value, label in ReminderMeans.choices()]


class MailReturnForm(forms.Form):
    """Why mail came back."""

    reason = forms.CharField(
        label=_("退信原因"), max_length=200, error_messages={"required": _("请写明退信原因，再次送达时要用")}
    )


class NothingTyped(forms.Form):
    """An act that one press makes."""

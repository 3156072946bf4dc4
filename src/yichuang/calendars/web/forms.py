"""What an administrator fills in to amend a day or to register a year's holidays."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yichuang.ui.forms import DayField, KeepsWhatWasTyped

from ..rules import LONGEST_DOCUMENT, LONGEST_NAME

OFF, WORKED = "off", "worked"


class AmendForm(KeepsWhatWasTyped):
    """One day, worked or not, with the reason that goes into the ledger."""

    day = DayField(label=_("日期"))
    status = forms.ChoiceField(label=_("改为"), choices=((OFF, _("休息日")), (WORKED, pgettext_lazy("日历", "工作日"))))
    name = forms.CharField(label=_("节日或事由"), max_length=LONGEST_NAME)
    reason = forms.CharField(
        label=_("依据或原因"), max_length=200, help_text=_("写明文件名称和文号；会记入台账，请勿填写个人信息")
    )


class AnnounceForm(forms.Form):
    """The State Council's arrangement for a year."""

    document = forms.CharField(label=_("放假安排文号或名称"), max_length=LONGEST_DOCUMENT)
    days = forms.CharField(
        label=_("放假和调休日"),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_("一行一天：日期、休（放假）或班（调休上班）、节日名称，用空格隔开，如 2027-01-01 休 元旦"),
    )

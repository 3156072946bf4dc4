"""Forms of the app's pages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FindForm(forms.Form):
    """A case by its number, as it stands on every notice."""

    number = forms.CharField(label=_("办件编号"), max_length=50, help_text=_("通知书右上角的编号，可用扫码枪输入"))

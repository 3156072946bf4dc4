"""How allauth behaves here: no sign-up, no e-mail, the lock-out of axes, our own action for new passwords."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from yichuang.ui.access import Request

from .. import actions
from ..models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by administrators only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("登录名或密码不正确，请重新输入；忘记密码请联系系统管理员重置"),
        "incorrect_password": _("密码不正确，请重新输入"),
        "enter_current_password": _("当前密码不正确，请重新输入"),
        "account_inactive": _("该账号已停用，请联系系统管理员"),
        "too_many_login_attempts": _("尝试次数过多，请稍后再试"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: the sign-up page says so."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave counting failures to axes, which locks name and address together and shows when to come back."""

    def _rollback_login_failed_rl_usage(self) -> None:
        """Nothing was counted in :meth:`pre_authenticate`."""

    def clean_password(self, password: str, user: Person | None = None) -> str:
        """Besides Django's checks: not the temporary password again."""
        if user is not None and user.must_change_password and user.check_password(password):
            raise ValidationError(_("新密码不能与临时密码相同，请另设一个"))
        return cast("str", super().clean_password(password, user))

    def set_password(self, user: Person, password: str) -> None:
        """By the action, so that it is on record; the person at the screen changes the own password."""
        request = cast("Request", self.request)
        actions.change_password(user.pk, password, actor=request.actor, at=now())
        user.refresh_from_db()  # the session is kept by the new hash

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """To one's own page."""
        return reverse("me")

"""Errors that a person can act on: every one says what is wrong, where, and what to do."""

from .labels import gettext_noop


class Refusal(Exception):
    """An action or an input was refused; nothing was changed.

    ``message`` is plain Chinese for the person at the screen, ``code`` is stable for programs,
    ``field`` names the input at fault (empty when no single one is).
    """

    def __init__(self, message: str, *, code: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.field = field


class NotPermitted(Refusal):
    """The actor may not do or see this; the message says whom to ask."""

    def __init__(self, message: str = gettext_noop("您没有此项权限，如确需办理请联系系统管理员")) -> None:
        super().__init__(message, code="not_permitted")

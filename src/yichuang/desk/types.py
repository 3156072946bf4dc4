"""Values of the workplaces."""

from yichuang.kernel.labels import TextLabels, gettext_noop


class MessageKind(TextLabels):
    """What a message inside the application tells of."""

    VOID_ASKED = "void_asked", gettext_noop("作废待审批")
    VOID_DECIDED = "void_decided", gettext_noop("作废申请已处理")
    RETURNED = "returned", gettext_noop("办件被退回")
    PASSED_ON = "passed_on", gettext_noop("办件转给您")
    SHIFT_NOTE = "shift_note", gettext_noop("交班留言")

"""What the work page of a case offers: by where the case stands and who looks."""

from yichuang.cases.queries import CaseShown
from yichuang.cases.types import State
from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import may

TO_SIGN = ("sign", "return")
TO_TAKE = ("take", "opinion", "grant", "refuse", "pass-on", "return")
AT_WORK = ("opinion", "grant", "refuse", "pass-on", "give-back", "return")
TO_MAKE = ("conclude",)


def offered(shown: CaseShown, actor: Actor) -> tuple[str, ...]:
    """The verbs to show, in order; the actions decide again when one is pressed.

    Nothing for those who may only look: a chief representative, or an office that has handed the case back.
    """
    case = shown.case
    if not may(actor, "cases.handle", case):
        return ()
    if shown.state is State.REVIEWING:
        if case.signed_at is None:
            return TO_SIGN
        return TO_TAKE if case.handler is None else AT_WORK
    return TO_MAKE if shown.state in {State.GRANTED, State.REFUSED} else ()

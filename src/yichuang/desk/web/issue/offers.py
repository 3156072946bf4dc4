"""What the counter's page of a case offers: by where the result is."""

from yichuang.cases.queries import CaseShown
from yichuang.cases.types import DeliveryWay, State
from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import may


def offered(shown: CaseShown, actor: Actor) -> tuple[str, ...]:
    """The verbs to show, in order; the actions decide again when one is pressed."""
    if not may(actor, "cases.issue_result", shown.case):
        return ()
    back = ("originals",) if shown.originals_held else ()
    if shown.state is State.CONCLUDED:
        return ("hand-out", "remind", *back)
    if shown.state not in {State.ISSUED, State.SERVED} or not shown.deliveries:
        return back
    latest = shown.deliveries[-1]
    if latest.returned_at:
        return ("redeliver", "receipt", *back)
    is_under_way = latest.way == DeliveryWay.POST and not latest.confirmed_at
    return ("confirm", "mail-returned", "receipt", *back) if is_under_way else ("receipt", *back)

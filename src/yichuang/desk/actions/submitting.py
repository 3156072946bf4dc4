"""A form is carried out once, however often it is sent."""

from collections.abc import Callable
from datetime import timedelta

from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal

from ..models import Submission

KEPT = timedelta(days=7)
LONGEST_KEY = 36
PRUNED, PRUNED_SECONDS = "desk.pruned", 24 * 3600


@transaction.atomic
def once(actor: Actor, key: str, do: Callable[[], str]) -> str:
    """Run ``do`` and keep its answer (at most 300 characters) under ``key``; a key known before is answered with that.

    The row comes first: of two at the same moment the second waits for the first and gets its answer. When ``do`` is
    refused nothing is kept, and the same form may be sent again. Keys are kept for seven days.
    """
    if not 0 < len(key) <= LONGEST_KEY:
        raise Refusal("表单缺少防重复标识，请刷新页面后重新提交", code="no_form_key", field="form_key")
    at = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO desk_submission (person, key, at, answer) VALUES (%s, %s, %s, '') "
            "ON CONFLICT (person, key) DO NOTHING",
            [actor.id, key, connection.ops.adapt_datetimefield_value(at)],
        )
        is_new = cursor.rowcount == 1
    mine = Submission.objects.filter(person=actor.id, key=key)
    if not is_new:
        return mine.values_list("answer", flat=True).get()
    answer = do()
    mine.update(answer=answer)
    if cache.add(PRUNED, at.isoformat(), PRUNED_SECONDS):
        Submission.objects.filter(at__lt=at - KEPT).delete()
    return answer

"""Folding: entries are added to the counters in batches, so that writers never wait for a counter."""

from django.db import connection, transaction

from ..models import CounterState
from ..sql import COUNTERS, fetch_all, local_day, lock_exclusive

FOLD_EVERY = 500  # entries left to add up when reading, at most a few times this


def fold_when_due(entry: int) -> None:
    """Fold once in about ``FOLD_EVERY`` entries; called after commit."""
    if entry % FOLD_EVERY == 0:
        fold()


@transaction.atomic
def fold() -> int:
    """Add every entry not yet counted to the counters; returns the id folded through.

    Holds the ledger's lock alone, so that no entry with a smaller id can still appear.
    """
    with connection.cursor() as cursor:
        lock_exclusive(connection, cursor)
        state = CounterState.objects.select_for_update().get(pk=1)
        last = fetch_all(connection, "SELECT max(id) FROM ledger_entry")[0][0] or 0
        if last <= state.folded_through:
            return state.folded_through
        for table, keys in COUNTERS.items():
            cursor.execute(fold_statement(table, keys), (state.folded_through, last))
    state.folded_through = last
    state.save(update_fields=["folded_through"])
    return last


def fold_statement(table: str, keys: tuple[str, ...]) -> str:
    """INSERT … SELECT … GROUP BY … ON CONFLICT, sorted by key; parameters: ids after, up to."""
    columns = ", ".join(("day", *keys))
    return (
        f"INSERT INTO {table} ({columns}, quantity, entries) "  # noqa: S608
        f"SELECT {local_day(connection, 'occurred_at')} AS day, {', '.join(keys)}, SUM(quantity), COUNT(*) "
        f"FROM ledger_entry WHERE id > %s AND id <= %s GROUP BY {columns} ORDER BY {columns} "
        f"ON CONFLICT ({columns}) DO UPDATE SET quantity = {table}.quantity + excluded.quantity, "
        f"entries = {table}.entries + excluded.entries"
    )

"""Rows into tables by the thousand: one prepared statement on SQLite, COPY on PostgreSQL."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

BATCH = 20_000


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert ``rows`` with just these fields (instants as UTC text); returns how many."""
    by_name = {field.name: field.column for field in model._meta.concrete_fields}
    columns = [connection.ops.quote_name(by_name[name]) for name in fields]
    names, remaining, done = ", ".join(columns), iter(rows), 0
    with connection.cursor() as cursor:
        while batch := list(islice(remaining, BATCH)):
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as copy:
                    for row in batch:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(columns))
                statement = f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})"  # noqa: S608
                cursor.executemany(statement, batch)
            done += len(batch)
    return done


def continue_sequences() -> None:
    """After rows with ids of their own, PostgreSQL's sequences go on behind them."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(apps.get_models()))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

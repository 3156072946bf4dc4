"""Append-only by triggers: no UPDATE, no DELETE, and on PostgreSQL no TRUNCATE of entries and seals."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from .sql import PROTECTED, fetch_all

_FUNCTION = """
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ledger is append-only: % on %', TG_OP, TG_TABLE_NAME; END $$
"""


def _names(connection: BaseDatabaseWrapper) -> list[tuple[str, str, str]]:
    """(trigger, table, operation) of every trigger that must stand."""
    operations = ["update", "delete"] + (["truncate"] if connection.vendor == "postgresql" else [])
    return [(f"{table}_no_{operation}", table, operation) for table in PROTECTED for operation in operations]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put up every trigger that is missing."""
    there = standing(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for name, table, operation in _names(connection):
            if name in there:
                continue
            if connection.vendor == "sqlite":
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {operation} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: {operation} on {table}'); END"
                )
            else:
                each = "STATEMENT" if operation == "truncate" else "ROW"
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {operation} ON {table} "
                    f"FOR EACH {each} EXECUTE FUNCTION ledger_refuse()"
                )


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers down; for test teardown and for tests that tamper."""
    there = standing(connection)
    with connection.cursor() as cursor:
        for name, table, _ in _names(connection):
            if name in there:
                on_table = "" if connection.vendor == "sqlite" else f" ON {table}"
                cursor.execute(f"DROP TRIGGER {name}{on_table}")


def standing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the ledger's triggers that exist and are enabled."""
    if connection.vendor == "sqlite":
        statement = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        statement = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    wanted = {name for name, _, _ in _names(connection)}
    return {row[0] for row in fetch_all(connection, statement)} & wanted


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that should exist and do not."""
    return sorted({name for name, _, _ in _names(connection)} - standing(connection))


def check_triggers(
    *, app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **_: Any
) -> list[CheckMessage]:
    """System check (with ``--database``): the ledger's table exists and a trigger does not."""
    messages: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        try:
            if "ledger_entry" not in connection.introspection.table_names():
                continue
            messages += [
                Error(f"trigger {name} is missing", hint="run: yichuang manage migrate", id="ledger.E001")
                for name in missing(connection)
            ]
        except DatabaseError as error:
            messages.append(Error(f"the ledger's triggers cannot be checked: {error}", id="ledger.E002"))
    return messages

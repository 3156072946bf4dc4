"""What ``yichuang demo load`` runs: fills the database once, keeps what is there, says what came of it."""

import errno
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from yichuang.accounts.types import RoleLabel
from yichuang.bulletins.queries import figures_of
from yichuang.kernel.errors import Refusal
from yichuang.ledger.models import Entry, Seal
from yichuang.ledger.types import Period

from .figures import KNOWN_WEEKS, METRICS, Segment
from .founding import PASSWORD
from .models import Edition
from .people import LOGINS
from .progress import stages
from .province import EDITION, fill
from .target import built_beside, database_path

INTERRUPTED = 130
_ROOM = 900 * 2**20  # bytes on SQLite
_PART = 0.05  # of the applicants and of the recent work, in a small province
_FULL = ("disk is full", "No space left", "could not extend file")


def load(*, reset: bool = False, parts: tuple[Segment, ...] = ()) -> int:
    """Load the demonstration unless it is there; ``reset`` starts afresh. Returns the exit code.

    ``parts`` makes a small province of these segments alone, whose figures are not those of the printed weeks.

    Raises :class:`Refusal` when the database holds something else, or an older edition.
    """
    try:
        with _plain_errors():
            if not reset and _keeps():
                _say("演示数据已在，保留不动（RESET=1 可重新装入）")
            else:
                _load(reset=reset, parts=parts)
    except KeyboardInterrupt:
        _say("已中断：没有留下装了一半的数据，再次运行会从头开始")
        return INTERRUPTED
    except _DiskFull as full:
        _say(f"磁盘空间不足，演示数据没有装入，原有数据未动：{full}。请至少腾出 {_ROOM // 2**20} MB 后再运行")
        return 1
    agree = bool(parts) or print_figures()
    print_logins()
    return 0 if agree else 1


def _keeps() -> bool:
    """True when this edition is there (its schema is brought up to date); False when there is nothing at all."""
    if connection.vendor == "sqlite" and not database_path().exists():
        return False
    tables = set(connection.introspection.table_names())
    if "ledger_entry" not in tables:
        return False
    call_command("migrate", verbosity=0, interactive=False)
    edition = Edition.objects.order_by("-id").first()
    if edition is None:
        if _has_data():
            raise Refusal("数据库中已有演示以外的数据，未作改动；请换一个数据库", code="not_a_demo")
        return False
    if edition.number != EDITION:
        raise Refusal(
            f"演示数据是第{edition.number}版，本程序要第{EDITION}版；请用 RESET=1 重新装入", code="old_edition"
        )
    return True


def _has_data() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM ledger_entry) OR EXISTS (SELECT 1 FROM accounts_person)")
        return bool(cursor.fetchone()[0])


def _load(*, reset: bool, parts: tuple[Segment, ...]) -> None:
    is_sqlite = connection.vendor == "sqlite"
    if is_sqlite and not parts:
        _check_room()
    if reset:
        _check_may_reset()
    with built_beside(database_path()) if is_sqlite else nullcontext():
        call_command("migrate", verbosity=0, interactive=False)
        with transaction.atomic(), stages() as stage:
            if reset and not is_sqlite:
                _empty()
            fill(stage, parts=parts, scale=_PART if parts else 1.0, now=timezone.now())
        if not is_sqlite:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")  # what the planner knows, and the map that indexes are read alone by


def _check_room() -> None:
    """Told before the work rather than after it; a disk that fills up meanwhile is told too."""
    folder = database_path().parent
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < _ROOM:
        raise _DiskFull(f"{folder} 只余 {free // 2**20} MB")


def _check_may_reset() -> None:
    """Only a demonstration is thrown away."""
    if connection.vendor == "sqlite" and not database_path().exists():
        return
    tables = set(connection.introspection.table_names())
    is_demo = Edition._meta.db_table in tables and Edition.objects.exists()
    if not is_demo and {"ledger_entry", "accounts_person"} <= tables and _has_data():
        raise Refusal("数据库中的数据不是演示数据，RESET=1 不会清除它；请换一个数据库", code="not_a_demo")


def _empty() -> None:
    """Every table, within the transaction; the ledger's triggers are off just as long (PostgreSQL only)."""
    protected = (Entry._meta.db_table, Seal._meta.db_table)
    with connection.cursor() as cursor:
        for table in protected:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
        for table in protected:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


class _DiskFull(Exception):
    """No room left, whoever noticed it."""


@contextmanager
def _plain_errors() -> Iterator[None]:
    """A full disk by one name, whoever noticed it."""
    try:
        yield
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise _DiskFull(str(error)) from error
    except DatabaseError as error:
        if not any(sign in str(error) for sign in _FULL):
            raise
        raise _DiskFull(str(error)) from error


def print_figures() -> bool:
    """The figures of the four known weeks against what was printed; True when all agree."""
    _say("")
    _say("周报数字（本周 / 今年以来）与已印发周报核对：")
    agree = True
    for week in KNOWN_WEEKS:
        figures = figures_of(Period(week.first, week.last))
        same = dict(figures.period) == dict(week.period) and dict(figures.ytd) == dict(week.ytd)
        agree &= same
        numbers = "，".join(f"{figures.period[name]} / {figures.ytd[name]}" for name in METRICS)
        _say(f"  {week.first} 至 {week.last}：{numbers}  {'相符' if same else '不符'}")
    return agree


def print_logins() -> None:
    """One login of each role."""
    _say("")
    _say(f"登录名（密码均为 {PASSWORD}）：")
    for role, username in LOGINS.items():
        _say(f"  {username:<10}{RoleLabel(role.value).label}")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()

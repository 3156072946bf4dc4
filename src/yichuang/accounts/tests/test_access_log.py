"""Looks at personal data are kept; on PostgreSQL in a partition for each month."""

import threading
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections
from django.utils.timezone import now

from yichuang.accounts import actions, queries
from yichuang.accounts.models import AccessLog
from yichuang.accounts.types import PERSON
from yichuang.kernel.actor import Role
from yichuang.kernel.errors import NotPermitted

from .factories import actor_for, make_person

SHANGHAI = ZoneInfo("Asia/Shanghai")


def tables_with_rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text, count(*) FROM accounts_accesslog GROUP BY 1")
        return dict(cursor.fetchall())


@pytest.mark.django_db
def test_who_looked() -> None:
    person, clerk = make_person("li", name="李四"), make_person("wu", [Role.FRONT], name="吴五")
    for purpose in ("查看人员资料", "核对办件"):
        actions.log_access(clerk.pk, PERSON.code, person.pk, purpose)
    actions.log_access(person.pk, PERSON.code, clerk.pk, "查看人员资料")
    looks, has_more = queries.looks_at(actor_for(person), person)
    assert [(look.purpose, name) for look, name in looks] == [("核对办件", "吴五"), ("查看人员资料", "吴五")]
    assert not has_more
    with pytest.raises(NotPermitted):
        queries.looks_at(actor_for(clerk), person)


@pytest.mark.django_db
@pytest.mark.usefixtures("postgresql_only")
def test_a_month_has_its_partition() -> None:
    for at in (
        datetime(2031, 1, 31, 23, 59, 59, tzinfo=SHANGHAI),
        datetime(2031, 2, 1, tzinfo=SHANGHAI),
        datetime(2031, 12, 31, 12, tzinfo=SHANGHAI),
    ):
        actions.log_access(1, PERSON.code, 2, "查看", at=at)
    assert tables_with_rows() == {
        "accounts_accesslog_2031_01": 1,
        "accounts_accesslog_2031_02": 1,
        "accounts_accesslog_2031_12": 1,
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("postgresql_only")
def test_rows_without_a_partition_move_when_it_comes() -> None:
    at = datetime(2032, 3, 5, tzinfo=SHANGHAI)
    AccessLog.objects.create(at=at, person=1, subject_type=3, subject_id=2, purpose="导入")
    assert tables_with_rows() == {"accounts_accesslog_default": 1}
    actions.log_access(1, PERSON.code, 2, "查看", at=at)
    assert tables_with_rows() == {"accounts_accesslog_2032_03": 2}


@pytest.mark.usefixtures("postgresql_only", "shared_database")
def test_the_first_looks_of_a_month_at_once() -> None:
    at = datetime(2033, 4, 1, 8, tzinfo=SHANGHAI)
    gate, failures = threading.Barrier(6), []

    def look() -> None:
        try:
            gate.wait(10)
            actions.log_access(1, PERSON.code, 2, "查看", at=at)
        except Exception as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    assert tables_with_rows() == {"accounts_accesslog_2033_04": 6}
    with connection.cursor() as cursor:  # the month outlives the test's rows: leave the schema as it was
        cursor.execute("DROP TABLE accounts_accesslog_2033_04")


@pytest.mark.django_db
def test_a_long_purpose_is_cut() -> None:
    actions.log_access(1, PERSON.code, 2, "核" * 60, at=now())
    assert AccessLog.objects.get().purpose == "核" * 40

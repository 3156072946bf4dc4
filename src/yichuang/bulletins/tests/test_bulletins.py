"""Drafting, numbering, issuing: live figures, frozen figures, links bounded by the seal."""

import re
import threading
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from yichuang.accounts.tests.factories import make_person
from yichuang.cases.actions import consult, reverse
from yichuang.cases.tests.factories import CLERK, EDITOR, issued_case, make_item
from yichuang.cases.types import CASE
from yichuang.kernel.actor import Role
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.ledger.models import Entry, Seal
from yichuang.ledger.queries import EntryFilter, entries_of_subject, entry_page
from yichuang.ledger.types import Channel, Flow, Period, Subject, metric_of

from ..actions import discard, draft, edit, issue
from ..models import Bulletin
from ..queries import figures_of, weekly_of
from ..rules import next_numbers
from ..types import Closing, State

pytestmark = pytest.mark.django_db

CHINA = ZoneInfo("Asia/Shanghai")
WEEK = Period(date(2024, 9, 18), date(2024, 9, 20))
MORNING = datetime(2024, 9, 18, 9, 0, tzinfo=CHINA)
NOW = datetime(2024, 9, 23, 9, 0, tzinfo=CHINA)


def fill() -> None:
    """Before the week two consultations, in it one; one case from start to end in it."""
    item = make_item()
    for day in (date(2024, 1, 2), date(2024, 9, 14), date(2024, 9, 18)):
        at = datetime.combine(day, MORNING.timetz())
        consult(department="D01", item=item.key, channel=Channel.PHONE, actor=CLERK, at=at)
    consult(department="D01", channel=Channel.WINDOW, actor=CLERK, at=MORNING - timedelta(days=400))
    issued_case(item, MORNING)


def test_figures_are_sums_of_entries_in_the_period_and_since_new_year() -> None:
    fill()
    figures = figures_of(WEEK)
    assert figures.period == {"consulted": 1, "accepted": 1, "issued": 1, "handed_over": 1}
    assert figures.ytd == {"consulted": 3, "accepted": 1, "issued": 1, "handed_over": 1}


def test_the_text_is_the_centres_sentence() -> None:
    fill()
    text = "".join(part.text for part in weekly_of(EDITOR, WEEK).document.paragraphs if not part.level)
    assert text == (
        "本周，共计咨询1人次、受理1件、颁发1件、流转1件次。今年以来，累计咨询3人次、受理1件、颁发1件、流转1件次。"
    )


@pytest.mark.parametrize(
    ("period", "latest", "numbers"),
    [
        (WEEK, None, (2024, 1, 1)),
        (WEEK, (2024, 36, 507, date(2024, 9, 9), date(2024, 9, 14)), (2024, 37, 508)),
        (
            Period(date(2025, 1, 2), date(2025, 1, 3)),
            (2024, 51, 522, date(2024, 12, 23), date(2024, 12, 31)),
            (2025, 1, 523),
        ),
    ],
)
def test_numbers_run_on_and_restart_with_the_year(
    period: Period, latest: tuple[int, int, int, date, date] | None, numbers: tuple[int, int, int]
) -> None:
    assert next_numbers(period, latest) == numbers


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2024, 9, 18), date(2024, 9, 24), "in_future"),
        (date(2024, 7, 1), date(2024, 9, 20), "too_long"),
        (date(2023, 12, 30), date(2024, 1, 5), "two_years"),
        (date(2024, 9, 14), date(2024, 9, 20), "period_taken"),
    ],
)
def test_periods_that_make_no_bulletin(first: date, last: date, code: str) -> None:
    draft(Period(date(2024, 9, 9), date(2024, 9, 14)), actor=EDITOR, at=NOW)
    with pytest.raises(Refusal) as refused:
        draft(Period(first, last), actor=EDITOR, at=NOW)
    assert refused.value.code == code
    assert Bulletin.objects.count() == 1


def test_only_editors_write_bulletins() -> None:
    with pytest.raises(NotPermitted):
        draft(WEEK, actor=CLERK, at=NOW)


def test_a_draft_follows_the_ledger_and_an_issued_bulletin_does_not() -> None:
    fill()
    serial = draft(WEEK, actor=EDITOR, at=NOW).serial
    case = Entry.objects.get(kind=10)
    reverse(case.subject_id, case.pk, actor=EDITOR, at=NOW, reason="重复颁发")
    assert weekly_of(EDITOR, WEEK).figures.period["issued"] == 0
    issued = issue(serial, published_on=date(2024, 9, 23), actor=EDITOR, at=NOW)
    frozen = weekly_of(EDITOR, WEEK).figures
    last = entries_of_subject(Subject(CASE, case.subject_id))
    conclude = next(entry for entry in reversed(last) if entry.kind == 9)
    reverse(case.subject_id, conclude.pk, actor=EDITOR, at=NOW, reason="误")
    consult(department="D01", channel=Channel.WINDOW, actor=CLERK, at=MORNING)
    weekly = weekly_of(EDITOR, WEEK)
    assert weekly.figures == frozen
    assert figures_of(WEEK).period["consulted"] == frozen.period["consulted"] + 1
    assert weekly.document.seal == f"台账封印 {issued.seal_hash}（数字截至第{issued.last_entry}号条目）"
    assert bytes(Seal.objects.get(pk=issued.seal).hash).hex() == issued.seal_hash


def test_the_entries_behind_an_issued_figure_add_up_to_it_for_ever() -> None:
    fill()
    serial = draft(WEEK, actor=EDITOR, at=NOW).serial
    bulletin = issue(serial, published_on=date(2024, 9, 23), actor=EDITOR, at=NOW)
    consult(department="D01", channel=Channel.WINDOW, actor=CLERK, at=MORNING)
    for period, values in ((WEEK, bulletin.figures["period"]), (WEEK.year_to_date, bulletin.figures["ytd"])):
        for slug, value in values.items():
            metric = metric_of(slug)
            assert isinstance(metric, Flow)
            wanted = EntryFilter(
                period=period, kinds=metric.kinds, channels=metric.channels, through=bulletin.last_entry
            )
            page = entry_page(EDITOR, wanted)
            assert page.quantity == sum(entry.quantity for entry in page.entries) == value


def test_what_is_issued_stays_as_it_is() -> None:
    fill()
    serial = draft(WEEK, actor=EDITOR, at=NOW).serial
    with pytest.raises(Refusal, match="早于本期截止日期"):
        issue(serial, published_on=date(2024, 9, 19), actor=EDITOR, at=NOW)
    issue(serial, published_on=date(2024, 9, 23), actor=EDITOR, at=NOW)
    for attempt in (
        lambda: issue(serial, published_on=date(2024, 9, 24), actor=EDITOR, at=NOW),
        lambda: edit(serial, Closing(copies=5), actor=EDITOR),
        lambda: discard(serial, actor=EDITOR, at=NOW),
    ):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.code == "illegal_state"


def test_a_discarded_draft_gives_its_number_back() -> None:
    first = draft(Period(date(2024, 9, 9), date(2024, 9, 14)), actor=EDITOR, at=NOW)
    edit(first.serial, Closing("省政务管理办公室", "", "各窗口", 100), actor=EDITOR)
    second = draft(WEEK, actor=EDITOR, at=NOW)
    assert (second.report_to, second.copies) == ("省政务管理办公室", 100)  # as the one before
    with pytest.raises(Refusal, match="空号"):
        discard(first.serial, actor=EDITOR, at=NOW)
    discard(second.serial, actor=EDITOR, at=NOW)
    assert draft(WEEK, actor=EDITOR, at=NOW).serial == second.serial


@pytest.mark.django_db(transaction=True)
def test_two_editors_draft_at_once(shared_database: BaseDatabaseWrapper) -> None:
    draft(Period(date(2024, 9, 9), date(2024, 9, 14)), actor=EDITOR, at=NOW)
    outcomes: list[object] = []
    start = threading.Barrier(2)

    def run() -> None:
        start.wait()
        try:
            outcomes.append(draft(WEEK, actor=EDITOR, at=NOW))
        except Refusal as refusal:
            outcomes.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Bulletin", "Refusal"]
    assert Bulletin.objects.count() == 2


def test_pages_draft_edit_issue_and_download(client: Client) -> None:
    fill()
    client.force_login(make_person("bianji", [Role.EDITOR]))
    days = {"from": "2024-09-18", "to": "2024-09-20"}
    assert "尚未编号" in client.get("/bulletins/preview", days).content.decode()
    address = client.post("/bulletins/draft", days)["Location"]
    page = client.get(address).content.decode()
    assert re.search(r'<a href="/ledger\?metric=consulted&amp;from=2024-09-18&amp;to=2024-09-20"[^>]*>1</a>', page)
    client.post(f"{address}/edit", {"report_to": "省领导", "copies": "100"})
    assert Bulletin.objects.get().copies == 100
    client.post(f"{address}/issue", {"published_on": timezone.localdate().isoformat()})
    issued = Bulletin.objects.get()
    assert issued.state == State.ISSUED
    page = client.get(address).content.decode()
    assert f"through={issued.last_entry}" in page
    assert issued.seal_hash in page
    for form, magic in (("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!")):
        assert client.get(f"{address}/{form}").content[: len(magic)].lower() == magic.lower()
    assert client.get(f"{address}/odt").status_code == 404


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2024-04-29", "2024-04-31", "没有 2024年4月31日 这一天"),
        ("2024-09-20", "2024-09-18", "晚于截止日期"),
        ("", "2024-09-18", "field-errors"),
        ("yesterday", "2024-09-18", "看不懂日期"),
    ],
)
def test_impossible_periods_are_told_at_the_field(client: Client, first: str, last: str, words: str) -> None:
    client.force_login(make_person("bianji", [Role.EDITOR]))
    response = client.get("/bulletins/preview", {"from": first, "to": last})
    assert response.status_code == 422
    assert words in response.content.decode()


def test_others_read_but_do_not_write(client: Client) -> None:
    fill()
    serial = draft(WEEK, actor=EDITOR, at=NOW).serial
    client.force_login(make_person("qiantai", [Role.FRONT]))
    page = client.get(f"/bulletins/{serial}").content.decode()
    assert f"/bulletins/{serial}/issue" not in page
    assert "/ledger?" not in page
    assert client.post(f"/bulletins/{serial}/issue", {"published_on": "2024-09-23"}).status_code == 403
    assert client.get("/bulletins/9999").status_code == 404


def test_the_sheet_asks_at_most_twelve_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fill()
    serial = draft(WEEK, actor=EDITOR, at=NOW).serial
    client.force_login(make_person("bianji", [Role.EDITOR]))
    client.get(f"/bulletins/{serial}")
    for address in (f"/bulletins/{serial}", "/bulletins"):
        with django_assert_max_num_queries(12):
            client.get(address)

"""One's own day: figures, list, undo, messages, notes between shifts, the bell in the header."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from yichuang.accounts.models import Person
from yichuang.accounts.queries import actor_of
from yichuang.accounts.tests.factories import make_person
from yichuang.cases import actions as cases
from yichuang.cases.models import Case
from yichuang.cases.tests.factories import PERSON, make_item
from yichuang.cases.types import MaterialGiven
from yichuang.catalogue.models import MaterialSpec
from yichuang.desk.actions.messages import mark_all_read, mark_read
from yichuang.desk.actions.shift_notes import take_shift_note, write_shift_note
from yichuang.desk.models import Message, ShiftNote
from yichuang.desk.queries.messages import messages_of, unread_messages
from yichuang.desk.queries.my_day import done_on, own_figures
from yichuang.desk.queries.shift_notes import shift_notes_for
from yichuang.desk.queries.to_dos import to_dos
from yichuang.desk.types import MessageKind
from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.errors import Refusal
from yichuang.ledger.types import Channel

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def people() -> dict[str, Person]:
    """One of each, and a second clerk; D01 has two reviewers and a chief representative."""
    make_item("K0001", department="D01", materials=("申请书",))
    return {
        "front": make_person("qian", [Role.FRONT], name="钱台"),
        "other": make_person("qian2", [Role.FRONT], name="钱二"),
        "middle": make_person("zhong", [Role.MIDDLE], name="钟台"),
        "hall": make_person("da", [Role.HALL], name="达厅"),
        "back": make_person("hou", [Role.BACK], department="D01", name="侯台"),
        "second": make_person("hou2", [Role.BACK], department="D01", name="侯二"),
        "chief": make_person("dai", [Role.CHIEF], department="D01", name="代表"),
        "stranger": make_person("dai9", [Role.CHIEF], department="D09", name="外人"),
    }


def actor(person: Person) -> Actor:
    return actor_of(person, timezone.localdate())


def received(clerk: Person) -> Case:
    specs = [MaterialGiven(pk) for pk in MaterialSpec.objects.values_list("pk", flat=True)]
    return cases.receive(
        item="K0001", applicant=PERSON, materials=specs, channel=Channel.WINDOW, actor=actor(clerk), at=timezone.now()
    )


def accepted(clerk: Person) -> Case:
    case = received(clerk)
    cases.accept(case.number, actor=actor(clerk), at=timezone.now())
    return case


def signed(people: dict[str, Person]) -> Case:
    case = accepted(people["front"])
    cases.hand_over(case.number, to="D01", actor=actor(people["middle"]), at=timezone.now())
    cases.sign_for([case.number], actor=actor(people["back"]), at=timezone.now())
    return case


def told(person: Person) -> list[tuple[str, str]]:
    return list(Message.objects.filter(person=person.pk).values_list("kind", "text"))


def login(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


# messages


def test_a_request_to_void_is_told_to_those_who_decide_and_the_decision_to_who_asked(people: dict[str, Person]) -> None:
    case = accepted(people["front"])
    cases.ask_void(case.number, reason="选错办理项", actor=actor(people["front"]), at=timezone.now())
    asked = [(MessageKind.VOID_ASKED, f"{case.number} · 钱台")]
    assert told(people["hall"]) == told(people["chief"]) == asked
    assert not told(people["front"])
    assert not told(people["stranger"])
    assert not told(people["other"])

    cases.refuse_void(case.number, note="无误", actor=actor(people["hall"]), at=timezone.now())
    assert told(people["front"]) == [(MessageKind.VOID_DECIDED, f"{case.number} · 达厅")]
    cases.ask_void(case.number, reason="确实选错", actor=actor(people["other"]), at=timezone.now())
    cases.approve_void(case.number, actor=actor(people["chief"]), at=timezone.now())
    assert told(people["other"]) == [(MessageKind.VOID_DECIDED, f"{case.number} · 代表")]
    assert len(told(people["front"])) == 1
    assert Message.objects.filter(person=people["hall"].pk)[0].link == f"/cases/{case.number}"


def test_a_return_is_told_to_who_handed_over_and_passing_on_to_the_new_handler(people: dict[str, Person]) -> None:
    case = signed(people)
    cases.take(case.number, actor=actor(people["back"]), at=timezone.now())
    cases.pass_on(case.number, to=people["second"].pk, actor=actor(people["back"]), at=timezone.now())
    message = Message.objects.get(person=people["second"].pk)
    assert (message.kind, message.link) == (MessageKind.PASSED_ON, f"/inbox/{case.number}")
    cases.return_case(case.number, reason="材料不符", actor=actor(people["second"]), at=timezone.now())
    assert told(people["middle"]) == [(MessageKind.RETURNED, f"{case.number} · 侯二")]


def test_messages_hold_nothing_about_the_applicant(people: dict[str, Person]) -> None:
    case = signed(people)
    cases.return_case(case.number, reason=f"{PERSON.name} 的材料不符", actor=actor(people["back"]), at=timezone.now())
    assert not any(PERSON.name in text for _, text in told(people["middle"]))


def test_a_refused_action_tells_nobody(people: dict[str, Person]) -> None:
    case = accepted(people["front"])
    with pytest.raises(Refusal):
        cases.ask_void(case.number, reason=" ", actor=actor(people["front"]), at=timezone.now())
    assert not Message.objects.exists()


def test_everyone_marks_only_own_messages(people: dict[str, Person]) -> None:
    for n in range(3):
        Message.objects.create(person=people["front"].pk, kind=MessageKind.RETURNED, at=timezone.now(), text=f"{n}")
    theirs = Message.objects.create(person=people["other"].pk, kind=MessageKind.RETURNED, at=timezone.now(), text="x")
    clerk, first = actor(people["front"]), Message.objects.filter(person=people["front"].pk)[0]
    mark_read(first.pk, actor=clerk, at=timezone.now())
    mark_read(first.pk, actor=clerk, at=timezone.now() + timedelta(hours=1))
    assert unread_messages(clerk) == 2
    assert list(messages_of(clerk).object_list)[-1].pk == first.pk  # unread ones come first
    for strange in (theirs.pk, 10**9):
        with pytest.raises(Refusal) as refused:
            mark_read(strange, actor=clerk, at=timezone.now())
        assert refused.value.code == "not_found"
    assert mark_all_read(actor=clerk, at=timezone.now()) == 2
    theirs.refresh_from_db()
    assert theirs.read_at is None


# notes between shifts


def test_a_note_waits_for_the_next_of_the_same_post(people: dict[str, Person]) -> None:
    clerk, other = actor(people["front"]), actor(people["other"])
    note = write_shift_note(" 打印机已报修 ", role=Role.FRONT, department="", actor=clerk, at=timezone.now())
    assert told(people["other"]) == [(MessageKind.SHIFT_NOTE, "钱台")]
    assert not told(people["front"])
    assert not told(people["middle"])
    assert shift_notes_for(actor(people["middle"])) == []
    assert [(shown.text, shown.may_take) for shown in shift_notes_for(other)] == [("打印机已报修", True)]
    assert [shown.may_take for shown in shift_notes_for(clerk)] == [False]
    with pytest.raises(Refusal, match="自己写的"):
        take_shift_note(note.pk, actor=clerk, at=timezone.now())
    with pytest.raises(Refusal, match="不是留给您的岗位"):
        take_shift_note(note.pk, actor=actor(people["middle"]), at=timezone.now())
    take_shift_note(note.pk, actor=other, at=timezone.now())
    assert unread_messages(other) == 0
    with pytest.raises(Refusal, match="钱二已于"):
        take_shift_note(note.pk, actor=other, at=timezone.now())


def test_notes_of_a_department_stay_there(people: dict[str, Person]) -> None:
    write_shift_note("看一下超期件", role=Role.BACK, department="D01", actor=actor(people["back"]), at=timezone.now())
    assert shift_notes_for(actor(people["second"]))
    assert not shift_notes_for(actor(people["chief"]))
    with pytest.raises(Refusal, match="自己的岗位"):
        write_shift_note("x", role=Role.BACK, department="D02", actor=actor(people["back"]), at=timezone.now())


def test_ten_notes_are_in_sight_and_untaken_ones_always(people: dict[str, Person]) -> None:
    clerk, other, now = actor(people["front"]), actor(people["other"]), timezone.now()
    for n in range(14):
        note = write_shift_note(f"{n}", role=Role.FRONT, department="", actor=clerk, at=now - timedelta(hours=20 - n))
        if n not in {0, 1}:
            take_shift_note(note.pk, actor=other, at=now)
    shown = shift_notes_for(other)
    assert [note.text for note in shown] == ["1", "0", *(str(n) for n in range(13, 5, -1))]


# figures, list, what waits


def test_figures_and_list_are_ones_own(people: dict[str, Person]) -> None:
    signed(people)
    cases.consult(department="D01", channel=Channel.PHONE, actor=actor(people["other"]), at=timezone.now())
    today = timezone.localdate()
    figures = {one.label: (one.today, one.week) for one in own_figures(actor(people["front"]), today).figures}
    assert figures == {"咨询": (0, 0), "收件": (1, 1), "受理": (1, 1), "颁发、送达": (0, 0)}
    assert [row.label for row in done_on(actor(people["front"]), today, today)] == ["受理", "收件"]
    days = own_figures(actor(people["middle"]), today).days
    assert len(days) == 10
    assert days[-1] == (today, 1)
    assert [day for day, _ in days] == sorted(day for day, _ in days)


def test_only_the_last_step_of_today_can_be_taken_back(people: dict[str, Person]) -> None:
    clerk, today = actor(people["front"]), timezone.localdate()
    cases.consult(department="D01", channel=Channel.WINDOW, actor=clerk, at=timezone.now())
    accepted(people["front"])
    rows = {row.label: row for row in done_on(clerk, today, today)}
    assert {label: row.can_undo for label, row in rows.items()} == {"咨询": True, "收件": False, "受理": False}
    page = login(people["front"])
    assert page.post(f"/undo/{rows['咨询'].entry}", {"next": "/my-day"})["Location"] == "/my-day"
    after = done_on(clerk, today, today)
    assert [(row.quantity, row.is_undone, row.can_undo) for row in after if row.label == "咨询"] == [
        (-1, False, False),
        (1, True, False),
    ]
    assert own_figures(clerk, today).figures[0].today == 0
    refused = page.post(f"/undo/{rows['收件'].entry}", {"next": "/my-day"}, follow=True)
    assert "其后已有“受理”" in refused.content.decode()


def test_what_waits_is_counted_by_role(people: dict[str, Person]) -> None:
    today = timezone.localdate()
    accepted(people["front"])
    case = signed(people)
    handed = accepted(people["other"])
    cases.hand_over(handed.number, to="D01", actor=actor(people["middle"]), at=timezone.now())
    asked = accepted(people["front"])
    cases.ask_void(asked.number, reason="选错", actor=actor(people["front"]), at=timezone.now())

    def counts(name: str) -> dict[str, int]:
        return {one.label: one.count for one in to_dos(actor(people[name]), today) if one.count}

    assert counts("middle") == {"待流转": 2, "流转后未签收": 1}
    assert counts("back") == {"待签收": 1, "待认领": 1}
    cases.take(case.number, actor=actor(people["back"]), at=timezone.now())
    assert counts("back") == {"待签收": 1, "我承办的": 1}
    assert counts("hall") == counts("chief") == {"作废待审批": 1}
    assert counts("front") == counts("stranger") == {}


# pages


def test_the_page_of_every_role(people: dict[str, Person]) -> None:
    case = accepted(people["front"])
    cases.ask_void(case.number, reason="选错", actor=actor(people["front"]), at=timezone.now())
    for person in people.values():
        assert login(person).get("/my-day").status_code == 200
    text = login(people["front"]).get("/my-day").content.decode()
    assert f'href="/cases/{case.number}"' in text
    assert PERSON.name not in text
    assert "作废待审批" in login(people["hall"]).get("/my-day").content.decode()
    assert login(make_person("nobody")).get("/my-day").status_code == 200
    assert Client().get("/my-day")["Location"].startswith("/accounts/login/")


def test_a_note_typed_twice_is_kept_once_and_an_empty_one_is_explained(people: dict[str, Person]) -> None:
    page = login(people["front"])
    form = {"post": "front:", "text": "明早先办退信", "form_key": "0f5b4c1e-6a3d-4a57-9d0e-2f2f9a9f1c11"}
    assert page.post("/my-day/notes", form).status_code == page.post("/my-day/notes", form).status_code == 302
    note = ShiftNote.objects.get()
    empty = page.post("/my-day/notes", form | {"text": " ", "form_key": ""})
    assert (empty.status_code, "请填写留言内容" in empty.content.decode()) == (422, True)
    long = page.post("/my-day/notes", form | {"text": "长" * 1001, "form_key": "0f5b4c1e-6a3d-4a57-9d0e-2f2f9a9f1c12"})
    assert (long.status_code, "长长长" in long.content.decode()) == (422, True)  # and what was typed is still there
    assert login(people["other"]).post(f"/my-day/notes/{note.pk}/take").status_code == 302
    note.refresh_from_db()
    assert note.taken_by == people["other"].pk


def test_the_header_counts_and_asks_little(
    people: dict[str, Person], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page = login(people["hall"])
    assert "0 条未读消息" in page.get("/calendar").content.decode()
    case = accepted(people["front"])
    cases.ask_void(case.number, reason="选错", actor=actor(people["front"]), at=timezone.now())
    text = page.get("/calendar").content.decode()
    assert "1 条未读消息" in text
    assert "data-stale" in text  # what waits is counted by the page itself, not in its way
    assert "1 条未读消息，1 件待办" in page.get("/my-day/bell").content.decode()
    assert "1 件待办" in page.get("/calendar").content.decode()
    page.post("/my-day/messages/read")
    assert "0 条未读消息，1 件待办" in page.get("/calendar").content.decode()
    with django_assert_max_num_queries(30):
        page.get("/my-day")


def test_the_bell_does_not_keep_a_session_alive(people: dict[str, Person]) -> None:
    page = login(people["hall"])
    page.get("/my-day")
    session = page.session
    session["renewed"] = 0
    session.save()
    page.get("/my-day/bell", headers={"X-Unattended": "1"})
    assert page.session["renewed"] == 0
    page.get("/my-day")
    assert page.session["renewed"] > 0

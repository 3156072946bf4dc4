"""In the back office: who works on a case, who decides, what the refusal tells, what the result is called."""

from datetime import date

import pytest
from django.utils import timezone

from yichuang.accounts.models import Deputyship
from yichuang.accounts.tests.factories import actor_for, make_person
from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.ledger.queries import entries_of_subject, verify
from yichuang.ledger.types import Subject

from ..actions import conclude, decide, decline, give_back, give_opinion, pass_on, return_case, take
from ..models import Case, Notice, Opinion
from ..queries import case_for, colleagues_for
from ..rules.review import LONGEST_OPINION
from ..sealing import verification_code
from ..types import CASE, OPINION_GIVEN, IllegalMove, NoticeKind, State
from .factories import (
    CLERK,
    HOUR,
    REVIEWER,
    SECOND_REVIEWER,
    START,
    decided_case,
    handed_over_case,
    make_item,
    received_case,
    signed_case,
)

pytestmark = pytest.mark.django_db

LATER = START + 3 * HOUR
TODAY = date(2024, 9, 18)


@pytest.fixture
def office() -> tuple[Actor, Actor]:
    """Two reviewers of D01."""
    people = [make_person(name, [Role.BACK], "D01", name=chinese) for name, chinese in (("a", "赵敏"), ("b", "周强"))]
    return actor_for(people[0], TODAY), actor_for(people[1], TODAY)


def away(principal: Actor, deputy: Actor) -> None:
    Deputyship.objects.create(principal_id=principal.id, deputy_id=deputy.id, starts_on=TODAY, ends_on=TODAY)


@pytest.mark.parametrize("act", [take, give_back])
def test_nothing_is_done_before_the_office_has_signed(act: object) -> None:
    case = handed_over_case(make_item())
    for attempt in (
        lambda: act(case.number, actor=REVIEWER, at=LATER),  # type: ignore[operator]
        lambda: decide(case.number, grant=True, actor=REVIEWER, at=LATER),
        lambda: give_opinion(case.number, text="可", actor=REVIEWER, at=LATER),
    ):
        with pytest.raises(Refusal, match="尚未签收，请先签收"):
            attempt()


def test_whoever_takes_second_is_told_who_has_it(office: tuple[Actor, Actor]) -> None:
    first, second = office
    case = signed_case(make_item())
    take(case.number, actor=first, at=LATER)
    with pytest.raises(Refusal, match="已有人承办：赵敏，9月18日 12:00"):
        take(case.number, actor=second, at=LATER)
    with pytest.raises(Refusal, match="由赵敏承办，请由赵敏作出决定，或转办后再作出决定"):
        decide(case.number, grant=True, actor=second, at=LATER)
    with pytest.raises(Refusal, match="由赵敏承办"):
        give_back(case.number, actor=second, at=LATER)
    give_back(case.number, actor=first, at=LATER)
    with pytest.raises(Refusal, match="没有人承办"):
        give_back(case.number, actor=first, at=LATER)
    take(case.number, actor=second, at=LATER)
    decide(case.number, grant=True, actor=second, at=LATER)


def test_other_offices_have_no_hand_in_it() -> None:
    case = signed_case(make_item())
    for stranger in (SECOND_REVIEWER, CLERK):
        with pytest.raises(NotPermitted):
            take(case.number, actor=stranger, at=LATER)
        with pytest.raises(NotPermitted):
            give_opinion(case.number, text="可", actor=stranger, at=LATER)


def test_a_case_is_passed_on_within_the_office_only(office: tuple[Actor, Actor]) -> None:
    first, second = office
    stranger = make_person("c", [Role.BACK], "D02")
    left = make_person("d", [Role.BACK], "D01", is_active=False)
    case = signed_case(make_item())
    take(case.number, actor=first, at=LATER)
    for nobody in (stranger.pk, left.pk, 4711):
        with pytest.raises(Refusal, match="只能转给本部门在岗"):
            pass_on(case.number, to=nobody, actor=first, at=LATER)
    with pytest.raises(Refusal, match="已由此人承办"):
        pass_on(case.number, to=first.id, actor=first, at=LATER)
    with pytest.raises(Refusal, match="由赵敏承办"):
        pass_on(case.number, to=second.id, actor=second, at=LATER)
    pass_on(case.number, to=second.id, actor=first, at=LATER)
    case.refresh_from_db()
    assert case.handler == second.id
    decide(case.number, grant=True, actor=second, at=LATER)


def test_a_deputy_takes_the_case_of_who_is_away_over(office: tuple[Actor, Actor]) -> None:
    first, _ = office
    deputy = make_person("e", name="钱进")
    case = signed_case(make_item())
    take(case.number, actor=first, at=LATER)
    away(first, Actor(id=deputy.pk))
    standing_in = actor_for(deputy, TODAY)
    with pytest.raises(Refusal, match="由赵敏承办"):
        decide(case.number, grant=True, actor=standing_in, at=LATER)
    pass_on(case.number, to=deputy.pk, actor=standing_in, at=LATER)
    decide(case.number, grant=True, actor=standing_in, at=LATER)


def test_the_case_of_who_has_left_is_passed_on_by_anybody_of_the_office(office: tuple[Actor, Actor]) -> None:
    _, second = office
    case = signed_case(make_item())
    Case.objects.filter(pk=case.pk).update(handler=make_person("f", is_active=False, name="孙去").pk)
    with pytest.raises(Refusal, match="由孙去承办"):
        decide(case.number, grant=True, actor=second, at=LATER)
    pass_on(case.number, to=second.id, actor=second, at=LATER)
    decide(case.number, grant=True, actor=second, at=LATER)


def test_deputies_are_offered_first(office: tuple[Actor, Actor]) -> None:
    first, second = office
    deputy = make_person("e", name="钱进")
    case = signed_case(make_item())
    Case.objects.filter(pk=case.pk).update(handler=first.id)
    principal, stand_in = first, Actor(id=deputy.pk)
    Deputyship.objects.create(
        principal_id=principal.id, deputy_id=stand_in.id, starts_on=date(2020, 1, 1), ends_on=date(2099, 1, 1)
    )
    offered = colleagues_for(second, case.number)
    assert [one.id for one in offered] == [deputy.pk, second.id]
    assert offered[0].stands_in_for == {first.id}
    with pytest.raises(NotPermitted):
        colleagues_for(SECOND_REVIEWER, case.number)


def test_an_opinion_is_kept_beside_the_case_and_not_in_the_ledger() -> None:
    case = signed_case(make_item())
    text = "现场与图纸一致，建议准予。"
    opinion = give_opinion(case.number, text=f" {text} ", actor=REVIEWER, at=LATER)
    assert (opinion.text, opinion.person) == (text, REVIEWER.id)
    entry = entries_of_subject(Subject(CASE, case.pk))[-1]
    assert (entry.kind, entry.payload) == (OPINION_GIVEN.code, f'{{"opinion":{opinion.pk}}}')
    for wrong in ("  ", "长" * (LONGEST_OPINION + 1)):
        with pytest.raises(Refusal) as refused:
            give_opinion(case.number, text=wrong, actor=REVIEWER, at=LATER)
        assert refused.value.field == "text"
    assert Opinion.objects.count() == 1


def test_a_refusal_is_a_numbered_decision_with_reasons_and_rights() -> None:
    case = signed_case(make_item())
    decide(case.number, grant=False, reason="不符合第三项条件", actor=REVIEWER, at=LATER)
    notice = Notice.objects.get(case=case, kind=NoticeKind.REFUSAL)
    assert notice.number == 2
    assert notice.detail["reason"] == "不符合第三项条件"
    assert (notice.detail["review_body"], notice.detail["court"]) == ("示范省人民政府", "有管辖权的人民法院")
    other = signed_case(Case.objects.get(pk=case.pk).item)
    decide(
        other.number,
        grant=False,
        reason="无",
        review_body="某市人民政府",
        court="某区人民法院",
        actor=REVIEWER,
        at=LATER,
    )
    named = Notice.objects.get(case=other, kind=NoticeKind.REFUSAL).detail
    assert (named["review_body"], named["court"]) == ("某市人民政府", "某区人民法院")


def test_a_decided_case_is_not_decided_again() -> None:
    case = decided_case(make_item(), grant=False)
    with pytest.raises(IllegalMove, match="将其办理为“不予许可”"):
        decide(case.number, grant=True, actor=REVIEWER, at=LATER)
    assert Notice.objects.filter(kind=NoticeKind.REFUSAL).count() == 1


def test_results_without_a_number_are_numbered_in_turn() -> None:
    item = make_item()
    numbers = []
    for given in ("", "JY123", " "):
        case = decided_case(item)
        conclude(case.number, result_number=given, valid_until=date(2029, 9, 17), actor=REVIEWER, at=LATER)
        case.refresh_from_db()
        assert case.result_code == verification_code(f"result:{case.number}")
        assert case.result_valid_until == date(2029, 9, 17)
        numbers.append(case.result_number)
    assert numbers == ["K0001〔2024〕00001号", "JY123", "K0001〔2024〕00002号"]
    assert verify() == []


@pytest.mark.parametrize(
    ("grant", "number", "valid_until", "code"),
    [
        (True, "", date(2024, 9, 17), "already_expired"),
        (True, "长" * 61, None, "too_long"),
        (False, "JY1", None, "no_result"),
        (False, "", date(2029, 1, 1), "no_result"),
    ],
)
def test_results_that_cannot_be(grant: bool, number: str, valid_until: date | None, code: str) -> None:
    case = decided_case(make_item(), grant=grant)
    with pytest.raises(Refusal) as refused:
        conclude(case.number, result_number=number, valid_until=valid_until, actor=REVIEWER, at=LATER)
    assert refused.value.code == code


def test_a_refusal_is_concluded_without_a_result() -> None:
    case = decided_case(make_item(), grant=False)
    conclude(case.number, actor=REVIEWER, at=LATER)
    case.refresh_from_db()
    assert (case.state, case.result_number, case.result_code) == (State.CONCLUDED, "", None)


def test_reasons_stand_in_notices_and_hand_overs_and_not_in_the_ledger() -> None:
    item, at = make_item(), timezone.now()  # to the microsecond, as it is in use
    refused, back, declined = signed_case(item), signed_case(item), received_case(item)
    decide(refused.number, grant=False, reason="张三不符合条件", actor=REVIEWER, at=at)
    return_case(back.number, reason="张三的材料不符", actor=REVIEWER, at=at)
    decline(declined.number, owner="市局", reason="张三住在外市", actor=CLERK, at=at)
    told = {refused: "张三不符合条件", back: "张三的材料不符", declined: "市局；张三住在外市"}
    for case, note in told.items():
        entry = entries_of_subject(Subject(CASE, case.pk))[-1]
        assert "张三" not in entry.payload
        assert case_for(CLERK, case.number).timeline[-1].note == note

"""Names, numbers, phones and agents, as people type them."""

from datetime import date

import pytest

from yichuang.kernel.errors import Refusal
from yichuang.kernel.identity import IdType

from ..rules import check_agent, check_party, clean_name
from ..types import AgentAuthority, ApplicantData, ApplicantKind
from .factories import COMPANY, PERSON

TODAY = date(2024, 9, 18)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  王小明 ", "王小明"),
        ("𬭎䶮", "𬭎䶮"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提‧艾力", "买买提·艾力"),
        ("买买提 ・ 艾力", "买买提·艾力"),
        ("阿依古丽․买买提·艾力", "阿依古丽·买买提·艾力"),
        ("John   Q.\u3000Smith", "John Q. Smith"),
        ("e\u0301va", "éva"),
    ],
)
def test_a_name_has_one_spelling(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "no_name"),
        (" \u3000", "no_name"),
        ("王\n小明", "bad_name"),
        ("王\u200b小明", "bad_name"),
        ("王\u202e小明", "bad_name"),
        ("王\x00", "bad_name"),
        ("长" * 121, "name_too_long"),
    ],
)
def test_names_that_cannot_be_read_are_refused(typed: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        clean_name(typed)
    assert (refused.value.code, refused.value.field) == (code, "name")


@pytest.mark.parametrize(
    ("number", "phone", "kept"),
    [
        ("11010519491231002x", "+86 138 0000 2046", "13800002046"),
        ("１１０１０５１９４９１２３１００２Ｘ", "１３８００００２０４６", "13800002046"),
        ("110105 19491231 002X", "", ""),
    ],
)
def test_numbers_are_kept_in_one_form(number: str, phone: str, kept: str) -> None:
    checked = check_party(ApplicantData(ApplicantKind.PERSON, "王", IdType.ID_CARD, number, phone), TODAY)
    assert (checked.id_number, checked.phone) == ("11010519491231002X", kept)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ApplicantData(ApplicantKind.PERSON, "王", IdType.ID_CARD, "110105491231002"), "id_length"),
        (ApplicantData(ApplicantKind.PERSON, "王", IdType.ID_CARD, PERSON.id_number, "138****2046"), "bad_phone"),
        (ApplicantData(ApplicantKind.PERSON, "王", IdType.CREDIT_CODE, COMPANY.id_number), "id_type_of_other_kind"),
        (ApplicantData(ApplicantKind.ORGANISATION, "店", IdType.ID_CARD, PERSON.id_number), "id_type_of_other_kind"),
        (ApplicantData(ApplicantKind.PERSON, "王", "999", "1"), "unknown_id_type"),
    ],
)
def test_what_cannot_be_is_refused(data: ApplicantData, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_party(data, TODAY)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("agent", "authority", "code"),
    [
        (PERSON, AgentAuthority.NONE, "no_authority"),
        (None, AgentAuthority.STAFF, "no_agent"),
        (COMPANY, AgentAuthority.STAFF, "agent_not_person"),
    ],
)
def test_an_agent_is_a_person_with_an_authority(
    agent: ApplicantData | None, authority: AgentAuthority, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        check_agent(COMPANY, agent, authority, TODAY)
    assert refused.value.code == code


def test_a_fault_of_the_agent_names_the_agents_field() -> None:
    wrong = ApplicantData(ApplicantKind.PERSON, "王", IdType.ID_CARD, "110105194912310021")
    with pytest.raises(Refusal) as refused:
        check_agent(COMPANY, wrong, AgentAuthority.STAFF, TODAY)
    assert refused.value.field == "agent_id_number"
    assert refused.value.message.startswith("经办人：")


def test_nobody_is_the_own_agent() -> None:
    with pytest.raises(Refusal, match="本人办理"):
        check_agent(PERSON, PERSON, AgentAuthority.POWER_OF_ATTORNEY, TODAY)
    assert check_agent(PERSON, None, AgentAuthority.NONE, TODAY) is None

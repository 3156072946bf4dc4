"""Who applies and who acts for them: names, numbers and phones as they are kept."""

import re
import unicodedata
from dataclasses import replace
from datetime import date

from yichuang.kernel.errors import Refusal
from yichuang.kernel.identity import IdType, check_id, check_phone
from yichuang.kernel.labels import gettext_noop

from ..types import AgentAuthority, ApplicantData, ApplicantKind

LONGEST_NAME = 120
MIDDLE_DOT = "·"  # U+00B7, between the parts of a name (公安部 2008: 少数民族人名分隔符)
_DOTS = re.compile(r"\s*[·•‧・․･]\s*")
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def clean_name(text: str) -> str:
    """The name in one spelling: NFC, single spaces, one sort of middle dot; rare characters stay as they are.

    Refuses an empty or overlong name, and one with characters that cannot be seen.
    """
    name = re.sub(r"[ \t\u00a0\u2000-\u200a\u3000]+", " ", unicodedata.normalize("NFC", text)).strip()
    if not name:
        raise Refusal("请填写姓名或名称", code="no_name", field="name")
    if any(unicodedata.category(sign) in _UNPRINTABLE for sign in name):
        raise Refusal("姓名或名称里有看不见的字符，请删去后重新录入", code="bad_name", field="name")
    if len(name) > LONGEST_NAME:
        raise Refusal(f"姓名或名称最多{LONGEST_NAME}个字，请核对", code="name_too_long", field="name")
    return _DOTS.sub(MIDDLE_DOT, name)


def check_party(data: ApplicantData, today: date) -> ApplicantData:
    """The same person or organisation with name, number and phone checked and in one spelling."""
    name = clean_name(data.name)
    is_credit_code = data.id_type == IdType.CREDIT_CODE
    if data.kind == ApplicantKind.PERSON and is_credit_code:
        raise Refusal("自然人不用统一社会信用代码，请选择个人证件", code="id_type_of_other_kind", field="id_type")
    if data.kind == ApplicantKind.ORGANISATION and not is_credit_code and data.id_type != IdType.OTHER:
        raise Refusal(
            "法人或其他组织请填写统一社会信用代码（没有的选“其他证件”）", code="id_type_of_other_kind", field="id_type"
        )
    number = check_id(data.id_type, data.id_number, today=today)
    phone = check_phone(data.phone) if data.phone.strip() else ""
    return replace(data, name=name, id_number=number, phone=phone)


def check_agent(
    applicant: ApplicantData, agent: ApplicantData | None, authority: AgentAuthority, today: date
) -> ApplicantData | None:
    """The agent, checked like an applicant: another natural person, with an authority (民法典 arts. 161, 165).

    A fault of the agent's data names its field with ``agent_`` in front.
    """
    if agent is None:
        if authority != AgentAuthority.NONE:
            raise Refusal("选择了代理依据，请登记经办人，或改为“本人办理”", code="no_agent", field="authority")
        return None
    if authority == AgentAuthority.NONE:
        raise Refusal(
            "由他人代办，请选择代理依据（授权委托书、法定代理人或单位经办人）", code="no_authority", field="authority"
        )
    if agent.kind != ApplicantKind.PERSON:
        raise Refusal("经办人须是自然人，请填写来办理的人", code="agent_not_person", field="agent_kind")
    try:
        checked = check_party(agent, today)
    except Refusal as refusal:
        refusal.message = gettext_noop(f"经办人：{refusal.message}")
        refusal.field = f"agent_{refusal.field}"
        raise
    if (checked.id_type, checked.id_number) == (applicant.id_type, applicant.id_number):
        raise Refusal("经办人就是申请人本人，请改为“本人办理”", code="agent_is_applicant", field="agent_id_number")
    return checked

"""Invented applicants: names put together by chance, numbers with right check digits under codes of no real place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from stdnum.cn import ric, uscc

from yichuang.cases.types import ApplicantKind
from yichuang.kernel.identity import IdType

from .people import person_name

PEOPLE = 15_000
ORGANISATIONS = 10_000
NOWHERE = "519900"  # in Sichuan's range, but given to no county: nobody's real number is hit
_PLACES = (
    "成都", "自贡", "攀枝花", "泸州", "德阳", "绵阳", "广元", "遂宁", "内江", "乐山", "南充", "眉山", "宜宾", "广安",
    "达州", "雅安", "巴中", "资阳", "阿坝", "甘孜", "凉山", "四川",
)  # fmt: skip
_SYLLABLES = "蓉锦川岷沱蜀融恒泰瑞盛合众信诚启明远达兴华宏博创新智汇联通康源丰润安泽嘉禾天府云峰岭溪湖"
_TRADES = (
    "建筑工程", "医药", "食品", "农业科技", "物流", "信息技术", "人力资源服务", "机械制造", "环保科技", "文化传媒",
    "商贸", "建材", "能源", "检测技术", "工程设计", "安防", "医疗器械", "旅行社", "教育咨询", "矿业", "运输", "化工",
)  # fmt: skip
_FORMS = ("有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司", "集团有限公司")
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_OLDEST = date(1955, 1, 1)
_AGES = 365 * 48


@dataclass(frozen=True, slots=True)
class DemoApplicant:
    """A person or an organisation that applies."""

    id: int
    kind: ApplicantKind
    name: str
    id_type: IdType
    id_number: str


def applicants(rng: Random, *, people: int = PEOPLE, organisations: int = ORGANISATIONS) -> Iterator[DemoApplicant]:
    """The people first, then the organisations, numbered from 1."""
    for number in range(1, people + 1):
        yield DemoApplicant(number, ApplicantKind.PERSON, person_name(rng), IdType.ID_CARD, id_card(number))
    for number in range(1, organisations + 1):
        name = organisation_name(rng)
        code = credit_code(f"91{NOWHERE}", number * 7 + 300_000)
        yield DemoApplicant(people + number, ApplicantKind.ORGANISATION, name, IdType.CREDIT_CODE, code)


def id_card(number: int) -> str:
    """An id-card number (GB 11643), another for every ``number`` below 999 × :data:`_AGES` ÷ 7,919."""
    sequence, day = divmod(number * 7_919, _AGES)
    birth = _OLDEST + timedelta(days=day)
    body = f"{NOWHERE}{birth:%Y%m%d}{sequence % 999 + 1:03d}"
    return body + str(ric.calc_check_digit(f"{body}0"))


def phone_number(number: int) -> str:
    """A mobile number with five noughts behind its prefix, which no operator gives out."""
    return f"1{3 + number // 10_000 % 7}{number % 10}00000{number // 10 % 1_000:03d}"


def organisation_name(rng: Random) -> str:
    """Like 绵阳锦恒医药有限公司."""
    body = "".join(rng.sample(_SYLLABLES, 2))
    return f"{rng.choice(_PLACES)}{body}{rng.choice(_TRADES)}{rng.choice(_FORMS)}"


def credit_code(front: str, number: int) -> str:
    """A credit code (GB 32100) from its first eight signs and a number for the organisation (GB 11714)."""
    body = ""
    for _ in range(8):
        number, place = divmod(number, 31)
        body = _SIGNS[place] + body
    check = 11 - sum(_organisation_value(sign) * weight for sign, weight in zip(body, _WEIGHTS, strict=True)) % 11
    code = front + body + ("X" if check == 10 else "0" if check == 11 else str(check))
    return code + str(uscc.calc_check_digit(code))


def _organisation_value(sign: str) -> int:
    """GB 11714: digits as they are, letters from 10."""
    return int(sign, 36)

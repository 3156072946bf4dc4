"""Credit codes, identity documents by type, phone numbers: checked, normalised, masked for the screen."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from stdnum.cn import ric, uscc

from .errors import Refusal
from .labels import TextLabels, gettext_noop

Check = Callable[[str, date], str]  # number and today; the normalised number

EARLIEST_BIRTH = date(1900, 1, 1)
CITIZEN_PROVINCES = frozenset(
    str(code)
    for codes in ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66))  # GB/T 2260
    for code in range(*codes)
)
RESIDENCE_REGIONS = frozenset({"810000", "820000", "830000"})  # Hong Kong, Macao, Taiwan (国办发〔2018〕81号)
CREDIT_CODE_LOOKALIKES = {"I": "1", "O": "0", "Z": "2", "S": "5", "V": "U"}  # letters GB 32100 leaves out
COMPOUND_SURNAMES = frozenset(
    ("欧阳", "司马", "上官", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文")
) | {"长孙", "司徒", "司空", "南宫", "西门", "端木", "轩辕", "百里"}


class IdType(TextLabels):
    """Sorts of identity documents (GA/T 2000.156); 001 is the organisations' credit code of the service platforms.

    The table predates the residence permit for people of Hong Kong, Macao and Taiwan: it goes under 154 居住证.
    """

    CREDIT_CODE = "001", gettext_noop("统一社会信用代码")
    ID_CARD = "111", gettext_noop("居民身份证")
    TEMPORARY_ID_CARD = "112", gettext_noop("临时居民身份证")
    HOUSEHOLD_REGISTER = "113", gettext_noop("户口簿")
    OFFICER = "114", gettext_noop("中国人民解放军军官证")
    ARMED_POLICE_OFFICER = "115", gettext_noop("中国人民武装警察部队警官证")
    SOLDIER = "118", gettext_noop("中国人民解放军士兵证")
    ARMED_POLICE_SOLDIER = "119", gettext_noop("中国人民武装警察部队士兵证")
    RESIDENCE_PERMIT = "154", gettext_noop("港澳台居民居住证")
    PASSPORT = "414", gettext_noop("普通护照")
    TAIWAN_PERMIT = "511", gettext_noop("台湾居民来往大陆通行证")
    HK_MACAO_PERMIT = "516", gettext_noop("港澳居民来往内地通行证")
    PERMANENT_RESIDENCE = "553", gettext_noop("外国人永久居留身份证")
    OTHER = "990", gettext_noop("其他证件")


class BadIdNumber(Refusal):
    """The number cannot be one of its type; the message says which character or part to look at."""

    def __init__(self, message: str, *, code: str = "id_format") -> None:
        super().__init__(message, code=code, field="id_number")


def check_id(id_type: IdType | str, number: str, *, today: date) -> str:
    """The normalised number (upper case, half-width, without blanks or renewal counts), or :class:`BadIdNumber`.

    A permit renewed for the same person keeps its number here, so that one person stays one applicant.
    """
    known = next((member for member in IdType if member == id_type), None)
    if known is None:
        raise Refusal(f"没有代码为“{id_type}”的证件类型，请从列表中选择", code="unknown_id_type", field="id_type")
    compact = re.sub(r"[\s\-‐–—·]", "", unicodedata.normalize("NFKC", number)).upper()
    if not compact:
        raise BadIdNumber(f"请填写{known.label}号码", code="id_empty")
    return _CHECKS[known](compact, today)


def _credit_code(number: str, today: date) -> str:
    """GB 32100—2015: 18 characters, check character by mod 31."""
    name = gettext_noop("统一社会信用代码")
    _need_length(name, number, 18)
    for place, sign in enumerate(number, 1):
        if sign in CREDIT_CODE_LOOKALIKES:
            meant = CREDIT_CODE_LOOKALIKES[sign]
            raise BadIdNumber(f"{name}不用字母“{sign}”，请核对第{place}位（是否为“{meant}”）")
        if not (sign.isascii() and sign.isalnum()):
            raise BadIdNumber(f"{name}只含数字和大写字母，请核对第{place}位“{sign}”")
    if not number[2:8].isdigit():
        raise BadIdNumber(f"{name}第3至8位是登记机关区划代码，应为数字，请核对")
    if number[17] != uscc.calc_check_digit(number[:17]):
        raise BadIdNumber(f"{name}校验码不对，请核对第18位，再从头核对各位", code="id_checksum")
    return number


def _citizen(number: str, today: date) -> str:
    """GB 11643—1999: region, birth date, sequence, check character by mod 11-2."""
    if len(number) == 15 and number.isdigit():
        raise BadIdNumber("15位的第一代身份证号已停用，请填写18位身份证号", code="id_length")
    _eighteen(gettext_noop("身份证号"), number, today)
    if number[:2] not in CITIZEN_PROVINCES:
        raise BadIdNumber(f"身份证号开头“{number[:2]}”不是省级区划代码，请核对第1、2位")
    return number


def _residence_permit(number: str, today: date) -> str:
    """Numbered like a citizen's card, with 810000, 820000 or 830000 in front (国办发〔2018〕81号)."""
    _eighteen(gettext_noop("居住证号"), number, today)
    if number[:6] not in RESIDENCE_REGIONS:
        raise BadIdNumber("港澳台居民居住证号以810000、820000或830000开头，请核对前6位")
    return number


def _permanent_residence(number: str, today: date) -> str:
    """Since December 2023 18 characters beginning with 9, checked by mod 11-2; before, 3 letters and 12 digits."""
    if re.fullmatch(r"[A-Z]{3}[0-9]{12}", number):
        return number
    if not re.fullmatch(r"9[0-9]{16}[0-9X]", number):
        raise BadIdNumber("外国人永久居留身份证号应为18位（以9开头）或15位（3个字母加12位数字），请核对")
    _eighteen(gettext_noop("外国人永久居留身份证号"), number, today)
    return number


def _eighteen(name: str, number: str, today: date) -> None:
    _need_length(name, number, 18)
    for place, sign in enumerate(number, 1):
        if sign not in "0123456789" and not (place == 18 and sign == "X"):
            raise BadIdNumber(f"{name}第{place}位不能是“{sign}”，请核对")
    if number[17] != ric.calc_check_digit(number):
        raise BadIdNumber(f"{name}校验码不对，请核对第18位，再从头核对各位", code="id_checksum")
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    try:
        birth = date(year, month, day)
    except ValueError:
        raise BadIdNumber(
            f"{name}里的出生日期没有 {year}年{month}月{day}日 这一天，请核对第7至14位", code="id_birth_date"
        ) from None
    if birth < EARLIEST_BIRTH:
        raise BadIdNumber(f"{name}里的出生年份{year}早于1900年，请核对第7至10位", code="id_birth_date")
    if birth > today:
        raise BadIdNumber(
            f"{name}里的出生日期 {year}年{month}月{day}日 还没有到，请核对第7至14位", code="id_birth_date"
        )


def _need_length(name: str, number: str, length: int) -> None:
    if len(number) != length:
        raise BadIdNumber(f"{name}应为{length}位，现在是{len(number)}位，请补全或核对", code="id_length")


def _shaped(pattern: str, remedy: str, keep: Callable[[re.Match[str]], str] = lambda match: match[0]) -> Check:
    """A check by shape alone, for documents without a check digit."""
    shape = re.compile(pattern)

    def check(number: str, today: date) -> str:
        match = shape.fullmatch(number)
        if match is None:
            raise BadIdNumber(remedy)
        return keep(match)

    return check


_military = _shaped(
    r"([一-鿿]{1,4})字?第?([0-9A-Z]{4,8})号?",
    gettext_noop("军警证件号形如“军字第2001988号”，请照证件填写"),
    lambda match: f"{match[1].rstrip('字第')}字第{match[2]}号",
)
_CHECKS: dict[IdType, Check] = {
    IdType.CREDIT_CODE: _credit_code,
    IdType.ID_CARD: _citizen,
    IdType.TEMPORARY_ID_CARD: _citizen,
    IdType.HOUSEHOLD_REGISTER: _citizen,
    IdType.OFFICER: _military,
    IdType.ARMED_POLICE_OFFICER: _military,
    IdType.SOLDIER: _military,
    IdType.ARMED_POLICE_SOLDIER: _military,
    IdType.RESIDENCE_PERMIT: _residence_permit,
    IdType.PASSPORT: _shaped(
        r"(?=.*[0-9])[A-Z0-9]{5,17}", gettext_noop("护照号由5至17位字母和数字组成，请照护照资料页填写")
    ),
    IdType.TAIWAN_PERMIT: _shaped(
        r"([0-9]{8})(?:[0-9]{2}[A-Z]?)?",
        gettext_noop("台湾居民来往大陆通行证号为8位数字，请照证件填写"),
        lambda match: match[1],
    ),
    IdType.HK_MACAO_PERMIT: _shaped(
        r"([HM][0-9]{8})(?:[0-9]{2})?",
        gettext_noop("港澳居民来往内地通行证号以H或M开头，后接8位数字，请照证件填写"),
        lambda match: match[1],
    ),
    IdType.PERMANENT_RESIDENCE: _permanent_residence,
    IdType.OTHER: _shaped(
        r"[0-9A-Z一-鿿()〔〕]{3,40}", gettext_noop("证件号码应为3至40位字母、数字或汉字，请照证件填写")
    ),
}

_MOBILE = re.compile(r"(?:\+?86)?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(r"(?:\+?86)?(0(?:10|2[0-9]|[3-9][0-9]{2}))([2-8][0-9]{6,7})(?:[转*#]([0-9]{1,6}))?")
_ABROAD = re.compile(r"\+(?!86)[0-9]{7,15}")


def check_phone(number: str) -> str:
    """``13812342046``, ``028-86601234`` (``转801`` if there is an extension) or ``+85221234567``; or a refusal."""
    typed = re.sub(r"[\s\-‐–—()]", "", unicodedata.normalize("NFKC", number))
    if match := _MOBILE.fullmatch(typed):
        return match[1]
    if match := _LANDLINE.fullmatch(typed):
        return f"{match[1]}-{match[2]}" + (f"转{match[3]}" if match[3] else "")
    if _ABROAD.fullmatch(typed):
        return typed
    raise Refusal(
        "联系电话应为11位手机号，或带区号的座机号（如 028-86601234），请核对", code="bad_phone", field="phone"
    )


def mask_id(number: str) -> str:
    """The first three and last four characters; of short numbers less, of up to three nothing."""
    if len(number) >= 15:
        return _masked(number, 3, 4)
    return _masked(number, 1, 2) if len(number) >= 6 else "*" * len(number)


def mask_name(name: str) -> str:
    """The surname and a star for each other character; without a given name the first character."""
    surname = 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1
    return name if len(name) <= 1 else _masked(name, surname, 0)


def mask_phone(phone: str) -> str:
    """``138****2046``: first three, last four; of landlines the area code and the last two."""
    if "-" in phone:
        area, rest = phone.split("-", 1)
        return f"{area}-{_masked(rest, 0, 2)}"
    return _masked(phone, 3, 4) if len(phone) >= 8 else "*" * len(phone)


def _masked(text: str, first: int, last: int) -> str:
    return text[:first] + "*" * (len(text) - first - last) + text[len(text) - last :]

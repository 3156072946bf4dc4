"""Money: ``Decimal`` yuan outside, int64 fen inside; nothing is rounded unless the name says so."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from .errors import Refusal

FEN_PER_YUAN = 100
YUAN_PER_WAN = 10_000
LARGEST_FEN = 2**63 - 1
SMALLEST_FEN = -(2**63)
LARGEST_FEN_DIGITS = len(str(LARGEST_FEN))


class BadAmount(Refusal):
    """The amount cannot be kept exactly."""

    def __init__(self, message: str, *, code: str, field: str) -> None:
        super().__init__(message, code=code, field=field)


def fen_of(yuan: Decimal | int, *, field: str = "amount") -> int:
    """Yuan as whole fen; :class:`BadAmount` for fractions of a fen, for infinities and beyond int64."""
    return _scaled(Decimal(yuan), 2, field)


def _scaled(amount: Decimal, places: int, field: str) -> int:
    # By digits and exponent: Decimal's own arithmetic would round to the context's 28 digits without a word.
    sign, digits, exponent = amount.as_tuple()
    if not isinstance(exponent, int):
        raise BadAmount("金额不是一个数，请重新填写", code="amount_not_a_number", field=field)
    significant = "".join(map(str, digits)).rstrip("0").lstrip("0")
    if not significant:
        return 0
    if amount.adjusted() + places >= LARGEST_FEN_DIGITS:
        raise _too_large(field)
    shift = amount.adjusted() + 1 - len(significant) + places
    if shift < 0:
        raise BadAmount("金额最多精确到分（两位小数），请核对", code="amount_fraction", field=field)
    size = int(significant + "0" * shift)
    fen = -size if sign else size
    if not SMALLEST_FEN <= fen <= LARGEST_FEN:
        raise _too_large(field)
    return fen


def _too_large(field: str) -> BadAmount:
    return BadAmount("金额超出可记录的范围，请核对单位是元还是万元", code="amount_overflow", field=field)


def yuan_of(fen: int) -> Decimal:
    """Fen as yuan with two decimal places, exactly."""
    return Decimal(fen).scaleb(-2)


def parse_yuan(text: str, *, field: str = "amount") -> int:
    """Fen from what people type: ``1,234.50``, ``1234.5元``, ``12.3万元``."""
    typed = text.strip().replace(",", "").replace("，", "").removesuffix("元")
    is_wan = typed.endswith("万")
    try:
        amount = Decimal(typed.removesuffix("万").strip())
    except InvalidOperation:
        raise BadAmount(f"看不懂金额“{text.strip()}”，请填数字", code="amount_not_a_number", field=field) from None
    return _scaled(amount, 6 if is_wan else 2, field)


def format_yuan(fen: int) -> str:
    """``1,234,567.80``: thousands separated, always two decimal places."""
    return f"{yuan_of(fen):,.2f}"


def format_wan(fen: int, places: int = 2) -> str:
    """``123.46万元``: rounded half up to ``places`` decimals, for reading and not for reckoning."""
    wan = (Decimal(fen) / (FEN_PER_YUAN * YUAN_PER_WAN)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{wan:,f}万元"

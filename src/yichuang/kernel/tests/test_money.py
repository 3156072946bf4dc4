"""Yuan and fen."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yichuang.kernel.money import (
    LARGEST_FEN,
    SMALLEST_FEN,
    BadAmount,
    fen_of,
    format_wan,
    format_yuan,
    parse_yuan,
    yuan_of,
)

FEN = st.integers(SMALLEST_FEN, LARGEST_FEN)


@given(FEN)
def test_fen_go_to_yuan_and_back(fen: int) -> None:
    assert fen_of(yuan_of(fen)) == fen
    assert parse_yuan(format_yuan(fen)) == fen


@pytest.mark.parametrize(
    ("yuan", "fen"),
    [
        (Decimal(0), 0),
        (Decimal("-0.00"), 0),
        (Decimal("0.01"), 1),
        (Decimal("-0.01"), -1),
        (Decimal("12.3000"), 1230),
        (Decimal("1E+3"), 100_000),
        (12, 1200),
        (Decimal("92233720368547758.07"), LARGEST_FEN),
        (Decimal("-92233720368547758.08"), SMALLEST_FEN),
    ],
)
def test_exact_amounts(yuan: Decimal | int, fen: int) -> None:
    assert fen_of(yuan) == fen


@pytest.mark.parametrize(
    ("yuan", "code"),
    [
        ("0.001", "amount_fraction"),
        ("1.000000000000000000000000000000000001", "amount_fraction"),  # beyond Decimal's 28 digits
        ("1E-999999", "amount_fraction"),
        ("92233720368547758.08", "amount_overflow"),
        ("-92233720368547758.09", "amount_overflow"),
        ("1E999999", "amount_overflow"),
        ("NaN", "amount_not_a_number"),
        ("Infinity", "amount_not_a_number"),
    ],
)
def test_what_cannot_be_kept_is_refused(yuan: str, code: str) -> None:
    with pytest.raises(BadAmount) as caught:
        fen_of(Decimal(yuan), field="budget")
    assert (caught.value.code, caught.value.field) == (code, "budget")


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1,234.50", 123_450),
        (" 1234.5元 ", 123_450),
        ("12.3万元", 12_300_000),
        ("0.000001万", 1),
        ("1，000", 100_000),
    ],
)
def test_amounts_as_people_type_them(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "amount_not_a_number"), ("十元", "amount_not_a_number"), ("0.0000001万元", "amount_fraction")],
)
def test_typed_amounts_that_are_none(text: str, code: str) -> None:
    with pytest.raises(BadAmount) as caught:
        parse_yuan(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("fen", "yuan", "wan"),
    [
        (0, "0.00", "0.00万元"),
        (123_456_780, "1,234,567.80", "123.46万元"),
        (-5, "-0.05", "-0.00万元"),
        (1_234_567_890_12, "1,234,567,890.12", "123,456.79万元"),
        (500_000, "5,000.00", "0.50万元"),
    ],
)
def test_printed_amounts(fen: int, yuan: str, wan: str) -> None:
    assert format_yuan(fen) == yuan
    assert format_wan(fen) == wan

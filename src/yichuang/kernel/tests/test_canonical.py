"""One meaning, one byte string."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yichuang.kernel.canonical import canonical_instant, canonical_json, canonical_record

SHANGHAI = timezone(timedelta(hours=8))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def test_instants_are_written_in_utc() -> None:
    assert canonical_instant(datetime(2024, 9, 20, 10, 41, 7, tzinfo=SHANGHAI)) == "2024-09-20 02:41:07"
    assert canonical_instant(datetime(2024, 9, 20, 2, 41, 7, 250, tzinfo=UTC)) == "2024-09-20 02:41:07.000250"


def test_an_instant_needs_its_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        canonical_instant(datetime(2024, 9, 20))  # noqa: DTZ001 - what must be refused


@given(st.datetimes(min_value=datetime(1900, 1, 2), max_value=datetime(2200, 1, 1)))  # noqa: DTZ001 - zones follow
def test_one_instant_in_two_zones_is_one_text(moment: datetime) -> None:
    instant = moment.replace(tzinfo=UTC)
    assert canonical_instant(instant) == canonical_instant(instant.astimezone(SHANGHAI))


def test_json_is_sorted_dense_and_unescaped() -> None:
    assert canonical_json({"乙": 1, "甲": [True, None], "a": {"c": "值", "b": -2}}) == (
        '{"a":{"b":-2,"c":"值"},"乙":1,"甲":[true,null]}'
    )
    assert canonical_json("e\u0301") == canonical_json("\u00e9")


@given(st.dictionaries(st.text(max_size=6), JSON, max_size=5))
def test_the_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    assert canonical_json(value) == canonical_json(dict(reversed(value.items())))


@pytest.mark.parametrize("value", [1.5, [1, 2.0], {"a": {"b": (0.1,)}}])
def test_floats_have_no_canonical_form(value: object) -> None:
    with pytest.raises(ValueError, match="float"):
        canonical_json(value)


def test_a_record_is_version_then_fields() -> None:
    assert canonical_record(1, ["a", 2, None, ""]) == b"\x01a\x1f2\x1f\x1f"


FIELDS = st.lists(
    st.text(st.characters(exclude_characters="\x1f", exclude_categories=["Cs"]), max_size=5), min_size=3, max_size=3
)


@given(FIELDS, FIELDS)
def test_different_fields_are_different_bytes(one: list[str], other: list[str]) -> None:
    assert (canonical_record(1, one) == canonical_record(1, other)) == (one == other)
    assert canonical_record(1, one) != canonical_record(2, one)


def test_the_separator_cannot_hide_in_a_field() -> None:
    with pytest.raises(ValueError, match="separator"):
        canonical_record(1, ["a\x1fb"])

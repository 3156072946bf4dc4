"""Sealed texts and blind indexes."""

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from yichuang.kernel.sealing import SealBroken, Sealer

KEY = bytes(range(32))
SEALER = Sealer(KEY)


@given(st.text(max_size=60), st.binary(max_size=20))
def test_a_sealed_text_opens(text: str, associated: bytes) -> None:
    sealed = SEALER.seal(text, associated=associated)
    assert SEALER.open(sealed, associated=associated) == text
    assert Sealer(KEY).open(sealed, associated=associated) == text


def test_no_two_seals_are_alike_and_none_shows_the_text() -> None:
    first, second = SEALER.seal("510104199001011234"), SEALER.seal("510104199001011234")
    assert first != second
    assert b"1990" not in first
    assert first[0] == 1


def test_every_altered_bit_is_noticed() -> None:
    sealed = SEALER.seal("王芳", associated=b"applicant:1")
    for place in range(len(sealed)):
        altered = bytearray(sealed)
        altered[place] ^= 1
        with pytest.raises(SealBroken):
            SEALER.open(bytes(altered), associated=b"applicant:1")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + bytes(27)])
def test_what_is_too_short_is_no_seal(sealed: bytes) -> None:
    with pytest.raises(SealBroken):
        SEALER.open(sealed)


def test_a_seal_moved_to_another_row_does_not_open() -> None:
    with pytest.raises(SealBroken):
        SEALER.open(SEALER.seal("王芳", associated=b"applicant:1"), associated=b"applicant:2")


def test_another_key_does_not_open() -> None:
    with pytest.raises(SealBroken):
        Sealer(bytes(32)).open(SEALER.seal("王芳"))


def test_retired_keys_still_open_what_they_sealed() -> None:
    old = SEALER.seal("王芳")
    changed = Sealer(b"n" * 32, key_id=2, retired={1: KEY})
    assert changed.open(old) == "王芳"
    fresh = changed.seal("王芳")
    assert fresh[0] == 2
    with pytest.raises(SealBroken):
        SEALER.open(fresh)


def test_blind_indexes_are_equal_for_equal_texts_only() -> None:
    assert SEALER.blind_index("111:510104199001011234") == Sealer(KEY).blind_index("111:510104199001011234")
    assert len(SEALER.blind_index("")) == 32
    assert SEALER.blind_index("a") != SEALER.blind_index("b")
    assert SEALER.blind_index("a") != Sealer(bytes(32)).blind_index("a")


@pytest.mark.parametrize(("key", "key_id"), [(b"short", 1), (KEY, 256), (KEY, -1)])
def test_unfit_keys_are_refused(key: bytes, key_id: int) -> None:
    with pytest.raises(ValueError, match="key"):
        Sealer(key, key_id=key_id)


def test_the_cipher_is_sm4() -> None:
    """GB/T 32907—2016, annex A.1, one block."""
    block = bytes.fromhex("0123456789abcdeffedcba9876543210")
    encryptor = Cipher(algorithms.SM4(block), modes.ECB()).encryptor()  # noqa: S305 - the standard's vector is one block
    assert encryptor.update(block).hex() == "681edf34d206965e86b3e94f536e4246"

"""Personal data at rest: SM4-GCM (GB/T 32907, GB/T 17964) and a blind index by HMAC-SM3 to find it again."""

import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from .errors import Refusal

SHORTEST_MASTER_KEY = 16
SM4_KEY_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
SEALING_LABEL = b"yichuang/sealing/sm4-gcm"
INDEX_LABEL = b"yichuang/blind-index/hmac-sm3"


class SealBroken(Refusal):
    """The sealed text was altered, belongs elsewhere, or its key is not at hand."""

    def __init__(self) -> None:
        super().__init__("加密数据无法解开：内容被改动或密钥不对，请联系系统管理员", code="seal_broken")


class Sealer:
    """Encrypts texts and files under a master key; ``retired`` keys, by their id, still open what they sealed."""

    def __init__(self, key: bytes, *, key_id: int = 1, retired: Mapping[int, bytes] | None = None) -> None:
        if not 0 <= key_id <= 255:
            raise ValueError("a key id is one byte")
        self._key_id = key_id
        self._keys = {known: _sealing_key(old) for known, old in (retired or {}).items()} | {key_id: _sealing_key(key)}
        self._index_key = _derive(key, INDEX_LABEL)

    def seal(self, text: str, *, associated: bytes = b"") -> bytes:
        """As :meth:`seal_bytes`, of a text."""
        return self.seal_bytes(text.encode(), associated=associated)

    def open(self, sealed: bytes, *, associated: bytes = b"") -> str:
        """The text that :meth:`seal` was given; :class:`SealBroken` if anything differs."""
        return self.open_bytes(sealed, associated=associated).decode()

    def seal_bytes(self, content: bytes, *, associated: bytes = b"") -> bytes:
        """Key id, nonce, ciphertext and tag; ``associated`` (say, table and row) must be the same when opened."""
        nonce = os.urandom(NONCE_BYTES)
        encryptor = Cipher(algorithms.SM4(self._keys[self._key_id]), modes.GCM(nonce)).encryptor()
        head = bytes([self._key_id])
        encryptor.authenticate_additional_data(head + associated)
        return b"".join((head, nonce, encryptor.update(content), encryptor.finalize(), encryptor.tag))

    def open_bytes(self, sealed: bytes, *, associated: bytes = b"") -> bytes:
        """What :meth:`seal_bytes` was given; :class:`SealBroken` if anything differs."""
        if len(sealed) < 1 + NONCE_BYTES + TAG_BYTES or sealed[0] not in self._keys:
            raise SealBroken
        nonce, body, tag = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES : -TAG_BYTES], sealed[-TAG_BYTES:]
        decryptor = Cipher(algorithms.SM4(self._keys[sealed[0]]), modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(sealed[:1] + associated)
        try:
            return decryptor.update(body) + decryptor.finalize()
        except InvalidTag:
            raise SealBroken from None

    def blind_index(self, text: str) -> bytes:
        """32 bytes that are equal for equal texts and tell nothing without the key; normalise ``text`` before."""
        return _derive(self._index_key, text.encode())


def _sealing_key(master: bytes) -> bytes:
    if len(master) < SHORTEST_MASTER_KEY:
        raise ValueError(f"a master key has at least {SHORTEST_MASTER_KEY} bytes")
    return _derive(master, SEALING_LABEL)[:SM4_KEY_BYTES]


def _derive(key: bytes, label: bytes) -> bytes:
    mac = hmac.HMAC(key, hashes.SM3())
    mac.update(label)
    return mac.finalize()

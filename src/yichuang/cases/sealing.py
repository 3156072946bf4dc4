"""How personal data lies in the database: encrypted, and findable by a blind index."""

from base64 import b32encode, urlsafe_b64decode, urlsafe_b64encode

from django.conf import settings

from yichuang.kernel.sealing import SealBroken, Sealer

sealer = Sealer(bytes.fromhex(settings.PERSONAL_DATA_KEY))
_CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def identity_index(id_type: str, id_number: str) -> bytes:
    """What an applicant is found by, without the number being readable."""
    return sealer.blind_index(f"{id_type}:{id_number}")


def verification_code(what: str) -> str:
    """16 characters that anyone may verify a paper by (80 bits, Crockford's base 32), and nobody can guess.

    ``what`` names the paper once and for all: ``notice:<department>:<year>:<number>``, ``result:<case number>``.
    """
    return b32encode(sealer.blind_index(f"paper:{what}")[:10]).decode().translate(_CROCKFORD)


def pickup_code(case_number: str) -> str:
    """Six digits on the notice of acceptance, by which the result may be fetched."""
    return f"{int.from_bytes(sealer.blind_index(f'pickup:{case_number}')[:8], 'big') % 10**6:06d}"


def phone_index(number: str) -> bytes:
    """What an applicant is found by when only the phone is known; ``number`` as ``check_phone`` gives it."""
    return sealer.blind_index(f"phone:{number}")


def seal_address(case_number: str, address: str) -> bytes:
    """Where a case's result is to be posted, bound to the case; empty stays empty."""
    return sealer.seal(address, associated=case_number.encode()) if address else b""


def open_address(case_number: str, sealed: bytes) -> str:
    """What :func:`seal_address` was given."""
    return sealer.open(sealed, associated=case_number.encode()) if sealed else ""


def seal_words(person: int, words: str) -> str:
    """What a person looks for, as it may stand in an address: names and id numbers are not for logs and histories."""
    return urlsafe_b64encode(sealer.seal(words, associated=f"search:{person}".encode())).decode()


def open_words(person: int, sealed: str) -> str:
    """What :func:`seal_words` was given; empty for anything else, and for another person's."""
    try:
        return sealer.open(urlsafe_b64decode(sealed.encode()), associated=f"search:{person}".encode())
    except (SealBroken, ValueError):
        return ""

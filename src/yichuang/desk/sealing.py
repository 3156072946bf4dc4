"""How what clerks type lies in the database until it is sent: encrypted."""

from django.conf import settings

from yichuang.kernel.sealing import Sealer

sealer = Sealer(bytes.fromhex(settings.PERSONAL_DATA_KEY))


def draft_row(person: int) -> bytes:
    """What a sealed draft is bound to: it opens in its owner's row alone."""
    return f"draft:{person}".encode()

"""How personal data lies in the database: encrypted, and findable by a blind index."""

from django.conf import settings

from yichuang.kernel.sealing import Sealer

sealer = Sealer(bytes.fromhex(settings.PERSONAL_DATA_KEY))


def identity_index(id_type: str, id_number: str) -> bytes:
    """What an applicant is found by, without the number being readable."""
    return sealer.blind_index(f"{id_type}:{id_number}")

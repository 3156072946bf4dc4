"""Files chosen on the form itself, where no script has sent them before."""

from collections.abc import Iterable

from django.http import QueryDict
from django.utils import timezone

from yichuang.cases.actions import upload
from yichuang.cases.types import MOST_BYTES
from yichuang.catalogue.types import MaterialAsked
from yichuang.kernel.errors import Refusal
from yichuang.ui.access import Request
from yichuang.ui.wording import worded


def store_files(request: Request, materials: Iterable[MaterialAsked], data: QueryDict) -> dict[int, str]:
    """Take the chosen files in before anything else, so that a fault elsewhere does not lose them; faults by spec.

    ``data`` then holds them as if they had been sent one by one: ``file-<spec>`` is ``<id>:<name>``.
    """
    faults = {}
    for asked in materials:
        for file in request.FILES.getlist(f"upload-{asked.spec}"):
            try:
                kept = upload(
                    name=file.name or "",
                    content=file.read(MOST_BYTES + 1),
                    spec=asked.spec,
                    actor=request.actor,
                    at=timezone.now(),
                )
            except Refusal as refusal:
                faults[asked.spec] = worded(refusal.message)
            else:
                data.appendlist(f"file-{asked.spec}", f"{kept.pk}:{kept.name}")
    return faults

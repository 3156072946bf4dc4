"""Regions and departments that an import names and nobody knows yet."""

import re

from django.db import transaction

from yichuang.kernel.actor import Actor

from ..models import Department, Region
from ..queries import department_like
from ..types import RegionLevel

LEVELS = (  # by where the zeros of the 12-digit code begin (GB/T 2260, GB/T 10114)
    (re.compile(r"\d{2}0{10}"), RegionLevel.PROVINCE, 0),
    (re.compile(r"\d{4}0{8}"), RegionLevel.CITY, 2),
    (re.compile(r"\d{6}0{6}"), RegionLevel.COUNTY, 4),
    (re.compile(r"\d{12}"), RegionLevel.TOWN, 6),
)


@transaction.atomic
def ensure_region(code: str, name: str, *, actor: Actor) -> str:
    """Create the region if missing, under its nearest known parent; returns ``code``. The caller checks permission.

    Without a ``name`` it is called by its code until someone names it; a full name ("广东省广州市") loses the parent's.
    """
    if Region.objects.filter(pk=code).exists():
        return code
    level, kept = next((level, kept) for form, level, kept in LEVELS if form.fullmatch(code))
    above = [code[:digits].ljust(12, "0") for digits in range(2, kept + 1, 2)]
    parent = Region.objects.filter(pk__in=above).order_by("-level").first()
    short = name.removeprefix(parent.name) if parent else name
    Region.objects.get_or_create(pk=code, defaults={"name": short or name or code, "level": level, "parent": parent})
    return code


@transaction.atomic
def ensure_department(*, code: str, name: str, region: str, credit_code: str = "", actor: Actor) -> str:
    """The code of the department with this credit code, code, or name in the region; created when there is none.

    ``region`` must be known. A new one is in use, not in the hall and not authorised. The caller checks permission.
    """
    if found := department_like(code=code, name=name, region=region, credit_code=credit_code):
        return found
    short_name = re.split(r"[(（]", name)[0].strip()[:24] or name[:24]
    made = Department(code=code, name=name, short_name=short_name, credit_code=credit_code, region_id=region)
    made.save(force_insert=True)
    return code

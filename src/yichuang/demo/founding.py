"""What stands before the first case: regions, departments, people with their posts, items with their materials."""

from collections.abc import Sequence
from datetime import date
from random import Random

from django.contrib.auth.hashers import make_password

from yichuang.accounts.models import Assignment, Department, Deputyship, Person, Position, Region
from yichuang.catalogue.actions import index_items
from yichuang.catalogue.models import HandlingItem, MainItem, MaterialSpec
from yichuang.catalogue.types import LimitUnit
from yichuang.kernel.actor import Role

from .applicants import NOWHERE, credit_code
from .asking import conditions_of, fee_of, materials_of
from .people import LOGINS, POSITIONS, positions
from .world import CENTRE, DATA, PROVINCE, DemoItem, DepartmentRow, Member

PASSWORD = "Yichuang-demo-2024"  # noqa: S105 - public, and printed with the logins
SINCE = date(2022, 12, 1)
_CENTRE_NAME, _CENTRE_SHORT = "四川省政府政务服务和公共资源交易服务中心", "省政务服务中心"
_SOURCE = "demo"
_LEAVE = (date(2024, 9, 18), date(2024, 9, 27))


def found_regions() -> None:
    """The province, its cities and prefectures, some counties and sub-districts (GB/T 2260)."""
    lines = (DATA / "regions.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    Region.objects.bulk_create(
        Region(code=code, name=name, level=int(level), parent_id=parent or None) for code, name, level, parent in rows
    )


def found_departments(rows: Sequence[DepartmentRow]) -> None:
    """The centre, and the departments in its hall; their credit codes are invented."""
    centre = Department(
        code=CENTRE, name=_CENTRE_NAME, short_name=_CENTRE_SHORT, region_id=PROVINCE, credit_code=_credit_code(0)
    )
    in_hall = [
        Department(
            code=row.code,
            name=row.name,
            short_name=row.short_name,
            credit_code=_credit_code(position),
            region_id=PROVINCE,
            is_in_hall=True,
            is_authorised=row.is_authorised,
            position=position,
        )
        for position, row in enumerate(rows, start=1)
    ]
    Department.objects.bulk_create([centre, *in_hall])


def _credit_code(number: int) -> str:
    return credit_code(f"11{NOWHERE}", 510_000 + number * 31)


def found_people(rows: Sequence[DepartmentRow], members: Sequence[Member]) -> None:
    """Posts, people and who holds what; one login of each role has the demonstration's password, the others none."""
    Position.objects.bulk_create(
        Position(id=number, name=POSITIONS[role], role=role.value, department_id=department or None)
        for number, (role, department) in enumerate(positions(list(rows)), start=1)
    )
    shared = make_password(PASSWORD)
    Person.objects.bulk_create(
        Person(
            id=member.id,
            username=member.username,
            name=member.name,
            department_id=member.department or CENTRE,
            password=shared if member.username in LOGINS.values() else make_password(None),
            is_staff=member.role is Role.ADMIN,
        )
        for member in members
    )
    Assignment.objects.bulk_create(
        Assignment(person_id=member.id, position_id=member.position, starts_on=SINCE) for member in members
    )
    clerks = [member.id for member in members if member.role is Role.FRONT]
    first, last = _LEAVE
    Deputyship.objects.create(
        principal_id=clerks[-1], deputy_id=clerks[0], starts_on=first, ends_on=last, reason="年休假"
    )


def found_items(items: Sequence[DemoItem], rng: Random) -> dict[int, list[int]]:
    """Main items, handling items and materials; returns the ids of each item's materials."""
    mains = {(item.department, item.main): item for item in items}
    numbers = {key: number for number, key in enumerate(mains, start=1)}
    MainItem.objects.bulk_create(
        MainItem(id=numbers[key], department_id=item.department, name=item.main, type=item.type.value)
        for key, item in mains.items()
    )
    HandlingItem.objects.bulk_create(
        HandlingItem(
            id=item.id,
            key=item.key,
            code=item.code,
            main_item_id=numbers[item.department, item.main],
            department_id=item.department,
            region_id=PROVINCE,
            name=item.name,
            type=item.type.value,
            handling_kind=item.kind.value,
            statutory_limit=item.statutory_days,
            statutory_unit=LimitUnit.WORKING_DAY.value,
            promised_limit=item.promised_days,
            promised_unit=LimitUnit.WORKING_DAY.value,
            result_name=item.result,
            conditions=conditions_of(item),
            is_charged=fee_of(item)[0],
            fee_note=fee_of(item)[1],
            source=_SOURCE,
        )
        for item in items
    )
    specs: list[MaterialSpec] = []
    by_item: dict[int, list[int]] = {}
    for item in items:
        asked = materials_of(item, rng)
        by_item[item.id] = [len(specs) + n for n in range(1, len(asked) + 1)]
        specs += [
            MaterialSpec(id=len(specs) + n, item_id=item.id, position=n, **material._asdict())
            for n, material in enumerate(asked, start=1)
        ]
    MaterialSpec.objects.bulk_create(specs)
    index_items()
    return by_item

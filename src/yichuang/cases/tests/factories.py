"""Items, applicants and cases for tests, also those of other apps."""

from datetime import UTC, datetime, timedelta

from yichuang.accounts.tests.factories import make_department, make_region
from yichuang.catalogue.models import HandlingItem, MainItem, MaterialSpec
from yichuang.catalogue.types import HandlingKind, ItemType, LimitUnit
from yichuang.kernel.actor import Actor, Post, Role
from yichuang.ledger.types import Channel

from ..actions import accept, conclude, decide, hand_over, issue_result, receive
from ..models import Case
from ..types import ApplicantData, ApplicantKind

START = datetime(2024, 9, 18, 1, 0, tzinfo=UTC)
PERSON = ApplicantData(ApplicantKind.PERSON, "王小明", "111", "11010519491231002X", "13800002046")
COMPANY = ApplicantData(ApplicantKind.ORGANISATION, "示例餐饮有限公司", "001", "91350100M000100Y43")


def actor_with(*posts: tuple[Role, str], person: int = 11) -> Actor:
    """Someone with these posts."""
    return Actor(id=person, name="", posts=frozenset(Post(role, department) for role, department in posts))


CLERK = actor_with((Role.FRONT, ""))
DISPATCHER = actor_with((Role.MIDDLE, ""), person=12)
REVIEWER = actor_with((Role.BACK, "D01"), person=13)
SECOND_REVIEWER = actor_with((Role.BACK, "D02"), person=14)
ADMIN = actor_with((Role.ADMIN, ""), person=16)
EDITOR = actor_with((Role.EDITOR, ""), person=15)


def make_item(
    key: str = "K0001", *, department: str = "D01", materials: tuple[str, ...] = (), **fields: object
) -> HandlingItem:
    """An item that promises ten working days."""
    owner = make_department(department)
    main, _ = MainItem.objects.get_or_create(department=owner, name="食品经营许可", type=ItemType.LICENCE)
    defaults = {
        "code": f"CODE-{key}",
        "main_item": main,
        "department": owner,
        "region": make_region(),
        "name": f"办理项{key}",
        "type": ItemType.LICENCE,
        "handling_kind": HandlingKind.PROMISED,
        "promised_limit": 10,
        "promised_unit": LimitUnit.WORKING_DAY,
        "result_name": "食品经营许可证",
    }
    item = HandlingItem.objects.create(key=key, **(defaults | fields))
    for position, name in enumerate(materials, start=1):
        MaterialSpec.objects.create(item=item, position=position, name=name)
    return item


def received_case(item: HandlingItem, at: datetime = START, channel: Channel = Channel.WINDOW) -> Case:
    """A case just received."""
    return receive(item=item.key, applicant=PERSON, channel=channel, actor=CLERK, at=at)


def issued_case(item: HandlingItem, at: datetime = START) -> Case:
    """A case taken all the way by an hour's steps."""
    make_department("D02")
    case = received_case(item, at)
    hour = timedelta(hours=1)
    accept(case.number, actor=CLERK, at=at + hour)
    hand_over(case.number, to="D01", actor=DISPATCHER, at=at + 2 * hour)
    decide(case.number, grant=True, actor=REVIEWER, at=at + 3 * hour)
    conclude(case.number, result_number="JY1", actor=REVIEWER, at=at + 4 * hour)
    issue_result(case.number, actor=CLERK, at=at + 5 * hour)
    case.refresh_from_db()
    return case

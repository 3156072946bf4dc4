"""Items, applicants and cases for tests, also those of other apps."""

from datetime import UTC, datetime, timedelta

from yichuang.accounts.tests.factories import make_department, make_region
from yichuang.catalogue.models import HandlingItem, MainItem, MaterialSpec
from yichuang.catalogue.types import HandlingKind, ItemType, LimitUnit
from yichuang.kernel.actor import Actor, Post, Role
from yichuang.ledger.types import Channel

from ..actions import accept, conclude, decide, hand_over, issue_result, receive, sign_for
from ..models import Case
from ..types import ApplicantData, ApplicantKind, DeliveryData, DeliveryWay, ReceiverCheck

START = datetime(2024, 9, 18, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PERSON = ApplicantData(ApplicantKind.PERSON, "王小明", "111", "11010519491231002X", "13800002046")
AT_COUNTER = DeliveryData(
    DeliveryWay.COUNTER, ReceiverCheck.ID, receiver=PERSON.name, id_type=PERSON.id_type, id_number=PERSON.id_number
)
BY_POST = DeliveryData(
    DeliveryWay.POST, carrier="邮政EMS", tracking_number="1234567890123", address="示范省示范市一号路1号"
)
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


def accepted_case(item: HandlingItem, at: datetime = START) -> Case:
    """A case that the middle office has, an hour after it was received."""
    case = received_case(item, at)
    accept(case.number, actor=CLERK, at=at + HOUR)
    return _fresh(case)


def handed_over_case(item: HandlingItem, at: datetime = START) -> Case:
    """A case on the way to D01, not signed for, two hours after it was received."""
    case = accepted_case(item, at)
    hand_over(case.number, to="D01", actor=DISPATCHER, at=at + 2 * HOUR)
    return _fresh(case)


def signed_case(item: HandlingItem, at: datetime = START) -> Case:
    """A case that D01 has signed for and nobody has taken, two hours after it was received."""
    case = handed_over_case(item, at)
    sign_for([case.number], actor=REVIEWER, at=at + 2 * HOUR)
    return _fresh(case)


def decided_case(item: HandlingItem, at: datetime = START, *, grant: bool = True) -> Case:
    """A case granted, or refused, three hours after it was received."""
    case = signed_case(item, at)
    decide(case.number, grant=grant, reason="" if grant else "不符合条件第三项", actor=REVIEWER, at=at + 3 * HOUR)
    return _fresh(case)


def concluded_case(item: HandlingItem, at: datetime = START, *, grant: bool = True) -> Case:
    """A case whose result JY1, or refusal, waits to be handed out, four hours after it was received."""
    case = decided_case(item, at, grant=grant)
    conclude(case.number, result_number="JY1" if grant else "", actor=REVIEWER, at=at + 4 * HOUR)
    return _fresh(case)


def issued_case(item: HandlingItem, at: datetime = START, *, delivery: DeliveryData = AT_COUNTER) -> Case:
    """A case taken all the way by an hour's steps."""
    make_department("D02")
    case = concluded_case(item, at)
    issue_result(case.number, delivery=delivery, actor=CLERK, at=at + 5 * HOUR)
    return _fresh(case)


def _fresh(case: Case) -> Case:
    case.refresh_from_db()
    return case

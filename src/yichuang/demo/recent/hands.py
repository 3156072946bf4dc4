"""The people of the demonstration take the steps, by the same actions as at any desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from yichuang.accounts.models import Person
from yichuang.accounts.queries import actor_of
from yichuang.cases import actions
from yichuang.cases.sealing import pickup_code
from yichuang.cases.types import (
    AgentAuthority,
    ApplicantData,
    ApplicantKind,
    CorrectionPoint,
    DeliveryData,
    DeliveryWay,
    MaterialGiven,
    MaterialState,
    ReceiverCheck,
    ReminderMeans,
)
from yichuang.kernel.actor import Actor, Role
from yichuang.ledger.types import Channel

from ..applicants import DemoApplicant, phone_number
from ..people import LOGINS
from ..world import Member
from .planning import Event, Planned
from .recipes import Step

_LOGIN_SHARE = 0.4  # of the work of their role is done by the people with logins
_AGENT_SHARE = 0.4
_ADDRESS = "四川省成都市锦江区示例路18号"
_CARRIER = "中国邮政EMS"
_ONLINE = "一体化政务服务平台个人空间"
_CLERK, _HANDLER = "clerk", "handler"
_OPINIONS = (
    "经审查，申请材料齐全、符合法定形式，拟同意。",
    "已核对登记信息与附件，内容一致，建议准予。",
    "人员条件符合规定，场所证明需与原件核对后定。",
)
_REASONS = {
    Step.DECLINE: "不属于本机关职权范围",
    Step.REDIRECT: "该事项已取消，无需办理",
    Step.WITHDRAW: "申请人拟补充材料后重新申请",
    Step.ASK_VOID: "录入时选错了办理项，需作废后重新受理",
    Step.REFUSE_VOID: "经核对，办理项无误，按原受理继续办理",
    Step.RETURN: "材料清单与实物不符，请核对后重新流转",
    Step.REFUSE: "经审查，人员配备不具备规定的条件",
    Step.MAIL_BACK: "收件人电话无法接通",
}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who there is: members by role and department, applicants by kind, the materials of each item."""

    members: Sequence[Member]
    applicants: Sequence[DemoApplicant]
    materials: Mapping[int, Sequence[int]]


class Hands:
    """Does what the events say."""

    def __init__(self, cast: Cast, today: date, rng: Random) -> None:
        self.rng, self.materials = rng, cast.materials
        self._actors = {
            person.pk: actor_of(person, today)
            for person in Person.objects.filter(pk__in=[member.id for member in cast.members])
        }
        self._posts: dict[tuple[Role, str], list[Member]] = {}
        for member in cast.members:
            self._posts.setdefault((member.role, member.department), []).append(member)
        self._people = [one for one in cast.applicants if one.kind is ApplicantKind.PERSON]
        self._organisations = [one for one in cast.applicants if one.kind is ApplicantKind.ORGANISATION]

    def consult(self, event: Event) -> None:
        """One person answered."""
        assert event.item
        named = event.item.key if self.rng.random() < 0.7 else ""
        channel = Channel.PHONE if event.by_phone else Channel.WINDOW
        actions.consult(
            department=event.item.department, item=named, channel=channel, actor=self._one(Role.FRONT), at=event.at
        )

    def send(self, cases: Sequence[Planned], at: datetime) -> None:
        """The day's cases go to their departments, each with a sheet."""
        moves = [(case.number, case.item.department) for case in cases]
        actions.hand_over_batch(moves, actor=self._login(Role.MIDDLE), at=at)

    def do(self, case: Planned, step: Step, at: datetime) -> None:
        """One step of one case."""
        getattr(self, f"_{step.name.lower()}")(case, at)

    # who

    def _one(self, role: Role, department: str = "", *, but: int = 0) -> Actor:
        """Somebody of this role, the person with the login more often than the others."""
        there = [member for member in self._posts[role, department] if member.id != but]
        if there[0].username == LOGINS.get(role) and self.rng.random() < _LOGIN_SHARE:
            return self._actors[there[0].id]
        return self._actors[self.rng.choice(there).id]

    def colleague(self, role: Role) -> Actor:
        """Somebody of the centre with this role other than the one with the login."""
        return self._actors[self._posts[role, ""][1].id]

    def _login(self, role: Role) -> Actor:
        return self._actors[self._posts[role, ""][0].id]

    def _same(self, case: Planned, part: str, role: Role, department: str = "") -> Actor:
        """Who took up this part of the case goes on with it."""
        if part not in case.people:
            case.people[part] = self._one(role, department).id
        return self._actors[case.people[part]]

    def _clerk(self, case: Planned) -> Actor:
        return self._same(case, _CLERK, Role.FRONT)

    def _handler(self, case: Planned) -> Actor:
        return self._same(case, _HANDLER, Role.BACK, case.item.department)

    # at the window

    def _receive(self, case: Planned, at: datetime, *, complete: bool = True) -> None:
        item, rng = case.item, self.rng
        by_person = item.for_people and (not item.for_organisations or rng.random() < 0.4)
        pool = self._people if by_person else self._organisations
        who = pool[case.applicant % len(pool)]
        agent = None
        if not by_person and rng.random() < _AGENT_SHARE:
            agent = _data(self._people[case.applicant % len(self._people)])
        specs = self.materials[item.id]
        given = [MaterialGiven(spec, is_original=rng.random() < 0.3) for spec in specs]
        if not complete:
            given[-1] = MaterialGiven(specs[-1], is_original=False, state=MaterialState.TO_FOLLOW)
        by_post = rng.random() < 0.2
        received = actions.receive(
            item=item.key,
            applicant=_data(who),
            agent=agent,
            authority=AgentAuthority.STAFF if agent else AgentAuthority.NONE,
            materials=given,
            delivery_way=DeliveryWay.POST if by_post else DeliveryWay.COUNTER,
            address=_ADDRESS if by_post else "",
            with_receipt=not complete,
            channel=Channel.WINDOW,
            actor=self._clerk(case),
            at=at,
        )
        case.number = received.number

    def _take_in(self, case: Planned, at: datetime) -> None:
        self._receive(case, at)
        actions.accept(case.number, actor=self._clerk(case), at=at)

    def _receive_part(self, case: Planned, at: datetime) -> None:
        self._receive(case, at, complete=False)

    def _correct(self, case: Planned, at: datetime) -> None:
        points = [CorrectionPoint(self.materials[case.item.id][-1], "未提交，请补交并加盖公章")]
        actions.request_correction(case.number, points=points, actor=self._clerk(case), at=at)

    def _supplement(self, case: Planned, at: datetime) -> None:
        given = [MaterialGiven(self.materials[case.item.id][-1])]
        actions.supplement(case.number, materials=given, actor=self._clerk(case), at=at)

    def _decline(self, case: Planned, at: datetime) -> None:
        owner = "项目所在地市（州）主管部门"
        actions.decline(case.number, owner=owner, reason=_REASONS[Step.DECLINE], actor=self._clerk(case), at=at)

    def _redirect(self, case: Planned, at: datetime) -> None:
        actions.redirect(case.number, reason=_REASONS[Step.REDIRECT], actor=self._clerk(case), at=at)

    def _withdraw(self, case: Planned, at: datetime) -> None:
        actions.withdraw(case.number, reason=_REASONS[Step.WITHDRAW], actor=self._clerk(case), at=at)

    def _ask_void(self, case: Planned, at: datetime) -> None:
        actions.ask_void(case.number, reason=_REASONS[Step.ASK_VOID], actor=self._clerk(case), at=at)

    def _approve_void(self, case: Planned, at: datetime) -> None:
        actions.approve_void(case.number, note="同意", actor=self._one(Role.HALL), at=at)

    def _refuse_void(self, case: Planned, at: datetime) -> None:
        actions.refuse_void(case.number, note=_REASONS[Step.REFUSE_VOID], actor=self._one(Role.HALL), at=at)

    # between the offices

    def _hand_over(self, case: Planned, at: datetime) -> None:
        actions.hand_over(case.number, to=case.item.department, actor=self._one(Role.MIDDLE), at=at)

    def _hand_on(self, case: Planned, at: datetime) -> None:
        """To a department whose opinion is asked, by who signed for it; there it is signed for by another."""
        own = self._handler(case)
        case.people[_HANDLER] = self._one(Role.BACK, case.item.partners[0]).id
        actions.hand_over(case.number, to=case.item.partners[0], actor=own, at=at)

    def _sign(self, case: Planned, at: datetime) -> None:
        actions.sign_for([case.number], actor=self._handler(case), at=at)

    def _return(self, case: Planned, at: datetime) -> None:
        actions.return_case(case.number, reason=_REASONS[Step.RETURN], actor=self._handler(case), at=at)

    # in the back office

    def _take(self, case: Planned, at: datetime) -> None:
        actions.take(case.number, actor=self._handler(case), at=at)

    def _give_back(self, case: Planned, at: datetime) -> None:
        actions.give_back(case.number, actor=self._handler(case), at=at)

    def _reassign(self, case: Planned, at: datetime) -> None:
        own = self._handler(case)
        to = self._one(Role.BACK, case.item.department, but=own.id)
        actions.pass_on(case.number, to=to.id, actor=own, at=at)
        case.people[_HANDLER] = to.id

    def _opine(self, case: Planned, at: datetime) -> None:
        actions.give_opinion(case.number, text=self.rng.choice(_OPINIONS), actor=self._handler(case), at=at)

    def _grant(self, case: Planned, at: datetime) -> None:
        actions.decide(case.number, grant=True, actor=self._handler(case), at=at)

    def _refuse(self, case: Planned, at: datetime) -> None:
        actions.decide(case.number, grant=False, reason=_REASONS[Step.REFUSE], actor=self._handler(case), at=at)

    def _conclude(self, case: Planned, at: datetime) -> None:
        actions.conclude(case.number, actor=self._handler(case), at=at)

    # at the issue counter

    def _issue(self, case: Planned, delivery: DeliveryData, at: datetime) -> None:
        actions.issue_result(case.number, delivery=delivery, actor=self._one(Role.FRONT), at=at)

    def _remind(self, case: Planned, at: datetime) -> None:
        actions.remind(case.number, means=ReminderMeans.PHONE, actor=self._one(Role.FRONT), at=at)

    def _hand_out(self, case: Planned, at: datetime) -> None:
        code = pickup_code(case.number)
        receiver = self._people[case.applicant % len(self._people)].name
        self._issue(case, DeliveryData(DeliveryWay.COUNTER, ReceiverCheck.CODE, receiver, code=code), at)

    def _hand_to_agent(self, case: Planned, at: datetime) -> None:
        agent = self._people[(case.applicant + 1) % len(self._people)]
        delivery = DeliveryData(
            DeliveryWay.AGENT,
            ReceiverCheck.ID,
            agent.name,
            id_type=agent.id_type,
            id_number=agent.id_number,
            note="授权委托书",
        )
        self._issue(case, delivery, at)

    def _post(self, case: Planned, at: datetime) -> None:
        self._issue(case, self._by_post(), at)

    def _resend(self, case: Planned, at: datetime) -> None:
        actions.redeliver(case.number, delivery=self._by_post(), actor=self._one(Role.FRONT), at=at)

    def _by_post(self) -> DeliveryData:
        number = f"ED{self.rng.randrange(10**9):09d}CS"
        return DeliveryData(DeliveryWay.POST, carrier=_CARRIER, tracking_number=number, address=_ADDRESS)

    def _send_online(self, case: Planned, at: datetime) -> None:
        self._issue(case, DeliveryData(DeliveryWay.ELECTRONIC, note=_ONLINE), at)

    def _confirm(self, case: Planned, at: datetime) -> None:
        actions.confirm_delivery(case.number, actor=self._one(Role.FRONT), at=at)

    def _mail_back(self, case: Planned, at: datetime) -> None:
        actions.return_mail(case.number, reason=_REASONS[Step.MAIL_BACK], actor=self._one(Role.FRONT), at=at)

    def _receipt(self, case: Planned, at: datetime) -> None:
        actions.delivery_receipt(case.number, actor=self._one(Role.FRONT), at=at)


def _data(one: DemoApplicant) -> ApplicantData:
    return ApplicantData(one.kind, one.name, one.id_type, one.id_number, phone_number(one.id))

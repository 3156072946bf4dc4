"""Every read of people, posts, departments and regions, and of who looked at whom."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext_noop

from yichuang.kernel.actor import Actor, Post, Role
from yichuang.kernel.permissions import may, require

from .models import AccessLog, Assignment, Department, Deputyship, Person, Position, Region
from .types import (
    PERSON,
    Colleague,
    DepartmentRow,
    Leave,
    NotFound,
    PeopleFilter,
    PersonFacts,
    PersonState,
    RegionLevel,
    RegionRow,
)

PAGE_SIZE = 50


def in_force(today: date) -> Q:
    """Assignments that count today: begun, not over, of a position in use."""
    return Q(starts_on__lte=today, position__is_active=True) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))


def actor_of(person: Person, today: date) -> Actor:
    """``person`` as an actor today: own posts, and those of active people whom this person stands in for (1 query).

    A superuser (made on the command line when there is nobody yet) counts as an administrator.
    """
    return actor_and_position(person, today)[0]


def actor_and_position(person: Person, today: date) -> tuple[Actor, str]:
    """As :func:`actor_of`, with the name of the position that the person acts in: the own one taken up last."""
    principals = Deputyship.objects.filter(
        deputy=person, starts_on__lte=today, ends_on__gte=today, principal__is_active=True
    ).values("principal")
    home = Department.objects.filter(pk=person.department_id).values_list("region_id", flat=True)
    held = list(
        Assignment.objects.filter(in_force(today), Q(person=person) | Q(person__in=principals))
        .order_by("-starts_on", "-id")
        .annotate(home=Subquery(home))
        .values_list("person_id", "position_id", "position__name", "position__role", "position__department_id", "home")
    )
    posts = {Post(Role(role), department or "") for *_, role, department, _ in held}
    if person.is_superuser:
        posts.add(Post(Role.ADMIN))
    own = [(position, name) for holder, position, name, *_ in held if holder == person.pk]
    position, position_name = own[0] if own else (0, "")
    region = held[0][-1] if held else home.first() if person.department_id else ""
    actor = Actor(
        id=person.pk,
        name=person.name,
        position=position,
        department=person.department_id or "",
        region=region or "",
        posts=frozenset(posts),
    )
    return actor, position_name


def administrators(today: date) -> QuerySet[Person]:
    """Active people who hold the administrator's role themselves today (deputies do not count)."""
    posts = Assignment.objects.filter(in_force(today), position__role=Role.ADMIN)
    return Person.objects.filter(Q(pk__in=posts.values("person")) | Q(is_superuser=True), is_active=True)


def facts_of(person: Person, today: date) -> PersonFacts:
    """What rules need to know of ``person``."""
    return PersonFacts(
        id=person.pk,
        department=person.department_id or "",
        is_active=person.is_active,
        is_administrator=administrators(today).filter(pk=person.pk).exists(),
    )


def person_for(actor: Actor, username: str) -> Person:
    """The person with this login name; :class:`NotFound`, or :class:`NotPermitted` outside one's own sight."""
    person = Person.objects.select_related("department").filter(username=username).first()
    if person is None:
        raise NotFound(f"没有登录名为“{username}”的人员，请核对后再查")
    if person.pk != actor.id:
        require(actor, "accounts.view_people", PersonFacts(person.pk, person.department_id or ""))
    return person


def people_for(actor: Actor, narrowed: PeopleFilter, *, page: int = 1, today: date) -> Page[Person]:
    """People whom ``actor`` may see, by login name, 50 a page, each with ``held`` (assignments in force today)."""
    require(actor, "accounts.view_people")
    people = Person.objects.select_related("department")
    if not actor.holds(Role.ADMIN, Role.HALL):
        people = people.filter(
            department__in={post.department for post in actor.posts if post.role is Role.CHIEF and post.department}
        )
    if narrowed.search:
        people = people.filter(Q(name__icontains=narrowed.search) | Q(username__icontains=narrowed.search))
    if narrowed.department:
        people = people.filter(department=narrowed.department)
    if narrowed.role:
        posts = Assignment.objects.filter(in_force(today), position__role=narrowed.role)
        people = people.filter(pk__in=posts.values("person"))
    if narrowed.state:
        people = people.filter(is_active=narrowed.state == PersonState.ACTIVE)
    held = Assignment.objects.filter(in_force(today)).select_related("position")
    prefetched: QuerySet[Person] = people.prefetch_related(Prefetch("assignments", held, to_attr="held"))
    return Paginator(prefetched.order_by("username"), PAGE_SIZE).get_page(page)


def assignments_of(person: Person, today: date) -> list[Assignment]:
    """Posts that ``person`` holds or will hold, newest first."""
    current = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    return list(person.assignments.filter(current).select_related("position__department"))


def leaves_of(person: Person, today: date) -> list[Deputyship]:
    """Deputies named by ``person`` for today or later."""
    return list(person.deputies.filter(ends_on__gte=today).select_related("deputy"))


def stands_in_for(person: Person, today: date) -> list[Deputyship]:
    """Whom ``person`` stands in for, today or later."""
    return list(person.deputised.filter(ends_on__gte=today).select_related("principal"))


def leaves_between(first: date, last: date) -> list[Leave]:
    """All leaves that touch these days."""
    touching = Deputyship.objects.filter(starts_on__lte=last, ends_on__gte=first)
    return [Leave(*row) for row in touching.values_list("principal_id", "deputy_id", "starts_on", "ends_on")]


def looks_at(actor: Actor, person: Person, *, page: int = 1) -> tuple[list[tuple[AccessLog, str]], bool]:
    """Who looked at ``person``'s data, newest first, 50 a page, with the viewer's name; and whether more follow."""
    require(actor, "accounts.view_access_log", PersonFacts(person.pk, person.department_id or ""))
    first = (page - 1) * PAGE_SIZE
    looks = AccessLog.objects.filter(subject_type=PERSON.code, subject_id=person.pk).order_by("-at")
    rows = list(looks[first : first + PAGE_SIZE + 1])
    names = names_of(row.person for row in rows)
    return [(row, names.get(row.person, "")) for row in rows[:PAGE_SIZE]], len(rows) > PAGE_SIZE


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """People's names by id, in one query; id 0 is the system, unknown ids are left out."""
    wanted = set(ids)
    names = dict(Person.objects.filter(pk__in=wanted - {0}).values_list("pk", "name"))
    return names | {0: gettext_noop("系统")} if 0 in wanted else names


def holders_of(role: Role, department: str, today: date) -> dict[int, tuple[str, str]]:
    """(name, position) by id of active people who hold ``role`` in ``department`` (empty: the centre) themselves."""
    held = Assignment.objects.filter(
        in_force(today), position__role=role, position__department=department or None, person__is_active=True
    ).order_by("starts_on", "pk")
    rows = held.values_list("person_id", "person__name", "position__name")
    return {person: (name, position) for person, name, position in rows}


def office_of(role: Role, department: str, today: date) -> tuple[str, dict[int, tuple[str, str]]]:
    """A department's short name, and who holds ``role`` in it, as in :func:`holders_of`; one query, two for nobody."""
    held = Assignment.objects.filter(
        in_force(today), position__role=role, position__department=department, person__is_active=True
    ).order_by("starts_on", "pk")
    rows = list(held.values_list("person_id", "person__name", "position__name", "position__department__short_name"))
    short_name = rows[0][-1] if rows else department_names().get(department, department)
    return short_name, {person: (name, position) for person, name, position, _ in rows}


def colleagues(role: Role, department: str, today: date) -> list[Colleague]:
    """Who may act in ``role`` for ``department`` today: those who hold it, and active deputies of people away."""
    holders = holders_of(role, department, today)
    # Whoever is away may be inactive too by now: then nobody stands in (actor_of says the same).
    standing_in = Deputyship.objects.filter(
        principal__in=holders, starts_on__lte=today, ends_on__gte=today, deputy__is_active=True
    )
    principals: dict[int, set[int]] = defaultdict(set)
    known = dict(holders)
    for principal, deputy, name in standing_in.values_list("principal_id", "deputy_id", "deputy__name"):
        principals[deputy].add(principal)
        known.setdefault(deputy, (name, holders[principal][1]))
    return [Colleague(person, *known[person], frozenset(principals[person])) for person in sorted(known)]


def region_name_of(department: str) -> str:
    """The name of the region that a department belongs to; empty for an unknown department."""
    return Department.objects.filter(pk=department).values_list("region__name", flat=True).first() or ""


def find_people(text: str) -> list[tuple[int, str, str]]:
    """(id, name, login name) of people with just this name or login name, at most 20; the caller checks permission."""
    found = Person.objects.filter(Q(name=text) | Q(username=text)).order_by("username")
    return list(found.values_list("pk", "name", "username")[:20])


def position_names(ids: Iterable[int]) -> dict[int, str]:
    """Names of positions by id, in one query."""
    return dict(Position.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


def department_names() -> dict[str, str]:
    """Short names of all departments by code, in one query."""
    return dict(Department.objects.values_list("code", "short_name"))


def departments() -> tuple[DepartmentRow, ...]:
    """All departments in the order of the tree (each followed by its offices), in one query."""
    found = Department.objects.annotate(count=Count("people", filter=Q(people__is_active=True)))
    below: dict[str, list[Department]] = defaultdict(list)
    for department in found.order_by("position", "code"):
        below[department.parent_id or ""].append(department)

    def walk(parent: str, depth: int) -> Iterable[DepartmentRow]:
        for department in below[parent]:
            yield DepartmentRow(
                code=department.code,
                name=department.name,
                short_name=department.short_name,
                parent=parent,
                region=department.region_id,
                depth=depth,
                is_in_hall=department.is_in_hall,
                is_authorised=department.is_authorised,
                is_active=department.is_active,
                people=department.count,  # type: ignore[attr-defined]
            )
            yield from walk(department.code, depth + 1)

    return tuple(walk("", 0))


def departments_for(actor: Actor) -> tuple[DepartmentRow, ...]:
    """The page of departments: for everyone with a post."""
    require(actor, "accounts.view_departments")
    return departments()


def department_like(*, code: str, name: str, region: str, credit_code: str = "") -> str | None:
    """The code of the department with this credit code, else this code, else just this name in ``region``."""
    by_code = Q(code=code) | Q(code=credit_code, code__gt="") | Q(credit_code=credit_code, credit_code__gt="")
    by_name = Q(name=name, region=region) | Q(short_name=name, region=region)
    found = {row.code: row for row in Department.objects.filter(by_code | by_name)}
    ranked = sorted(
        found.values(),
        key=lambda row: (
            not (credit_code and credit_code in {row.credit_code, row.code}),
            row.code != code,
            row.name != name,
            row.code,
        ),
    )
    return ranked[0].code if ranked else None


def regions() -> tuple[RegionRow, ...]:
    """All regions by code."""
    return tuple(
        RegionRow(code, name, RegionLevel(level), parent or "")
        for code, name, level, parent in Region.objects.values_list("code", "name", "level", "parent_id")
    )


def may_manage(actor: Actor) -> bool:
    """True when pages show ``actor`` what only administrators do."""
    return may(actor, "accounts.manage_people")


def positions_for(actor: Actor, today: date) -> list[Position]:
    """All positions by department, each with ``holders``: how many hold it today."""
    require(actor, "accounts.manage_people")
    holding = Q(assignments__starts_on__lte=today) & (
        Q(assignments__ends_on__isnull=True) | Q(assignments__ends_on__gte=today)
    )
    return list(
        Position.objects.select_related("department")
        .annotate(holders=Count("assignments", filter=holding))
        .order_by("department__position", "department", "name")
    )


def logins_of(ids: Iterable[int]) -> dict[int, str]:
    """Login names by id, in one query: how an address names a person."""
    return dict(Person.objects.filter(pk__in=set(ids)).values_list("pk", "username"))


def people_of(departments: Iterable[str]) -> set[int]:
    """Ids of everybody who belongs to one of these departments, also of those no longer active; in one query."""
    return set(Person.objects.filter(department__in=set(departments)).values_list("pk", flat=True))

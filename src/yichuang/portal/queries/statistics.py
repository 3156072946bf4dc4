"""Statistics as asked: figures by group with names, the whole, and what it stands beside."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from yichuang.accounts.queries import department_names, logins_of, names_of, people_of
from yichuang.calendars.queries import calendar
from yichuang.catalogue.queries import item_names
from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.permissions import require
from yichuang.ledger.queries import figures_by, last_day_with_entries, refuse_grouping
from yichuang.ledger.types import Channel, Flow, Group, Metric, Narrowed, Period, metrics

from ..rules import before, days_in, sight_of, working_days
from ..types import NO_DEPARTMENT, Line, Question, Sight, Statistics, Value
from .wording import known_regions

Key = str | int | date


def statistics_for(actor: Actor, question: Question) -> Statistics:
    """The answer to ``question``; needs ``portal.statistics``. By person, only those whom ``actor`` may see."""
    require(actor, "portal.statistics")
    is_by_person = question.group is Group.PERSON
    sight = sight_of(actor) if is_by_person else Sight.ALL
    narrowed = Narrowed(
        department=question.department,
        item=question.item,
        channel=question.channel,
        actors=_seen(actor, sight) if is_by_person else None,
    )
    refusals = {metric.slug: refuse_grouping(metric, question.group, narrowed) for metric in question.metrics}
    told = tuple(metric for metric in question.metrics if refusals[metric.slug] is None)
    whole = [metric for metric in told if refuse_grouping(metric, Group.NONE, narrowed) is None]
    total = figures_by(whole, question.period, Group.NONE, narrowed).get("", {})
    reasons = dict.fromkeys(_(refusal.message) for refusal in refusals.values() if refusal)
    if question.group is Group.NONE:
        working = calendar()
        comparison = before(question.period, working)
        compared = figures_by(whole, comparison.period, Group.NONE, narrowed).get("", {})
        days = working_days(question.period, working)
        return Statistics(
            told, tuple(reasons), (), _filled(told, total), sight, days, comparison, _filled(told, compared)
        )
    figures = figures_by(told, question.period, question.group, narrowed)
    lines = _sorted(_lines(question, told, figures), question)
    return Statistics(told, tuple(reasons), lines, _filled(told, total), sight)


def last_month_with_entries(until: date) -> Period | None:
    """The month up to the newest day on which anything declared as a metric was counted: where to look instead."""
    kinds = {kind.code for metric in metrics() if isinstance(metric, Flow) for kind in metric.kinds}
    day = last_day_with_entries(kinds, until=until)
    return Period(day.replace(day=1), day) if day else None


def _seen(actor: Actor, sight: Sight) -> tuple[int, ...] | None:
    if sight is Sight.ALL:
        return None
    own = {post.department for post in actor.posts if post.role is Role.CHIEF and post.department}
    return tuple(sorted({actor.id, *(people_of(own) if own else ())}))


def _filled(told: Iterable[Metric], values: Mapping[str, Value]) -> dict[str, Value]:
    """Flows are 0 where there is nothing, everything else is not known."""
    return {metric.slug: values.get(metric.slug, 0 if isinstance(metric, Flow) else None) for metric in told}


def _lines(question: Question, told: tuple[Metric, ...], figures: Mapping[Key, Mapping[str, Value]]) -> list[Line]:
    if question.group.is_time:
        return [
            Line(name, _filled(told, figures.get(key, {})), reference=name, period=days)
            for key, name, days in days_in(question.period, question.group)
        ]
    names, references = _names(question.group, list(figures))
    return [
        Line(names.get(key, str(key)), _filled(told, values), reference=references.get(key))
        for key, values in figures.items()
    ]


def _names(group: Group, keys: list[Key]) -> tuple[dict[Key, str], dict[Key, str]]:
    """Names of groups, and how addresses of the ledger call them; what it cannot list has no such."""
    if group is Group.CHANNEL:
        channels = [Channel(key) for key in keys if isinstance(key, int)]
        return {one.value: _(one.label) for one in channels}, {one.value: one.slug for one in channels if one}
    if group is Group.PERSON:
        people = [key for key in keys if isinstance(key, int)]
        logins = logins_of(people) | {0: "system"}
        return {key: _(name) for key, name in names_of(people).items()}, {key: logins[key] for key in logins}
    codes = [key for key in keys if isinstance(key, str)]
    names = _names_of_codes(group, codes)
    references: dict[Key, str] = {code: code for code in codes if code}
    if group is Group.DEPARTMENT:
        references[""] = NO_DEPARTMENT
    return {code: names.get(code, code) for code in codes}, references


def _names_of_codes(group: Group, codes: list[str]) -> dict[str, str]:
    if group is Group.DEPARTMENT:
        return department_names() | {"": _("（不属于部门）")}
    if group is Group.ITEM:
        return item_names(codes) | {"": _("（不涉及事项）")}
    return {region.code: region.name for region in known_regions()} | {"": _("（未注明）")}


def _sorted(lines: list[Line], question: Question) -> tuple[Line, ...]:
    """By ``question.sort``; unknown values come last, whichever way."""
    slug, is_descending = question.sort.removeprefix("-"), question.sort.startswith("-")
    if not slug and not question.group.is_time and question.metrics:
        slug, is_descending = question.metrics[0].slug, True
    if slug in {"", "name"}:
        if question.group.is_time:
            return tuple(reversed(lines) if is_descending else lines)
        return tuple(sorted(lines, key=lambda line: line.name, reverse=is_descending))
    known = [line for line in lines if line.values.get(slug) is not None]
    known.sort(key=lambda line: line.values[slug] or 0, reverse=is_descending)
    return tuple(known + [line for line in lines if line.values.get(slug) is None])

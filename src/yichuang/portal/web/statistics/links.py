"""Addresses of statistics: a question written out, and the entries behind a figure."""

from dataclasses import replace
from urllib.parse import urlencode

from yichuang.ledger.types import Channel, Flow, Group, Metric

from ...types import NO_DEPARTMENT, Line, Question
from ..links import ledger_link


def query_of(question: Question) -> str:
    """The question as an address holds it, always in the same words: what is kept, shared and compared."""
    wanted: dict[str, str | list[str]] = {"metric": [metric.slug for metric in question.metrics]}
    if question.quick:
        wanted["period"] = question.quick.value
    else:
        wanted |= {"from": question.period.first.isoformat(), "to": question.period.last.isoformat()}
    wanted["group"] = question.group.value
    if question.department is not None:
        wanted["department"] = question.department or NO_DEPARTMENT
    if question.channel is not None:
        wanted["channel"] = question.channel.slug
    if question.item:
        wanted["item"] = question.item
    if question.sort:
        wanted["sort"] = question.sort
    return urlencode(wanted, doseq=True)


def sorted_by(question: Question, name: str) -> str:
    """The same question sorted by a column: the largest first, then the other way round."""
    sort = name if question.sort == f"-{name}" else f"-{name}"
    return f"?{query_of(replace(question, sort=sort))}"


def entries_of_line(question: Question, metric: Metric, line: Line) -> str:
    """The entries behind a figure of one group; empty where the ledger cannot list just these."""
    if not isinstance(metric, Flow) or line.reference is None:
        return ""
    narrowed = {"item": question.item, "department": question.department}
    channel = question.channel
    if question.group in {Group.DEPARTMENT, Group.ITEM, Group.REGION}:
        reference = "" if line.reference == NO_DEPARTMENT else line.reference
        narrowed[question.group.value] = reference
    elif question.group is Group.PERSON:
        narrowed["actor"] = line.reference
    elif question.group is Group.CHANNEL:
        channel = Channel[line.reference.upper()]
    return ledger_link(metric, line.period or question.period, channel=_common(metric, channel), **narrowed)


def entries_of_whole(question: Question, metric: Metric, *, compared: Question | None = None) -> str:
    """The entries behind the figure of the whole."""
    if not isinstance(metric, Flow):
        return ""
    asked = compared or question
    return ledger_link(
        metric,
        asked.period,
        asked.department,
        item=asked.item,
        channel=_common(metric, asked.channel),
    )


def _common(metric: Flow, channel: Channel | None) -> Channel | None:
    """The channel to list, beside the metric's own channels; None: the metric's own."""
    return None if channel is None or metric.channels == (channel,) else channel

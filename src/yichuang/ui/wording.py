"""Words that come from below the interface, in the language of the reader: refusals and units."""

import re
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.dates import MONTHS
from django.utils.translation import gettext, gettext_noop, pgettext, pgettext_lazy, trans_real

UNITS = (
    gettext_noop("人次"),
    gettext_noop("件"),
    gettext_noop("件次"),
    gettext_noop("次"),
    gettext_noop("项"),
    gettext_noop("期"),
    gettext_noop("日"),
)
"""Units of ledger kinds, listed for the translators."""

VERBS = (
    pgettext_lazy("动作", "流转"),
    pgettext_lazy("动作", "撤回"),
    pgettext_lazy("动作", "补正"),
    pgettext_lazy("动作", "作废"),
    pgettext_lazy("动作", "送达决定"),
    gettext_noop("填写审查意见"),
    gettext_noop("作出决定"),
    gettext_noop("确认妥投"),
    gettext_noop("出具送达回证"),
)
"""What refusals call steps that no button is named after, listed for the translators."""

DATE = re.compile(r"(，?)(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
BRACES = re.compile(r"{[^{}]*}")


def worded(message: str) -> str:
    """``message`` of a refusal in the current language.

    Refusals below the interface fill facts into Chinese sentences before anyone knows who reads them. The
    catalogue holds those sentences with braces; the one that fits is translated and filled with the same facts.
    A message that fits none stays Chinese.
    """
    language = translation.get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE:
        return message
    known = gettext(message)
    if known != message:
        return known
    for pattern, names, sentence in sentences(language):
        if found := pattern.fullmatch(message):
            facts = dict(zip(names, found.groups(), strict=True))
            return BRACES.sub(lambda brace, facts=facts: fact(brace[0], facts[brace[0]]), sentence)  # type: ignore[misc]
    return message


def fact(name: str, value: str) -> str:
    """What stands for the brace ``name``: steps as verbs, refusals inside others in words, days as the reader's."""
    if name == "{verb}" and (verb := pgettext("动作", value)) != value:
        return verb
    if name.endswith(".message}"):
        return worded(value)
    if name == "{names}":
        return value.replace("、", gettext("、"))
    return DATE.sub(day_in_words, gettext(value))


def day_in_words(day: re.Match[str]) -> str:
    """“2024年9月20日” as “20 September 2024”."""
    comma, year, month, number = day.groups()
    words = " ".join(filter(None, (number, str(MONTHS.get(int(month), month)), year)))
    return f", {words}" if comma else words


@cache
def sentences(language: str) -> tuple[tuple[re.Pattern[str], tuple[str, ...], str], ...]:
    """Sentences with braces: a pattern, the braces in order, the translation; those with most own words first."""
    catalogue = trans_real.translation(language)._catalog  # type: ignore[attr-defined]
    found = {
        msgid: sentence
        for msgid, sentence in catalogue.items()
        if isinstance(msgid, str) and isinstance(sentence, str) and BRACES.search(msgid)
    }
    ordered = sorted(found, key=lambda msgid: len(BRACES.sub("", msgid)), reverse=True)
    return tuple((pattern_of(msgid), tuple(BRACES.findall(msgid)), found[msgid]) for msgid in ordered)


def pattern_of(msgid: str) -> re.Pattern[str]:
    """Matches what ``msgid`` becomes when its braces are filled."""
    return re.compile("(.+?)".join(re.escape(part) for part in BRACES.split(msgid)), re.DOTALL)

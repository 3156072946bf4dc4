"""What an item is found by, and what a search text asks for. Pure.

Everything is kept in texts that a database can search by position alone, without patterns or extensions, each no longer
than it must be, since every search reads them all:

- the name, found by any part;
- keys, found by any part: the initials of the name (``^spjyxk$``), codes, the department's names and their initials,
  and the main item where the name does not say it;
- sounds, found from the beginning of a syllable: the name's pinyin from each syllable on, each after a blank, then the
  department's.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

LONGEST_PART = 12  # letters of pinyin kept from each syllable on; the first syllable's go to the end of the name
SHORTEST_CODE = 3  # a number of fewer digits is looked for in names only: every code holds it
WORDS_SEARCHED = 5
# Read in two ways, and often in the one that a phrase dictionary does not expect: 藏医, 参保, 重 in names of places.
OTHER_INITIALS = dict(zip("重长行调会藏传朝参", ("zc", "cz", "xh", "dt", "hk", "cz", "cz", "zc", "cs"), strict=True))
LATIN = re.compile(r"[0-9a-z]+")
PARTS = re.compile(r"[0-9a-z][0-9a-z./_-]*|[^\W_0-9a-z]+")  # codes are typed with their strokes


@dataclass(frozen=True, slots=True)
class Named:
    """What an item is called: itself, its main item, its codes, its department."""

    name: str
    main_item: str
    key: str
    code: str
    department: str
    department_short: str


class FoundBy(NamedTuple):
    """The fields of a search row."""

    name: str
    keys: str
    sounds: str


def plain(text: str) -> str:
    """Half-width, in lower case, letters and digits of any script only."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())


def words_of(text: str) -> tuple[str, ...]:
    """The words of a search text, at most five: parted by all but letters, and where Chinese and Latin ones meet."""
    parts = PARTS.findall(unicodedata.normalize("NFKC", text).lower())
    return tuple(dict.fromkeys(map(plain, parts)))[:WORDS_SEARCHED]


def is_latin(word: str) -> bool:
    """A word of letters and digits: may be pinyin, initials or a code."""
    return bool(LATIN.fullmatch(word))


def found_by(item: Named) -> FoundBy:
    """The texts that the item is found by."""
    name, main_item = plain(item.name), plain(item.main_item)
    department = list(dict.fromkeys((plain(item.department_short), plain(item.department))))
    syllables, initials = _spoken(name)
    spoken_of = [_spoken(one) for one in department]
    sounds = ["".join(syllables)]
    sounds += ["".join(syllables[at : at + LONGEST_PART])[:LONGEST_PART] for at in range(1, len(syllables))]
    sounds.append("".join(spoken_of[0][0]))
    keys = [f"^{initials}$", *_other_initials(name, initials), plain(item.key), plain(item.code)]
    keys += [*(initials_of for _, initials_of in spoken_of), *department, *([] if main_item in name else [main_item])]
    return FoundBy(name, " ".join(keys), f" {' '.join(sounds)}")


def _spoken(text: str) -> tuple[list[str], str]:
    """Pinyin by syllable (polyphones by their phrase, other signs as they are) and its initials."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its dictionaries take a moment, and searching needs none

    syllables: list[str] = lazy_pinyin(text)
    # What is not Chinese stays whole, so that "API接口" has the initials "apijk".
    initials = (one if one in text else one[:1] for one in syllables)
    return syllables, "".join(initials)


def _other_initials(name: str, initials: str) -> list[str]:
    """The initials with one polyphone read the other way, for each there is; none for names with Latin signs."""
    if len(initials) != len(name):
        return []
    return [
        initials[:at] + other + initials[at + 1 :]
        for at, sign in enumerate(name)
        for other in OTHER_INITIALS.get(sign, "")
        if other != initials[at]
    ]

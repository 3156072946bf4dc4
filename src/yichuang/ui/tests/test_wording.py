"""The English catalogue is complete, and refusals are worded in it."""

import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import gettext

from yichuang.cases.rules import MOVES, telling
from yichuang.cases.rules.telling import Standing
from yichuang.cases.types import CHINA, CaseFacts, IllegalMove, State
from yichuang.ledger.types import metrics
from yichuang.ui import wording

CATALOGUE = Path(settings.PACKAGE_DIR) / "locale" / "en" / "LC_MESSAGES" / "django.po"


Key = tuple[str, str]  # context and message id


def messages(path: Path) -> dict[Key, list[str]]:
    """Messages with their translations, plural forms side by side; those marked as unsure count as untranslated."""
    found = {}
    with path.open("rb") as file:
        for message in read_po(file):
            single = isinstance(message.id, str)
            translations = [message.string] if single else list(message.string)
            key = (message.context or "", message.id if single else message.id[0])
            found[key] = [""] if message.fuzzy else translations
    del found["", ""]  # the header
    return found


@pytest.fixture
def english() -> Iterator[None]:
    if not CATALOGUE.with_suffix(".mo").exists():
        pytest.skip(reason="the catalogue is compiled at set-up: make demo")
    with translation.override("en"):
        yield


def test_every_message_has_an_english_translation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not shutil.which("xgettext"):
        pytest.skip(reason="xgettext is missing: apt-get install gettext")
    package = tmp_path / "yichuang"
    shutil.copytree(settings.PACKAGE_DIR, package, ignore=shutil.ignore_patterns("tests", "locale", "__pycache__"))
    (package / "locale").mkdir()
    monkeypatch.chdir(package)
    monkeypatch.setattr(settings, "LOCALE_PATHS", [package / "locale"])
    call_command("makemessages", locale=["en"], verbosity=0)
    wanted = messages(package / "locale" / "en" / "LC_MESSAGES" / "django.po")
    assert len(wanted) > 100
    known = messages(CATALOGUE)
    assert sorted(key for key in wanted if not all(known.get(key, [""]))) == []


def test_catalogue_compiles() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    faults = [(message.id, error) for message, errors in catalogue.check() for error in errors]
    assert faults == []
    written = BytesIO()
    write_mo(written, catalogue)
    assert written.tell() > 1000


def test_labels_and_units_of_ledger_kinds_are_english(english: None) -> None:
    kinds = [kind for kind in import_module("yichuang.ledger.types").kinds() if not kind.slug.startswith("test_")]
    words = {word for kind in kinds for word in (kind.label, kind.unit)}
    assert sorted(word for word in words if gettext(word) == word) == []


def test_labels_and_units_of_metrics_are_english(english: None) -> None:
    words = {word for metric in metrics() for word in (metric.label, metric.unit)} - {"%"}
    assert sorted(word for word in words if gettext(word) == word) == []


def test_every_step_of_a_case_is_a_verb(english: None) -> None:
    words = {move.verb for move in MOVES.values()}
    assert sorted(word for word in words if wording.fact("{verb}", word) == word) == []
    assert wording.worded("受理须写明理由") == "Please give the reasons (Accept)."


def test_step_that_the_case_does_not_allow(english: None) -> None:
    moment = datetime(2024, 9, 20, 10, 5, tzinfo=CHINA)
    facts = CaseFacts("CS20240920001", State.REVIEWING, "SCJ", "SCJ", None, True, None, "李明", moment)
    assert wording.worded(IllegalMove("受理", facts).message) == (
        "Case CS20240920001 does not allow this step (Accept): "
        "it has been “Under review” since 20 September 10:05, by 李明."
    )


def test_refusal_of_one_case_among_several(english: None) -> None:
    message = "办件 CS20240920001：缺少必备材料：申请表、营业执照。请补齐后受理"
    assert wording.worded(message) == (
        "Case CS20240920001: Required materials are missing: 申请表, 营业执照. Please complete them before accepting."
    )


@pytest.mark.parametrize("state", list(State))
def test_what_the_applicant_is_told_is_english(english: None, state: State) -> None:
    case = Standing(state, date(2024, 9, 20), holder="Harbour Office", is_promised=True, posted="EMS 1", owner="Port")
    told = "".join(wording.worded(sentence) for sentence in telling.sentences(case))
    assert re.findall("[\u4e00-\u9fff]", told) == []
    assert "20 September" in told
    assert re.findall("[\u4e00-\u9fff]", gettext(telling.where(state))) == []


def test_days_are_written_as_readers_write_them(english: None) -> None:
    assert wording.worded("承诺在2024年9月20日前办结。") == "It is promised by 20 September 2024. "


def test_refusal_with_facts_keeps_them(english: None) -> None:
    assert wording.worded("没有编号为 20240920000123 的办件，请核对编号") == (
        "There is no case with the number 20240920000123. Please check it."
    )


def test_refusal_without_facts(english: None) -> None:
    assert wording.worded("数量不能为零") == "The quantity cannot be zero."


def test_refusal_that_nobody_wrote_down_stays_as_it_is(english: None) -> None:
    assert wording.worded("甲乙丙丁") == "甲乙丙丁"


def test_chinese_readers_get_chinese() -> None:
    assert wording.worded("数量不能为零") == "数量不能为零"


def test_djangos_own_words_are_chinese() -> None:
    with translation.override("zh-hans"):
        assert gettext("This field is required.") != "This field is required."

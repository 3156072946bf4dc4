"""The public files that the importer must recognise; they lie beside the repository, or the tests are skipped."""

import time
from collections import Counter
from pathlib import Path

import pytest
from django.utils.timezone import now

from yichuang.accounts.models import Department
from yichuang.catalogue import queries
from yichuang.catalogue.actions import import_items, run_import
from yichuang.catalogue.models import HandlingItem, ItemImport, MaterialSpec
from yichuang.catalogue.types import ItemType
from yichuang.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[5] / "shared" / "data"
SICHUAN = DATA / "service_items_guangan_sichuan" / "items_1135.csv"
GUANGDONG = DATA / "service_items_guangdong" / "items_2262.jsonl"


def present(path: Path) -> Path:
    if not path.exists():
        pytest.skip(reason=f"the public file {path.name} is not at {path.parent}")
    return path


def types_of(source: str) -> Counter[ItemType]:
    return Counter(
        ItemType(value) for value in HandlingItem.objects.filter(source=source).values_list("type", flat=True)
    )


def test_the_sichuan_file() -> None:
    path = present(SICHUAN)
    report = run_import(path, dry_run=False, actor=SYSTEM, at=now())
    assert (report.source, report.rows, report.taken, report.refusals) == ("sichuan", 1135, 1135, ())
    assert (Department.objects.count(), queries.summary().departments) == (34, 34)
    assert types_of("sichuan") == {
        ItemType.LICENCE: 536,
        ItemType.PUBLIC_SERVICE: 348,
        ItemType.OTHER: 182,
        ItemType.CONFIRMATION: 50,
        ItemType.PAYMENT: 9,
        ItemType.RULING: 8,
        ItemType.REWARD: 2,
    }
    assert not HandlingItem.objects.filter(promised_limit__isnull=False).exists()
    again = run_import(path, dry_run=False, actor=SYSTEM, at=now())
    assert (again.taken, again.changed, again.unchanged) == (0, 0, 1135)


def test_the_sichuan_file_in_the_other_encoding_is_the_same() -> None:
    content = present(SICHUAN).read_bytes()
    import_items(content, file_name="a.csv", dry_run=False, actor=SYSTEM, at=now())
    encoded = content.decode().encode("gb18030")
    report = import_items(encoded, file_name="b.csv", dry_run=False, actor=SYSTEM, at=now())
    assert report.unchanged == report.rows == 1135


def test_the_guangdong_file() -> None:
    path = present(GUANGDONG)
    began = time.perf_counter()
    report = run_import(path, dry_run=False, actor=SYSTEM, at=now())
    assert time.perf_counter() - began < 10
    assert (report.source, report.rows, report.taken, report.refusals) == ("guangdong", 2262, 2262, ())
    items = HandlingItem.objects.all()
    assert items.filter(statutory_limit__isnull=True).count() == 713
    assert items.filter(promised_limit__isnull=True).count() == 539
    assert not items.filter(promised_limit=0).exists()
    assert items.filter(statutory_unit="cd").count() == 11
    assert Counter(items.values_list("region", flat=True)) == {"440000000000": 2024, "440100000000": 238}
    assert types_of("guangdong")[ItemType.PUBLIC_SERVICE] == 1586
    assert types_of("guangdong")[ItemType.OTHER] == 77
    assert Department.objects.count() == 177
    assert not MaterialSpec.objects.filter(name="无").exists()
    assert MaterialSpec.objects.count() == 3434  # 4,880 less the 1,446 that say "无"


def test_both_files_with_broken_rows_in_the_middle() -> None:
    for path, broken in ((SICHUAN, '区经信局,"未分类,坏行'.encode()), (GUANGDONG, b'{"TASK_CODE": "1144')):
        lines = present(path).read_bytes().splitlines()
        middle = len(lines) // 2
        lines.insert(middle, broken)
        report = import_items(b"\n".join(lines), file_name=path.name, dry_run=False, actor=SYSTEM, at=now())
        assert [refused.line for refused in report.refusals] == [middle + 1]
        assert report.taken == report.rows - 1
    assert ItemImport.objects.count() == 2
    assert HandlingItem.objects.count() == 1135 + 2262

"""Imports into the database: what is taken, changed, kept and refused, and what is on record of it."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.timezone import now

from yichuang.accounts.models import Department, Region
from yichuang.accounts.tests.factories import actor_for, make_department, make_person, make_region
from yichuang.accounts.types import RegionLevel
from yichuang.catalogue import actions, queries
from yichuang.catalogue.importing.own import HEADER_OF
from yichuang.catalogue.models import HandlingItem, ItemImport, ItemUpload, MainItem, MaterialSpec
from yichuang.catalogue.rules import key_candidates
from yichuang.catalogue.types import CATALOGUE_IMPORT, ITEMS_IMPORTED, ItemFilters, Report, UnreadableFile
from yichuang.kernel.actor import SYSTEM, Actor, Role
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.ledger.models import Entry

from . import samples

pytestmark = pytest.mark.django_db


def take(content: bytes, *, dry_run: bool = False, actor: Actor = SYSTEM) -> Report:
    return actions.import_items(content, file_name="items.csv", dry_run=dry_run, actor=actor, at=now())


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.taken, report.changed, report.unchanged, len(report.refusals)


def everything() -> dict[str, list[tuple[object, ...]]]:
    models = (Region, Department, MainItem, HandlingItem, MaterialSpec, ItemImport, ItemUpload, Entry)
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in models}


def test_items_are_taken_with_departments_regions_and_materials() -> None:
    report = take(samples.guangdong(samples.guangdong_row(1), samples.guangdong_row(2, AREACODE="440100")))
    assert counts(report) == (2, 0, 0, 0)
    item = HandlingItem.objects.get(code=samples.guangdong_row(1)["TASK_CODE"])
    assert (item.statutory_limit, item.statutory_unit, item.promised_limit) == (20, "wd", 5)
    assert (item.department.name, item.department.credit_code) == ("省灯会厅", "11440000006939756B")
    assert (item.region_id, item.region.name) == ("440000000000", "广东省")
    assert [spec.name for spec in queries.materials_of(item.pk)] == ["灯会方案", "场地平面图"]
    city = Region.objects.get(pk="440100000000")
    assert (city.level, city.parent_id) == (RegionLevel.CITY, "440000000000")
    assert not item.department.is_in_hall


def test_a_limit_of_none_stays_unknown() -> None:
    take(samples.guangdong(samples.guangdong_row(1, handle_time="无", handle_time_limit="无")))
    item = HandlingItem.objects.get()
    assert (item.statutory_limit, item.statutory_unit, item.promised_limit, item.promised_unit) == (None, "", None, "")


def test_one_import_is_one_record_and_one_entry() -> None:
    person = make_person("li", [Role.CATALOGUE], "D01")
    rows = [samples.own_row(1), samples.own_row(2), samples.own_row(3, 事项类型="行政允许")]
    report = take(samples.own(*rows), actor=actor_for(person))
    kept = ItemImport.objects.get()
    entry = Entry.objects.get()
    assert (report.import_id, kept.actor, kept.rows, kept.taken, kept.refused) == (kept.pk, person.pk, 3, 2, 1)
    assert bytes(kept.sha256).hex() == report.sha256
    assert (entry.kind, entry.subject_type, entry.subject_id) == (ITEMS_IMPORTED.code, CATALOGUE_IMPORT.code, kept.pk)
    assert (entry.quantity, entry.actor, entry.department) == (2, person.pk, "D01")


def test_a_second_time_nothing_changes_and_keys_stay() -> None:
    content = samples.sichuan(*(samples.sichuan_row(number) for number in range(1, 4)))
    take(content)
    before = everything()
    assert counts(take(content)) == (0, 0, 3, 0)
    after = everything()
    assert len(after.pop("ItemImport")) == 2  # the look is kept, but nothing was imported
    before.pop("ItemImport")
    assert after == before


def test_keys_do_not_depend_on_order_or_neighbours() -> None:
    rows = [samples.own_row(number) for number in range(1, 6)]
    take(samples.own(*reversed(rows)))
    assert dict(HandlingItem.objects.values_list("code", "key")) == {
        row["实施编码"]: next(key_candidates(row["实施编码"])) for row in rows
    }
    assert all(len(key) == 8 for key in HandlingItem.objects.values_list("key", flat=True))


def test_a_taken_key_is_not_given_twice() -> None:
    wanted, longer, *_ = key_candidates("YC-0002")
    take(samples.own(samples.own_row(1, 短码=wanted)))
    take(samples.own(samples.own_row(2)))
    assert HandlingItem.objects.get(code="YC-0002").key == longer
    report = take(samples.own(samples.own_row(3, 短码=wanted), samples.own_row(1, 短码="OTHER")))
    assert [refused.field for refused in report.refusals] == ["key", "key"]


def test_changes_are_named_field_by_field() -> None:
    take(samples.own(samples.own_row(1), samples.own_row(2)))
    changed = samples.own_row(1, 办理项名称="温室用地登记", 承诺办结时限="1(小时)", 事项类型="行政确认")
    report = take(samples.own(changed, samples.own_row(2)))
    assert counts(report) == (0, 1, 1, 0)
    (change,) = report.changes
    assert dict(change.fields) == {
        "name": ("温室用地备案（1）", "温室用地登记"),
        "main_item": ("温室用地备案（1）", "温室用地登记"),
        "type": ("公共服务", "行政确认"),
        "promised_limit": ("3(工作日)", "1(小时)"),
    }
    item = HandlingItem.objects.get(code="YC-0001")
    assert (item.name, item.type, item.promised_limit, item.promised_unit) == ("温室用地登记", "07", 1, "h")
    assert item.main_item.name == "温室用地登记"
    assert Entry.objects.order_by("-id").values_list("quantity", flat=True)[0] == 1


def test_materials_no_longer_asked_for_are_kept_for_old_cases() -> None:
    take(samples.own(samples.own_row(1, 申请材料="甲；乙；丙")))
    item = HandlingItem.objects.get()
    ids = dict(MaterialSpec.objects.values_list("name", "pk"))
    report = take(samples.own(samples.own_row(1, 申请材料="丙；甲", 可选材料="丁")))
    assert report.changes[0].fields["materials"] == ("甲；乙；丙", "丙；甲；丁（可选）")
    asked = queries.materials_of(item.pk)
    assert [(spec.name, spec.is_required) for spec in asked] == [("丙", True), ("甲", True), ("丁", False)]
    assert asked[0].pk == ids["丙"]
    assert not MaterialSpec.objects.get(pk=ids["乙"]).is_active
    take(samples.own(samples.own_row(1, 申请材料="甲；乙")))
    assert [spec.pk for spec in queries.materials_of(item.pk)] == [ids["甲"], ids["乙"]]


def test_a_source_without_materials_leaves_them() -> None:
    take(samples.own(samples.own_row(1)))
    row = samples.own_row(1)
    del row["申请材料"]
    columns = [name for name in samples.OWN_COLUMNS if name != "申请材料"]
    assert counts(take(samples.csv_bytes(columns, [row]))) == (0, 0, 1, 0)
    assert MaterialSpec.objects.filter(is_active=True).count() == 2


def test_a_code_twice_in_a_file_is_refused_the_second_time() -> None:
    report = take(samples.own(samples.own_row(1), samples.own_row(1, 办理项名称="另一个名称"), samples.own_row(2)))
    assert counts(report) == (2, 0, 0, 1)
    assert (report.refusals[0].line, report.refusals[0].field) == (3, "code")
    assert "第 2 行" in report.refusals[0].reason


def test_equal_names_with_different_codes_are_two_items_of_one_main_item() -> None:
    rows = [samples.own_row(number, 办理项名称="温室用地备案", 主项名称="温室") for number in (1, 2)]
    assert counts(take(samples.own(*rows))) == (2, 0, 0, 0)
    assert MainItem.objects.count() == 1
    assert queries.summary().handling_items == 2


def test_known_departments_are_found_by_credit_code_code_or_name() -> None:
    county = make_region("519999000000", "花木县", RegionLevel.COUNTY)
    by_credit = make_department("D91", "甲局", credit_code="11440000006939756B")
    make_department("D92", "乙局")
    by_name = make_department("D93", "丙局", region=county)
    rows = [
        samples.own_row(1, 部门名称="甲新局", 部门代码="11440000006939756B"),
        samples.own_row(2, 部门名称="乙新局", 部门代码="D92"),
        samples.own_row(3, 部门名称="丙局"),
        samples.own_row(4, 部门名称="丁局"),
    ]
    report = take(samples.own(*rows))
    assert report.departments_created == ("丁局",)
    assert list(HandlingItem.objects.order_by("code").values_list("department", flat=True)[:3]) == [
        by_credit.code,
        "D92",
        by_name.code,
    ]
    assert all(len(code) <= 18 for code in Department.objects.values_list("code", flat=True))


def test_several_codes_of_one_department_name_are_one_department() -> None:
    rows = [
        samples.sichuan_row(1, dept_code="11736"),
        samples.sichuan_row(2, dept_code="1151130108778239R_6918"),
        samples.sichuan_row(3, dept_code="11511301008778183n"),
    ]
    take(samples.sichuan(*rows))
    department = Department.objects.get()
    assert department.code == department.credit_code == "11511301008778183N"
    again = take(samples.sichuan(samples.sichuan_row(4, dept_code="11736")))
    assert (again.taken, again.departments_created) == (1, ())


def test_a_dry_run_writes_nothing_and_reports_the_same() -> None:
    take(samples.own(samples.own_row(1), samples.own_row(2)))
    rows = [samples.own_row(1), samples.own_row(2, 承诺办结时限="无"), samples.own_row(3, 部门名称="县鸟局"), {}]
    content = samples.own(*rows, samples.own_row(4, 承诺办结时限="很快"))
    before = everything()
    dry = take(content, dry_run=True)
    assert everything() == before
    real = take(content)
    assert counts(dry) == (1, 1, 1, 1)
    differing = {"dry_run", "import"}
    dry_json, real_json = dry.as_json(), real.as_json()
    assert {key for key in dry_json if dry_json[key] != real_json[key]} == differing
    assert real_json["refused"] == len(real_json["refusals"])
    assert real.rows == real.taken + real.changed + real.unchanged + len(real.refusals)


def test_only_catalogue_managers_and_administrators_import() -> None:
    content = samples.own(samples.own_row(1))
    for role in Role:
        actor = actor_for(make_person(f"p.{role}", [role], "D01"))
        if role in {Role.CATALOGUE, Role.ADMIN}:
            assert take(content, dry_run=True, actor=actor).taken == 1
        else:
            with pytest.raises(NotPermitted):
                take(content, dry_run=True, actor=actor)
            assert queries.items_for(actor, ItemFilters()).paginator.count == 0
    with pytest.raises(NotPermitted):
        take(content, actor=Actor(id=0))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(UnreadableFile, match=str(path)):
            actions.run_import(path, dry_run=True, actor=SYSTEM, at=now())
    path = tmp_path / "items.csv"
    path.write_bytes(samples.own(samples.own_row(1), encoding="gb18030"))
    assert actions.run_import(path, dry_run=False, actor=SYSTEM, at=now()).taken == 1


def test_a_checked_upload_is_confirmed_once_and_by_its_own_person() -> None:
    li, wu = (actor_for(make_person(name, [Role.CATALOGUE])) for name in ("li", "wu"))
    upload = actions.check_upload(samples.own(samples.own_row(1)), file_name="a.csv", actor=li, at=now())
    assert HandlingItem.objects.count() == 0
    with pytest.raises(Refusal):
        actions.confirm_upload(upload.pk, actor=wu, at=now())
    assert actions.confirm_upload(upload.pk, actor=li, at=now()).taken == 1
    with pytest.raises(Refusal):
        actions.confirm_upload(upload.pk, actor=li, at=now())
    old = actions.check_upload(
        samples.own(samples.own_row(2)), file_name="b.csv", actor=li, at=now() - timedelta(days=2)
    )
    actions.check_upload(samples.own(samples.own_row(3)), file_name="c.csv", actor=li, at=now())
    assert not ItemUpload.objects.filter(pk=old.pk).exists()


def test_an_item_goes_out_of_use_and_back() -> None:
    take(samples.own(samples.own_row(1)))
    key = HandlingItem.objects.get().key
    actor = actor_for(make_person("li", [Role.CATALOGUE]))
    actions.deactivate_item(key, actor=actor, at=now())
    with pytest.raises(Refusal, match="已停用"):
        queries.item_in_use(key)
    assert queries.summary().handling_items == 0
    assert counts(take(samples.own(samples.own_row(1)))) == (0, 0, 1, 0)
    with pytest.raises(Refusal, match="已停用"):
        actions.deactivate_item(key, actor=actor, at=now())
    actions.reactivate_item(key, actor=actor, at=now())
    assert queries.item_in_use(key).is_active
    assert list(Entry.objects.order_by("id").values_list("item", flat=True)[1:]) == [key, key]
    with pytest.raises(NotPermitted):
        actions.deactivate_item(key, actor=actor_for(make_person("wu", [Role.FRONT])), at=now())
    with pytest.raises(Refusal, match="没有短码"):
        queries.item_in_use("NOSUCH")


def test_conditions_and_fees_are_taken_and_what_is_not_said_stays() -> None:
    take(
        samples.own(samples.own_row(1, 受理条件="一、有场地。\n二、有方案。", 是否收费="是", 收费说明="以收费目录为准"))
    )
    item = HandlingItem.objects.get()
    assert (item.conditions, item.is_charged, item.fee_note) == ("一、有场地。\n二、有方案。", True, "以收费目录为准")
    assert counts(take(samples.own(samples.own_row(1)))) == (0, 0, 1, 0)
    report = take(samples.own(samples.own_row(1, 是否收费="否", 受理条件="无")))
    assert dict(report.changes[0].fields) == {
        "conditions": ("一、有场地。\n二、有方案。", ""),
        "is_charged": ("是", "否"),
    }
    item.refresh_from_db()
    assert (item.conditions, item.is_charged, item.fee_note) == ("", False, "以收费目录为准")
    assert take(samples.own(samples.own_row(2, 是否收费="也许"))).refusals[0].field == "是否收费"


def test_a_platform_says_conditions_and_nothing_of_fees() -> None:
    take(samples.guangdong(samples.guangdong_row(1, accept_standard="场地安全。"), samples.guangdong_row(2)))
    assert list(HandlingItem.objects.order_by("code").values_list("conditions", "is_charged")) == [
        ("场地安全。", None),
        ("", None),
    ]


def test_copies_and_notes_of_materials_come_from_json_and_stay() -> None:
    def rows(*materials: object) -> bytes:
        names = {HEADER_OF["materials"]: list(materials)}
        return json.dumps([samples.own_row(1) | names], ensure_ascii=False).encode()

    take(rows({"name": "甲", "originals": 0, "copies": 2, "note": "盖章"}, "乙"))
    asked = [("甲", 0, 2, "盖章"), ("乙", 1, 0, "")]
    assert list(MaterialSpec.objects.values_list("name", "originals", "copies", "note")) == asked
    assert counts(take(rows("甲", "乙"))) == (0, 0, 1, 0)
    report = take(rows("甲", {"name": "乙", "copies": 1}))
    assert report.changes[0].fields["materials"] == (
        "甲（原件0份，复印件2份，盖章）；乙",
        "甲（原件0份，复印件2份，盖章）；乙（复印件1份）",
    )
    assert list(MaterialSpec.objects.values_list("name", "copies")) == [("甲", 2), ("乙", 1)]
    assert take(rows({"name": "甲", "copies": "两"})).refusals
    assert take(rows({"名称": "甲"})).refusals

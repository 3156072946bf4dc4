"""Finding items at the desk: Chinese, pinyin, initials, codes, departments, and what a clerk is shown of one."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from yichuang.accounts.models import Department
from yichuang.accounts.tests.factories import actor_for, make_department, make_person
from yichuang.cases.actions import consult
from yichuang.cases.tests.factories import CLERK, make_item
from yichuang.catalogue import actions, queries
from yichuang.catalogue.finding import FoundBy, Named, found_by, plain, words_of
from yichuang.catalogue.models import HandlingItem, ItemSearch, MainItem, MaterialSpec
from yichuang.catalogue.types import ItemFilters, ItemType, Limit, LimitUnit
from yichuang.config.cli import main
from yichuang.kernel.actor import SYSTEM, Role
from yichuang.kernel.errors import Refusal
from yichuang.ledger.types import Channel

from . import samples

pytestmark = pytest.mark.django_db


def found(text: str, limit: int = 20) -> list[str]:
    return [item.key for item in queries.search_items(text, limit=limit)]


def add(key: str, department: str, name: str, code: str) -> None:
    """An item that is its own main item."""
    owner = Department.objects.get(pk=department)
    main = MainItem.objects.create(department=owner, name=name, type=ItemType.LICENCE)
    make_item(key, department=department, name=name, code=code, main_item=main)


@pytest.fixture
def hall() -> None:
    """A handful of items of two departments."""
    for code, name, short in (("GAT", "甲省公安厅", "公安厅"), ("SCJ", "甲省市场监督管理局", "省市场监管局")):
        make_department(code)
        Department.objects.filter(pk=code).update(name=name, short_name=short)
    add("SP01", "SCJ", "食品经营许可（核发）", "51-0001-A")
    add("SP02", "SCJ", "食品经营许可（变更）", "51-0002-A")
    add("SC01", "SCJ", "食品生产许可（核发）", "51-0003-A")
    add("BA01", "GAT", "保安服务公司设立许可", "51-0104-B")
    add("BA02", "GAT", "大型活动安保方案备案", "51-0105-B")


@pytest.mark.usefixtures("hall")
@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("食品经营", {"SP01", "SP02"}),
        ("经营", {"SP01", "SP02"}),
        ("许可 食品", {"SP01", "SP02", "SC01"}),
        ("shipinjingying", {"SP01", "SP02"}),
        ("ShiPin", {"SP01", "SP02", "SC01"}),
        ("jingyingx", {"SP01", "SP02"}),
        ("shipinjingyingxukehefa", {"SP01"}),
        ("shipinjingyingxukehefb", set()),
        ("spjyxk", {"SP01", "SP02"}),
        ("jyxk", {"SP01", "SP02"}),
        ("食品 xk", {"SP01", "SP02", "SC01"}),
        ("食品xk变更", {"SP02"}),
        ("ｓｐｊｙ　ｂｇ", {"SP02"}),
        ("sp02", {"SP02"}),
        ("51-0104", {"BA01"}),
        ("0105", {"BA02"}),
        ("公安厅", {"BA01", "BA02"}),
        ("gat", {"BA01", "BA02"}),
        ("gongan 备案", {"BA02"}),
        ("监督管理 shengchan", {"SC01"}),
        ("食品（核发）", {"SP01", "SC01"}),
        ("食品经营许可（变更）", {"SP02"}),
        ("（核发）", {"SP01", "SC01"}),
        ("gx", set()),  # "xingxuke" holds it, but no syllable begins with it
        ("ingying", set()),
        ("没有这样的事", set()),
        ("%", set()),
        ("_", set()),
        ("^", set()),
        ("'; --", set()),
        ("", set()),
        ("  ", set()),
    ],
)
def test_what_people_type_finds_what_they_mean(text: str, keys: set[str]) -> None:
    assert set(found(text)) == keys


@pytest.mark.usefixtures("hall")
def test_the_likeliest_come_first() -> None:
    add("ZZ01", "GAT", "大宗食品配送备案", "Z1")
    add("ZZ02", "GAT", "食品", "Z2")
    add("ZZ03", "GAT", "商铺", "Z3")
    assert found("食品")[0] == "ZZ02"
    assert found("食品")[-1] == "ZZ01"
    assert found("sp")[:2] == ["ZZ02", "ZZ03"]  # whole initials, then names that begin with them
    assert found("shipin")[-1] == "ZZ01"
    assert len(found("s", limit=3)) == 3


@pytest.mark.usefixtures("hall")
def test_items_out_of_use_are_not_offered() -> None:
    actions.deactivate_item("SP01", actor=SYSTEM, at=now())
    assert found("spjyxk") == ["SP02"]
    with pytest.raises(Refusal, match="已停用"):
        queries.item_card("SP01")
    actions.reactivate_item("SP01", actor=SYSTEM, at=now())
    assert set(found("spjyxk")) == {"SP01", "SP02"}


@pytest.mark.usefixtures("hall")
def test_a_renamed_department_and_item_are_found_by_the_new_name_only() -> None:
    department = Department.objects.get(pk="GAT")
    department.name, department.short_name = "甲省警务厅", "警务厅"
    department.save()
    assert set(found("警务")) == set(found("jwt")) == {"BA01", "BA02"}
    assert found("公安") == []
    item = HandlingItem.objects.get(key="BA02")
    item.name = "灯会安全备案"
    item.save(update_fields=["name"])
    assert found("dhaq") == ["BA02"]
    assert found("dxhd") == []
    assert found("大型") == ["BA02"]  # its main item is still called so


def test_an_import_is_found_at_once() -> None:
    def take(*rows: dict[str, str]) -> None:
        actions.import_items(samples.own(*rows), file_name="items.csv", dry_run=False, actor=SYSTEM, at=now())

    take(samples.own_row(1, 短码="A1"), samples.own_row(2, 短码="A2", 主项名称="暖房用地"))
    assert set(found("wsyd")) == {"A1", "A2"}
    assert found("暖房") == ["A2"]
    take(samples.own_row(1, 短码="A1", 办理项名称="盆景登记"))
    assert found("pjdj") == ["A1"]
    assert found("wsyd") == ["A2"]


@pytest.mark.usefixtures("hall")
def test_the_index_can_be_made_anew(capsys: pytest.CaptureFixture[str]) -> None:
    before = set(ItemSearch.objects.values_list("item_id", "keys", "sounds"))
    ItemSearch.objects.filter(item__key="SP01").delete()
    ItemSearch.objects.filter(item__key="SP02").update(keys="^x$", sounds=" x")
    assert found("spjyxk") == []
    with pytest.raises(SystemExit) as ended:
        main(["catalogue", "index", "--json"])
    assert ended.value.code == 0
    assert json.loads(capsys.readouterr().out) == {"items": 5}
    assert set(ItemSearch.objects.values_list("item_id", "keys", "sounds")) == before


@pytest.mark.usefixtures("hall")
def test_search_and_card_take_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        assert len(queries.search_items("食品 xk")) == 3
    with django_assert_num_queries(2):
        queries.item_card("SP01")
    with django_assert_num_queries(1):
        assert queries.search_items("没有这样的事") == []


def test_a_line_and_a_card_say_what_is_known_and_what_is_not() -> None:
    item = make_item("K1", materials=("申请表", "身份证"), name="灯会许可", conditions="场地安全。", is_charged=True)
    make_item("K2", name="灯会备案", promised_limit=None, promised_unit="")
    MaterialSpec.objects.create(item=item, position=3, name="旧表", is_active=False)
    MaterialSpec.objects.filter(name="身份证").update(originals=0, copies=2, is_required=False, note="核验原件")
    first, second = sorted(queries.search_items("灯会"), key=lambda line: line.key)
    assert (first.materials, first.is_charged, first.promised) == (2, True, Limit(10, LimitUnit.WORKING_DAY))
    assert (second.materials, second.is_charged, second.promised) == (0, None, None)
    card = queries.item_card("K1")
    assert (card.name, card.conditions, card.fee, card.materials[0].name) == (
        "灯会许可",
        "场地安全。",
        "收费",
        "申请表",
    )
    other = card.materials[1]
    assert (other.is_required, other.originals, other.copies, other.note) == (False, 0, 2, "核验原件")
    assert queries.item_card("K2").fee == "来源未说明"
    with pytest.raises(Refusal, match="没有短码"):
        queries.item_card("NO")


def test_frequent_items_are_those_of_the_last_days() -> None:
    cache.clear()
    assert queries.frequent_items() == []
    for key in ("K1", "K2", "K3"):
        make_item(key)
    for key, days, times in (("K1", 0, 1), ("K2", 27, 2), ("K3", 28, 9)):
        for _ in range(times):
            at = now() - timedelta(days=days)
            consult(department="D01", item=key, channel=Channel.WINDOW, actor=CLERK, at=at)
    cache.clear()
    assert [item.key for item in queries.frequent_items()] == ["K2", "K1"]
    actions.deactivate_item("K2", actor=SYSTEM, at=now())
    assert [item.key for item in queries.frequent_items(limit=1)] == ["K1"]
    cache.clear()


@pytest.mark.usefixtures("hall")
def test_the_list_is_searched_alike() -> None:
    actor = actor_for(make_person("li", [Role.FRONT], "GAT"))

    def listed(words: str, department: str = "") -> set[str]:
        page = queries.items_for(actor, ItemFilters(words=words, department=department))
        return {item.key for item in page.object_list}

    assert listed("shipin hf") == {"SP01", "SC01"}
    assert listed("许可", "GAT") == {"BA01"}
    assert listed("%") == set()
    assert len(listed("")) == 5


def test_names_are_read_by_their_phrases() -> None:
    def texts(name: str) -> FoundBy:
        return found_by(Named(name, name, "K1", "C-1", "甲厅", "甲厅"))

    accounting = texts("会计代理记账")
    assert accounting.keys.split() == ["^kjdljz$", "hjdljz", "k1", "c1", "jt", "甲厅"]
    assert accounting.sounds.startswith(" kuaijidailijizhang jidailijizha dailijizhang lijizhang ")
    assert " zyzljs " in texts("藏医诊疗技术").keys
    assert texts("API接口登记").keys.startswith("^apijkdj$ ")
    assert texts("API接口登记").sounds.startswith(" apijiekoudengji jiekoudengji ")
    assert plain("Ａ·𬭎（甲）") == "a𬭎甲"
    assert words_of("食品xk 食品  １２ 甲 乙 丙") == ("食品", "xk", "12", "甲", "乙")
    assert words_of("51-0104／A 许可（甲）") == ("510104a", "许可", "甲")

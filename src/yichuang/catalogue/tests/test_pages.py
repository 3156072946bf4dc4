"""The pages: list, item, import, and who gets to see them."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from yichuang.accounts.tests.factories import make_person
from yichuang.catalogue import actions
from yichuang.catalogue.models import HandlingItem, ItemImport
from yichuang.kernel.actor import SYSTEM, Role

from . import samples

pytestmark = pytest.mark.django_db


def logged_in(*roles: Role) -> Client:
    client = Client()
    client.force_login(make_person("li", roles, "D01"), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def listed() -> None:
    """Sixty items of one department and one of another without a known limit."""
    rows = [samples.own_row(number) for number in range(1, 61)]
    rows.append(
        samples.own_row(
            61, 部门名称="县鸟局", 办理项名称="观鸟许可", 事项类型="行政许可", 承诺办结时限="无", 申请材料=""
        )
    )
    actions.import_items(samples.own(*rows), file_name="a.csv", dry_run=False, actor=SYSTEM, at=now())


def test_an_item_shows_what_it_asks_for() -> None:
    materials = [{"name": "申请表", "originals": 2, "copies": 3, "note": "签名或盖章"}]
    said = {"受理条件": "有场地。\n有方案。", "是否收费": "是", "收费说明": "以收费目录为准", "申请材料": materials}
    content = json.dumps([samples.own_row(1) | said], ensure_ascii=False).encode()
    actions.import_items(content, file_name="a.json", dry_run=False, actor=SYSTEM, at=now())
    page = logged_in(Role.FRONT).get(f"/items/{HandlingItem.objects.get().key}").content.decode()
    assert "<p>有场地。<br>有方案。</p>" in page
    assert '收费 <span class="muted">以收费目录为准</span>' in page
    assert '<td class="num">2</td><td class="num">3</td><td>签名或盖章</td>' in page


@pytest.mark.usefixtures("listed")
def test_the_list_is_searched_by_pinyin_too() -> None:
    client = logged_in(Role.FRONT)
    for words, found in {"wsyd": 50, "guanniao": 1, "县鸟 xk": 1, "gnxk": 1, "qqq": 0}.items():
        assert client.get("/items", {"words": words}).content.decode().count('<th scope="row">') == found, words
    exported = b"".join(client.get("/items/export.csv?words=gnxk").streaming_content)  # type: ignore[attr-defined]
    assert exported.decode().count("观鸟许可") == 2  # itself and its main item


@pytest.mark.usefixtures("listed")
def test_the_list_filters_and_pages(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = logged_in(Role.FRONT)
    with django_assert_max_num_queries(12):
        page = client.get("/items").content.decode()
    assert "2 个部门，主项 61 项，业务办理项 61 项" in page
    assert page.count('<th scope="row">') == 50
    assert "?page=2" in page
    assert client.get("/items?page=2").content.decode().count('<th scope="row">') == 11
    for query, found in {
        "words=观鸟": 1,
        "words=YC-0007": 1,
        "words=温室 （3）": 15,  # a number is looked for in names: 3, 13, … 30–39
        "type=01": 1,
        "kind=9": 1,
        "kind=2&page=2": 10,
        "limit=unknown": 1,
        "limit=known&page=2": 10,
        "department=" + HandlingItem.objects.get(name="观鸟许可").department_id: 1,
        "state=inactive": 0,
        "words=没有这样的": 0,
        "type=77&page=abc": 50,
    }.items():
        assert client.get(f"/items?{query}").content.decode().count('<th scope="row">') == found, query
    assert "没有符合条件的事项" in client.get("/items?words=没有这样的").content.decode()


def test_an_empty_list_says_how_to_fill_it() -> None:
    page = logged_in(Role.CATALOGUE).get("/items").content.decode()
    assert "还没有事项" in page
    assert "/items/import" in page


@pytest.mark.usefixtures("listed")
def test_an_item_shows_what_is_unknown() -> None:
    client = logged_in(Role.FRONT)
    bird = client.get(f"/items/{HandlingItem.objects.get(name='观鸟许可').key}").content.decode()
    assert bird.count("未知") == 3  # both limits and the result
    assert "来源未列出申请材料" in bird
    house = client.get(f"/items/{HandlingItem.objects.get(code='YC-0001').key}").content.decode()
    assert "3 工作日" in house
    assert "身份证明" in house
    assert "停用事项" not in house
    missing = client.get("/items/NOSUCH")
    assert (missing.status_code, "NOSUCH" in missing.content.decode()) == (404, True)


@pytest.mark.usefixtures("listed")
def test_the_export_can_be_imported_again() -> None:
    client = logged_in(Role.FRONT)
    response = client.get("/items/export.csv?limit=known")
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert content.startswith(b"\xef\xbb\xbf")
    report = actions.import_items(content, file_name="a.csv", dry_run=True, actor=SYSTEM, at=now())
    assert (report.rows, report.unchanged, report.refusals) == (60, 60, ())


def test_no_cell_of_an_export_runs_as_a_formula() -> None:
    row = samples.own_row(1, 办理项名称="=1+1")
    actions.import_items(samples.own(row), file_name="a.csv", dry_run=False, actor=SYSTEM, at=now())
    content = b"".join(logged_in(Role.FRONT).get("/items/export.csv").streaming_content)  # type: ignore[attr-defined]
    assert b",'=1+1," in content


def test_upload_check_and_confirm() -> None:
    client = logged_in(Role.CATALOGUE)
    content = samples.own(samples.own_row(1), samples.own_row(2, 事项类型="行政允许"), samples.own_row(3))
    upload = client.post("/items/import", {"file": SimpleUploadedFile("七月.csv", content)})
    assert upload.status_code == 302
    report = client.get(upload["Location"]).content.decode()
    assert "尚未导入" in report
    assert "行政允许" in report
    assert "县花木局" in report
    assert HandlingItem.objects.count() == 0
    refused = b"".join(client.get(f"{upload['Location']}/refused.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert refused.splitlines()[1].startswith("3,事项类型,行政允许,")
    confirmed = client.post(upload["Location"])
    assert confirmed["Location"] == f"/items/import/done/{ItemImport.objects.get().pk}"
    done = client.get(confirmed["Location"]).content.decode()
    assert "已导入：新增 2 项，变更 0 项，退回 1 行" in done
    assert HandlingItem.objects.count() == 2
    assert client.get(f"{confirmed['Location']}/refused.csv").status_code == 200
    assert client.get(upload["Location"]).status_code == 404
    assert "七月.csv" in client.get("/items/import").content.decode()


def test_a_file_that_is_no_list_is_refused_at_the_field() -> None:
    client = logged_in(Role.ADMIN)
    for content, said in ((b"colour,shape\n1,2\n", "无法识别该文件的列"), (b"", "文件是空的")):
        response = client.post("/items/import", {"file": SimpleUploadedFile("a.csv", content)})
        assert response.status_code == 422
        assert said in response.content.decode()
    assert client.post("/items/import").status_code == 422


@pytest.mark.usefixtures("listed")
def test_a_catalogue_manager_takes_an_item_out_of_use() -> None:
    client = logged_in(Role.CATALOGUE)
    key = HandlingItem.objects.get(name="观鸟许可").key
    client.post(f"/items/{key}/activity", {"is_active": "0"})
    assert "已停用" in client.get(f"/items/{key}").content.decode()
    client.post(f"/items/{key}/activity", {"is_active": "1"})
    assert HandlingItem.objects.get(key=key).is_active


@pytest.mark.parametrize("role", list(Role))
def test_everyone_looks_and_few_import(role: Role) -> None:
    client = logged_in(role)
    assert client.get("/items").status_code == 200
    expected = 200 if role in {Role.CATALOGUE, Role.ADMIN} else 403
    assert client.get("/items/import").status_code == expected
    assert client.post("/items/NOSUCH/activity").status_code == (422 if expected == 200 else 403)


def test_visitors_are_sent_to_log_in() -> None:
    for path in ("/items", "/items/export.csv", "/items/NOSUCH", "/items/import", "/items/import/check/1"):
        assert Client().get(path).status_code == 302

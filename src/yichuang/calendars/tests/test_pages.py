"""The calendar page and its two forms, by real requests."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from yichuang.calendars.actions import fill_from_library
from yichuang.calendars.models import KnownYear, SpecialDay
from yichuang.kernel.actor import SYSTEM, Role
from yichuang.ledger.models import Entry

from .people import AT, employed

pytestmark = pytest.mark.django_db
AMENDMENT = {"day": "2024-09-20", "status": "off", "name": "停电检修", "reason": "物业通知"}


@pytest.fixture(autouse=True)
def _filled() -> None:
    fill_from_library(SYSTEM, AT)


def logged_in(role: Role) -> Client:
    client = Client()
    client.force_login(employed(role), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("path", ["/calendar", "/calendar/2024"])
def test_visitors_log_in_first(path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 302
    assert path in response.headers["Location"].replace("%2F", "/")


@pytest.mark.parametrize("role", Role)
def test_everyone_sees_the_year_and_administrators_the_form(role: Role) -> None:
    page = logged_in(role).get("/calendar/2024").content.decode()
    assert "全年工作日 251 天" in page
    assert "5月1日—5月5日" in page
    assert "4月28日、5月11日" in page
    assert page.count("cal-month") == 12
    assert page.count('class="cal-word"') == SpecialDay.objects.filter(day__year=2024).count()
    assert ("calendar/2024/days" in page) is (role is Role.ADMIN)
    assert "待国务院放假安排" not in page


def test_the_front_address_shows_this_year() -> None:
    page = logged_in(Role.FRONT).get("/calendar").content.decode()
    assert f"{timezone.localdate().year}年工作日历" in page
    assert page.count('aria-current="date"') == 1


def test_an_unknown_year_says_what_is_waited_for() -> None:
    clerk = logged_in(Role.FRONT).get("/calendar/2031").content.decode()
    assert "待国务院放假安排" in clerk
    assert "calendar/2031/announcement" not in clerk
    assert "calendar/2031/announcement" in logged_in(Role.ADMIN).get("/calendar/2031").content.decode()


def test_a_year_beyond_the_calendar_is_refused() -> None:
    response = logged_in(Role.FRONT).get("/calendar/9999")
    assert response.status_code == 422
    assert "年份应在2000至2199之间" in response.content.decode()


def test_a_chosen_day_fills_the_form_with_its_opposite() -> None:
    admin = logged_in(Role.ADMIN)
    form = admin.get("/calendar/2024?day=2024-05-01").context["amend_form"]
    assert form.initial == {"day": "2024-05-01", "status": "worked", "name": "劳动节"}
    assert admin.get("/calendar/2024?day=nonsense").context["amend_form"].initial == {}


def test_amending_by_the_form() -> None:
    admin = logged_in(Role.ADMIN)
    response = admin.post("/calendar/2024/days", AMENDMENT, follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [("/calendar/2024", 302)]
    assert f"已将2024-09-20改为休息日（台账第{Entry.objects.latest('id').pk}号）" in page
    assert "全年工作日 250 天" in page
    assert "人工调整" in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"day": "2024-04-31"}, "没有 2024年4月31日 这一天：4月只有30天"),
        ({"day": "2024-05-01", "name": "劳动节"}, "2024年5月1日已经是休息日，没有改动"),
        ({"day": "2031-05-01"}, "2031年待国务院放假安排"),
        ({"reason": ""}, "这个字段是必填项"),
    ],
)
def test_a_refused_amendment_is_explained_and_keeps_what_was_typed(change: dict[str, str], message: str) -> None:
    entries = Entry.objects.count()
    response = logged_in(Role.ADMIN).post("/calendar/2024/days", AMENDMENT | change)
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert 'value="停电检修"' in page or 'value="劳动节"' in page
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_administrators_change_it(role: Role) -> None:
    client = logged_in(role)
    assert client.post("/calendar/2024/days", AMENDMENT).status_code == 403
    assert client.post("/calendar/2031/announcement", {}).status_code == 403
    assert SpecialDay.objects.filter(day="2024-09-20").count() == 0


def test_registering_a_year_by_the_form() -> None:
    admin = logged_in(Role.ADMIN)
    wrong = admin.post("/calendar/2031/announcement", {"document": "通知", "days": "2031-01-01 元旦"})
    assert wrong.status_code == 422
    assert "第1行看不懂" in wrong.content.decode()
    right = {"document": "关于2031年部分节假日安排的通知", "days": "2031-01-01 休 元旦\r\n2031-01-04 班 元旦"}
    page = admin.post("/calendar/2031/announcement", right, follow=True).content.decode()
    assert "已登记2031年放假安排" in page
    assert "依据：关于2031年部分节假日安排的通知" in page
    assert KnownYear.objects.filter(year=2031).exists()


def test_the_page_asks_the_database_little(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = logged_in(Role.ADMIN)
    client.get("/calendar/2024")
    with django_assert_max_num_queries(12):
        client.get("/calendar/2024")


def test_in_english() -> None:
    client = logged_in(Role.FRONT)
    client.cookies["django_language"] = "en"
    response = client.get("/calendar/2024")
    assert response.headers["Content-Language"] == "en"
    assert "January" in response.content.decode()
    assert "April 28" in response.content.decode()

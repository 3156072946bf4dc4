"""A refusal that leaves a view becomes a page, or an alert where htmx asked."""

import pytest
from django.test import Client

from yichuang.ui.middleware import MOST_BODY

pytestmark = [pytest.mark.urls("yichuang.ui.tests.urls"), pytest.mark.django_db]

CASES = [
    ("/forbidden", 403, "您没有此项权限，如确需办理请联系系统管理员"),
    ("/missing", 404, "没有此办件"),
    ("/taken", 409, "办件 20240920000123 已由王芳受理"),
    ("/wrong", 422, "数量不能为零"),
]


@pytest.mark.parametrize(("path", "status", "message"), CASES)
def test_page(client: Client, path: str, status: int, message: str) -> None:
    response = client.get(path)
    assert response.status_code == status
    text = response.content.decode()
    assert message in text
    assert "<main" in text


@pytest.mark.parametrize(("path", "status", "message"), CASES)
def test_alert(client: Client, path: str, status: int, message: str) -> None:
    response = client.get(path, headers={"HX-Request": "true"})
    assert response.status_code == status
    assert response["HX-Retarget"] == "#messages"
    text = response.content.decode()
    assert message in text
    assert "<main" not in text


def test_other_errors_stay_errors(client: Client) -> None:
    with pytest.raises(ZeroDivisionError):
        client.get("/broken")


def test_a_failing_page_says_what_was_kept(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/broken")
    assert response.status_code == 500
    assert "本次操作没有保存" in response.content.decode()


def test_unknown_address(client: Client) -> None:
    response = client.get("/nowhere")
    assert response.status_code == 404
    assert "没有找到" in response.content.decode()


def test_form_without_token_is_explained() -> None:
    response = Client(enforce_csrf_checks=True).post("/language", {"language": "en"})
    assert response.status_code == 403
    assert "页面已过期" in response.content.decode()


def test_a_body_larger_than_any_form_is_not_read(client: Client) -> None:
    assert client.post("/opened", CONTENT_LENGTH=str(MOST_BODY)).status_code == 200
    response = client.post("/opened", CONTENT_LENGTH=str(MOST_BODY + 1))
    assert response.status_code == 413
    assert "分几次上传" in response.content.decode()

"""Logging in as a browser does, for whatever session carries the requests."""

import re
from typing import Any

LOGIN = "login"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def log_in(session: Any, host: str, username: str, password: str, **options: Any) -> None:
    """Log in through the form; ``options`` go to every request of ``session`` (one of requests, or locust's)."""
    address = f"{host}/accounts/login/"
    answer = session.post(
        address,
        {
            "csrfmiddlewaretoken": token_of(session.get(address, **options).text),
            "login": username,
            "password": password,
        },
        headers={"Referer": address},
        allow_redirects=False,
        **options,
    )
    if answer.status_code != 302:
        raise RuntimeError(f"login answered {answer.status_code}")


def token_of(page: str) -> str:
    """The page's token against forged requests."""
    found = _TOKEN.search(page)
    if found is None:
        raise RuntimeError("a page without a form")
    return found[1]

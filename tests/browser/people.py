"""People at their browsers."""

from tests.fixtures.browser import Watched
from yichuang.accounts.tests.factories import PASSWORD


def log_in(watched: Watched, username: str, language: str = "zh-hans") -> None:
    """Log in and choose the language; ends on the front page."""
    page = watched.page
    page.set_default_timeout(10_000)
    page.goto("/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/")
    if language == "en":
        page.click("button[name=language][value=en]")
        page.wait_for_selector("html[lang=en]")

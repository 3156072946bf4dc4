"""What the browser tests of the workplaces share: logging in, and what axe finds."""

from axe_playwright_python.sync_playwright import Axe
from tests.fixtures.browser import Watched

from yichuang.accounts.tests.factories import PASSWORD


def log_in(watched: Watched, username: str) -> None:
    """Log in as this person."""
    page = watched.page
    page.goto("/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/")


def complaints(watched: Watched) -> list[str]:
    """What axe finds, whatever its weight, and scrolling sideways."""
    page = watched.page
    found = [
        f"{page.url}: {rule['id']}: {node['html'][:120]}"
        for rule in Axe().run(page).response["violations"]
        for node in rule["nodes"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append(f"{page.url}: scrolls sideways")
    return found

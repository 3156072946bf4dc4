"""A browser that walks the demonstration as somebody, and what it sees as small pictures."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Locator, Page

PASSWORD = "Yichuang-demo-2024"  # noqa: S105 - of the demonstration, and printed with its logins
PICTURES = Path(__file__).parents[1] / "pictures"
WIDE, NARROW = (1280, 800), (390, 844)
LARGEST = 90_000  # bytes of a picture
COLOURS = (256, 96, 48, 24, 16, 12)  # the first palette that keeps a picture small enough
PAPER_WIDTH = 720


def keep(picture: Image.Image, role: str, name: str) -> None:
    """Write ``pictures/<role>/<name>.png`` with as many colours as its size allows."""
    path = PICTURES / role / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = picture.convert("RGB")
    for colours in COLOURS:
        reduced = plain.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        reduced.save(path, optimize=True)
        if path.stat().st_size <= LARGEST:
            return
    raise ValueError(f"{path} has {path.stat().st_size} bytes: show less of the page")


class Walk:
    """One person at one browser; the pictures go into the folder of ``role``."""

    def __init__(self, page: Page, url: str, role: str) -> None:
        self.page, self.url, self.role = page, url, role
        page.set_default_timeout(15_000)
        page.on("dialog", lambda dialog: dialog.accept())

    def go(self, path: str) -> None:
        """Open a page of the product."""
        self.page.goto(self.url + path)

    def log_in(self, login: str) -> None:
        """Log in, and wait for the page that this person lands on."""
        self.go("/accounts/login/")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(lambda address: "login" not in address)

    def keys(self, *names: str) -> None:
        """Press keys one after the other."""
        for name in names:
            self.page.keyboard.press(name)

    def type(self, text: str) -> None:
        """Type into whatever has the cursor."""
        self.page.keyboard.type(text)

    def see(self, selector: str) -> Locator:
        """The first element, once it is there."""
        found = self.page.locator(selector).first
        found.wait_for()
        return found

    def tap(self, selector: str) -> None:
        """Press a button that leads to another page."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def shot(self, name: str, *, full: bool = False, height: int = 0) -> None:
        """A picture of the window, of as much of it as the page fills, or of a window ``height`` pixels high."""
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(350)  # charts and folds come to rest
        size = self.page.viewport_size
        assert size is not None
        width, usual = size["width"], size["height"]
        if full:  # a taller window, since what sticks to its edge would stand in the midst of a stitched picture
            height = max(usual, self.page.evaluate("document.documentElement.scrollHeight"))
        if height:
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.wait_for_timeout(250)
        keep(Image.open(BytesIO(self.page.screenshot(caret="initial"))), self.role, name)
        self.page.set_viewport_size({"width": width, "height": usual})

    @contextmanager
    def narrow(self) -> Iterator[None]:
        """As on a telephone."""
        self.page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
        yield
        self.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})

    def paper(self, address: str, name: str) -> None:
        """The first page of a PDF, read with this person's session."""
        answer = self.page.request.get(address if address.startswith("http") else self.url + address)
        assert answer.ok, f"{address}: {answer.status}"
        page = pypdfium2.PdfDocument(answer.body())[0]
        keep(page.render(scale=PAPER_WIDTH / page.get_width()).to_pil(), self.role, name)


@contextmanager
def walking(browser: Browser, url: str, role: str, login: str = "") -> Iterator[Walk]:
    """A fresh window in Chinese; logged in when ``login`` is given."""
    context = browser.new_context(
        viewport={"width": WIDE[0], "height": WIDE[1]},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    walk = Walk(context.new_page(), url, role)
    if login:
        walk.log_in(login)
    yield walk
    context.close()

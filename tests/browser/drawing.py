"""What a hand does besides clicking: signing, and moving and dragging over a page."""

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page


def draw(page: "Page") -> None:
    """A signature of one stroke."""
    canvas = page.locator("[data-signature] canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 80)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 30, steps=5)
    page.mouse.move(box["x"] + 180, box["y"] + 120, steps=5)
    page.mouse.up()
    state = page.locator("[data-signature] [data-state]")
    expect(state).to_have_text(state.get_attribute("data-drawn") or "")


def look_around(page: "Page") -> None:
    """Hover over the page, drag its heading and a link across it, print it."""
    assert page.viewport_size is not None
    width, height = page.viewport_size["width"], page.viewport_size["height"]
    for part in (0.2, 0.5, 0.8):
        page.mouse.move(width * part, height * part, steps=4)
    for grip in ("h1", "main a"):
        box = page.locator(f"{grip} >> visible=true").first.bounding_box()
        if box is None:
            continue
        page.mouse.move(box["x"] + 5, box["y"] + 5)
        page.mouse.down()
        page.mouse.move(width / 2, height - 40, steps=4)
        page.mouse.up()
    page.emulate_media(media="print")
    assert page.pdf().startswith(b"%PDF")
    page.emulate_media(media="screen")

"""``bin/guide-pictures`` runs this: the roles' days in the order in which a case goes through the house."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent))

from back import dispatcher, reviewer
from front import clerk, counter
from house import administrator, editor, hall_and_chief

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def main(url: str) -> None:
    """Walk the demonstration at ``url``, in which real work is done: a copy, never the original."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--lang=zh-CN"], env={**os.environ, "LANGUAGE": "zh_CN"}
        )
        numbers = clerk(browser, url)
        dispatcher(browser, url, numbers)
        reviewer(browser, url, numbers)
        counter(browser, url, numbers)
        hall_and_chief(browser, url)
        editor(browser, url)
        administrator(browser, url)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))

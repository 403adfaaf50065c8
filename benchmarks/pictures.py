"""Pictures of every page, wide and narrow, light and dark, to be looked at: python -m benchmarks.pictures FOLDER.

Needs Debian's chromium and chromium-driver. Says which pages scroll sideways, show an error or an exception.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from tests.browser import Browser, server
from tests.pages import NAMES

WIDTHS = (1440, 390)


def look(browser: Browser, folder: Path, name: str, width: int, dark: bool) -> None:
    """Take a picture of what the browser shows, and say what is wrong with it."""
    name = f"{name}_{width}_{'dark' if dark else 'light'}"
    browser.picture(folder / f"{name}.png")
    trouble = [
        said
        for said, is_so in (
            ("scrolls sideways", browser.scrolls_sideways()),
            ("shows an exception", browser.count("stException") > 0),
            ("could not be shown", "could not be shown" in browser.text()),
        )
        if is_so
    ]
    print(f"{name}: {', '.join(trouble) or 'in order'}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", nargs="*", default=NAMES, help="names of pages, with ?filters if wanted")
    parser.add_argument("--store", help="the store to show; the invented employer without it")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    environment = {"IMPACT_STORE": asked.store or str(asked.folder / "no_store"), **dict(os.environ)}
    if asked.store:
        environment["IMPACT_STORE"] = asked.store
    with server(**environment) as address:
        for width in WIDTHS:
            for dark in (False, True):
                browser = Browser(width, dark=dark)
                for page in asked.pages:
                    browser.open(f"{address}/{page}", 120)
                    look(browser, asked.folder, page.replace("?", "_").replace("&", "_"), width, dark)
                browser.close()


if __name__ == "__main__":
    main()

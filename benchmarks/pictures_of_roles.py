"""Pictures of what each role sees, wide and narrow, light and dark: python -m benchmarks.pictures_of_roles FOLDER.

Signs in with a provider of its own on this machine. Each role is shown a page that is its own, and one that is not.
Needs Debian's chromium and chromium-driver.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from benchmarks.pictures import WIDTHS, look
from tests.browser import Browser, server
from tests.oidc import provider

ACCESS = """
[[role]]
role = "viewer"
people = ["limited@example.com"]
department = "Engineering"
""" + "".join(
    f'[[role]]\nrole = "{role}"\npeople = ["{role}@example.com"]\n'
    for role in ("viewer", "analyst", "steward", "admin")
)
# Of limited: a viewer of one department. A page that is not theirs shows the refusal.
SEES = {
    "nobody": ("quarterly_impact",),
    "viewer": ("quarterly_impact", "outcomes", "diversity"),
    "limited": ("outcomes", "quarterly_impact"),
    "analyst": ("quarterly_impact", "diversity", "uploads"),
    "steward": ("quarterly_impact", "uploads", "audit"),
    "admin": ("quarterly_impact", "diversity", "uploads", "audit"),
    "stranger": ("quarterly_impact",),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--store", type=Path, required=True, help="a store that is there already; a copy is shown")
    parser.add_argument("--roles", nargs="*", default=list(SEES), choices=list(SEES))
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    copy = Path(tempfile.mkdtemp()) / "store"
    shutil.copytree(asked.store, copy)
    shutil.copy(asked.store.with_name(f"{asked.store.name}.key"), copy.with_name("store.key"))
    copy.with_name("access.toml").write_text(ACCESS)
    with provider() as made:
        secrets = made.secrets_file(copy.parent)
        with server(IMPACT_STORE=str(copy), STREAMLIT_SECRETS_FILES=str(secrets)) as address:
            for role in asked.roles:
                made.claims = {"email": f"{role}@example.com"}
                _pictures(role, address, asked.folder)


def _pictures(role: str, address: str, folder: Path) -> None:
    browser = Browser()
    try:
        browser.open(address)
        if role != "nobody":
            browser.driver.find_element("css selector", ".st-key-sign_in_default button").click()
            browser.wait_for(lambda: bool(browser.driver.find_elements("css selector", ".st-key-sign_out")), 60)
        for page in SEES[role]:
            for width in WIDTHS:
                for dark in (False, True):
                    browser.look(width, dark)
                    browser.open(f"{address}/{page}", 120)
                    look(browser, folder, f"{role}_{page}", width, dark)
    finally:
        browser.close()


if __name__ == "__main__":
    main()

"""A real server and a real browser for tests: start Streamlit on a free port, open a page, take a picture.

Everything stays on 127.0.0.1. `Browser.picture` is for people: tests read the page's text instead.
"""

from __future__ import annotations

import base64
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
DRIVER = shutil.which("chromedriver") or "/usr/bin/chromedriver"

PATIENCE = 3  # times what a quiet machine takes: tests share two cores with other tests


def why_no_browser() -> str:
    """Why browser tests can't run here; empty where they can."""
    missing = [path for path in (CHROMIUM, DRIVER) if not Path(path).exists()]
    return f"{' and '.join(missing)} not found" if missing else ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(
    app: Path = ROOT / "app.py", log: Path | None = None, listens: str = "127.0.0.1", **environment: str
) -> Iterator[str]:
    """A cold Streamlit server of `app`; yields its address and ends it afterwards. What it says goes to `log`."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(app), "--server.headless", "true"]
    command += ["--server.address", listens, "--server.port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with (log or Path(os.devnull)).open("wb") as output:
        process = subprocess.Popen(
            command, cwd=app.parent, env={**os.environ, **environment}, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _wait_until(lambda: answers(f"{address}/_stcore/health"), PATIENCE * 40, "the server did not start")
            yield address
        finally:
            process.terminate()
            process.wait(timeout=15)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


def _wait_until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.2)


_AT_REST = """
const done = arguments[arguments.length - 1], has = found => document.querySelector(found) !== null;
let since = performance.now();
const changes = new MutationObserver(() => { since = performance.now(); });
changes.observe(document.body, {subtree: true, childList: true, characterData: true});
const look = () => {
    const there = has('[data-testid=stMain]') && has('h1, [data-testid=stException]');
    const runs = has('[data-testid=stStatusWidget], [data-testid=stSkeleton], [data-stale=true]');
    if (!there || runs) since = performance.now();
    if (performance.now() - since < 700) return setTimeout(look, 100);
    changes.disconnect();
    done();
};
look();
"""


class Browser:
    """Chromium, headless, with a profile of its own."""

    def __init__(self, width: int = 1440, height: int = 1000, dark: bool = False, watched: bool = False) -> None:
        """`watched`: keep what pages ask for and complain of, for `driver.get_log`."""
        self._profile = tempfile.mkdtemp(prefix="browser-")
        options = Options()
        options.binary_location = CHROMIUM
        for flag in (
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--force-prefers-reduced-motion",  # skeletons that shimmer take the time of what is waited for
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            f"--user-data-dir={self._profile}",
            f"--window-size={width},{height}",
        ):
            options.add_argument(flag)
        if watched:
            options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(DRIVER))
        self.look(width, dark, height)

    def look(self, width: int, dark: bool, height: int = 1000) -> None:
        self._size(width, height)
        self.theme(dark)

    def _size(self, width: int, height: int) -> None:
        self.width = width
        settings = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", settings)

    def theme(self, dark: bool) -> None:
        feature = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})

    def open(self, address: str, seconds: float = 60) -> None:
        """Open a page and wait until Streamlit has stopped running and the page has stood still for a while."""
        self.driver.get(address)
        self.settle(seconds)

    def settle(self, seconds: float = 60) -> None:
        """Wait until Streamlit has stopped running and nothing on the page has changed for a while.

        The page watches itself: asking it for its text again and again would keep it from getting done.
        """
        self.driver.set_script_timeout(PATIENCE * seconds)
        self.driver.execute_async_script(_AT_REST)

    def leave(self) -> None:
        """Away from the page: a tab of Streamlit's would turn to the next server at its address by itself."""
        self.driver.get("about:blank")

    def forget(self) -> None:
        """What the page has stored and its cookies, and the page."""
        if self.driver.current_url.startswith("http"):
            self.driver.execute_script("localStorage.clear(); sessionStorage.clear()")
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        self.leave()

    def wait_for(self, condition: Callable[[], bool], seconds: float) -> None:
        _wait_until(condition, PATIENCE * seconds, "what was waited for did not happen")

    def text(self) -> str:
        return str(self.driver.execute_script("return document.body.innerText"))

    def count(self, test_id: str) -> int:
        return len(self.driver.find_elements(By.CSS_SELECTOR, f"[data-testid={test_id}]"))

    def scrolls_sideways(self) -> bool:
        return bool(
            self.driver.execute_script(
                "const main = document.querySelector('[data-testid=stMain]');"
                "return main.scrollWidth > main.clientWidth + 1"
            )
        )

    def picture(self, path: Path) -> None:
        """The whole page, however long, as a PNG."""
        height = self.driver.execute_script("return document.querySelector('[data-testid=stMain]').scrollHeight")
        self._size(self.width, max(700, int(height) + 20))
        time.sleep(1.2)
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
        path.write_bytes(base64.b64decode(shot["data"]))
        self._size(self.width, 1000)

    def close(self) -> None:
        self.driver.quit()
        shutil.rmtree(self._profile, ignore_errors=True)

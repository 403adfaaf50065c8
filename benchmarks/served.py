"""What a page that did not change takes of a real server: the processor's time, with all that Streamlit does for it.

A test's way of running a page (`AppTest`) compiles the page anew each time, reads back what was sent and takes that
apart, which no server does; and it leaves out that a server makes a message of each element, sends it, and cleans up
after the run. So a true server is asked, by a browser's side of the connection, and its process is measured.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser import answers, free_port
from tests.cold_servers import Visitor

ROOT = Path(__file__).parent.parent


@contextmanager
def served(store: Path) -> Iterator[tuple[str, int]]:
    """Address and process of a server of this application over a store; it ends afterwards."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)],
        cwd=ROOT,
        env={**os.environ, "IMPACT_STORE": str(store)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not answers(f"{address}/_stcore/health"):
            if process.poll() is not None:
                raise RuntimeError("the server did not start")
            time.sleep(0.1)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def unchanged(address: str, process: int, page: str, runs: int = 20) -> float:
    """Seconds of the processor that one run of a page takes which was shown before, the mean of some."""
    with Visitor(address, None) as visitor:
        for _ in range(3):
            visitor.open(page)
        before = processor_seconds(process)
        for _ in range(runs):
            visitor.open(page)
            visitor.sent = b""
        return (processor_seconds(process) - before) / runs


def processor_seconds(process: int) -> float:
    """What a process has taken of the processors so far, all its threads together; not a number where that is not
    told in the way of Linux."""
    told = Path(f"/proc/{process}/stat")
    if not told.exists():
        return float("nan")
    fields = told.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

"""True servers that nobody has opened anything of, many of them, in little time.

Run as a module, it imports the libraries and `analysis`, and forks a server for each line on standard input: a JSON
list of what to give to `streamlit run`, what to set in the environment and the file for what it says. A server that
begins so has nothing that a cold one lacks: no module of `ui` or `pages`, no session, no list of pages, no open store,
no answer in a cache. Only the seconds that the imports take are spent once. `Visitor` is a browser's side of the
connection, with the cookie that Streamlit signs.
"""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.browser import answers

ROOT = Path(__file__).parent.parent
OURS = ("ui", "pages", "app")
COOKIE_SECRET = "a secret of tests"
LIBRARIES = (
    "streamlit.web.cli", "streamlit.web.bootstrap", "streamlit.web.server.starlette.starlette_server", "uvicorn",
    "streamlit.testing.v1", "authlib.integrations.starlette_client", "starlette.middleware", "websockets", "duckdb",
    "filelock", "jinja2", "click", "numpy", "pandas", "plotly.graph_objects", "plotly.io", "plotly.subplots",
    "plotly.validators", "pyarrow", "pyarrow.compute", "pyarrow.csv", "python_calamine", "pptx", "pptx.chart.data",
    "pptx.enum.chart", "pptx.enum.text", "pptx.util", "scipy.optimize", "scipy.special", "scipy.stats",
    "statsmodels.regression.linear_model", "statsmodels.miscmodels.ordinal_model", "statsmodels.stats.inter_rater",
    "statsmodels.stats.multitest", "statsmodels.stats.proportion", "statsmodels.stats.weightstats", "threadpoolctl",
    "xlsxwriter", "analysis.load", "analysis.findings.access", "analysis.charts.figure",
)  # fmt: skip


def secrets_file(folder: Path) -> Path:
    """Streamlit's secrets with a sign-in whose provider is never asked: who comes has the cookie already."""
    path = folder / "secrets.toml"
    path.write_text(
        f"""[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{COOKIE_SECRET}"
client_id = "impact"
client_secret = "not a secret"
server_metadata_url = "http://127.0.0.1:1/nobody/is/asked"
"""
    )
    return path


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    for name in LIBRARIES:
        import_module(name)
    from streamlit.web import cli

    gc.collect()
    gc.freeze()  # a page of memory that is only read is not copied for each of them
    say("ready")
    for line in iter(sys.stdin.readline, ""):
        arguments, environment, log = json.loads(line)
        known = sorted(name for name in sys.modules if name.split(".")[0] in OURS)
        assert not known, known
        process = os.fork()
        if process == 0:
            os.environ.update(environment)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 1)
            os.dup2(1, 2)
            sys.argv = ["streamlit", "run", str(ROOT / "app.py"), "--server.fileWatcherType", "none", *arguments]
            sys.exit(cli.main())
        say(str(process))
        os.waitpid(process, 0)
        say("gone")


class Visitor:
    """One tab of a browser at a page of a server, by whoever the claims are of; None is nobody.

    elements: what the page shows, each as (kind, protobuf), in the order in which it came; page: its name, as the
    server says; watch: the part of it that runs by itself; sent: all bytes of the server.
    """

    def __init__(self, address: str, claims: dict[str, Any] | None) -> None:
        from streamlit.web.server.starlette import starlette_app_utils as made
        from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME, XSRF_COOKIE_NAME
        from websockets.sync.client import connect

        self.address = address
        self.sent = b""
        self.elements: list[tuple[str, Any]] = []
        self.page = ""
        self.watch = ""
        self._session = ""
        token = made.generate_xsrf_token_string()
        cookies = [f"{XSRF_COOKIE_NAME}={token}"]
        if claims is not None:
            told = json.dumps({**claims, "origin": address, "provider": "default"})
            signed = made.create_signed_value(COOKIE_SECRET, USER_COOKIE_NAME, told)
            cookies.append(f"{USER_COOKIE_NAME}={signed.decode()}")
        self._socket = connect(
            f"{address.replace('http', 'ws')}/_stcore/stream",
            subprotocols=["streamlit", token],  # type: ignore[list-item]
            additional_headers={"Cookie": "; ".join(cookies), "Origin": address},
            max_size=None,
        )

    def open(self, page: str, until: str = "", **filters: str) -> None:
        """Ask for a page by its name, as a browser does that has its address, until its run has ended, or until it
        shows an element of a kind."""
        from urllib.parse import urlencode

        from streamlit.proto.BackMsg_pb2 import BackMsg

        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = urlencode(filters)
        asked.rerun_script.context_info.color_scheme = "light"
        self.ask(asked, until=until)

    def wait_on(self) -> None:
        """What a browser asks by itself every few seconds while a page is open."""
        from streamlit.proto.BackMsg_pb2 import BackMsg

        asked = BackMsg()
        asked.rerun_script.page_name = self.page
        asked.rerun_script.fragment_id = self.watch
        asked.rerun_script.is_auto_rerun = True
        self.ask(asked)

    def send(self, asked: Any) -> None:
        self._socket.send(asked.SerializeToString())

    def ask(self, asked: Any, seconds: float = 120, until: str = "") -> None:
        """Send a message that asks for a run, and wait for its end. Raises TimeoutError where none comes."""
        self.send(asked)
        while True:
            message = self._next(seconds)
            # 2: it begins anew by itself
            ended = message.WhichOneof("type") == "script_finished" and message.script_finished != 2
            if ended or until in self.kinds():
                return

    def _next(self, seconds: float = 120) -> Any:
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        content = bytes(self._socket.recv(timeout=seconds))  # type: ignore[arg-type]
        message = ForwardMsg.FromString(content)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.elements.clear()
            self._session = message.new_session.initialize.session_id
        if kind == "auto_rerun":
            self.watch = message.auto_rerun.fragment_id
        if kind == "navigation":
            here = message.navigation.page_script_hash
            named_here = [each.url_pathname for each in message.navigation.app_pages if each.page_script_hash == here]
            self.page = named_here[0] if named_here else ""
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            named = element.WhichOneof("type")
            self.elements.append((named, getattr(element, named)))
        self.sent += content
        return message

    def kinds(self) -> set[str]:
        return {kind for kind, _ in self.elements}

    def of(self, kind: str) -> list[Any]:
        return [element for name, element in self.elements if name == kind]

    def words(self) -> str:
        """Everything that is written on the page."""
        return "\n".join(str(element) for _, element in self.elements)

    def taken(self, button: Any) -> bytes | None:
        """The file that a download button hands out; None where it hands out none."""
        return self.taken_by_id(button.deferred_file_id) if button.deferred_file_id else self._fetched(button.url)

    def taken_by_id(self, file: str) -> bytes | None:
        from streamlit.proto.BackMsg_pb2 import BackMsg

        asked = BackMsg()
        asked.backend_operation_request.request_id = file
        asked.backend_operation_request.session_id = self._session
        asked.backend_operation_request.deferred_file.file_id = file
        self._socket.send(asked.SerializeToString())
        while True:
            message = self._next()
            if message.WhichOneof("type") == "backend_operation_response":
                url = message.backend_operation_response.deferred_file.url
                return self._fetched(url) if url else None

    def _fetched(self, url: str) -> bytes:
        with urllib.request.urlopen(f"{self.address}{url}") as reply:
            return bytes(reply.read())

    def close(self) -> None:
        self._socket.close()

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def quiet_port() -> int:
    """A free port below those that the system hands out by itself: nobody takes it while no server is on it."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


@dataclass
class ColdServers:
    """The process that forks them, one after the other.

    All have the same address, so that a browser need not fetch and compile the files of Streamlit anew for each. A tab
    that stays open at one of them would turn to the next by itself: whoever needs a cold one closes it first.
    """

    folder: Path
    _process: subprocess.Popen[str] = field(init=False)
    _port: int = field(default_factory=quiet_port)

    def __post_init__(self) -> None:
        single = {"OPENBLAS_NUM_THREADS": "1", "IMPACT_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.cold_servers"],
            cwd=ROOT,
            env={**os.environ, **single},
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._said("ready")

    def _said(self, word: str) -> None:
        assert self._process.stdout is not None
        assert self._process.stdout.readline().strip() == word

    @contextmanager
    def server(
        self, log: Path | None = None, listens: str = "127.0.0.1", **environment: str
    ) -> Iterator[tuple[str, int]]:
        """Address and process of a cold one, which ends afterwards. What it says goes to `log`."""
        assert self._process.stdin is not None and self._process.stdout is not None
        arguments = ["--server.port", str(self._port), "--server.address", listens]
        asked = [arguments, environment, str(log or self.folder / "log")]
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        process = int(self._process.stdout.readline())
        address = f"http://127.0.0.1:{self._port}"
        end = time.monotonic() + 60
        while not answers(f"{address}/_stcore/health"):
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.05)
        try:
            yield address, process
        finally:
            os.kill(process, signal.SIGTERM)
            self._said("gone")

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)


if __name__ == "__main__":
    main()

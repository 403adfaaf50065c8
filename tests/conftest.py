"""What several tests use: stores of the sample employer and of the reference extract, each loaded once a session;
servers, and a browser."""

from __future__ import annotations

import os
import sys

os.environ.setdefault(
    "IMPACT_THREADS", "1"
)  # the tests share the cores among themselves; read when the store is imported
# Many processes are started here: what is compiled is kept for the next one, also where that was switched off.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from analysis.load import SourceFile, load, read_folder
from analysis.store import Reader, Store
from tests import hr_a, small_programme
from tests.browser import Browser
from tests.cold_servers import ColdServers

ROOT = Path(__file__).parent.parent


# Files of long tests, longest first: begun last, one process would still work on them after the other has ended. The
# second one needs no sample employer, so that its process does not wait until the first one has built it.
LONG = (
    "test_browser_each_page", "test_load_killed", "test_browser_uploads", "test_cold_server_roles",
    "test_browser_journeys", "test_import_invariant", "test_bad_input", "test_attacker", "test_pages_uploads",
    "test_command_line", "test_pages_twenty_questions", "test_study_invariants", "test_forget", "test_browser_sign_in",
    "test_load_rebuild", "test_server_headers", "test_app_follows", "test_reference_hr_a",
    "test_findings_survey_response_hiding", "test_pages_sample_employer", "test_docs_questions",
    "test_findings_stored_as_declared", "test_import_hostile_files", "test_load_together", "test_pages_equal",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first; the order within a file stays."""

    def place(item: pytest.Item) -> int:
        return next((number for number, name in enumerate(LONG) if item.path.stem.startswith(name)), len(LONG))

    items.sort(key=place)


def load_all(store: Store, files: list[SourceFile]) -> None:
    reports = load(store, files)
    assert {report.status for report in reports} == {"loaded"}, [
        (report.file, report.status, report.message, report.issues[:3]) for report in reports
    ]


def built_once(factory: pytest.TempPathFactory, name: str, files: Callable[[], list[SourceFile]]) -> Path:
    """The folder of a store that holds these files. Built by whichever process needs it first; each has a copy."""
    mine = factory.mktemp(name)
    together = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        together = together.parent
    built = together / f"{name}_built"
    with FileLock(together / f"{name}_built.lock"):
        if not built.exists():
            load_all(Store(together / f"{name}_draft" / "store"), files())
            (together / f"{name}_draft").rename(built)
    shutil.copytree(built, mine, dirs_exist_ok=True)
    return mine / "store"


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store that holds sample_data/."""
    return built_once(tmp_path_factory, "sample", lambda: read_folder(ROOT / "sample_data"))


@pytest.fixture(scope="session")
def sample_reader(sample_store: Path) -> Reader:
    return Store(sample_store).reader()


@pytest.fixture(scope="session")
def hr_a_reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A reader of a store that holds the reference extract hr_A."""
    exports = [SourceFile(name, content) for name, content in hr_a.exports().items()]
    return Store(built_once(tmp_path_factory, "hr_a", lambda: exports)).reader()


@pytest.fixture(scope="session")
def counted_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store that holds the programme whose every number was counted by hand; 3 mentors are in South."""
    return small_programme.programme(tmp_path_factory.mktemp("counted"), south=3).store.folder


@pytest.fixture(scope="session")
def counted_reader(counted_store: Path) -> Reader:
    return Store(counted_store).reader()


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ColdServers]:
    made = ColdServers(tmp_path_factory.mktemp("servers"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    opened = Browser()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Iterator[Browser]:
    """A browser as if it had just been started, for the tests of a file."""
    chromium.look(1440, dark=False)
    yield chromium
    chromium.forget()

"""ARCHITECTURE.md's table of rooms is what the imports say; nothing goes through a wall."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = {
    "duckdb", "statsmodels", "scipy", "plotly", "streamlit", "python_calamine", "pyarrow", "click", "xlsxwriter",
    "filelock", "tomllib", "pptx", "jinja2",
}  # fmt: skip


def room_of(path: Path) -> str:
    """analysis/store/store.py -> store; analysis/load.py -> load; pages/x.py -> pages."""
    parts = path.relative_to(ROOT).parts
    if parts[0] != "analysis":
        return parts[0].removesuffix(".py")
    return parts[1].removesuffix(".py")


def imports_of(source: str) -> set[str]:
    """Full names of the modules that a source imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def table() -> dict[str, tuple[set[str], set[str]]]:
    """Room to (rooms it may import, heavy libraries that are its own) as ARCHITECTURE.md says."""
    rows = re.findall(
        r"^\| `([^`]+)` \|[^|]*\|([^|]*)\|([^|]*)\|$", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"), re.M
    )
    rooms = {}
    for name, may, own in rows:
        room = name.removeprefix("analysis/").strip("/").removesuffix(".py")
        rooms[room] = (set(re.findall(r"`([^`]+)`", may)), set(re.findall(r"`([^`]+)`", own)))
    return rooms


def violations(path: Path, source: str) -> list[str]:
    rooms = table()
    room = room_of(path)
    may, own = rooms[room]
    found = []
    for name in imports_of(source):
        parts = name.split(".")
        if parts[0] in HEAVY and parts[0] not in own:
            found.append(f"{path.name} ({room}) imports {parts[0]}, which is another room's door")
        target = None
        if parts[0] == "analysis" and len(parts) > 1:
            target = parts[1]
        elif parts[0] in rooms:
            target = parts[0]
        if target and target != room and target not in may:
            found.append(f"{path.name} ({room}) imports {target}")
    return found


SOURCES = [ROOT / "app.py", *(p for d in ("analysis", "ui", "pages") for p in sorted((ROOT / d).rglob("*.py")))]
SOURCES = [path for path in SOURCES if path != ROOT / "analysis" / "__init__.py"]


def test_every_room_stands_in_the_table_and_every_row_is_a_room() -> None:
    assert {room_of(path) for path in SOURCES} == set(table())


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_keep_to_the_table(path: Path) -> None:
    assert violations(path, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("pages/surveys.py", "import duckdb"),
        ("analysis/findings/words.py", "import streamlit as st"),
        ("analysis/load.py", "from streamlit import session_state"),
        ("analysis/estimates/power.py", "from analysis.store import Store"),
        ("analysis/store/store.py", "from analysis.findings import answers"),
        ("ui/page.py", "from analysis.study import figures"),
    ],
)
def test_going_through_a_wall_is_seen(where: str, line: str) -> None:
    path = ROOT / where
    assert violations(path, f"{line}\n{path.read_text(encoding='utf-8')}") != []

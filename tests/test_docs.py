"""What the documents say is so: headers, commands, pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.store.model import KINDS
from analysis.store.store import Store

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_headers_page_equals_the_model(kind) -> None:
    page = (ROOT / "docs" / "headers.md").read_text(encoding="utf-8")
    section = page.split(f"## {kind.name}\n")[1].split("\n## ")[0]
    written = re.findall(r"^\| `(\w+)`( \*\*required\*\*)? \|", section, re.M)
    assert [(name, bool(required)) for name, required in written] == [(c.name, c.required) for c in kind.columns]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_tables_of_the_store_equal_the_model(kind, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    with store.writing() as draft:
        columns = [row[0] for row in draft.connection.execute(f"describe {kind.name}_row").fetchall()]
    assert columns == ["load_id", "line", *kind.headers]


def test_every_link_and_picture_of_the_readme_exists() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_every_command_of_the_readme_is_one_the_command_line_has() -> None:
    from analysis.__main__ import main

    used = set(re.findall(r"^python -m analysis (\w+)", README, re.M))
    assert used and used <= set(main.commands)

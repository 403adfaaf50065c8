"""SECURITY.md's table of roles, read as a reader reads it: what to who to "yes", "rounded" or "no"."""

from __future__ import annotations

import re
from pathlib import Path

from tests import signed_in

WHO = ("nobody", *signed_in.ROLES, "limited")
COLUMNS = (*WHO[:-1], "of one department")


def _table() -> dict[str, dict[str, str]]:
    """limited is an analyst of one department."""
    text = (Path(__file__).parent.parent / "SECURITY.md").read_text(encoding="utf-8")
    section = text.split("## Roles")[1].split("\n## ")[0]
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\|.*\|$", section, re.M)]
    assert lines[0][1:] == list(COLUMNS)
    told = {line[0]: dict(zip(COLUMNS, line[1:], strict=True)) for line in lines[2:]}
    for row in told.values():
        assert set(row.values()) <= {"yes", "no", "rounded"}
        row["limited"] = row["analyst"] if row["of one department"] == "yes" else "no"
    return told


TABLE = _table()
PAGE_ROWS = {
    what.removeprefix("page ").lower().replace(" ", "_"): row for what, row in TABLE.items() if what.startswith("page ")
}

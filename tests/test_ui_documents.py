"""The documents that ship are content of the product: their sections, their tables, and what the page takes of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ui import documents, method
from ui.documents import sections, table_of

DOCS = Path(__file__).parent.parent / "docs"


def test_every_section_of_the_method_is_there_and_no_link_leads_nowhere() -> None:
    text = (DOCS / "method.md").read_text(encoding="utf-8")
    found = sections("method.md")
    assert [section.title for section in found[1:]] == re.findall(r"^## (.*)$", text, re.M)
    assert not [section for section in found if "](" in section.body]
    assert "is in simulation.md" in " ".join(section.body for section in found)


def test_the_method_holds_the_target_trial_and_its_sources() -> None:
    found = {section.title: section.body for section in sections("method.md")}
    trial = table_of(found["Which trial is this meant to be?"])
    assert trial is not None and [row[0] for row in trial.rows] == [
        "eligibility", "strategies", "assignment", "time zero", "follow-up", "outcomes", "contrast", "analysis",
    ]  # fmt: skip
    sources = found["Which sources does it rest on?"]
    for name in ("Hernan and Robins", "Suissa", "Danaei", "Rosenbaum", "Wooldridge", "Stefanski", "Austin",
                 "Newcombe", "Zou and Donner", "VanderWeele", "Lipsitch", "Callaway", "Aalen", "Benjamini",
                 "29 CFR 1607"):  # fmt: skip
        assert name in sources


@pytest.mark.parametrize("size", ["30", "140", "600"])
def test_the_coverage_shown_is_what_the_document_says(size: str) -> None:
    text = (DOCS / "simulation.md").read_text(encoding="utf-8")
    part = text.split("how often the interval holds the truth\n")[1].split("\n## ")[0]
    line = next(line for line in part.splitlines() if line.startswith("| headline |"))
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    place = ["30", "140", "600"].index(size)
    held, alarms = (method._table(sections("simulation.md"), what) for what in (method.HELD, method.ALARMS))
    assert held is not None and alarms is not None
    rows = method._rows(held, alarms, size)
    assert len(rows) == len(method._LINES)
    shown = rows[0]["Truth held"].replace("\u00a0", " ")
    assert shown == f"{cells[1 + place]}, {cells[4 + place]}"


def test_a_section_is_cut_into_text_and_tables_in_order() -> None:
    found = documents.blocks("Before.\n\n| a | b |\n|---|---|\n| 1 | **2** |\n\nBetween.\n\n| c |\n|---|\n| 3 |")
    assert found == (
        "Before.",
        documents.Table(("a", "b"), (("1", "**2**"),)),
        "Between.",
        documents.Table(("c",), (("3",),)),
    )


def test_how_to_run_it_again_is_read_from_the_document() -> None:
    assert documents.command_of(sections("simulation.md")[0].body).startswith("python -m benchmarks.simulation")


def test_a_document_that_is_not_there_has_no_sections(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(documents, "_DOCS", tmp_path)
    assert sections("method.md") == ()
    (tmp_path / "half.md").write_text("# Half\n\n## Empty\n\nNo table.\n", encoding="utf-8")
    assert [section.title for section in sections("half.md")] == ["", "Empty"]
    assert table_of(sections("half.md")[1].body) is None

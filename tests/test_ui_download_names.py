"""What a downloaded table is called: page, table and filters, never the numbers that stand in it."""

from __future__ import annotations

import re
from typing import Any

import pytest
import streamlit as st

from tests.pages import run_page
from ui import address, download

PAGES = ("quarterly_impact", "outcomes", "diversity", "evidence", "surveys", "programme_health", "claims")


def named(monkeypatch: pytest.MonkeyPatch, table: str, page: str = "outcomes", **chosen: str) -> str:
    monkeypatch.setattr(address, "shown", lambda: ("", chosen))
    monkeypatch.setattr(st, "session_state", {"downloads_of": page})
    return download.file_name(table)


def test_a_name_has_page_table_quarter_and_filters_in_one_order(monkeypatch: pytest.MonkeyPatch) -> None:
    assert named(monkeypatch, "topics", "programme_health", quarter="2026Q3") == "programme_health_topics_2026Q3.csv"
    chosen = {
        "side": "mentee",
        "follow_up": "12",
        "quarter": "2026Q3",
        "level": "all",
        "by": "none",
        "location": "Rome",
    }
    assert named(monkeypatch, "curves", **chosen) == "outcomes_curves_2026Q3_mentee_12_months_rome.csv"
    assert named(monkeypatch, "The effect by gender in numbers") == "outcomes_effect_by_gender.csv"
    long = {"quarter": "2026Q3", "outcome": "retention", "side": "mentor", "department": "Research and development"}
    name = named(monkeypatch, "The effect by cohort in numbers", **long)
    assert re.fullmatch(r"outcomes_effect_by_cohort_2026Q3_retention_[0-9a-f]{8}\.csv", name)


@pytest.mark.parametrize(
    "long", ["Research and development, northern countries", "開発部", "Größe", "a" * 500, "x\n../y"]
)
def test_a_name_is_plain_short_and_tells_departments_apart(monkeypatch: pytest.MonkeyPatch, long: str) -> None:
    names = {named(monkeypatch, "All outcomes", quarter="2026Q3", department=long + end) for end in ("部一", "部二")}
    assert len(names) == 2
    assert all(re.fullmatch(r"[A-Za-z0-9_]{8,56}\.csv", name) for name in names)


@pytest.mark.parametrize("name", PAGES)
def test_no_page_names_a_file_after_its_numbers(monkeypatch: pytest.MonkeyPatch, sample_store: Any, name: str) -> None:
    taken: list[str] = []
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    monkeypatch.setattr(st, "download_button", lambda *words, file_name, **more: taken.append(file_name))
    assert not run_page(name).exception
    assert taken
    for file in taken:
        assert file.startswith(f"{name}_") and len(file) <= 60 and file.isascii()
        digits = re.sub(r"_(?:[PBCRDM]?\d{1,2}|[a-z]\d+|\d{4}Q\d|12_months|[0-9a-f]{8})(?=[_.])", "", file)
        assert not re.search(r"\d|interval", digits), file

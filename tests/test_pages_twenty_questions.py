"""Twenty questions picked at random: the page, the command line and the downloaded file give the same numbers."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.findings import answers
from analysis.findings.results import OUTCOMES, SELECTION_HEADERS, SIDES, Question, Selection
from analysis.findings.words import interval, points
from analysis.store import Store
from tests.pages import PAGES
from tests.test_pages_equal_command_line import ask, assert_spoken, spoken
from ui import download

SEED = 20261127
BY = ("gender", "ethnicity", "level", "department", "location", "generation")


@dataclass(frozen=True)
class Asked:
    """One question as its address and as the command line's options."""

    page: str
    address: dict[str, str]
    question: Question

    @property
    def options(self) -> list[str]:
        one = self.question
        found = ["--outcome", one.outcome, "--side", one.side, "--horizon", str(one.horizon_months)]
        found += ["--quarter", one.quarter or ""]
        for name, value in one.where.chosen.items():
            found += [f"--{name}", value]
        return found


@cache
def twenty(store: Path) -> list[Asked]:
    reader, chance, found = Store(store).reader(), random.Random(SEED), []
    quarters = answers.quarters(reader)[:3]
    while len(found) < 20:
        side, outcome = chance.choice(SIDES), chance.choice(OUTCOMES)
        months, quarter, by = chance.choice((6, 12, 12, 18)), chance.choice(quarters), chance.choice(BY)
        choices = answers.selection_choices(reader, side)
        header = chance.choice((None, None, *SELECTION_HEADERS[1:]))
        where = Selection(**({header: chance.choice(choices[header])} if header and choices[header] else {}))
        address = {"outcome": outcome, "side": side, "follow_up": str(months), "quarter": quarter, **where.chosen}
        page = chance.choice(("outcomes", "outcomes", "evidence"))
        if page == "outcomes":
            address["by"] = by
        found.append(Asked(page, address, Question(outcome, side, months, quarter, by=by, where=where)))
    return found


@pytest.mark.parametrize("number", range(20))
def test_a_question_picked_at_random(monkeypatch: pytest.MonkeyPatch, sample_store: Path, number: int) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    asked = twenty(sample_store)[number]
    page = AppTest.from_file(str(PAGES / f"{asked.page}.py"), default_timeout=120)
    for key, value in asked.address.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception and not page.error and not page.toast
    (told,) = ask(sample_store, *asked.options)
    assert_spoken(told, spoken(page))
    if asked.page != "outcomes":
        return
    parts = ask(sample_store, *asked.options, "--by", str(asked.question.by))
    tables = "\n".join(table.value.to_string() for table in page.table).replace("\u00a0", " ").replace("\u2060", "")
    findings = answers.effects(Store(sample_store).reader(), asked.question)
    file = list(csv.DictReader(io.StringIO(download._of_findings(findings).decode("utf-8-sig"))))
    assert len(file) == len(parts)
    for part, line in zip(parts, file, strict=True):
        for name in ("group", "estimate", "ci_low", "ci_high", "rate_participants", "n_participants", "verdict"):
            assert line[name] == ("" if part[name] is None else str(part[name]))
        if part["estimate"] is not None:
            assert points(part["estimate"]) in tables
        if part["ci_low"] is not None:
            assert interval(part["ci_low"], part["ci_high"]) in tables

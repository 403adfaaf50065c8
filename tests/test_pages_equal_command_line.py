"""Every number on a page is the command line's for the same question."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import streamlit as st
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from analysis.__main__ import main
from analysis.findings.results import HEADLINES, SIDES
from analysis.findings.words import interval, points
from tests.pages import everything, run_page

NO_BREAK = "\u00a0"


def ask(store: Path, *arguments: str) -> list[dict]:
    done = CliRunner().invoke(main, ["effect", "--store", str(store), "--json", *arguments])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def spoken(page: AppTest) -> str:
    return everything(page).replace("**", "").replace("\\", "").replace(NO_BREAK, " ").replace("\u2060", "")


def assert_spoken(finding: dict, text: str) -> None:
    """Estimate, interval, people and sentence of a finding stand in the words of a page."""
    assert finding["sentence"] in text
    assert finding["verdict_label"] in text
    if finding["estimate"] is not None:
        assert f"{points(finding['estimate'])} pp" in text
    if finding["ci_low"] is not None:
        assert interval(finding["ci_low"], finding["ci_high"]) in text
    if finding["n_participants"] is not None:
        assert f"{finding['n_participants']:,} participants" in text


@pytest.mark.parametrize("quarters_back", [0, 2])
def test_quarterly_impact(monkeypatch: pytest.MonkeyPatch, sample_store: Path, quarters_back: int) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    page = run_page("quarterly_impact")
    box = page.selectbox(key="quarter")
    quarter = box.options[quarters_back].replace(" ", "")
    page = box.select_index(quarters_back).run()
    text = spoken(page)
    cards = [metric for metric in page.metric if "CI" in metric.delta]  # the others tell of the programme's health
    metrics = [(metric.value.replace(NO_BREAK, " "), metric.delta.replace(NO_BREAK, " ")) for metric in cards]
    expected = []
    for side in SIDES:
        for outcome in HEADLINES:
            (finding,) = ask(sample_store, "--outcome", outcome, "--side", side, "--quarter", quarter)
            assert_spoken(finding, text)
            if finding["estimate"] is not None:
                limits = interval(finding["ci_low"], finding["ci_high"])
                expected.append((f"{points(finding['estimate'])} pp", f"95% CI {limits}"))
    assert metrics == expected and expected


@pytest.mark.parametrize("outcome", [*HEADLINES, "involuntary_exit"])
@pytest.mark.parametrize("side", SIDES)
def test_outcomes(monkeypatch: pytest.MonkeyPatch, sample_store: Path, outcome: str, side: str) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    page = run_page("outcomes")
    page.segmented_control(key="outcome").set_value(outcome).run()
    page.segmented_control(key="side").set_value(side).run()
    page.selectbox(key="by").set_value("gender").run()
    assert not page.exception and not page.error
    text = spoken(page)
    (whole,) = ask(sample_store, "--outcome", outcome, "--side", side)
    assert_spoken(whole, text)
    tables = "\n".join(table.value.to_string() for table in page.table).replace(NO_BREAK, " ").replace("\u2060", "")
    for header in ("cohort", "gender"):
        for finding in ask(sample_store, "--outcome", outcome, "--side", side, "--by", header):
            if finding["estimate"] is not None:
                assert points(finding["estimate"]) in tables
            if finding["ci_low"] is not None:
                assert interval(finding["ci_low"], finding["ci_high"]) in tables


def test_evidence_of_a_follow_up_that_was_not_declared(monkeypatch: pytest.MonkeyPatch, sample_store: Path) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    page = run_page("evidence")
    page.segmented_control(key="side").set_value("mentee").run()
    page.segmented_control(key="follow_up").set_value(6).run()
    (finding,) = ask(sample_store, "--outcome", "retention", "--side", "mentee", "--horizon", "6")
    assert finding["verdict"] == "exploratory" and not page.error
    assert_spoken(finding, spoken(page))


def test_one_cohort(monkeypatch: pytest.MonkeyPatch, sample_store: Path) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    page = run_page("outcomes")
    page.selectbox(key="cohort").set_value("2025 Winter").run()
    (finding,) = ask(sample_store, "--outcome", "retention", "--side", "mentor", "--cohort", "2025 Winter")
    assert finding["verdict"] == "evidence_of_harm"
    assert_spoken(finding, spoken(page))

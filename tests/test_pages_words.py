"""Words on pages that a new reader stumbled over: each box says whom it is about, and each number what it is."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st

from analysis.charts.forest import parts_forest
from analysis.charts.format import quarter
from analysis.charts.palette import LIGHT
from analysis.charts.specification import specification_strip
from analysis.findings import answers
from analysis.findings.results import ReachRow
from analysis.store import Reader
from tests import fabricated, fabricated_diversity, fabricated_evidence
from tests.pages import everything, run_page, show
from tests.test_pages_surveys import FOUND, measured
from ui.tables import reach_rows


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch, sample_store: Path) -> Path:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    return sample_store


def test_with_a_cohort_chosen_every_box_about_all_cohorts_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show(monkeypatch, tmp_path)
    cohort = fabricated.by_cohort()[0].group or ""
    text = everything(run_page("outcomes", cohort=cohort)).replace("\\", "")
    told = f"all cohorts, not {quarter(cohort)} alone"
    assert text.count(told) == 4, "curves, balance, methods, plain difference"
    assert told not in everything(run_page("outcomes"))


def test_what_is_chosen_for_the_trend_goes_along_to_outcomes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path)
    page = run_page("quarterly_impact", side="mentee", outcome="promotion")
    assert not page.exception and not page.toast
    assert page.segmented_control(key="side").value == "mentee"
    other = run_page("outcomes", **{name: page.session_state["filters_kept"][name] for name in ("side", "outcome")})
    assert other.segmented_control(key="outcome").value == "promotion"


def test_surveys_open_on_a_construct_that_both_sides_were_asked(sample: Path, sample_reader: Reader) -> None:
    page = run_page("surveys")
    both = {point.construct for point in answers.surveys(sample_reader).waves if point.side == "mentee"}
    assert page.selectbox(key="construct").value in both and not page.exception


def test_the_answer_about_enps_is_the_net_score(sample: Path) -> None:
    text = everything(run_page("surveys", part="questions", construct="enps")).replace("\\", "")
    assert "favourable share" not in text.lower() and "Mentees: eNPS fell" in text


def test_around_joining_says_in_its_box_that_it_is_not_narrowed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show(monkeypatch, tmp_path)
    measured(monkeypatch, FOUND)
    text = everything(run_page("surveys", part="joining", department="Finance", cohort="2025Q3")).replace("\\", "")
    assert "Of everybody: this box is not narrowed to cohort 2025 Q3, department Finance." in text
    assert "Of everybody" not in everything(run_page("surveys", part="joining"))
    one = run_page("surveys", part="joining", side="mentee")
    assert "repeated_side" not in one.session_state and not one.exception


def test_who_is_reached_names_the_attribute_and_the_reference() -> None:
    rows = (
        ReachRow("gender", "woman", 1197, 243, 0.203, 1.0, None, None, None, False, None),
        ReachRow("gender", "man", 1380, 239, 0.173, 0.85, 0.73, 1.0, 0.05, False, None),
        ReachRow("ethnicity", "declined", 300, 40, 0.13, None, None, None, None, False, None),
    )
    told = reach_rows(rows)
    assert [row["Group"].replace("\\", "") for row in told] == ["Gender: Woman", "Gender: Man", "Ethnicity: declined"]
    ratios = [row["Ratio to its highest (95% CI)"] for row in told]
    assert ratios == ["*highest: the reference*", "0.85 (0.73 to 1.00)", ""]


def test_claims_are_counted_in_words_and_found_has_its_unit(sample: Path) -> None:
    page = run_page("claims", claim="B1", claim_group="Challenges", claim_state="missing")
    labels = [str(one.label) for one in page.expander]
    assert any(label.startswith("Challenges: 1 claim, ") for label in labels)
    found = [table.value.iloc[0] for table in page.table if "Found (95% CI)" in table.value]
    assert "pp" in found[0]["Found (95% CI)"] and found[0]["Found (95% CI)"].startswith("+")
    text = everything(page).replace("\\", "")
    assert "which lowers the grade and not the verdict" in text and "no check stands in the way" not in text


def test_no_upright_line_runs_through_words_and_every_row_of_the_strip_prints_its_interval() -> None:
    strip = specification_strip(fabricated_evidence.CHOICES, LIGHT, band=0.05)
    forest = parts_forest(fabricated.by_group("gender"), LIGHT)
    for figure in (strip, forest):
        assert all(words.bgcolor == LIGHT.background for words in figure.layout.annotations)
    printed = " ".join(words.text for words in strip.layout.annotations)
    assert printed.count(" to ") >= sum(row.ci_low is not None for row in fabricated_evidence.CHOICES)


def test_a_group_has_one_label_on_the_page_diversity(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    joined = {cohort: {"man": 30, "woman": 28, "declined": 9} for cohort in fabricated_diversity.JOINED}
    found = fabricated_diversity.found(joined, {"man": 400, "woman": 300, "declined": 200})
    show(monkeypatch, tmp_path, reached=found)
    page = run_page("diversity")
    named = {cell for table in page.table for cell in table.value.get("Group", ())}
    assert {cell.lower() for cell in named if "declined" in cell.lower()} == {"gender\\: declined"}

"""The page Diversity in its states: plain, too few, suppressed, no invitations, a young cohort, a stale address."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from analysis.__main__ import main
from analysis.findings import answers
from analysis.findings.results import Finding, Question
from tests import fabricated, fabricated_diversity
from tests.fabricated_diversity import WOMEN, found
from tests.pages import PAGES, everything, run_page, show


def test_the_plain_case_leads_with_what_can_be_read_and_the_answer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show(monkeypatch, tmp_path)
    page = run_page("diversity")
    text = everything(page).replace("\\", "")
    assert not page.exception and not page.error
    assert text.index("Can these numbers be read?") < text.index("By gender: Woman: 16.3% of 700 took part")
    assert "Below four fifths of the highest rate: Man (0.68)" in text
    assert f"{WOMEN}] a cohort for: Woman" in text
    assert "Miettinen and Nurminen" in text and "Smallest gap between two groups" in text
    assert len(page.get("plotly_chart")) == 6


def test_the_difference_between_groups_is_tested_with_its_smallest_gap(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show(monkeypatch, tmp_path)
    text = everything(run_page("diversity")).replace("\\", "")
    assert "We cannot tell whether the effect differs by gender (adjusted for 2 breakdowns)." in text
    assert "Only a gap of 13 points or more between the two largest groups" in text
    assert "Absence of a difference between groups is usually absence of data." in text
    assert "p = 0.078, p = 0.16 after adjustment" in text


def test_staying_has_no_ratio_chart_and_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path)
    page = run_page("diversity")
    page.selectbox(key="step").set_value("stayed").run()
    assert not page.exception and "No ratio is made for staying" in everything(page)
    assert len(page.get("plotly_chart")) == 5


def test_too_few_and_suppressed_keep_their_place_with_a_word(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    joined = {"a": {"man": 3, "woman": 2}, "b": {"man": 1, "woman": 1}}
    show(monkeypatch, tmp_path, reached=found(joined, {"man": 60, "woman": 40}))
    page = run_page("diversity")
    text = everything(page).replace("\\", "")
    assert not page.exception and not page.error
    assert "*hidden*" in text and "No group can be shown: each is too small, or would give a small one away." in text
    assert "Not shown: the groups are too small in every cohort." in text
    assert not re.search(r"\b(6\.7|7\.5|10\.0)%", text), "how many took part"


def test_without_invitations_the_steps_before_joining_give_their_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    frame = fabricated_diversity.counts().assign(held=0, invited=0, accepted=0, paired=0)
    asked = fabricated_diversity.Asked("mentor", "2026Q3", "gender", None, found().where)
    young = fabricated_diversity.of_frame(asked, fabricated_diversity.cohorts(held=False), frame)
    show(monkeypatch, tmp_path, reached=young)
    page = run_page("diversity")
    assert not page.exception and "No invitations have been loaded" in everything(page)
    page.selectbox(key="step").set_value("invited").run()
    assert not page.exception and len(page.get("plotly_chart")) == 4


def test_a_cohort_without_a_year_behind_it_shows_what_it_can(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path)
    page = run_page("diversity")
    page.selectbox(key="cohort").set_value("2026 Spring").run()
    text = everything(page).replace("\\", "")
    assert not page.exception and not page.error
    assert "Cohort 2026 Spring has not been followed for 12 months yet." in text
    assert "Exploratory" in text and "No cohort of this view has been followed for 12 months yet." in text


def test_effects_of_hidden_groups_show_no_number(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path)
    leak = replace(fabricated.NOT_SHOWN, by="gender", group="woman", ci_low=-0.3371, ci_high=0.4471)

    def effects(reader: object, question: Question) -> tuple[Finding, ...]:
        return (leak,)

    monkeypatch.setattr(answers, "effects", effects)
    text = everything(run_page("diversity"))
    assert "33.7" not in text and "44.7" not in text and "Not shown" in text


def test_a_stale_address_says_so_and_shows_what_it_can(monkeypatch: pytest.MonkeyPatch, sample_store: Path) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    page = AppTest.from_file(str(PAGES / "diversity.py"), default_timeout=60)
    for key, value in (("attribute", "shoe size"), ("cohort", "1999"), ("step", "flew"), ("side", "mentee")):
        page.query_params[key] = value
    page.run()
    assert not page.exception and not page.error
    assert {toast.value.split("“")[1].split("”")[0] for toast in page.toast} == {"shoe size", "1999", "flew"}
    assert page.segmented_control(key="side").value == "mentee" and page.get("plotly_chart")


@pytest.mark.parametrize("by", ["lgbtq", "department"])
def test_the_sample_employer_opens_by_every_kind_of_attribute(
    monkeypatch: pytest.MonkeyPatch, sample_store: Path, by: str
) -> None:
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    page = run_page("diversity")
    page.selectbox(key="attribute").set_value(by).run()
    assert not page.exception and not page.error
    assert ("Who holds the two highest levels" in everything(page)) == (by != "department")


def test_the_page_says_what_the_command_line_says(monkeypatch: pytest.MonkeyPatch, sample_store: Path) -> None:
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    asked = ["diversity", "--side", "mentor", "--by", "ethnicity", "--store", str(sample_store)]
    done = CliRunner().invoke(main, [*asked, "--json"])
    assert done.exit_code == 0, done.output
    found, parts, difference, leads = json.loads(done.stdout)
    page = AppTest.from_file(str(PAGES / "diversity.py"), default_timeout=60)
    page.query_params["attribute"] = "ethnicity"
    page.run()
    text = everything(page).replace("\\", "").replace("**", "").replace("\u00a0", " ")
    assert found["sentence"] in text and found["cohorts"]["sentence"] in text and leads["sentence"] in text
    assert f"{100 * difference['smallest_detectable']:.1f} points" in text and len(parts) > 3
    words = CliRunner().invoke(main, asked)
    assert words.exit_code == 0 and found["sentence"] in words.output and "Who leads." in words.output
    wrong = CliRunner().invoke(main, [*asked, "--department", "Nowhere"])
    assert wrong.exit_code == 2 and "Nowhere is not a department" in wrong.output

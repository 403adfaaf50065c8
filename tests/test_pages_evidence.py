"""How do you know? What the page says of one number in each state, and that a hidden one leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.findings import answers
from analysis.findings.evidence import DifferencesFinding, DoseFinding, Robustness
from analysis.findings.results import Finding, Question
from analysis.findings.verdict import GRADES, RULES
from tests import fabricated, fabricated_evidence
from tests.pages import PAGES, everything, run_page, show
from tests.tiny import crowd, employer, pair


def spoken(page: AppTest) -> str:
    return everything(page).replace("\\", "").replace("\u00a0", " ")


def charts(page: AppTest) -> int:
    return len(page.get("plotly_chart"))


def test_the_number_comes_first_and_everything_behind_it_has_its_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show(monkeypatch, tmp_path)
    page = run_page("evidence")
    text = spoken(page)
    assert not page.exception and not page.error
    assert [metric.value for metric in page.metric] == ["+6.0\u00a0pp"] and "Evidence of benefit" in text
    assert charts(page) == 6, "at most six a page"
    for part in (
        "Can this number be read?",
        "The checks",
        "Are the two groups alike?",
        "Could both groups have joined?",
        "How is the comparison weighted?",
        "Could something unseen explain it?",
        "What can a study of this size show?",
        "By sessions held",
        "Does one cohort carry it?",
        "Would it show where it should not?",
        "answered in every other reasonable way",
        "Does the effect differ between groups?",
        "Who gets promoted",
        "How a verdict is reached",
        "What a grade means",
        "Why not compare who joined with who never did?",
        "How often is such an answer right?",
        "Which trial is this meant to be?",
        "Which sources does it rest on?",
        "The SQL behind it",
    ):
        assert part in text, part
    assert text.index("Can this number be read?") < text.index("91.5%"), "health first, effect second"


def test_open_checks_stand_in_words_with_their_remedy_and_passed_ones_are_closed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    finding = replace(fabricated.FINDING, checks=(fabricated.AMBER, *fabricated.CHECKS))
    show(monkeypatch, tmp_path, detail=fabricated.detail(finding))
    page = run_page("evidence")
    said = "\n".join(element.value for element in page.markdown).replace("\\", "")
    assert "**Take care**" in said and "12% had no similar colleague. Would settle it: A wider eligibility." in said
    assert "**Could not run**" in said and "Load the list of invitations." in said
    assert "2 passed" in [expander.label for expander in page.expander]
    assert "Largest imbalance 0.05" not in said
    assert "**Failed" not in said


def test_a_hidden_number_has_no_checks_and_the_page_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hidden = "Not shown: so few people that somebody could be recognised."
    finding = replace(fabricated.FINDING, checks=(), estimate=None, sentence=hidden, verdict="not_shown")
    show(monkeypatch, tmp_path, detail=fabricated.detail(finding))
    text = spoken(run_page("evidence"))
    assert "0 of them" not in text and "every one of them" not in text
    assert f"None is told: the number is not shown, and they could tell it. {hidden}" in text


def test_when_every_check_passed_the_page_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    finding = replace(fabricated.FINDING, checks=fabricated.CHECKS[:2])
    show(monkeypatch, tmp_path, detail=fabricated.detail(finding))
    assert "every one of them could be run" in spoken(run_page("evidence"))


def test_power_differences_dose_and_promotions_are_tables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path)
    text = spoken(run_page("evidence"))
    assert "20 points" in text and "*not possible*" in text and "1,860" in text
    assert "87.8% (74.4% to 94.7%)" in text and "not an effect" in text
    assert text.index("not an effect") < text.index("87.8%")
    assert "0.77 (0.60 to 1.10), p = 0.2** :orange-badge[below 0.80]" in text


def test_the_groups_are_compared_only_when_they_are_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path)
    asked: list[Question] = []

    def differences(reader: object, question: Question) -> DifferencesFinding:
        asked.append(question)
        return fabricated_evidence.differences()

    monkeypatch.setattr(answers, "differences", differences)
    page = AppTest.from_file(str(PAGES / "evidence.py"), default_timeout=60).run()
    assert not asked and "In none of 2 breakdowns" not in spoken(page)
    page = AppTest.from_file(str(PAGES / "evidence.py"), default_timeout=60)
    page.session_state["compare_groups"] = True
    page.run()
    text = everything(page)
    assert not page.exception and len(asked) == 1
    assert "In none of 2 breakdowns" in text and "**Gender** Man, Woman" in text
    assert "0.078" in text and "0.16" in text and "Fewer than two groups are shown" in text
    assert "A\\*b\\*" in text, "a name from a file is never read as formatting"


def test_the_verdict_and_the_grade_are_found_in_their_tables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path)
    text = spoken(run_page("evidence"))
    assert "**Evidence of benefit**" in text and "**B**" in text and "**Evidence of harm**" not in text
    assert all(rule.label in text for rule in RULES) and all(words in text for _, words in GRADES)
    assert "fewer than 30 participants" in text and "{" not in text


def test_a_view_that_was_not_declared_is_said_to_get_no_verdict(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    view = replace(fabricated.FINDING, verdict="exploratory", verdict_label="Exploratory", grade=None)
    show(monkeypatch, tmp_path, detail=fabricated.detail(view))
    text = spoken(run_page("evidence"))
    assert "exploratory and gets no verdict" in text and "**Evidence of benefit**" not in text


@pytest.mark.parametrize(
    ("finding", "drawn"),
    [(fabricated.NOT_SHOWN, 1), (fabricated.WITHHELD, 3), (fabricated.TOO_FEW, 3)],
    ids=["hidden", "withheld", "too few"],
)
def test_without_an_estimate_no_other_choice_gives_it_away(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, finding: Finding, drawn: int
) -> None:
    """Robustness is computed wherever there are ten participants; what it says must stay hidden with the number.

    Whether the groups are alike may be seen of a withheld number; of a hidden one only the invented workforce is drawn.
    """
    whole = fabricated.detail(finding)
    show(monkeypatch, tmp_path, detail=replace(whole, balance=()) if finding.suppressed else whole)

    def robustness(reader: object, question: Question) -> Robustness:
        raise AssertionError("nobody may ask")

    monkeypatch.setattr(answers, "robustness", robustness)
    page = run_page("evidence")
    text = spoken(page)
    assert not page.exception and not page.error and not page.metric and charts(page) == drawn
    assert text.count("No estimate is shown") == 2 and "Worked out once a number is shown." in text
    assert finding.sentence in text


def test_sessions_that_nobody_recorded_are_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path)

    def dose(reader: object, question: Question) -> DoseFinding:
        return replace(fabricated_evidence.dose(), rows=(), sentence="No sessions of participants are held.")

    monkeypatch.setattr(answers, "dose", dose)
    page = run_page("evidence")
    assert not page.exception and "No sessions of participants are held." in spoken(page)


def test_a_small_employer_whose_number_is_hidden_sees_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tiny = employer(tmp_path, crowd(), [pair("crowd1", "2024-04-20")])
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(tiny.reader.path.parent))
    page = run_page("evidence")
    (finding,) = answers.effects(tiny.reader, Question("retention", "mentor"))
    assert not page.exception and not page.error and not page.metric and charts(page) == 1
    assert finding.suppressed and finding.sentence in spoken(page)


def test_the_sample_employer_shows_its_strip(monkeypatch: pytest.MonkeyPatch, sample_store: Path) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    page = run_page("evidence")
    assert not page.exception and not page.error and charts(page) == 6
    assert "other reasonable choices give differences" in spoken(page)

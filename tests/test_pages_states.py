"""What pages say in each state: nothing loaded, too few, not shown, withheld, and the plain case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st

from analysis.findings import answers
from analysis.findings.results import Finding, OutcomeDetail, Question
from tests import fabricated
from tests.pages import empty_store, everything, run_page, show


@pytest.mark.parametrize(
    "name", ["quarterly_impact", "outcomes", "diversity", "evidence", "surveys", "programme_health"]
)
def test_an_empty_store_says_so_and_offers_two_ways_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(empty_store(tmp_path)))
    page = run_page(name)
    assert not page.exception and not page.error
    assert "Nothing to show yet" in everything(page)
    assert "Use sample data" in {button.label for button in page.button}
    assert "Add files" in {link.label for link in page.get("page_link")}


def test_the_leaders_page_has_a_card_an_outcome_and_both_rates_in_bold(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show(monkeypatch, tmp_path)
    page = run_page("quarterly_impact")
    text = everything(page)
    assert not page.exception and not page.error
    cards = [metric.value for metric in page.metric if "CI" in metric.delta]
    assert cards == ["+6.0\u00a0pp", "+3.1\u00a0pp", "−1.8\u00a0pp", "+0.4\u00a0pp"]
    assert page.metric[0].delta == "95% CI +2.1 to +9.8"
    assert "**91.5%** stayed 12 months" in text and "**85.5%**" in text
    assert "142 participants · 1,986 similar colleagues" in text
    assert "About 9 more of 142 stayed 12 months than expected (3 to 14)." in text.replace("\\", "")
    assert text.count("What would change our mind") == 7, "on each card, and once for the whole page"
    assert "plan 4f9c21aa00bb" in text and "data version 17" in text


def test_too_few_people_see_an_interval_a_progress_bar_and_no_estimate(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    weak = replace(fabricated.TOO_FEW, settings={"participants_for_verdict": 30})
    show(monkeypatch, tmp_path, detail=fabricated.detail(weak))
    page = run_page("outcomes")
    text = everything(page)
    assert not page.metric and not page.exception
    assert "no estimate shown" in text and "95% CI −9.1 to +21.0" in text and "Too few to tell" in text
    assert [bar.value for bar in page.get("progress")] == [80]


def test_a_suppressed_finding_shows_its_reason_and_no_number(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    leaking = replace(fabricated.NOT_SHOWN, ci_low=-0.0713, ci_high=0.0913, n_participants=7, n_comparators=777)
    show(monkeypatch, tmp_path, detail=replace(fabricated.detail(leaking), methods=(), balance=()))
    page = run_page("outcomes")
    text = everything(page)
    assert not page.metric and "Not shown" in text and "Fewer than 10 people took part" in text
    assert "7.1" not in text and "9.1" not in text and "777" not in text


def test_a_withheld_finding_shows_the_check_and_neither_estimate_nor_grade(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    withheld = replace(fabricated.WITHHELD, grade="?")
    show(monkeypatch, tmp_path, detail=fabricated.detail(withheld))
    page = run_page("outcomes")
    text = everything(page)
    assert not page.metric and "Not reliable enough to read" in text and "Withheld" in text
    assert "Grade ?" not in text
    assert "Imbalance 0\\.31, limit 0\\.25" in text or "Imbalance 0.31, limit 0.25" in text


def test_too_few_to_tell_is_no_grade(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The badge would say "Grade ?", which nothing on the page explains."""
    assert any(finding.grade == "?" for finding in fabricated.HEADLINES)
    show(monkeypatch, tmp_path)
    text = everything(run_page("quarterly_impact"))
    assert "Grade B" in text and "Grade ?" not in text


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("retention", "Share still employed"),
        ("voluntary_exit", "Share who resigned"),
        ("involuntary_exit", "Share let go"),
        ("promotion", "leaving competes with promotion"),
        ("internal_move", "there is no curve by month"),
    ],
)
def test_every_outcome_has_its_own_curve_or_says_why_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, outcome: str, said: str
) -> None:
    show(monkeypatch, tmp_path)
    page = run_page("outcomes")
    page.segmented_control(key="outcome").set_value(outcome).run()
    assert not page.exception and not page.error and said in everything(page)
    assert len(page.get("plotly_chart")) == (2 if outcome == "internal_move" else 3)


def test_the_follow_up_that_was_chosen_is_the_one_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show(monkeypatch, tmp_path)
    asked: list[int] = []

    def outcome_detail(reader: object, question: Question) -> OutcomeDetail:
        asked.append(question.horizon_months)
        return fabricated.detail()

    monkeypatch.setattr(answers, "outcome_detail", outcome_detail)
    page = run_page("outcomes")
    page.segmented_control(key="follow_up").set_value(24).run()
    assert not page.exception and asked == [12, 24]


def test_a_difference_in_leavers_has_a_price_only_once_one_is_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show(monkeypatch, tmp_path)
    page = run_page("outcomes")
    assert page.number_input(key="cost_of_replacing_one").value is None
    assert "to replace one person" not in everything(page)
    page.number_input(key="cost_of_replacing_one").set_value(10000).run()
    text = everything(page).replace("\\", "")
    assert not page.exception and "At 10,000 to replace one person: 85,200 saved" in text
    assert "29,800 saved to 139,000 saved" in text


@pytest.mark.parametrize("finding", [fabricated.WITHHELD, fabricated.TOO_FEW, fabricated.NOT_SHOWN, fabricated.LEANS])
def test_no_price_is_asked_for_where_no_number_of_leavers_is_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, finding: Finding
) -> None:
    show(monkeypatch, tmp_path, detail=fabricated.detail(finding))
    page = run_page("outcomes")
    assert not page.exception and not page.number_input


def test_a_break_down_shows_its_groups_with_hidden_ones_in_their_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show(monkeypatch, tmp_path)
    page = run_page("outcomes")
    assert "The effect by gender" not in everything(page)
    page.selectbox(key="by").set_value("gender").run()
    text = everything(page)
    assert not page.exception and "The effect by gender" in text
    assert "Women" in text and "Declined" in text and "*hidden*" in text


def test_curves_that_can_not_be_drawn_give_their_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    none = replace(fabricated.curves(), participants=None, comparators=None, reason="Fewer than 10 participants.")
    show(monkeypatch, tmp_path, curves=none)
    page = run_page("outcomes")
    assert not page.exception and "Fewer than 10 participants" in everything(page)


def test_the_curves_say_how_many_they_hold_beside_how_many_the_number_rests_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    drawn = fabricated.curves()
    assert drawn.participants is not None
    younger = replace(drawn.participants, at_risk=(187, *drawn.participants.at_risk[1:]))
    show(monkeypatch, tmp_path, curves=replace(drawn, participants=younger))
    text = everything(run_page("outcomes"))
    assert f"187 participants; the 12-month number rests on the {fabricated.FINDING.n_participants} followed" in text


def test_surveys_show_response_scores_and_change_with_hidden_cells_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show(monkeypatch, tmp_path)
    page, answered = run_page("surveys"), run_page("surveys", part="answered")
    text = everything(page) + everything(answered)
    assert not page.exception and not page.error and not answered.exception
    assert "101\u00a0of\u00a0142" in text and "*hidden*" in text
    assert "+0.31" in text and "−0.05" in text
    assert "Nobody who did not take part answered" in text


def test_names_from_files_are_never_read_as_formatting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nasty = replace(fabricated.reach().rows[0], header="gender", group="![x](http://x.test/y.png)")
    reach = replace(fabricated.reach(), rows=(nasty,))
    show(monkeypatch, tmp_path, impact=replace(fabricated.impact(), reach=(reach, fabricated.reach("mentee"))))
    cells = [
        cell for table in run_page("quarterly_impact").table for cell in table.value.astype(str).to_numpy().ravel()
    ]
    assert [cell for cell in cells if "x.test" in cell or "X.test" in cell]
    assert not [cell for cell in cells if "![" in cell]


def test_a_quarter_without_a_mature_cohort_says_so_and_shows_no_empty_chart(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    young = tuple(replace(fabricated.NOT_SHOWN, cohorts=()) for _ in range(6))
    show(monkeypatch, tmp_path, impact=replace(fabricated.impact(), headlines=young, by_cohort=()))
    page = run_page("quarterly_impact")
    assert not page.exception and "Nothing to show yet" in everything(page)
    assert not page.get("plotly_chart")

"""Parts that are computed beside the page: they never block it, and what goes wrong in one is one sentence there."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st

from analysis.findings import answers
from analysis.findings.results import Question
from analysis.store import StoreBusy
from tests import fabricated
from tests.pages import everything, run_page, show


@pytest.mark.parametrize(
    ("page", "broken", "stands"),
    [
        ("evidence", "specifications", "Which trial is this meant to be?"),
        ("outcomes", "unadjusted", "How this was made"),
    ],
)
def test_a_part_that_fails_is_one_sentence_and_the_rest_stands(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, page: str, broken: str, stands: str
) -> None:
    show(monkeypatch, tmp_path)

    def fail(reader: object, question: Question) -> None:
        raise RuntimeError("secret 4711")

    fail.__name__ = broken
    monkeypatch.setattr(answers, broken, fail)
    ran = run_page(page)
    text = everything(ran)
    assert not ran.exception and len(ran.error) == 1
    assert "This part could not be shown" in ran.error[0].value and "4711" not in text
    assert stands in text


def test_a_load_meanwhile_is_said_where_it_is_met(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path)

    def robustness(reader: object, question: Question) -> None:
        raise StoreBusy("Somebody else is loading data.")

    monkeypatch.setattr(answers, "robustness", robustness)
    ran = run_page("evidence")
    assert not ran.exception and not ran.error
    assert "Somebody else is loading data." in everything(ran) and "What a grade means" in everything(ran)


def test_the_plain_difference_stands_beside_the_adjusted_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path)
    text = everything(run_page("outcomes")).replace("\\", "").replace("\u00a0", " ")
    assert "The plain difference is +7.4 points, the adjusted one +6.0." in text
    assert "**Performance rating** (participants more often: Rating 4)" in text and "+1.1" in text
    assert "*no fit*" in text and "A*b*" in text


@pytest.mark.parametrize("finding", [fabricated.NOT_SHOWN, fabricated.TOO_FEW])
def test_no_plain_difference_beside_a_number_that_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, finding: object
) -> None:
    show(monkeypatch, tmp_path, detail=fabricated.detail(finding))  # type: ignore[arg-type]
    ran = run_page("outcomes")
    assert not ran.exception and "no plain difference beside it" in everything(ran)
    assert "The plain difference is" not in everything(ran)


def test_the_method_can_be_played_with_and_looked_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The sliders change the false benefit and never the true one; the simulation is shown for the size chosen."""
    show(monkeypatch, tmp_path)
    page = run_page("evidence")
    text = everything(page).replace("\\", "").replace("\u00a0", " ")
    assert "a false benefit of +13.2 points" in text and "95.9 %, 95.7 %" in text
    page.slider(key="immortal_exit").set_value(30)
    page.segmented_control(key="simulated").set_value("600").run()
    text = everything(page).replace("\\", "").replace("\u00a0", " ")
    assert not page.exception and "+13.2" not in text and "a difference of 0.0" in text
    assert "96.7 %, 95.8 %" in text


def test_the_sql_is_that_of_the_files_and_sent_only_when_opened(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    show(monkeypatch, tmp_path)
    assert not run_page("outcomes").code
    for name in ("outcomes", "quarterly_impact"):
        page = run_page(name)
        page.session_state["sql_behind"] = True
        page.run()
        page.selectbox(key="sql_file").set_value("12_outcome.sql").run()
        folder = Path(__file__).parent.parent / "analysis" / "study" / "sql"
        assert not page.exception
        assert [block.value for block in page.code] == [(folder / "12_outcome.sql").read_text(encoding="utf-8").strip()]


def test_the_leaders_page_says_what_changed_and_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path)
    page = run_page("quarterly_impact")
    text = everything(page).replace("\\", "").replace("\u00a0", " ")
    assert not page.exception and not page.error and len(page.get("plotly_chart")) == 2
    assert "What changed since 2026 Q2" in text and "+0.5 new people" in text
    assert "no longer kept: corrected data can't be told apart" in text
    assert "Up to 280 participants" in text and text.index("Can these numbers be read?") < text.index("91.5%")


def test_a_card_for_leaders_is_short_and_the_whole_sentence_is_a_click_away(
    monkeypatch: pytest.MonkeyPatch, sample_store: Path
) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    page = run_page("quarterly_impact")
    said = [element.value.replace("\\", "") for element in page.markdown]
    (short,) = (text for text in said if text.startswith("**91.7%** stayed 12 months"))
    assert "joined within" not in short and short.endswith("shows evidence of harm.")
    assert [
        text
        for text in said
        if "In full: 91.7% stayed" in text and "joined within the following year themselves" in text
    ]

"""What an address may ask of a page: raw values are followed, unknown ones are said to be unknown."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import PAGES, everything, show


@pytest.fixture
def outcomes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    show(monkeypatch, tmp_path)
    return AppTest.from_file(str(PAGES / "outcomes.py"), default_timeout=60)


def test_an_address_sets_the_filters_by_their_raw_values(outcomes: AppTest) -> None:
    outcomes.query_params["side"] = "mentee"
    outcomes.query_params["by"] = "gender"
    outcomes.run()
    assert outcomes.session_state["side"] == "mentee"
    assert "The effect by gender" in everything(outcomes)
    assert not outcomes.toast


def test_an_unknown_value_is_said_once_and_the_first_choice_stands(outcomes: AppTest) -> None:
    outcomes.query_params["quarter"] = "1999Q9"
    outcomes.run()
    assert [toast.value for toast in outcomes.toast] == [
        "The address asks for quarter “1999Q9”, which is not known here."
    ]
    assert outcomes.session_state["quarter"] == "2026Q3" and not outcomes.exception
    assert outcomes.query_params["quarter"] in ("2026Q3", ["2026Q3"])
    assert not outcomes.run().toast


def test_an_unknown_value_is_said_on_the_page_until_the_reader_chooses(outcomes: AppTest) -> None:
    outcomes.query_params["quarter"] = "2024Q1"
    outcomes.query_params["side"] = "**x** [y](http://z.example)" + "w" * 200
    outcomes.run()
    for page in (outcomes, outcomes.run()):
        [said] = [warning.value for warning in page.warning]
        assert "quarter “2024Q1”, which is not known here: this page shows 2026Q3." in said
        assert "side “" in said and "this page shows mentor." in said and "**x**" not in said and len(said) < 400
    quarter = next(box for box in outcomes.selectbox if box.label == "Quarter")
    quarter.set_value("2026Q2").run()
    assert "quarter" not in outcomes.warning[0].value and "side" in outcomes.warning[0].value
    quarter.set_value("2026Q3").run()
    assert "quarter" not in outcomes.warning[0].value
    outcomes.segmented_control(key="side").set_value("mentee").run()
    assert not outcomes.warning


def test_what_was_chosen_elsewhere_gives_way_without_a_word(outcomes: AppTest) -> None:
    outcomes.session_state["filters_kept"] = {"quarter": "2024Q1"}
    outcomes.run()
    assert outcomes.session_state["quarter"] == "2026Q3" and not outcomes.warning and not outcomes.toast


def test_what_a_reader_chooses_goes_to_the_address(outcomes: AppTest) -> None:
    outcomes.run()
    assert "quarter" not in outcomes.query_params
    quarter = next(box for box in outcomes.selectbox if box.label == "Quarter")
    quarter.set_value("2026Q2").run()
    assert outcomes.query_params["quarter"] in ("2026Q2", ["2026Q2"])

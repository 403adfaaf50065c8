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


def test_what_a_reader_chooses_goes_to_the_address(outcomes: AppTest) -> None:
    outcomes.run()
    assert "quarter" not in outcomes.query_params
    quarter = next(box for box in outcomes.selectbox if box.label == "Quarter")
    quarter.set_value("2026Q2").run()
    assert outcomes.query_params["quarter"] in ("2026Q2", ["2026Q2"])

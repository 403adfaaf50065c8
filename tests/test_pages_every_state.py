"""Pages over stores in which a check fails or people are few, and what no other file opens of the other states.

| state | where |
|---|---|
| the sample employer | test_pages_sample_employer, all pages |
| an empty store | test_pages_states; claims: test_pages_claims; uploads: test_pages_uploads |
| a check that failed | here, all pages; uploads: a file that can't be loaded, test_pages_uploads |
| too few people | here; outcomes: test_pages_states; evidence, diversity, programme_health: their own files |
| suppressed | here; outcomes, surveys: test_pages_states; the others: their own files |
| a stale address | here; outcomes: test_pages_addresses, test_pages_selection; the others: their own files |
| opened first on a cold server | test_browser_each_page, all pages |
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st

from tests import fabricated
from tests.pages import NAMES, everything, run_page, show
from tests.tiny_states import SIZES, State, employer_in

SAID: dict[State, dict[str, str]] = {
    "few": {
        "quarterly_impact": "Too few to tell",
        "claims": "Too few to tell",
        "surveys": "*too few*",
    },
    "failing": {
        "quarterly_impact": "Not reliable enough to read",
        "outcomes": "without an exit date",
        "evidence": "Failed: the number is withheld",
        "claims": "Not reliable enough to read",
        "diversity": "nobody knows who stayed",
        "surveys": "can be read with care: reliability not known",
        "programme_health": "Session log ends early",
    },
}


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[State, Path]:
    return {state: employer_in(state, tmp_path_factory.mktemp(state)) for state in SIZES}


def test_a_check_fails_on_every_page_that_reads() -> None:
    assert {*SAID["failing"], "uploads", "audit"} == set(NAMES)


@pytest.mark.parametrize(("state", "name"), [(state, name) for state, said in SAID.items() for name in said])
def test_a_page_says_why_it_shows_no_number_and_shows_the_rest(
    monkeypatch: pytest.MonkeyPatch, stores: dict[State, Path], state: State, name: str
) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(stores[state]))
    page = run_page(name)
    text = everything(page).replace("\\", "")
    assert not page.exception and not page.error
    assert SAID[state][name] in text
    assert page.title[0].value and "nan" not in text.lower().split()


def test_a_quarter_in_which_nothing_may_be_shown_has_its_reasons_and_no_number(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hidden = tuple(
        replace(fabricated.NOT_SHOWN, side=one.side, outcome=one.outcome) for one in fabricated.impact().headlines
    )
    show(monkeypatch, tmp_path, impact=replace(fabricated.impact(), headlines=hidden, by_cohort=hidden[:2]))
    page = run_page("quarterly_impact")
    assert not page.exception and not page.error
    assert not [metric for metric in page.metric if "CI" in metric.delta]
    assert everything(page).count("Fewer than 10 people took part.") >= len(hidden)


@pytest.mark.parametrize("name", ["quarterly_impact", "evidence", "uploads"])
def test_a_stale_address_is_named_and_the_page_shows_what_it_can(
    monkeypatch: pytest.MonkeyPatch, stores: dict[State, Path], name: str
) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(stores["failing"]))
    page = run_page(name, quarter="1999Q9", side="both", outcome="wealth")
    told = " ".join(toast.value for toast in page.toast)
    assert not page.exception and not page.error and len(everything(page)) > 200
    if name != "uploads":  # which has no filter
        assert all(f"“{value}”, which is not known here" in told for value in ("1999Q9", "both", "wealth"))

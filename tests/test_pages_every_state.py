"""Every page in every state that a store can be in: too few people, hardly any, a check that failed, a stale address.

A plain store and an empty one: tests/test_pages_sample_employer.py and tests/test_pages_states.py; each page opened
first on a cold server: tests/test_browser_cold_server.py; a file that can't be loaded: tests/test_pages_uploads.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st

from tests.pages import NAMES, everything, run_page
from tests.tiny_states import SIZES, State, employer_in

SAID: dict[State, dict[str, str]] = {
    "few": {
        "quarterly_impact": "Too few to tell",
        "outcomes": "no estimate shown",
        "evidence": "Worked out once a number is shown",
        "claims": "Too few to tell",
        "diversity": "There are not two groups with enough people for a ratio",
        "surveys": "*too few*",
        "programme_health": "15 pairs are running",
    },
    "hidden": {
        "quarterly_impact": "Not shown: fewer than 10 participants",
        "outcomes": "Not shown: fewer than 10 participants",
        "evidence": "Not shown: fewer than 10 participants",
        "claims": "Not shown",
        "diversity": "hidden",
        "surveys": "fewer than 5 people",
        "programme_health": "fewer than 5 pairs are in this view",
    },
    "failing": {
        "quarterly_impact": "Not reliable enough to read",
        "outcomes": "without an exit date",
        "evidence": "Failed: the number is withheld",
        "claims": "Not reliable enough to read",
        "diversity": "nobody knows who stayed",
        "surveys": "with care",
        "programme_health": "Session log ends early",
    },
}


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[State, Path]:
    return {state: employer_in(state, tmp_path_factory.mktemp(state)) for state in SIZES}


def test_every_page_that_reads_is_here() -> None:
    assert all({*said, "uploads"} == set(NAMES) for said in SAID.values())


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


@pytest.mark.parametrize("name", NAMES)
def test_a_stale_address_is_named_and_the_page_shows_what_it_can(
    monkeypatch: pytest.MonkeyPatch, stores: dict[State, Path], name: str
) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(stores["failing"]))
    asked = {"claims": "claim", "uploads": ""}.get(name, "quarter")
    page = run_page(name, **({asked: "1999Q9"} if asked else {"quarter": "1999Q9"}))
    told = [toast.value for toast in page.toast]
    assert not page.exception and not page.error
    assert told == ([f"The address asks for {asked} “1999Q9”, which is not known here."] if asked else [])
    assert len(everything(page)) > 200

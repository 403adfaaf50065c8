"""The claims page in its states: sample, empty store, stale address, one claim, checker, registration."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.findings import answers
from analysis.findings.claims.registry import Wish, register
from analysis.store import Reader, Store
from tests.pages import PAGES, empty_store, everything

COLUMN = "Said beforehand, and the result"


def open_page(monkeypatch: pytest.MonkeyPatch, folder: Path, **address: str) -> AppTest:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(folder))
    page = AppTest.from_file(str(PAGES / "claims.py"), default_timeout=60)
    for name, value in address.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception and not page.error
    return page


def said(page: AppTest) -> str:
    return everything(page).replace("\\", "")


def test_the_sample_shows_every_claim_and_one_in_full(monkeypatch: pytest.MonkeyPatch, sample_store: Path) -> None:
    page = open_page(monkeypatch, sample_store, claim="B1")
    text = said(page)
    assert "Of 71 claims 43 can be tested" in text and "71 of 71" in text
    assert "Supported by our data" in text and "percentage points, against similar colleagues (95% interval" in text
    assert "measures with metric ideas" in text and "A note on history" in text
    assert "articles 2, 3, 5 and 1 of five public articles" in text
    assert len(page.get("plotly_chart")) == 2, "the claim and the checker"
    assert not page.toast


def test_a_slow_claim_is_computed_when_it_is_chosen(monkeypatch: pytest.MonkeyPatch, sample_store: Path) -> None:
    page = open_page(monkeypatch, sample_store)
    assert "Choose this claim above to have it computed." in said(page)
    page.selectbox(key="claim").set_value("C7").run()
    assert "lies between generations" in said(page) and not page.exception
    assert page.query_params["claim"] in ("C7", ["C7"])


def test_filters_narrow_the_grid_and_say_where_nothing_is_left(
    monkeypatch: pytest.MonkeyPatch, sample_store: Path
) -> None:
    page = open_page(monkeypatch, sample_store, claim_group="Challenges", claim_state="missing")
    assert "1 of 71" in said(page) and "training_completed or guide_received" in said(page)
    page.selectbox(key="claim_state").set_value("not_with_hr_data").run()
    assert "0 of 71" in said(page) and "No claim of this group is in this state" in said(page)


def test_an_address_with_an_unknown_claim_says_so_and_shows_the_rest(
    monkeypatch: pytest.MonkeyPatch, sample_store: Path
) -> None:
    page = open_page(monkeypatch, sample_store, claim="Z99", claim_group="Rumours")
    assert {toast.value for toast in page.toast} == {
        "The address asks for claim “Z99”, which is not known here.",
        "The address asks for claim_group “Rumours”, which is not known here.",
    }
    assert "71 of 71" in said(page) and page.selectbox(key="claim").value == "none"


def test_an_empty_store_lists_all_claims_as_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = open_page(monkeypatch, empty_store(tmp_path), claim="P3")
    text = said(page)
    assert "Of 71 claims 0 can be tested with today's data, for 65 data are missing" in text
    assert "survey construct psychological_safety, waves pre and post, sides mentor and mentee" in text
    assert "Nothing has been registered yet." in text


def test_a_hidden_result_shows_its_reason_and_no_number(
    monkeypatch: pytest.MonkeyPatch, sample_store: Path, sample_reader: Reader
) -> None:
    whole = answers.claim(sample_reader, "P12")
    hidden = replace(
        whole.results[0], judgement="not_shown", label="Not shown", sentence="Not shown: fewer than 5 people.",
        estimate=None, low=None, high=None, people="", notes=(),
    )  # fmt: skip
    monkeypatch.setattr(
        answers, "claim", lambda reader, claim_id: replace(whole, results=(hidden,), sentence=hidden.sentence)
    )
    page = open_page(monkeypatch, sample_store, claim="P12", claim_group="Definitions and scope")
    assert "fewer than 5 people" in said(page) and "*hidden*" in said(page)
    assert len(page.get("plotly_chart")) == 1, "the checker alone"


def test_the_checker_answers_good_and_bad_input(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = open_page(monkeypatch, empty_store(tmp_path))
    assert "7 of 8 is 87.5%, rounds to 88%: consistent." in said(page)
    page.text_input(key="figure_to_check").set_value("25 % of 98 against 5 % of 1436").run()
    assert "(Newcombe)" in said(page) or "do not belong together" in said(page)
    charts = len(page.get("plotly_chart"))
    page.text_input(key="figure_to_check").set_value("lots <b>").run()
    assert not page.exception and "is not understood here" in page.info[0].value
    assert len(page.get("plotly_chart")) < max(charts, 1)


def test_a_published_figure_is_put_into_the_field_and_nothing_is_logged(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = open_page(monkeypatch, empty_store(tmp_path))
    assert page.text_input(key="figure_to_check").value == "88 %, 7 of 8"
    make, logged = logging.getLogRecordFactory(), list[str]()

    def heard(*told: Any, **more: Any) -> logging.LogRecord:
        record = make(*told, **more)
        logged.append(record.getMessage())
        return record

    logging.setLogRecordFactory(heard)  # Streamlit's loggers pass nothing on
    try:
        page.selectbox(key="published_figure").select_index(1).run()
    finally:
        logging.setLogRecordFactory(make)
    assert page.text_input(key="figure_to_check").value == page.selectbox(key="published_figure").value
    assert not [line for line in logged if "figure_to_check" in line]


def test_a_claim_is_registered_shown_escaped_and_withdrawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = empty_store(tmp_path)
    words = "[**more** ideas](http://x.example) <script> :red[now]"
    register(Store(folder), Wish(None, words, "measures ideas", "mentee", "higher", 1.0, "clear", "`Jo`"))
    page = open_page(monkeypatch, folder)
    cell = page.table[-1].value.iloc[0]["Claim"]
    assert r"\[\*\*more\*\* ideas\]\(http\://x.example\) \<script\> \:red\[now\]" in cell and r"\`Jo\`" in cell
    button = next(one for one in page.button if one.label == "Withdraw")
    next(one for one in page.text_input if one.label == "Why").set_value("A mistake")
    button.click().run()
    assert not page.exception and "Registration 1 is withdrawn." in said(page)
    assert "A mistake" in page.table[-1].value.iloc[0][COLUMN]


def test_registering_on_the_page_writes_to_the_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = empty_store(tmp_path)
    page = open_page(monkeypatch, folder, claim="B3")
    next(one for one in page.selectbox if one.label == "Measured by").set_value("promotion")
    next(one for one in page.button if one.label == "Register").click().run()
    assert not page.exception and "Registered as number 1." in said(page)
    (one,) = answers.registrations(Store(folder).reader())
    assert (one.registration.claim_id, one.registration.measured_by, one.arrival) == ("B3", "promotion", "none")
    told = page.table[-1].value.iloc[0][COLUMN]
    assert "No data that answer it have been loaded yet" in told and "No data yet" in told


def test_a_wrong_registration_is_answered_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = empty_store(tmp_path)
    page = open_page(monkeypatch, folder)
    version = Store(folder).reader().data_version
    next(one for one in page.button if one.label == "Register").click().run()
    assert not page.exception and "The claim is empty" in page.error[0].value
    assert Store(folder).reader().data_version == version

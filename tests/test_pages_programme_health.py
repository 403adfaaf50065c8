"""The page Programme health in its states, and the command `health`: both say what the findings say."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from analysis.__main__ import main
from analysis.findings import answers
from analysis.findings.health.no_log import NO_LOG, WHAT_TO_LOAD
from analysis.findings.health.results import ProgrammeHealth
from analysis.findings.results import Selection
from analysis.store import Reader
from tests.pages import PAGES, everything, run_page
from tests.small_programme import PAIRS, programme

NO_BREAK = "\u00a0"


@pytest.fixture
def store(counted_store: Path) -> Path:
    return counted_store


def showing(monkeypatch: pytest.MonkeyPatch, found: ProgrammeHealth) -> None:
    """The page gets this finding, whatever it asks."""

    def programme_health(reader: object, *question: object) -> ProgrammeHealth:
        return found

    monkeypatch.setattr(answers, "programme_health", programme_health)


@pytest.fixture
def page(store: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return opened(store, monkeypatch)


def opened(store: Path, monkeypatch: pytest.MonkeyPatch, **address: str) -> AppTest:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(store))
    test = AppTest.from_file(str(PAGES / "programme_health.py"), default_timeout=60)
    for name, value in address.items():
        test.query_params[name] = value
    return test.run()


def spoken(page: AppTest) -> str:
    return everything(page).replace("**", "").replace("\\", "").replace(NO_BREAK, " ")


def ask(store: Path, *arguments: str) -> str:
    done = CliRunner().invoke(main, ["health", "--store", str(store), *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_page_says_what_the_command_line_says(page: AppTest, store: Path) -> None:
    assert not page.exception and not page.error
    (found,) = json.loads(ask(store, "--json"))
    text = spoken(page)
    assert found["sentence"] in text
    for part in ("first", "lapse", "topics"):
        assert found[part]["sentence"] in text
    assert [metric.value for metric in page.metric] == ["23", "52%", "68%", "16"]
    whole = found["sessions"]["whole"]
    for name in ("held", "by_mentee", "by_mentor"):
        assert f"{100 * whole[name]['value']:.1f}%" in text
    for cell in found["nudges"]["reasons"]:
        assert cell["count"] >= 5
    assert "On a lower level" in text
    assert "python -m analysis health --pairs" in text


def test_at_most_six_charts_each_with_its_words(page: AppTest) -> None:
    charts = page.get("plotly_chart")
    assert len(charts) == 5
    assert all(chart.proto.alt or "" for chart in charts)


def test_the_page_names_no_pair(page: AppTest, store: Path) -> None:
    listed = ask(store, "--pairs")
    assert listed.count("pairs.csv, line") == 16 and "no first session" in listed
    assert "line 2" not in spoken(page) and "pairs.csv" not in spoken(page)
    assert len(json.loads(ask(store, "--pairs", "--json"))) == 16


def test_the_limit_of_tech_support_is_said_to_be_ours(page: AppTest) -> None:
    text = spoken(page)
    assert "our default" in text and "programme_health" in text
    assert "less than the limit of 50%" in text or "below the limit of 50%" in text


def test_above_the_limit_there_is_an_alarm(
    store: Path, counted_reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = answers.programme_health(counted_reader)
    assert real.topics is not None
    said = "60.0% of the sessions were tech support. Mentoring has become tech support."
    showing(monkeypatch, replace(real, topics=replace(real.topics, status="above", sentence=said)))
    text = spoken(opened(store, monkeypatch))
    assert "Mentoring has become tech support" in text and "red-badge" in text


def test_a_cohort_can_be_chosen_and_is_kept_in_the_address(page: AppTest, store: Path) -> None:
    page.selectbox(key="cohort").set_value("one").run()
    assert not page.exception and not page.error
    assert page.query_params["cohort"] in ("one", ["one"])
    (found,) = json.loads(ask(store, "--json", "--cohort", "one"))
    assert found["sentence"] in spoken(page)
    assert found["sentence"] == "11 pairs have begun, and none of them is running."


def test_a_stale_address_is_said_to_be_unknown(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(store, monkeypatch, cohort="2019", quarter="1999Q9")
    assert not page.exception and not page.error
    assert {toast.value.split(",")[0] for toast in page.toast} == {
        "The address asks for cohort “2019”",
        "The address asks for quarter “1999Q9”",
    }
    assert "23 pairs are running" in spoken(page)


def test_too_few_pairs_leave_a_reason_and_no_number(
    store: Path, counted_reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    showing(monkeypatch, answers.programme_health(counted_reader, None, None, Selection(department="South")))
    page = opened(store, monkeypatch, cohort="one")
    assert not page.exception and not page.error and not page.metric
    assert "fewer than 5 pairs" in spoken(page) and not page.get("plotly_chart")


@pytest.fixture(scope="module")
def no_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The counted programme of a store into which no session was loaded."""
    kinds = {name: replace(kind, sessions=()) for name, kind in PAIRS.items()}
    return programme(tmp_path_factory.mktemp("no log"), kinds=kinds).store.folder


def test_without_a_session_log_only_what_rests_on_pairs_is_known(no_log: Path) -> None:
    (found,) = json.loads(ask(no_log, "--json", "--quarter", "2025Q3"))
    assert {cell["name"]: cell["count"] for cell in found["nudges"]["reasons"]} == {"past_end": 5}
    assert found["nudges"]["anybody"]["count"] is None
    assert found["sentence"] == "23 pairs are running; at least 5 need a nudge."
    assert found["calendar"] == [] and not found["topics"]["rows"]
    told = [found["cadence"]["on_schedule"], found["cadence"]["of_due"], found["states"][0]["of_due"],
            found["sessions"]["whole"]["held"], found["first"]["by_limit"], found["lapse"]["by_limit"],
            found["levels"][0]["met"], found["goals"]["by_second_session"]]  # fmt: skip
    assert {each["reason"] for each in told} == {NO_LOG} and {each["value"] for each in told} == {None}
    assert (found["states"][0]["pairs"], found["endings"]["early"]["count"]) == (34, 5)
    listed = ask(no_log, "--pairs", "--quarter", "2025Q3")
    assert listed.count("pairs.csv, line") == 5 and "no first session" not in listed
    text = ask(no_log, "--quarter", "2025Q3")
    assert text.count(f"{NO_LOG} {WHAT_TO_LOAD}") == 1 and " 0.0%" not in text


def test_without_a_session_log_the_page_says_so_and_shows_what_it_can(
    no_log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(no_log, monkeypatch)
    assert not page.exception and not page.error and not page.get("plotly_chart")
    text = spoken(page)
    assert NO_LOG in text and "Completed" in text and "Joined the company later" in text
    assert "No first session after" not in text and "had lapsed" not in text and "On schedule" in text
    assert [metric.value for metric in page.metric] == ["23", "5 or more"]


def test_a_hidden_cell_is_a_word(store: Path, counted_reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    real = answers.programme_health(counted_reader)
    whole = real.states[0]
    few = replace(whole.state("ended_early"), count=None, few=True, reason="few")
    other = replace(whole.state("completed"), count=None, reason="would reveal")
    cells = tuple({"ended_early": few, "completed": other}.get(cell.name, cell) for cell in whole.states)
    showing(monkeypatch, replace(real, states=(replace(whole, states=cells), *real.states[1:])))
    page = opened(store, monkeypatch)
    table = next(each.value.to_string() for each in page.table if "State" in each.value.to_string())
    assert not page.exception and "<5" in table and "*hidden*" in table


def test_a_place_of_few_pairs_is_no_choice_and_an_unknown_one_an_error(store: Path) -> None:
    done = CliRunner().invoke(main, ["health", "--store", str(store), "--department", "Nowhere"])
    assert done.exit_code == 2 and "Nowhere is not a department of these pairs" in done.stderr
    assert "fewer than 5" in ask(store, "--department", "South")


def test_the_command_says_every_part_in_words(store: Path) -> None:
    text = ask(store)
    for part in ("Pairs by state", "Sessions against the plan", "First session.", "Lapses.", "Topics.", "Goals.",
                 "Direction.", "Early endings", "By the mentee's level", "need a nudge"):  # fmt: skip
        assert part in text
    assert "level and age agree on" in text and "; no kappa: One of the two says the same of all pairs" in text


def test_the_sample_employer(sample_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    page = run_page("programme_health")
    assert not page.exception and not page.error
    (found,) = json.loads(ask(sample_store, "--json"))
    assert found["sentence"] in spoken(page) and len(page.get("plotly_chart")) == 5

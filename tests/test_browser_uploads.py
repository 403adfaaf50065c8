"""A new user and three vendors' files in a real browser: drop, answer, load, and the leaders' page has new numbers."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from selenium.webdriver.common.keys import Keys

from analysis.load import SourceFile, history, load
from analysis.sample.employer import Employer, generate
from analysis.store import Store
from tests.browser import Browser, why_no_browser
from tests.cold_servers import ColdServers
from tests.list_files import csv_of

REQUIRED = os.environ.get("IMPACT_BROWSER") == "required"
pytestmark = pytest.mark.skipif(bool(why_no_browser()) and not REQUIRED, reason=why_no_browser() or "a browser is here")

LAST, BEFORE = pd.Timestamp("2026-09-30"), pd.Timestamp("2026-06-30")
# A short study: what is tried here is the way of the files.
PLAN = b'[study]\noutcomes = ["retention"]\n[covariates]\nlist = ["cohort", "level"]\nlevel_by_rating = false\n'
REASONS = {"promotion": "Promotion", "hire": "New Hire", "termination": "Termination"}


def workday(employer: Employer) -> bytes:
    """The newest list of people as Workday exports it: dates as in the US, names and pay beside what is wanted."""
    people = employer.people[employer.people["as_of_date"] == LAST]
    header = ["Employee ID", "Worker", "Management Level", "Supervisory Organization", "Location", "Hire Date"]
    header += [
        "Termination Date",
        "Primary Termination Reason",
        "Gender",
        "Race/Ethnicity",
        "Base Pay",
        "Email - Work",
        "Emp Typ",
    ]
    lines = [
        [
            row.employee_id,
            f"Person {number}",
            row.level,
            "News (Lee)",
            row.location,
            american(row.hire_date),
            american(row.termination_date),
            row.termination_type if row.termination_type in ("voluntary", "involuntary") else "",
            {"woman": "Female", "man": "Male"}.get(row.gender, ""),
            row.ethnicity.capitalize(),
            f"{40_000 + number * 7:,}.00",
            row.email,
            "C" if row.worker_type == "contractor" else "R",
        ]
        for number, row in enumerate(people.itertuples())
    ]
    return csv_of(header, lines)


def bamboohr(employer: Employer) -> bytes:
    events = employer.job_events[employer.job_events["effective_date"] > BEFORE]
    header = ["Employee #", "Job Information: Date", "Change Reason", "Location", "Department", "Job Title"]
    return csv_of(
        header,
        [
            [row.employee_id, f"{row.effective_date:%Y-%m-%d}", REASONS[row.event_type], "York", "Ward 3", "Nurse"]
            for row in events.itertuples()
        ],
    )


def chronus(employer: Employer) -> bytes:
    """The newest pairs, known by their addresses alone."""
    email = employer.people.drop_duplicates("employee_id", keep="last").set_index("employee_id")["email"]
    pairs = employer.pairs[employer.pairs["start_date"] > BEFORE]
    header = ["Mentor Email Address", "Mentee Email Address", "Mentoring Connection Name"]
    lines = [[email[row.mentor_id], email[row.mentee_id], f"Pair {row.Index}"] for row in pairs.itertuples()]
    return csv_of(header, lines)


def american(day: pd.Timestamp) -> str:
    return "" if pd.isna(day) else f"{day:%m/%d/%Y}"


@dataclass(frozen=True)
class Application:
    address: str
    store: Store
    files: dict[str, Path]


@pytest.fixture(scope="module")
def application(servers: ColdServers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """A server over a small employer as it stood a quarter ago, and the files of three vendors since then."""
    folder = tmp_path_factory.mktemp("uploads")
    employer = generate(1_200, 9, 7)
    store = Store(folder / "store")
    old = {
        "people.csv": employer.people[employer.people["as_of_date"] <= BEFORE],
        "job_events.csv": employer.job_events[employer.job_events["effective_date"] <= BEFORE],
        "pairs.csv": employer.pairs[employer.pairs["start_date"] <= BEFORE],
        "ladder.csv": employer.ladder,
    }
    files = [
        SourceFile(name, frame.to_csv(index=False, date_format="%Y-%m-%d").encode()) for name, frame in old.items()
    ]
    loaded = load(store, [*files, SourceFile("plan.toml", PLAN)])
    assert {report.status for report in loaded} == {"loaded"}
    new = {"workers.csv": workday(employer), "moves.csv": bamboohr(employer), "connections.csv": chronus(employer)}
    files = {name: folder / name for name in new}
    for name, content in new.items():
        files[name].write_bytes(content)
    with servers.server(IMPACT_STORE=str(store.folder)) as (address, _):
        yield Application(address, store, files)


def drop(browser: Browser, *files: Path) -> None:
    browser.driver.find_element("css selector", "input[type=file]").send_keys("\n".join(map(str, files)))
    browser.wait_for(lambda: browser.count("stFileUploader") == 0, 30)
    browser.settle()


def press(browser: Browser, label: str) -> None:
    """The button with this label, once it may be pressed."""
    path = f"//button[not(@disabled)][contains(., '{label}')]"
    browser.wait_for(lambda: bool(browser.driver.find_elements("xpath", path)), 40)
    browser.driver.find_element("xpath", path).click()


def use_answers(browser: Browser, place: int) -> None:
    """Press the button of one form by keyboard, and wait until its questions are gone."""
    path = "//button[contains(., 'Use these answers')]"
    buttons = browser.driver.find_elements("xpath", path)
    buttons[place].send_keys(Keys.ENTER)
    browser.wait_for(lambda: len(browser.driver.find_elements("xpath", path)) < len(buttons), 30)
    browser.settle()


def turn_to(browser: Browser, page: str) -> None:
    links = browser.driver.find_elements("css selector", "[data-testid=stSidebarNavLink]")
    next(link for link in links if link.text.endswith(page)).click()
    title = "return document.querySelector('h1')?.innerText"
    browser.wait_for(lambda: browser.driver.execute_script(title) == page, 20)


def choose(browser: Browser, question: str, choice: str) -> None:
    """By keyboard: the field is known by its question, the choice is typed and entered."""
    field = browser.driver.find_element("xpath", f"//input[contains(@aria-label, '{question}')]")
    field.send_keys(choice, Keys.ENTER)


def enter_day(browser: Browser, question: str, day: pd.Timestamp) -> None:
    """By keyboard: year, month and day one after the other."""
    path = f"//*[@data-testid='stDateInput'][contains(., '{question}')]//*[@role='spinbutton']"
    for part, digits in zip(browser.driver.find_elements("xpath", path), f"{day:%Y-%m-%d}".split("-"), strict=True):
        part.send_keys(digits)


def estimates(text: str) -> list[str]:
    """Every effect that a page says, in percentage points."""
    return re.findall(r"[+−]\d+\.\d\s*pp", text)


def test_a_new_user_loads_three_vendors_files_and_the_headline_changes(
    browser: Browser, application: Application
) -> None:
    browser.open(f"{application.address}/quarterly_impact")
    before = browser.text()
    assert "matured by 30 Jun 2026" in before and "data as of 30 Jun 2026" in before
    turn_to(browser, "Uploads")
    browser.settle()
    drop(browser, *application.files.values())
    text = browser.text()
    for vendor in ("Workday worker list", "BambooHR job information", "Chronus connections"):
        assert f"recognised as: {vendor}" in text
    assert not browser.driver.find_elements("xpath", "//button[contains(., 'Load 1,')]"), "questions are open"

    enter_day(browser, "When did these pairs start", pd.Timestamp("2026-07-28"))
    use_answers(browser, 1)
    choose(browser, "Which worker type", "contractor")
    enter_day(browser, "Which day does this list describe", LAST)
    use_answers(browser, 0)
    assert "needs an answer" not in browser.text()
    browser.wait_for(lambda: "Retained at 12 months" in browser.text(), 40)
    browser.wait_for(lambda: browser.count("stPlotlyChart") == 1, 20)
    assert "as of 30 Sep 2026" in browser.text()
    assert not browser.scrolls_sideways()

    press(browser, "Load 1,381 rows")
    browser.wait_for(lambda: "1,381 rows were loaded" in browser.text(), 60)
    assert [record.file_name for record in history(application.store)][:3] == list(application.files)[::-1]
    turn_to(browser, "Quarterly impact")
    browser.settle()
    after = browser.text()
    assert "matured by 30 Sep 2026" in after and "data as of 30 Sep 2026" in after
    assert estimates(before) != estimates(after) and estimates(after)


def test_a_load_goes_on_when_the_reader_turns_to_another_page_and_back(
    browser: Browser, application: Application
) -> None:
    browser.open(f"{application.address}/uploads")
    events = application.files["moves.csv"].with_name("late_moves.csv")
    events.write_bytes(b"employee_id,effective_date,event_type\nE100584,2026-08-01,promotion\n")
    drop(browser, events)
    press(browser, "Load 1 row")
    browser.wait_for(lambda: "goes on when you turn to another page" in browser.text(), 20)
    turn_to(browser, "Surveys")
    assert history(application.store)[0].file_name != events.name, "it has not ended yet"
    turn_to(browser, "Uploads")
    browser.wait_for(lambda: "1 row was loaded" in browser.text(), 60)
    assert history(application.store)[0].file_name == events.name
    assert browser.count("stFileUploader") == 1 and browser.count("stException") == 0

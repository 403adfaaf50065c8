"""Cells that look like something and are nothing, or must not be kept: blank words, rounded ids, stray addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

import analysis.load
from analysis.imports.checked import Checked
from analysis.imports.pseudonyms import Key, Pseudonyms
from analysis.imports.report import SourceFile
from analysis.imports.stage import Request, check
from analysis.load import load
from analysis.store import Store

PSEUDONYMS = Pseudonyms(Key(b"test key"))
AS_OF = {"as_of": "2026-03-31", "rejected_rows": "load_the_rest", "scope": "everyone"}


def checked(text: str, **answers: str) -> Checked:
    mapping = {"answers": {**AS_OF, **answers}}
    return check(SourceFile("list.csv", text.encode()), Request(mapping=mapping, file="list.csv"), PSEUDONYMS)


def codes(one: Checked) -> list[tuple[int, str]]:
    return [(issue.line, issue.code) for issue in one.report.issues if issue.line > 1]


def test_blank_words_are_nobodys_id_and_nobodys_address() -> None:
    one = checked(
        "Employee ID,Hire Date,Email,Manager ID\n1,2020-01-31,a@x.com,2\nN/A,2020-01-31,b@x.com,1\n2,2020-01-31,n/a,-\n"
    )
    assert codes(one) == [(3, "missing-value")]
    assert one.rows is not None and one.rows["email"].null_count == 1 and one.rows["manager_id"].null_count == 1


def test_an_id_that_a_spreadsheet_rounded_is_refused() -> None:
    assert codes(checked("Employee ID,Hire Date\n1.23E+12,2020-01-31\n7,2020-01-31\n")) == [(2, "rounded-id")]


def test_an_address_in_another_column_is_not_kept() -> None:
    one = checked("Employee ID,Hire Date,Location\n1,2020-01-31,jane.zebra@x.com\n2,2020-01-31,Bonn\n")
    assert codes(one) == [(2, "refused-value")] and "zebra" not in str(one.report.issues)


def test_an_address_with_a_name_around_it_is_the_address() -> None:
    text = "Employee ID,Hire Date,Email\n1,2020-01-31,{}\n"
    plain, named = checked(text.format("jane@x.com")), checked(text.format("Jane Z <JANE@x.com>"))
    assert plain.rows is not None and named.rows is not None
    assert plain.rows["email"].to_pylist() == named.rows["email"].to_pylist() != [None]


def test_decimal_commas_and_per_cents_are_numbers_and_thousands_are_not() -> None:
    text = "Personalnummer;Eintrittsdatum;FTE\n1;01.02.2020;0,8\n2;13.02.2020;50%\n3;14.02.2020;1,000\n"
    one = checked(text)
    assert one.rows is not None and one.rows["fte"].to_pylist() == [0.8, 0.5]
    assert codes(one) == [(4, "unreadable-number")]


def test_a_year_that_may_come_first_is_asked_about() -> None:
    text = "Employee ID,Hire Date\n1,20-03-04\n2,19-05-06\n"
    [question] = checked(text).report.questions
    assert "year first" in question.choices
    rows = checked(text, **{question.id: "year first"}).rows
    assert rows is not None and [str(day) for day in rows["hire_date"].to_pylist()] == ["2020-03-04", "2019-05-06"]


def test_a_bad_date_is_a_fault_of_its_line_and_not_of_the_column() -> None:
    days = ["25/01/2020", "13/02/2020", "03/04/2020", "03/13/2020", "14/05/2020"]
    one = checked("Employee ID,Hire Date\n" + "".join(f"{n},{day}\n" for n, day in enumerate(days)))
    assert codes(one) == [(5, "unreadable-date")]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(analysis.load, "store_headlines", lambda connection, version, say: None)
    return Store(tmp_path / "store")


def give(store: Store, text: str, **answers: str) -> analysis.load.FileReport:
    return load(store, [SourceFile("list.csv", text.encode(), {"answers": {**AS_OF, **answers}})])[0]


def test_what_was_allowed_once_is_not_allowed_for_what_is_refused_later(store: Store) -> None:
    head = "Employee ID,Hire Date,Department,Grp\n"
    said = {"columns:Department": "do not load", "columns:Grp": "department"}
    assert give(store, head + "1,2020-01-31,a,G\n2,2020-02-01,a,G\n", **said).status == "loaded"
    pay = head + "".join(f'{n},2020-01-31,a,"€{51 + n},000.00"\n' for n in range(1, 9))
    report = load(store, [SourceFile("next.csv", pay.encode(), {"answers": {**AS_OF, "as_of": "2026-06-30"}})])[0]
    assert {use.header: use.why for use in report.columns}["Grp"] == "refused: pay"


def test_a_list_that_takes_the_place_of_another_says_so(store: Store) -> None:
    give(store, "Employee ID,Hire Date\n1,2020-01-31\n2,2020-02-01\n")
    report = give(store, "Employee ID,Hire Date\n2,2020-01-31\n3,2020-02-01\n")
    [told] = [issue for issue in report.issues if issue.code == "list-replaced"]
    assert "1 people of that one are not in it" in told.message and "2026-03-31" in told.message


def test_another_order_of_dates_in_the_file_is_asked_about_again(store: Store) -> None:
    head = "Employee ID,Hire Date,Termination Date\n"
    give(store, head + "1,03/04/2020,\n2,05/06/2020,\n", **{"dates:Hire Date": "day first"})
    later = head + "1,03/04/2020,\n2,05/06/2020,\n3,07/08/2020,01/25/2026\n"
    report = load(store, [SourceFile("next.csv", later.encode(), {"answers": {**AS_OF, "as_of": "2026-06-30"}})])[0]
    [question] = report.questions
    assert (question.id, question.suggestion) == ("dates:Hire Date", "month first")

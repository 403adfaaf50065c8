"""Dates: the order is read from the whole column, or a person is asked, and the answer changes the result."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.imports import values
from analysis.imports.dates import Dates, ask_text, order_of, to_iso, to_year
from analysis.store.model import NO_DATE

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
TIMES = st.sampled_from(["", " 09:34", " 9:34", " 10:15:22", " 1:05 PM", " 01:05:09 AM", ", 10:15"])
FORMS = {
    "day first": ("{d:02}/{m:02}/{y}", "{d}/{m}/{y}", "{d:02}-{m:02}-{y}", "{d}.{m}.{y}", "{d:02}.{m:02}.{y}"),
    "month first": ("{m:02}/{d:02}/{y}", "{m}/{d}/{y}", "{m:02}-{d:02}-{y}"),
    "year first": ("{y}/{m:02}/{d:02}", "{y}.{m}.{d}", "{y}{m:02}{d:02}"),
    "iso": ("{y}-{m:02}-{d:02}",),
}


def written(day: date, form: str) -> str:
    return form.format(d=day.day, m=day.month, y=day.year)


@settings(max_examples=300, deadline=None)
@given(st.data(), st.sampled_from(sorted(FORMS)), st.lists(DAYS, min_size=1, max_size=30))
def test_a_column_with_a_day_above_12_is_read_exactly(data, order, days):
    assume(any(day.day > 12 for day in days))
    forms = FORMS[order]
    texts = [written(day, data.draw(st.sampled_from(forms))) + data.draw(TIMES) for day in days]
    compact = order == "year first"
    texts = [text.split()[0].rstrip(",") if compact else text for text in texts]
    found = order_of(texts)
    assert (found.order, found.ambiguous, found.unreadable) == (order, False, 0)
    assert found.readable == len(set(texts))
    assert [to_iso(text, found.order) for text in texts] == [day.isoformat() for day in days]


@settings(max_examples=200, deadline=None)
@given(st.data(), st.lists(DAYS.filter(lambda day: day.day <= 12), min_size=1, max_size=30))
def test_without_a_day_above_12_a_person_is_asked_and_the_answer_changes_the_result(data, days):
    assume(any(day.day != day.month for day in days))
    form = st.sampled_from(["{d:02}/{m:02}/{y}", "{d}-{m}-{y}"])
    texts = [written(day, data.draw(form)) + data.draw(TIMES) for day in days]
    assert order_of(texts) == Dates(None, True, 0, len(set(texts)))
    as_days, as_months = ([to_iso(text, order) for text in texts] for order in ("day first", "month first"))
    assert as_days == [day.isoformat() for day in days]
    assert as_months == [date(day.year, day.day, day.month).isoformat() for day in days]
    assert as_days != as_months


@settings(max_examples=200, deadline=None)
@given(st.from_regex(values._DATE, fullmatch=True, alphabet=st.characters(codec="ascii")))
def test_what_is_accepted_without_asking_is_read_the_same(text):
    for order in ("iso", "day first", "month first", "year first", "serial"):
        day = to_iso(text, order)
        assert day in (text[:10], None) or (day == "" and not text[:10].strip("0-"))
        if isinstance(values._date(text), date):
            assert day == text[:10]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-31T10:15:22Z", "2024-03-31"),
        ("2024-03-31 10:15:22", "2024-03-31"),
        ("2024-03-31-07:00", "2024-03-31"),
        ("2024/03/31", "2024-03-31"),
        ("2018/08/27 10:29:31 AM MDT", "2018-08-27"),
        ("31 Mar 2024", "2024-03-31"),
        ("31-MAR-2024", "2024-03-31"),
        ("31-MAR-24 10.15.22.000000 AM", "2024-03-31"),
        ("Mar 31, 2024", "2024-03-31"),
        ("March 31st, 2024 1:05 pm", "2024-03-31"),
        ("Sun Mar 31 2024 10:15:22 GMT+0200 (CEST)", "2024-03-31"),
        ("31. März 2024", "2024-03-31"),
        ("1. Dez. 2023", "2023-12-01"),
        ("1er août 2024", "2024-08-01"),
        ("14 févr. 2024", "2024-02-14"),
        ("mar. 31 mars 2024", "2024-03-31"),
        ("31 de enero de 2024", "2024-01-31"),
        ("3 dez. 2024", "2024-12-03"),
        ("31 de março de 2024", "2024-03-31"),
    ],
)
def test_forms_that_mean_one_day_are_read_whatever_the_order(text, day):
    assert order_of([text]).readable == 1
    assert {to_iso(text, order) for order in ("iso", "day first", "month first", "serial")} == {day}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "N/A",
        "#N/A",
        "null",
        "00.00.0000",
        "0000-00-00",
        "0000-00-00 00:00:00",
        "00000000",
        "ongoing",
        "present",
    ],
)
def test_what_says_that_there_is_no_date_is_blank(text):
    assert to_iso(text, "day first") == ""
    assert order_of([text]) == Dates(None, False, 0, 0)


@pytest.mark.parametrize(
    "text",
    ["soon", "31.", "2024", "March 2024", "0000-07-31", "30/02/2024", "99/99/2024", "31 Mar 2024 was fine", "7.5", "²",
     "31/03/024", "2024-31-03", "20241331", "5", "99999999", "31 juix 2024", "x" * 500],
)  # fmt: skip
def test_anything_else_is_unreadable(text):
    for order in ("iso", "day first", "month first", "year first", "serial"):
        assert to_iso(text, order) is None
    assert order_of([text]).readable == 0


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=5))
def test_no_text_raises(texts):
    found = order_of(texts)
    assert found.readable + found.unreadable <= len(set(texts))
    for text in texts:
        for order in ("iso", "day first", "month first", "year first", "serial"):
            to_iso(text, order)
            to_year(text, order)
    assert ask_text(texts).endswith("?")


def test_dots_mean_day_first_unless_the_column_proves_otherwise():
    assert order_of(["03.04.2024", "05.06.2024"]) == Dates("day first", False, 0, 2)
    assert order_of(["03.04.2024", "05/06/2024"]).order == "day first"
    assert order_of(["03.31.2024", "05.06.2024"]).order == "month first"
    assert order_of(["03.04.2024", "05/31/2024", "06/30/2024"]).ambiguous


def test_contradictions_go_to_the_side_that_reads_more():
    texts = ["03/31/2024", "04/30/2024", "05/06/2024", "31/03/2024"]
    assert order_of(texts) == Dates("month first", False, 1, 3)
    assert to_iso("31/03/2024", "month first") is None
    tie = order_of(["03/31/2024", "31/03/2024"])
    assert (tie.order, tie.ambiguous, tie.unreadable, tie.readable) == (None, True, 1, 1)


def test_a_column_that_reads_the_same_either_way_is_not_asked_about():
    assert order_of(["05/05/2024", "01/01/2020"]) == Dates("day first", False, 0, 2)


def test_the_none_date_of_a_system_tells_its_order():
    assert order_of(["03/04/2024", "31/12/9999"]).order == "day first"
    assert order_of(["03/04/2024", "12/31/9999"]).order == "month first"


@pytest.mark.parametrize("none", sorted(NO_DATE))
def test_dates_that_stand_for_none_come_back_as_they_are(none):
    year, month, day = none.split("-")
    assert to_iso(none, "iso") == none
    assert to_iso(f"{year}/{month}/{day}", "year first") == none
    assert to_iso(f"{day}.{month}.{year}", "day first") == none
    assert to_iso(f"{month}/{day}/{year}", "month first") == none
    assert to_iso(f"{year}{month}{day}", "year first") == none
    assert to_year(none, "iso") == ""
    assert isinstance(values._date(none), type(None))


def test_day_numbers_are_dates_only_where_the_whole_column_is():
    assert order_of(["45292", "45293.0", "44927.75"]) == Dates("serial", False, 0, 3)
    assert [to_iso(text, "serial") for text in ("45292", "45293.0", "44927.75")] == [
        "2024-01-01",
        "2024-01-02",
        "2023-01-01",
    ]
    assert to_iso("1", "serial") == "1900-01-01"
    assert to_iso("2958465", "serial") == "9999-12-31"
    assert order_of(["45292", "7"]) == Dates(None, False, 2, 0)
    assert order_of(["45292", "31/03/2024"]) == Dates("day first", False, 1, 1)
    assert order_of(["45292", "2024-03-31"]) == Dates("serial", False, 0, 2)
    assert order_of(["12000"]).order is None
    assert order_of(["12000"], birth=True).order == "serial"
    assert to_year("12000", "serial") == "1932"


def test_eight_digits_are_dates_only_where_all_are_plausible():
    assert order_of(["20240331", "19991231"]) == Dates("year first", False, 0, 2)
    assert order_of(["20240331", "99991231"]) == Dates("year first", False, 0, 2)
    assert order_of(["20240331", "30405060"]) == Dates(None, False, 2, 0)
    assert order_of(["31032024", "01042024"]).order is None
    assert to_iso("20240331", "day first") is None


def test_two_digit_years():
    today = date.today()
    short = f"{today.year % 100:02}"
    assert to_iso("7/10/14 18:37", "month first") == "2014-07-10"
    assert to_iso("1/2/70", "month first") == "1970-01-02"
    assert to_iso("1/2/99", "month first") == "1999-01-02"
    far = (today.year + 21) % 100
    assert to_iso(f"1/2/{far:02}", "month first") == f"{1900 + far}-01-02"
    near = today.year + 20
    assert to_iso(f"1/2/{near % 100:02}", "month first") == f"{near}-01-02"
    tomorrow = today + timedelta(days=1)
    assert to_iso(tomorrow.strftime("%d/%m/%y"), "day first", birth=True) == f"{tomorrow.year - 100}{tomorrow:-%m-%d}"
    assert to_iso(tomorrow.strftime("%d/%m/%y"), "day first") == tomorrow.isoformat()
    assert to_iso(f"1/1/{short}", "day first", birth=True) == f"{today.year}-01-01"
    assert to_iso("12-Mar-55", "day first", birth=True) == "1955-03-12"


def test_two_digit_years_in_front():
    assert order_of(["99-03-31", "98-12-01", "05-03-20"]) == Dates("year first", False, 0, 3)
    assert to_iso("99-03-31", "year first") == "1999-03-31"
    mistyped = [f"{day:02}/05/20" for day in range(1, 29)] + ["41/05/20"]
    assert order_of(mistyped) == Dates("day first", False, 1, 28)


def test_birth_dates_become_years():
    assert to_year("31/03/1985", "day first") == "1985"
    assert to_year("1985", "iso") == to_year("1985.0", "day first") == "1985"
    assert to_year("0000-07-31", "iso") is None
    assert to_year("31 July", "day first") is None
    assert to_year("31/03/0024", "day first") is None
    assert to_year("n/a", "iso") == ""
    assert order_of(["1985", "1990"], birth=True) == Dates("year first", False, 0, 2)
    assert order_of(["1985", "1990"]) == Dates(None, False, 2, 0)


def test_the_question_spells_out_both_readings():
    text = ask_text(["05/05/2014 10:00", "07/10/2014 18:37"])
    assert text == (
        "No value has a day above 12, so the order cannot be read from the file. "
        "Is 07/10/2014 7 October 2014 (day first) or 10 July 2014 (month first)?"
    )
    assert ask_text(["13/01/2024", "01/13/2024"]).startswith("Some dates can only have the day first and others")
    assert ask_text([]) == (
        "No value has a day above 12, so the order cannot be read from the file. Does the day or the month come first?"
    )


def test_blank_and_repeated_values_are_not_counted():
    assert order_of(["31/03/2024", " 31/03/2024", "", " ", "N/A", "soon"]) == Dates("day first", False, 1, 1)
    assert order_of([]) == Dates(None, False, 0, 0)

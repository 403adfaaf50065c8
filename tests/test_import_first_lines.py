"""The first lines of a file beside its questions: the lines as they stand, with what is refused covered."""

from __future__ import annotations

from analysis.load import ColumnUse, SourceFile, first_lines
from tests import list_files

COVERED = "•••"


def column(found, header: str) -> list[str]:  # type: ignore[no-untyped-def]
    place = found.headers.index(header)
    return [cells[place] for _, cells in found.lines]


def test_names_and_pay_are_covered_and_what_is_asked_about_is_not() -> None:
    found = first_lines(SourceFile("workers.csv", list_files.workday()))
    assert found is not None
    assert set(column(found, "Worker")) == set(column(found, "Base Pay")) == {COVERED}
    assert column(found, "Emp Typ")[:2] == ["R", "R"] and column(found, "Hire Date")[0] == "1/28/2019"
    assert "Person 1" not in str(found) and "40,137" not in str(found)


def test_lines_carry_their_numbers_in_the_file_and_no_more_are_shown_than_asked_for() -> None:
    found = first_lines(SourceFile("workers.csv", list_files.workday()), count=3)
    assert found is not None and [number for number, _ in found.lines] == [2, 3, 4]


def test_title_lines_and_blank_lines_above_the_header_are_passed_over() -> None:
    found = first_lines(SourceFile("moves.csv", list_files.sap_moves()))
    assert found is not None
    assert "Personalnummer" in found.headers and found.lines[0][0] == 6
    assert set(column(found, "Mitarbeiter")) == {COVERED}, "a person's name, in German"


def test_what_stands_in_a_column_covers_it_whatever_its_header_says() -> None:
    lines = [[f"E{number}", f"078-05-{1120 + number}"] for number in range(10)]
    found = first_lines(SourceFile("a.csv", list_files.csv_of(["Employee ID", "Reference"], lines)))
    assert found is not None and set(column(found, "Reference")) == {COVERED}


def test_names_where_ids_of_people_belong_are_covered_and_ids_are_not() -> None:
    lines = [[f"Ann Lee{'abcdefghij'[n]}", f"E{n}", "2024-01-31"] for n in range(10)]
    found = first_lines(SourceFile("pairs.csv", list_files.csv_of(["Mentor", "Mentee", "Start"], lines)))
    assert found is not None
    assert set(column(found, "Mentor")) == {COVERED} and column(found, "Mentee")[0] == "E0"


def test_a_blank_cell_stays_blank_a_long_one_is_cut_and_a_short_line_is_filled_up() -> None:
    content = b"Employee ID,Base Pay,Department\nE1,,%s\nE2,100\n" % (b"x" * 90)
    found = first_lines(SourceFile("a.csv", content))
    assert found is not None
    assert column(found, "Base Pay") == ["", COVERED]
    assert len(column(found, "Department")[0]) == 40 and column(found, "Department")[1] == ""


def test_the_header_line_that_somebody_named_is_used() -> None:
    content = b"A,B\nEmployee ID,Hire Date\nE1,2020-01-01\n"
    found = first_lines(SourceFile("a.csv", content, {"answers": {"header_line": "2"}}))
    assert found is not None and found.headers == ("Employee ID", "Hire Date")
    assert [number for number, _ in found.lines] == [3]


def test_what_can_not_be_opened_has_no_first_lines_and_raises_nothing() -> None:
    assert first_lines(SourceFile("a.xlsx", b"PK\x03\x04 broken")) is None
    assert first_lines(SourceFile("a.csv", b"")) is None
    assert first_lines(SourceFile("a.csv", b"Employee ID\nE1\n", {"answers": {"header_line": "two"}})) is None


def test_what_the_whole_file_gave_away_is_covered_in_its_first_lines_too() -> None:
    """Twelve lines may tell less than all of them: what the check refused counts."""
    lines = [[f"E{n}", "G"] for n in range(20)]
    source = SourceFile("a.csv", list_files.csv_of(["Employee ID", "Grp"], lines))
    found = first_lines(source, (ColumnUse("Grp", None, "refused: pay"),))
    assert found is not None and {cells[1] for _, cells in found.lines} == {"•••"}

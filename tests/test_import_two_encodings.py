"""A file in two encodings loses no letter: each is read as what it is, and the lines are named."""

from __future__ import annotations

import mmap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.imports import encodings, text
from analysis.imports.encodings import MOSTLY_CP1252, MOSTLY_UTF8, told_of
from analysis.imports.report import FileFault
from analysis.imports.text import encoding_of
from analysis.load import SourceFile, load
from analysis.store import Store
from tests.told import nothing_computed

HEAD = b"employee_id,hire_date,as_of_date,department\n"


def line(number: int, department: str, encoding: str) -> bytes:
    return f"E{number},2020-01-01,2024-03-31,{department}\n".encode(encoding)


def read(content: bytes | mmap.mmap) -> str:
    return b"".join(text.pieces(content, encoding_of(content))).decode()


def test_one_line_of_another_encoding_is_read_and_named(tmp_path: Path) -> None:
    lines = [line(n, "Vertrieb Süd", "utf-8") for n in range(2, 9)] + [line(9, "Café Zürich – €", "cp1252")]
    store = Store(tmp_path / "store")
    with nothing_computed():
        [report] = load(store, [SourceFile("people.csv", HEAD + b"".join(lines))])
    assert (report.status, report.encoding, report.loaded) == ("loaded", MOSTLY_UTF8, 8)
    [issue] = [issue for issue in report.issues if issue.code == "two-encodings"]
    assert issue.line == 9 and "most of it in UTF-8, line 9 in Windows-1252" in issue.message
    with store.reader().cursor() as cursor:
        found = cursor.execute("select department from people group by all order by 1").fetchall()
    assert found == [("Café Zürich – €",), ("Vertrieb Süd",)]


def test_joined_files_are_told_by_the_number_of_lines() -> None:
    content = HEAD + b"".join(line(n, "Qualité", "cp1252") for n in range(9)) + line(9, "Süd", "utf-8")
    assert encoding_of(content) == MOSTLY_CP1252
    assert read(content).count("Qualité") == 9 and "Süd" in read(content)
    assert "line 11 in UTF-8" in told_of(content, MOSTLY_CP1252).message
    turned = HEAD + b"".join(line(n, "Qualité", "utf-8") for n in range(9)) + 2 * line(9, "Süd", "cp1252")
    told = told_of(turned, encoding_of(turned))
    assert told.line == 11 and "2 lines, the first of them line 11, in Windows-1252" in told.message


def test_a_file_with_the_mark_of_utf_8_is_not_refused_for_one_letter() -> None:
    content = b"\xef\xbb\xbf" + HEAD + line(2, "Süd", "cp1252")
    assert encoding_of(content) == MOSTLY_UTF8
    assert read(content) == (HEAD + line(2, "Süd", "utf-8")).decode()
    assert told_of(content, MOSTLY_UTF8).line == 2


@pytest.mark.parametrize("department", ["« Qualité » pour « Été »", "»Spaß“", "Küche – 5 °C", "naïve… “oui”"])
def test_windows_1252_alone_stays_what_it_was(department: str) -> None:
    content = HEAD + line(2, department, "cp1252") + line(3, "è", "cp1252")
    assert encoding_of(content) == "cp1252" and department in read(content)


@pytest.mark.parametrize("department", ["Süd", "Отдел продаж", "人事部", "Zürich – €"])
def test_utf_8_alone_stays_what_it_was(department: str) -> None:
    content = HEAD + line(2, department, "utf-8")
    assert encoding_of(content) == "utf-8" and department in read(content)


def test_other_scripts_with_a_letter_of_windows_1252_are_not_mangled() -> None:
    content = HEAD + b"".join(line(n, "Отдел продаж", "utf-8") for n in range(3)) + line(4, "Süd", "cp1252")
    assert encoding_of(content) == MOSTLY_UTF8
    assert read(content).count("Отдел продаж") == 3 and "Süd" in read(content)


def test_a_byte_that_is_a_letter_in_neither_is_refused() -> None:
    with pytest.raises(FileFault):
        encoding_of(HEAD + line(2, "Süd", "utf-8") + b"E3,2020-01-01,2024-03-31,\x81\n")


@given(
    st.lists(st.tuples(st.sampled_from(["Ärger", "Größe", "café", "x", "€ 5"]), st.sampled_from(["utf-8", "cp1252"])))
)
def test_no_letter_is_lost_however_the_lines_are_mixed(lines: list[tuple[str, str]]) -> None:
    content = HEAD + b"".join(line(n, words, encoding) for n, (words, encoding) in enumerate(lines))
    assert read(content) == HEAD.decode() + "".join(
        line(n, words, "utf-8").decode() for n, (words, _) in enumerate(lines)
    )


def test_pieces_cut_no_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    content = HEAD + b"".join(line(n, "Größe", ("utf-8", "cp1252")[n % 3 == 0]) for n in range(40))
    whole, told = read(content), told_of(content, MOSTLY_UTF8)
    assert told.message.count("14 lines") == 1
    monkeypatch.setattr(encodings, "_PIECE", 7)
    monkeypatch.setattr(text, "FIRST_PIECE", 5)
    assert read(content) == whole and told_of(content, MOSTLY_UTF8) == told

"""A stamp of any length is read again, and a file that was edited since is told from one that was only saved again."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from analysis.reports import seal
from analysis.reports.content import Report
from analysis.reports.seal import found_in
from analysis.reports.stamp import NoStamp, read_stamp
from analysis.reports.write import FORMATS, render
from tests.fabricated_report import made, report


def stamped(tmp_path: Path, content: bytes) -> dict[str, object]:
    (tmp_path / "file").write_bytes(content)
    return read_stamp(tmp_path / "file")


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_as_it_was_made_has_the_digest_of_its_stamp(form: str, tmp_path: Path) -> None:
    content = made(form)
    assert found_in(content) == stamped(tmp_path, content)["content"]
    assert (found_in(content) is None) == (form == "pptx")


@pytest.mark.parametrize("form", FORMATS)
def test_a_stamp_longer_than_a_cell_is_read_again(form: str, tmp_path: Path) -> None:
    loads = tuple(f"{n:012x}" for n in range(6000))
    long = replace(report(), stamp=replace(report().stamp, loads=loads))
    content = render(long, form)
    assert stamped(tmp_path, content)["loads"] == list(loads)
    if form == "xlsx":
        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(seal.STAMP_SHEET).to_python()
        assert len(rows) > 2 and max(len(str(row[0])) for row in rows) <= 32_767


def _sheet(content: bytes, old: str, new: str) -> bytes:
    """A workbook with one text of its shared strings or sheets replaced."""
    buffer = io.BytesIO()
    done = False
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(buffer, "w") as other:
        for name in book.namelist():
            part = book.read(name).decode()
            done = done or old in part
            other.writestr(name, part.replace(old, new, 1))
    assert done
    return buffer.getvalue()


def test_an_edited_number_or_word_is_noticed(tmp_path: Path) -> None:
    book = made("xlsx")
    digest = stamped(tmp_path, book)["content"]
    assert found_in(_sheet(book, "<v>0.06</v>", "<v>0.09</v>")) != digest
    assert found_in(_sheet(book, "Evidence of benefit", "Proof of benefit")) != digest
    text = made("csv")
    assert found_in(text.replace(b",0.06,", b",0.09,", 1)) != stamped(tmp_path, text)["content"]
    document = made("json")
    changed = json.loads(document)
    changed["impact"]["headlines"][0]["estimate"] = 0.09
    assert found_in(json.dumps(changed).encode()) != stamped(tmp_path, document)["content"]


def test_saving_again_without_a_change_is_no_edit(tmp_path: Path) -> None:
    document = made("json")
    assert found_in(json.dumps(json.loads(document), indent=4).encode()) == stamped(tmp_path, document)["content"]
    text = made("csv")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    again = io.StringIO()
    csv.writer(again, delimiter=";", lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    assert found_in(again.getvalue().encode("utf-8-sig")) == stamped(tmp_path, text)["content"]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"PK\x03\x04", b"impact-stamp:AAAA"])
def test_what_carries_no_stamp_is_a_sentence(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(NoStamp):
        stamped(tmp_path, content)


def test_a_name_that_looks_like_a_stamp_is_passed_over(tmp_path: Path) -> None:
    false: Report = report(names=("impact-stamp:AAAA", "x"))
    for form in FORMATS:
        assert stamped(tmp_path, render(false, form))["quarter"] == "2026Q3"

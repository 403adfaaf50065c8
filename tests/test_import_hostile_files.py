"""Files made to fill the machine, and files that are broken: refused in a sentence, within seconds and 500 MB."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from struct import pack, pack_into, unpack_from

import pytest

from analysis.imports.archive import Unreadable, expand
from analysis.imports.extents import MAX_FAULTS
from analysis.imports.extents_xlsx import xlsx_extent, xlsx_shared
from analysis.imports.packages import MAX_ENTRIES, Package
from analysis.imports.report import FileFault, SourceFile
from analysis.imports.workbook import open_workbook
from tests.workbooks import FORMATS, ROWS, ods_of, packed, respelled, xls, xlsb, xlsx, xlsx_of

ROOT = Path(__file__).parent.parent
SHEET = "xl/worksheets/sheet1.xml"
SENTENCE = r"^[A-Z].*\.$"
# Opens each file in its turn and says what came of it, and the most memory that was ever held (kB).
OPEN_ALL = """
import json, sys, time
from pathlib import Path
from analysis.imports.archive import Unreadable, expand
from analysis.imports.report import FileFault, SourceFile
from analysis.imports.workbook import open_workbook
said = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    begun = time.perf_counter()
    try:
        [one] = expand([SourceFile(path.name, path.read_bytes())])
        if isinstance(one, Unreadable):
            outcome = one.message
        else:
            outcome = sum(1 for _ in open_workbook(one.content).records)
    except FileFault as fault:
        outcome = str(fault)
    said[path.name] = [outcome, time.perf_counter() - begun]
status = Path("/proc/self/status").read_text()
peak = int(status.split("VmHWM:")[1].split()[0])
print(json.dumps([said, peak]))
"""


def cell(place):
    return f'<c r="{place}"><v>1</v></c>'


def hostile():
    """Files by name, small on disk."""
    far = f'<row r="1">{cell("A1")}</row><row r="1048576">{cell("%s1048576")}</row>'
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 60_001))
    repeated = (
        '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="1000" office:value-type="float" office:value="1"/></table:table-row>'
        "</table:table>"
    )
    far_apart = xls({"data": [["a"]]})
    two_cells = far_apart.replace(pack("<HHHH", 0xFD, 10, 0, 0), pack("<HHHH", 0xFD, 10, 65535, 255))
    assert two_cells != far_apart
    return {
        "million_columns": xlsx_of(f"<row>{'<c><v>1</v></c>' * 1_000_000}</row>"),
        "last_corner": xlsx_of(far % "XFD"),
        "far_below": xlsx_of(far % "BZ"),
        "one_text_everywhere": xlsx_of(rows, f"<si><t>{'x' * 32_000}</t></si>"),
        "sheet_of_a_gigabyte": respelled(xlsx_of(""), SHEET, lambda part: b"<worksheet>" + b" " * (300 << 20)),
        "texts_of_a_gigabyte": respelled(xlsx_of(cell("A1")), "xl/sharedStrings.xml", lambda part: b" " * (300 << 20)),
        "entities": respelled(
            xlsx_of(""), SHEET, lambda part: b'<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet><v>&b;</v></worksheet>'
        ),
        "xls_far": two_cells,
        "xlsb_far": xlsb({"data": [["a"]]}, row=1_048_575, column=4_000),
        "ods_repeated": ods_of(repeated),
        "zip_bomb": packed({"a.csv": b"0" * (300 << 20)}),
    }


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from Linux")
def test_each_is_refused_in_a_sentence_within_seconds_and_500_mb(tmp_path):
    files = hostile()
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        assert len(content) < 3 << 20
    run = subprocess.run(
        [sys.executable, "-c", OPEN_ALL, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    said, peak = json.loads(run.stdout)
    assert set(said) == set(files)
    for name, (outcome, seconds) in said.items():
        reason = "missing or damaged" if name == "entities" else "larger than|too large|beyond column"
        assert re.search(reason, str(outcome)), f"{name}: {outcome}"
        assert re.search(SENTENCE, str(outcome)), name
        assert seconds < 20, name
    assert peak < 500 << 10
    assert run.stderr == ""


def test_a_sheet_that_fits_is_not_refused():
    rows = [[number, "text", None, 0.5] for number in range(20_000)]
    assert sum(1 for _ in open_workbook(xlsx({"data": rows})).records) == 20_000


def test_a_size_that_the_file_states_is_not_believed():
    content = bytearray(packed({"a.csv": b"x" * 100_000}))
    at = content.index(b"PK\x01\x02")
    assert unpack_from("<I", content, at + 24) == (100_000,)
    pack_into("<I", content, at + 24, 10)
    with pytest.raises(FileFault, match="missing or damaged"):
        Package(bytes(content)).read("a.csv")


def test_a_flipped_byte_is_noticed():
    content = bytearray(packed({"a.csv": b"employee_id\n1\n"}, method=0))
    content[content.index(b"\n1\n") + 1] = ord("2")
    with pytest.raises(FileFault, match="missing or damaged"):
        Package(bytes(content)).read("a.csv")


def test_too_many_parts_and_parts_of_one_name_are_refused():
    with pytest.raises(FileFault, match="packs more than"):
        Package(b"PK\x01\x02" * (MAX_ENTRIES + 1))
    with pytest.raises(FileFault, match="two parts of the same name"):
        Package(packed({"xl/workbook.xml": "", "XL\\Workbook.xml": ""}))


def test_a_file_that_is_two_kinds_of_workbook_is_refused():
    for content in (packed({"xl/workbook.xml": "", "xl/workbook.bin": ""}), xls({"a": ROWS}) + packed({"a": "b"})):
        with pytest.raises(FileFault, match="missing or damaged"):
            open_workbook(content)


def test_a_workbook_that_is_read_from_another_place_is_refused():
    content = respelled(xlsx({"a": ROWS}), "_rels/.rels", lambda part: part.replace(b"xl/workbook", b"foo/workbook"))
    with pytest.raises(FileFault, match="missing or damaged"):
        open_workbook(content)


def test_more_error_cells_than_can_be_listed_refuse_the_workbook():
    cells = '<c t="e"><v>#N/A</v></c>' * 100
    with pytest.raises(FileFault, match="hold an error such as #N/A"):
        open_workbook(xlsx_of(f"<row>{cells}</row>" * (MAX_FAULTS // 100 + 1)))


@pytest.mark.parametrize("write", FORMATS.values(), ids=list(FORMATS))
def test_a_workbook_cut_anywhere_is_refused_in_a_sentence(write):
    whole = write({"data": [[f"person {number}", float(number)] for number in range(50)]})
    for tenths in range(1, 10):
        with pytest.raises(FileFault, match=SENTENCE):
            list(open_workbook(whole[: len(whole) * tenths // 10]).records)


@pytest.mark.parametrize("write", FORMATS.values(), ids=list(FORMATS))
def test_a_workbook_with_broken_bytes_is_read_or_refused_but_never_falls_over(write):
    whole = write({"data": ROWS})
    outcomes = set()
    for at in range(0, len(whole), max(1, len(whole) // 150)):
        broken = bytearray(whole)
        broken[at] ^= 0xFF
        try:
            outcomes.add(len(list(open_workbook(bytes(broken)).records)) > 0)
        except FileFault as fault:
            assert str(fault).endswith(".")
            outcomes.add("refused")
    assert "refused" in outcomes


def test_a_chain_of_sectors_that_runs_in_a_circle_ends():
    content = bytearray(xls({"data": ROWS}))
    first_table = unpack_from("<I", content, 76)[0]
    directory = unpack_from("<I", content, 48)[0]
    pack_into("<I", content, (first_table + 1) * 512 + directory * 4, directory)
    with pytest.raises(FileFault, match="missing or damaged"):
        open_workbook(bytes(content))


def test_a_picture_and_an_empty_file_pass_the_unpacking_untouched():
    sources = [
        SourceFile("a.xlsx", b"\x89PNG\r\n\x1a\n"),
        SourceFile("b.zip", b""),
        SourceFile("c.xlsx", b"PK\x03\x04"),
    ]
    assert expand(sources) == sources
    assert not any(isinstance(one, Unreadable) for one in expand(sources))


@pytest.mark.parametrize("quote", ['"', "'"])
def test_the_quick_count_of_cells_and_the_exact_one_agree(quote):
    """Cells with single quotation marks are unusual, so they are counted by the parser."""
    rows = "".join(
        f'<row r="{row}"><c r="B{row}" s="1" t="s"><v>{row % 3}</v></c><c r="C{row}" s="1"/><c r="AA{row}"><v>1</v></c>'
        f'<c r="AB{row}" t="e"><v>#REF!</v></c><c r="AC{row}"><f>B1</f></c></row>'
        for row in range(3, 40)
    )
    shared = "<si><t>a</t></si><si><r><t>bb</t></r><r><t>b</t></r></si><si><t/></si>"
    package = Package(xlsx_of(rows.replace('"', quote), shared))
    extent = xlsx_extent(package, "data", True, SHEET, xlsx_shared(package))
    assert (extent.rows, extent.columns, extent.filled) == (39, 29, 37 * 4)
    assert extent.text == 13 * (1 + 48) + 12 * (3 + 48)  # rows 4, 7.. hold the second text, 3, 6.. the first
    assert set(extent.first_rows.values()) == {4}
    assert extent.faults[2, 27] == "#REF!"
    assert extent.faults[38, 28] == "#NOT CALCULATED"
    assert len(extent.faults) == 2 * 37

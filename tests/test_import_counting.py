"""Whatever the file: lines = header + blank + loaded + rejected, and a report instead of an exception."""

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.imports.pseudonyms import Key, Pseudonyms
from analysis.imports.report import SourceFile
from analysis.imports.stage import Request, check
from analysis.store.model import KINDS

PSEUDONYMS = Pseudonyms(Key(b"test key"))
CELLS = st.sampled_from(
    ["", " ", "A", "B", "2024-01-01", "2023-05-05", "1", "0.5", "held", "mentor", "pre", "Total", 'x"y', '"', "a\nb"]
)


def assert_counts_add_up(report):
    assert report.lines == report.header_lines + report.blank_rows + report.loaded + report.rejected
    assert report.data_rows == report.loaded + report.rejected
    assert report.message


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_lines_add_up_for_files_that_nearly_fit(data):
    kind = KINDS[data.draw(st.sampled_from(sorted(KINDS)))]
    rows = data.draw(st.lists(st.lists(CELLS, min_size=0, max_size=len(kind.headers) + 1), max_size=12))
    text = "\n".join([",".join(kind.headers), *(",".join(row) for row in rows)])
    answer = data.draw(st.sampled_from([{}, {"answers": {"rejected_rows": "load_the_rest"}}]))
    one = check(SourceFile("f.csv", text.encode()), Request(mapping=answer), PSEUDONYMS)
    assert_counts_add_up(one.report)
    if one.good:
        assert one.rows.num_rows == one.report.loaded > 0


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)), st.sampled_from([None, *KINDS]))
def test_any_bytes_give_a_report(content, kind):
    assert_counts_add_up(check(SourceFile("f.csv", content), Request(kind=kind), PSEUDONYMS).report)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=10))
def test_lines_add_up_where_a_line_gives_several_rows(rows):
    header = "ID,Start time,Completion time,Q one,Q two"
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    mapping = {
        "survey_id": "s",
        "wave": "pre",
        "side": "both",
        "items": {"Q one": {"item": "one"}, "Q two": {"item": "two"}},
        "answers": {"rejected_rows": "load_the_rest"},
    }
    content = "\n".join([header, *lines]).encode()
    one = check(SourceFile("f.csv", content), Request(mapping=mapping), PSEUDONYMS)
    assert_counts_add_up(one.report)
    if one.good:
        assert len(set(one.rows["line"].to_pylist())) == one.report.loaded

"""Survey exports with a column for each question, read by an explicit mapping."""

import io

import pytest
import xlsxwriter

from analysis.imports.pseudonyms import Key, Pseudonyms
from analysis.imports.report import SourceFile
from analysis.imports.stage import Request, check

PSEUDONYMS = Pseudonyms(Key(b"test key"))
QUALTRICS = (
    "StartDate,Status,Finished,RecordedDate,ResponseId,RecipientLastName,ExternalReference,Q1,Q2,Q2_9_TEXT\n"
    'Startdatum,Antworttyp,Beendet,Erfassung,Antwort-ID,Nachname,Referenz,"I feel sure, mostly",I lead well,Other\n'
    + ",".join(f"\"{{'ImportId': 'QID{number}'}}\"" for number in range(10))
    + "\n"
    "2024-05-01 09:00:00,0,1,2024-05-01 09:05:00,R_1,Smith,E1,4,2,typed\n"
    "2024-05-02 09:00:00,IP Address,1,2024-05-02 09:05:00,R_2,Jones,E2,5,,\n"
    "2024-05-03 09:00:00,1,1,2024-05-03 09:05:00,R_3,,E3,5,5,\n"
    "2024-05-03 09:00:00,Survey Preview,1,2024-05-03 09:05:00,R_4,,E3,5,5,\n"
    "2024-05-03 09:00:00,0,0,2024-05-03 09:05:00,R_5,,E3,,,\n"
)
MAPPING = {
    "kind": "survey",
    "survey_id": "mentor_survey",
    "wave": "post",
    "side": "mentor",
    "columns": {"ExternalReference": "employee_id"},
    "items": {
        "Q1": {"item": "conf1", "construct": "confidence", "scale_min": 1, "scale_max": 5, "reversed": False},
        "I lead well": {"item": "lead1", "construct": "leadership", "scale_min": 1, "scale_max": 5, "reversed": True},
    },
}
FORMS = [
    ["ID", "Start time", "Completion time", "Email", "Name", "How sure are you?", "Why?"],
    [1.0, "2024-05-01 09:00:00", "2024-05-01 09:05:00", "Ann@Example.org", "Ann", "Agree", "because"],
    [2.0, "2024-05-01 09:00:00", "2024-05-01 09:05:00", "bob@example.org", "Bob", "Disagree", ""],
]
FORMS_MAPPING = {
    "survey_id": "s",
    "wave": "pre",
    "side": "mentee",
    "columns": {"Email": "email"},
    "items": {"How sure are you?": {"item": "sure", "labels": {"agree": 4, "Disagree": 2}}},
}


def checked(content, mapping, name="export.csv", **request):
    return check(SourceFile(name, content), Request(mapping=mapping, **request), PSEUDONYMS)


def forms_workbook():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    for number, row in enumerate(FORMS):
        sheet.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()


def test_qualtrics_gives_one_row_an_answer_and_counts_lines():
    one = checked(QUALTRICS.encode(), MAPPING)
    report = one.report
    assert (report.status, report.kind) == ("dry_run", "survey")
    assert (report.lines, report.header_lines, report.loaded, report.rejected) == (8, 3, 2, 3)
    assert sorted((issue.line, issue.code) for issue in report.issues) == [
        (1, "partial-responses"),
        (6, "test-response"),
        (7, "test-response"),
        (8, "no-answers"),
    ]
    rows = one.rows.select(["line", "response_id", "item", "score", "construct", "scale_max", "reversed"]).to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        (4, PSEUDONYMS.of("R_1"), "conf1", 4.0, "confidence", 5.0, "false"),
        (5, PSEUDONYMS.of("R_2"), "conf1", 5.0, "confidence", 5.0, "false"),
        (4, PSEUDONYMS.of("R_1"), "lead1", 2.0, "leadership", 5.0, "true"),
    ]
    assert one.rows["employee_id"].to_pylist() == [PSEUDONYMS.of(name) for name in ("E1", "E2", "E1")]
    assert set(one.rows["wave"].to_pylist()) == {"post"}
    assert [day.isoformat() for day in one.rows["submitted_at"].to_pylist()] == [
        "2024-05-01",
        "2024-05-02",
        "2024-05-01",
    ]


def test_without_a_mapping_each_open_point_is_asked_and_names_are_not():
    report = checked(QUALTRICS.encode(), {}).report
    assert report.status == "needs_answer"
    asked = [question.id for question in report.questions]
    assert asked == ["survey_id", "wave", "side", "items:Q1", "items:Q2", "test_responses"]
    assert '"I feel sure, mostly"' in report.questions[3].text
    assert report.lines == report.header_lines + report.blank_rows + report.loaded + report.rejected


def test_the_answers_to_those_questions_load_the_file():
    answers = {
        "survey_id": "s",
        "wave": "pre",
        "side": "both",
        "items:Q1": "confidence",
        "items:Q2": "do not load",
        "scale:Q1": "1 to 5",
        "test_responses": "leave_out",
    }
    one = checked(QUALTRICS.encode(), {"answers": answers})
    assert one.good
    assert set(one.rows["item"].to_pylist()) == {"Q1"}
    assert one.rows["side"].null_count == one.rows.num_rows


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"columns": {"Nowhere": "employee_id"}}, '"Nowhere"'),
        ({"columns": {"ExternalReference": "salary"}}, '"salary"'),
        ({"items": {"Q7": {"item": "x"}}}, '"Q7"'),
        ({"items": {"Q1": {"construct": "confidence"}}}, "item"),
        ({"items": {"Q1": {"item": "x", "construct": "mood"}}}, "construct"),
    ],
)
def test_a_mapping_that_does_not_fit_the_file_refuses_it(change, words):
    report = checked(QUALTRICS.encode(), {**MAPPING, **change}).report
    assert report.status == "refused"
    assert words in report.message


def test_an_answer_outside_the_scale_rejects_its_whole_line():
    answers = {"answers": {"rejected_rows": "load_the_rest"}}
    one = checked(QUALTRICS.replace("E1,4,2", "E1,4,9").encode(), {**MAPPING, **answers})
    assert one.rows["response_id"].to_pylist() == [PSEUDONYMS.of("R_2")]
    assert (one.report.loaded, one.report.rejected) == (1, 4)


def test_microsoft_forms_as_workbook_with_choice_texts_and_hashed_addresses():
    one = checked(forms_workbook(), FORMS_MAPPING, name="Survey(1-2).xlsx")
    assert one.good
    assert one.rows["score"].to_pylist() == [4.0, 2.0]
    assert one.rows["response_id"].to_pylist() == [PSEUDONYMS.of("1"), PSEUDONYMS.of("2")]
    assert one.rows["email"].to_pylist() == [PSEUDONYMS.of("ann@example.org"), PSEUDONYMS.of("bob@example.org")]
    assert one.rows["cohort"].null_count == 2
    assert not {"Name", "Why?"} & set(one.rows.column_names)


def test_microsoft_forms_without_a_mapping_asks():
    text = "\n".join(",".join(str(cell) for cell in row) for row in FORMS)
    report = checked(text.encode(), {}).report
    assert report.status == "needs_answer"
    assert [question.column for question in report.questions[3:]] == ["How sure are you?", "Why?"]


def test_any_flat_survey_loads_by_its_mapping():
    mapping = {
        "survey_id": "s",
        "wave": "pulse",
        "side": "mentor",
        "columns": {"Who": "response_id", "When": "submitted_at"},
        "items": {"I learn": {"item": "learn"}},
    }
    one = checked(b"When,Who,I learn\n2024-01-01,r1,3\n2024-01-02,r2,\n", mapping)
    assert (one.report.loaded, one.report.rejected) == (1, 1)
    assert one.rows["item"].to_pylist() == ["learn"]

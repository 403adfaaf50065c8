"""Each survey tool's export is known by its shape; ids, dates and people are found, other columns are not read."""

import pytest

from tests.survey_files import (
    PSEUDONYMS,
    answered,
    checked,
    counts_hold,
    glint,
    google_forms,
    ids,
    lime_survey,
    qualtrics,
    qualtrics_legacy,
    question,
    scores,
    survey_monkey,
    text_of,
    typeform,
    use_of,
)

LABELS = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]
QUESTIONS = {
    "Q1": ("I am sure of myself.", "QID1"),
    "Q2": ("Anything else?", "QID2_TEXT"),
    "Q3_1": ("What helped? - Meetings", "QID3_1"),
    "Q3_2": ("What helped? - Reading", "QID3_2"),
    "Q2 - Topics": ("Q2 - Topics", "QID2_TEXT_5Topics"),
    "Office": ("Office", "Office"),
}
RESPONSES = [
    ("R1", {"ExternalReference": "E1"}, ("4", "Because of Ann", "1", "", "", "North")),
    ("R2", {"RecipientEmail": "Bob@example.org", "Finished": "False"}, ("2", "", "", "1", "", "North")),
    ("R3", {"Status": "Survey Preview"}, ("5", "", "1", "", "", "North")),
]


def days(one):
    return sorted({day.isoformat() for day in one.rows["submitted_at"].to_pylist()})


@pytest.mark.parametrize("python_style", [False, True])
def test_qualtrics_asks_of_real_questions_alone(python_style):
    one = checked(qualtrics(QUESTIONS, RESPONSES, python_style))
    assert one.report.format == "Qualtrics survey"
    assert ids(one) == ["survey_id", "wave", "side", "items:Q1", "test_responses"]
    assert use_of(one, "Q2").why == "refused: free text"
    assert use_of(one, "Q3_1").why == "not a score: a box that was ticked"
    assert use_of(one, "Office").why == "not a question"
    assert use_of(one, "IPAddress").why == "refused: internet address or location"
    assert counts_hold(one)


def test_qualtrics_finds_people_by_reference_and_by_hashed_address():
    mapping = {"survey_id": "s", "wave": "post", "side": "mentor", "items": {"Q1": {"item": "conf1"}}}
    one = checked(qualtrics(QUESTIONS, RESPONSES), mapping)
    assert one.rows["employee_id"].to_pylist() == [PSEUDONYMS.of("E1"), None]
    assert one.rows["email"].to_pylist() == [None, PSEUDONYMS.of("bob@example.org")]
    assert "1 responses were broken off" in " ".join(issue.message for issue in one.report.issues)


def test_older_qualtrics_exports_have_two_header_rows_a_mark_and_an_empty_column():
    content = qualtrics_legacy([("R_1", "E1", "4"), ("R_2", "E2", "2")])
    asked = checked(content)
    assert asked.report.format == "Qualtrics survey (older export)"
    assert (asked.report.header_lines, asked.report.data_rows) == (2, 2)
    assert 'What does "I lead well." measure?' in [one.text for one in asked.report.questions]
    one = answered(content, {"items:Q1": "leadership", "items:Q2": "do not load", "scale:Q1": "1 to 5"})
    assert scores(one, "score", "response_id", "employee_id") == {
        "Q1": [
            (4.0, PSEUDONYMS.of("R_1"), PSEUDONYMS.of("E1")),
            (2.0, PSEUDONYMS.of("R_2"), PSEUDONYMS.of("E2")),
        ]
    }
    assert days(one) == ["2024-05-01"]


MONKEY = [
    ("7/16/24 18:37", "Agree", "Strongly agree", "Meetings", "", "Ann was kind"),
    ("7/17/24 4:01", "Disagree", "Neither agree nor disagree", "", "Reading", ""),
    ("7/17/24 5:01", "Strongly disagree", "", "Meetings", "Reading", ""),
]


def test_surveymonkey_carries_a_question_over_its_choices():
    one = checked(survey_monkey(MONKEY))
    grid = "How far do you agree?"
    assert (one.report.format, one.report.header_lines, one.report.data_rows) == ("SurveyMonkey survey", 2, 3)
    assert ids(one)[3:] == [f"items:{grid} [I speak up.]", f"items:{grid} [I am sure of myself.]"]
    assert use_of(one, "What helped you most? [Meetings]").why.startswith("not a score")
    assert use_of(one, "What helped you most? [Other (please specify)]").why == "refused: free text"
    assert use_of(one, "First Name").target is None
    assert use_of(one, "Gender").target is None


def test_surveymonkey_labels_in_windows_letters_become_scores():
    first, second = "How far do you agree? [I speak up.]", "How far do you agree? [I am sure of myself.]"
    content = text_of(survey_monkey(MONKEY)).replace("Ann", "Zoë").encode("cp1252")
    one = answered(content, {f"items:{first}": "confidence", f"items:{second}": "confidence"})
    assert one.report.encoding == "cp1252"
    assert scores(one) == {first: [4.0, 2.0, 1.0], second: [5.0, 3.0]}
    assert days(one) == ["2024-07-16", "2024-07-17"]
    assert counts_hold(one)


def test_surveymonkey_dates_that_may_be_either_are_asked_and_the_answer_counts():
    rows = [("7/9/24 18:37", *MONKEY[0][1:]), ("7/10/24 18:37", *MONKEY[1][1:])]
    first, second = "How far do you agree? [I speak up.]", "How far do you agree? [I am sure of myself.]"
    said = {f"items:{first}": "confidence", f"items:{second}": "do not load", f"scale:{first}": "1 to 5"}
    asked = answered(survey_monkey(rows), said)
    assert ids(asked) == ["dates:End Date"]
    assert question(asked, "dates:End Date").choices == ("day first", "month first")
    assert days(answered(survey_monkey(rows), {**said, "dates:End Date": "day first"})) == ["2024-09-07", "2024-10-07"]
    assert days(answered(survey_monkey(rows), {**said, "dates:End Date": "month first"})) == [
        "2024-07-09",
        "2024-07-10",
    ]


def test_surveymonkey_with_one_header_row():
    content = [["RespondentID", "I speak up at work", "Why?"], ["11", "Agree", "x"], ["12", "Disagree", "y"]]
    one = checked(content)
    assert (one.report.format, one.report.header_lines) == ("SurveyMonkey survey", 1)
    assert ids(one)[3:] == ["items:I speak up at work", "items:Why?"]


@pytest.mark.parametrize("stamp", ["Timestamp", "Carimbo de data/hora", "Zeitstempel", "Horodateur", "Marca temporal"])
def test_google_forms_in_any_language_gives_each_line_its_own_id(stamp):
    used = ("Slides, Films", "Slides", "Films", "Slides, Films, Talks", "Talks")
    moments = (
        "8/27/2024 11:29:31",
        "8/27/2024 11:29:31",
        "8/28/2024 9:00:00",
        "8/28/2024 9:00:01",
        "8/29/2024 9:00:01",
    )
    rows = [[moment, "4", "5", ticked] for moment, ticked in zip(moments, used, strict=True)]
    grid = "How sure are you of yourself?"
    asked = checked(google_forms(stamp, rows))
    assert asked.report.format == "Google Forms survey"
    assert use_of(asked, "What did you use?").why == "not a score: several boxes ticked"
    said = {f"items:{grid} [In meetings]": "confidence", f"items:{grid} [In writing]": "confidence"}
    scales = {f"scale:{grid} [In {where}]": "1 to 5" for where in ("meetings", "writing")}
    one = answered(google_forms(stamp, rows), said | scales)
    assert one.rows.num_rows == 10
    assert len(set(one.rows["response_id"].to_pylist())) == 5
    assert days(one) == ["2024-08-27", "2024-08-28", "2024-08-29"]
    assert "anonymous" in [issue.code for issue in one.report.issues]


def test_google_forms_finds_people_by_the_address_it_collected():
    rows = [["8/27/2024 11:29:31", "4", "5", "x", "Ann@example.org", "Ann Weatherby"]]
    grid = "How sure are you of yourself?"
    items = {f"{grid} [In meetings]": {"item": "c1"}}
    content = google_forms("Timestamp", rows, ("Email Address", "Full name"))
    one = checked(content, {"survey_id": "s", "wave": "pre", "side": "mentor", "items": items})
    assert one.rows["email"].to_pylist() == [PSEUDONYMS.of("ann@example.org")]
    assert use_of(one, "Full name").why == "refused: name of a person"


def test_microsoft_forms_answered_without_signing_in_names_nobody():
    header = ["ID", "Start time", "Completion time", "Email", "Name", "I lead well", "Points - I lead well"]
    rows = [["1", "8/20/25 12:50:45", "8/20/25 12:51:45", "anonymous", "", "Agree", "1"]]
    one = checked(
        [header, *rows],
        {
            "survey_id": "s",
            "wave": "pre",
            "side": "mentor",
            "items": {"I lead well": {"item": "l", "labels": {"Agree": 4}}},
        },
    )
    assert one.good
    assert "email" not in one.rows.column_names
    assert days(one) == ["2025-08-20"]
    assert use_of(one, "Points - I lead well").why == "not a question"


def test_typeform_is_read_without_its_markup_and_repeated_names_stay_apart():
    token = "a" * 31
    first = ["4", "1", "Slides", "somebody typed this", "", "and that", "2024-05-01 09:00:00", "2024-05-01 09:05:00"]
    second = ["2", "0", "", "", "Films", "", "2024-05-02 09:00:00", "2024-05-02 09:05:00"]
    rows = [[token + "1", *first, "n1"], [token + "2", *second, "n2"]]
    one = checked(typeform(rows))
    assert one.report.format == "Typeform survey"
    assert ids(one)[3:] == ["items:How sure are you now?", "items:Did you meet?"]
    assert use_of(one, "Other (1)").why == use_of(one, "Other (2)").why == "refused: free text"
    assert use_of(one, "Slides").why == "not a score: a box that was ticked"
    said = {"items:How sure are you now?": "confidence", "items:Did you meet?": "do not load"}
    two = answered(typeform(rows), {**said, "scale:How sure are you now?": "1 to 5"})
    assert scores(two, "score", "response_id") == {
        "How sure are you now?": [(4.0, PSEUDONYMS.of(token + "1")), (2.0, PSEUDONYMS.of(token + "2"))]
    }


def test_limesurvey_counts_what_was_broken_off_and_its_blank_row():
    rows = [
        ["1", "2024-05-01 10:00:00", "3", "en", "99", "2024-05-01 09:50:00", "192.0.2.1", "5", "4", "typed", "61.5"],
        ["2", "", "1", "en", "98", "2024-05-01 09:50:00", "192.0.2.2", "2", "", "", "12.5"],
    ]
    content = lime_survey(rows)
    lead, heard = "How far do you agree? [I lead well.]", "How far do you agree? [I am heard.]"
    said = {f"items:{lead}": "leadership", f"items:{heard}": "inclusion"}
    one = answered(content, said | {f"scale:{lead}": "1 to 5", f"scale:{heard}": "1 to 5"})
    assert (one.report.format, one.report.blank_rows, one.report.loaded) == ("LimeSurvey survey", 1, 2)
    assert scores(one) == {lead: [5.0, 2.0], heard: [4.0]}
    assert "partial-responses" in [issue.code for issue in one.report.issues]
    assert use_of(one, "Reasons [Other]").why == "refused: free text"
    assert use_of(one, "Total time").why == "not a question"


@pytest.mark.parametrize("id_header", ["EMP ID", "EXID", "Employee ID"])
def test_glint_reads_items_and_never_their_comments(id_header):
    ann = ["Ann", "A", "ann@example.org", "ACTIVE", "E1", "M1", "05-03-2024 09:34", "01-03-2024 08:00"]
    bob = ["Bob", "B", "bob@example.org", "ACTIVE", "", "M1", "06-03-2024 09:34", "01-03-2024 08:00"]
    rows = [
        [*ann, "4", "So good", "Culture", "", "3", "", "", ""],
        [*bob, "2", "", "", "", "5", "Thanks", "Praise", "1"],
    ]
    asked = checked(glint(id_header, rows))
    assert asked.report.format == "Viva Glint survey"
    assert ids(asked)[3:] == ["items:My work is meaningful", "items:I feel valued"]
    assert use_of(asked, "I feel valued_SENSITIVE_COMMENT_FLAG").why == "refused: free text"
    said = {"items:My work is meaningful": "engagement", "items:I feel valued": "engagement"}
    one = answered(glint(id_header, rows), said | {f"scale:{name[6:]}": "1 to 5" for name in said})
    assert scores(one) == {"My work is meaningful": [4.0, 2.0], "I feel valued": [3.0, 5.0]}
    assert days(one) == ["2024-03-05", "2024-03-06"]
    assert set(one.rows["employee_id"].to_pylist()) == {PSEUDONYMS.of("E1"), None}
    assert len(set(one.rows["response_id"].to_pylist())) == 2


def test_culture_amp_extracts_need_no_person():
    content = [
        ["Response ID", "Submitted At", "Department", "I feel I belong here"],
        ["r1", "2024-05-01", "Sales", "Agree"],
        ["r2", "2024-05-02", "Sales", "Neutral"],
    ]
    item = "I feel I belong here"
    one = answered(content, {f"items:{item}": "inclusion", f"scale:{item}": "1 to 5"})
    assert one.report.format == "Culture Amp survey"
    assert scores(one) == {item: [4.0, 3.0]}
    assert one.rows["employee_id"].null_count == 2
    assert use_of(one, "Department").target is None


def test_a_file_that_somebody_calls_a_survey_is_asked_about():
    one = checked([["Who", "I am heard here"], ["r1", "4"], ["r2", "5"]], {"kind": "survey"})
    assert ids(one) == ["survey_id", "wave", "side", "items:Who", "items:I am heard here"]


def test_an_export_of_people_is_not_taken_for_a_survey():
    one = checked([["Response ID", "Submitted At", "x"], ["1", "2024-05-01", "y"]], {"kind": "people"})
    assert "survey" not in str(one.report.format)


def test_two_forms_of_one_survey_on_one_day_never_share_an_id():
    grid = "How sure are you of yourself? [In meetings]"
    mapping = {"survey_id": "s", "wave": "pre", "side": "mentor", "items": {grid: {"item": "c1"}}}
    moments = ("8/27/2024 11:29:31", "8/27/2024 11:29:32")
    forms = [checked(google_forms("Timestamp", [[moment, "4", "5", "x"]]), mapping) for moment in moments]
    assert forms[0].rows["response_id"] != forms[1].rows["response_id"]
    again = checked(google_forms("Timestamp", [[moments[0], "4", "5", "x"]]), mapping)
    assert again.rows["response_id"] == forms[0].rows["response_id"]


def test_header_rows_of_different_widths_are_no_trap():
    rows = qualtrics(QUESTIONS, RESPONSES)
    rows[1] = rows[1][:3]
    one = checked(rows)
    assert ids(one)[3:] == ["items:Q1", "test_responses"]
    assert counts_hold(one)

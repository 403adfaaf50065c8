"""What is asked about a survey, what is not, and what is remembered for the next wave."""

import json
import time

import pytest

from analysis.imports.formats.survey_columns import looks_back, measures
from analysis.imports.formats.survey_questions import suggested_name, suggested_wave
from analysis.imports.remember import lasting
from tests.survey_files import FILE, PSEUDONYMS, answered, checked, ids, qualtrics, question, scores, use_of

QUESTIONS = {
    "Q1": ("I am sure of myself at work.", "QID1"),
    "Q2": ("Looking back: before the programme I was sure of myself.", "QID2"),
    "Q3": ("Anything else?", "QID3_TEXT"),
}
LABELS = ("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree")


def responses(tests=2, answers=10):
    real = [(f"R{n}", {"ExternalReference": f"E{n}"}, (LABELS[n % 5], LABELS[n % 3], "words")) for n in range(answers)]
    return [*real, *((f"T{n}", {"Status": "1"}, ("Agree", "Agree", "")) for n in range(tests))]


SAID = {"items:Q1": "confidence", "items:Q2": "confidence", "wave:Q2": "retro_pre", "test_responses": "leave_out"}


def test_the_name_of_the_file_suggests_survey_wave_and_side():
    one = checked(qualtrics(QUESTIONS, responses()), name="Mentor post survey_September 30, 2026_10.15.csv")
    assert question(one, "survey_id").suggestion == "mentor_survey"
    assert question(one, "wave").suggestion == "post"
    assert question(one, "side").suggestion == "mentor"
    assert question(one, "items:Q1").suggestion == "confidence"
    assert question(one, "items:Q1").samples[0] == "Strongly disagree (2)"


@pytest.mark.parametrize(
    ("file", "wave", "name"),
    [
        ("Mentee baseline(1-94).xlsx", "pre", "mentee"),
        ("digital_skills_pulse_2024-05-01.csv", "pulse", "digital_skills"),
        ("Retro pre-test.csv", "retro_pre", "test"),
        ("2024 mid-term survey.csv", "mid", "term_survey"),
        ("export.csv", None, None),
    ],
)
def test_waves_and_names_are_read_from_file_names(file, wave, name):
    assert suggested_wave(file) == wave
    assert suggested_name(file) == name


def test_the_words_of_a_question_suggest_what_it_measures():
    assert measures("How likely are you to recommend us as a place to work?") == "enps"
    assert measures("I can be myself at work.") == "inclusion"
    assert measures("What is your favourite colour?") is None
    assert looks_back("Thinking back, I was sure of myself")
    assert not looks_back("I look forward to coming to work")


def test_tests_and_previews_are_counted_and_asked_about():
    asked = question(checked(qualtrics(QUESTIONS, responses())), "test_responses")
    assert asked.text == "2 of 12 responses are previews, tests or spam. Leave them out?"
    assert (asked.choices, asked.suggestion) == (("leave_out", "keep"), "leave_out")
    assert "test_responses" not in ids(checked(qualtrics(QUESTIONS, responses(tests=0))))


@pytest.mark.parametrize(("answer", "loaded", "rejected"), [("leave_out", 10, 2), ("keep", 12, 0)])
def test_the_answer_about_tests_counts(answer, loaded, rejected):
    one = answered(qualtrics(QUESTIONS, responses()), {**SAID, "test_responses": answer})
    assert (one.report.loaded, one.report.rejected) == (loaded, rejected)
    assert [issue.code for issue in one.report.issues if issue.line > 1] == ["test-response"] * rejected


def test_a_question_that_looks_back_is_kept_apart_from_the_true_pre_test():
    without = {name: answer for name, answer in SAID.items() if name != "wave:Q2"}
    asked = answered(qualtrics(QUESTIONS, responses()), without)
    assert ids(asked) == ["wave:Q2"]
    assert question(asked, "wave:Q2").suggestion == "retro_pre"
    one = answered(qualtrics(QUESTIONS, responses()), SAID)
    found = scores(one, "wave")
    assert (set(found["Q1"]), set(found["Q2"])) == ({("post",)}, {("retro_pre",)})
    same = answered(qualtrics(QUESTIONS, responses()), {**SAID, "wave:Q2": "same as the rest"})
    assert set(scores(same, "wave")["Q2"]) == {("post",)}


def test_what_was_decided_reads_the_next_wave_without_a_question():
    one = answered(qualtrics(QUESTIONS, responses()), SAID)
    mapping = dict(one.report.mapping)
    assert mapping.pop("wave") == "post"
    mapping = json.loads(json.dumps(mapping))
    assert mapping["columns"] == {
        "RecordedDate": "submitted_at",
        "ResponseId": "response_id",
        "ExternalReference": "employee_id",
    }
    again = checked(qualtrics(QUESTIONS, responses(tests=1, answers=30)), mapping, "Mentor mid.csv")
    assert ids(again) == ["wave"]
    loaded = checked(qualtrics(QUESTIONS, responses(tests=1, answers=30)), {**mapping, "wave": "mid"})
    assert loaded.good
    assert set(scores(loaded, "wave")["Q1"]) == {("mid",)}
    assert loaded.rows.num_rows == 60


def test_a_remembered_survey_asks_about_what_is_new_alone():
    one = answered(qualtrics(QUESTIONS, responses()), SAID)
    kept = lasting(one.report.mapping, PSEUDONYMS.of)
    more = {**QUESTIONS, "Q4": ("I lead well.", "QID4")}
    rows = [(name, changes, (*given, "Agree")) for name, changes, given in responses(tests=0)]
    asked = checked(qualtrics(more, rows), {**kept, "remembered": True, "wave": "mid"})
    assert ids(asked) == ["items:Q4"]
    answers = {"items:Q4": "do not load"}
    assert checked(qualtrics(more, rows), {**kept, "remembered": True, "wave": "mid", "answers": answers}).good


def test_a_question_that_is_gone_from_a_remembered_survey_is_told_and_not_missed():
    one = answered(qualtrics(QUESTIONS, responses()), SAID)
    fewer = {"Q1": QUESTIONS["Q1"]}
    rows = [(name, changes, given[:1]) for name, changes, given in responses(tests=0)]
    two = checked(qualtrics(fewer, rows), {**one.report.mapping, "remembered": True})
    assert two.good
    assert [issue.code for issue in two.report.issues] == ["column-gone"]


def test_another_survey_of_the_same_tool_is_not_taken_for_the_remembered_one():
    one = answered(qualtrics(QUESTIONS, responses()), SAID)
    other = {"Q1": ("I lead well.", "QID1"), "Q2": ("I feel heard.", "QID2"), "Q3": ("Why?", "QID3_TEXT")}
    kept = lasting(one.report.mapping, PSEUDONYMS.of)
    asked = checked(qualtrics(other, responses()), {**kept, "remembered": True})
    assert ids(asked) == ["survey_id", "wave", "side", "items:Q1", "items:Q2", "test_responses"]


def test_no_name_place_address_or_typed_text_leaves_the_file():
    one = answered(qualtrics(QUESTIONS, responses()), SAID)
    told = f"{one.rows.to_pydict()} {one.report}"
    for secret in ("Weatherby", "192.0.2.77", "51.4779", "words", "'E1'"):
        assert secret not in told
    assert use_of(one, "RecipientLastName").why == "refused: name of a person"
    assert use_of(one, "LocationLatitude").why == "refused: internet address or location"
    assert use_of(one, "RecipientLastName").values == ""


@pytest.mark.parametrize(
    ("change", "header"),
    [
        ({"columns": {"RecipientLastName": "cohort"}}, "RecipientLastName"),
        ({"columns": {"RecipientEmail": "survey_id"}}, "RecipientEmail"),
        ({"items": {"Q3": {"item": "x"}}}, "Q3"),
    ],
)
def test_not_even_a_mapping_loads_what_is_never_loaded(change, header):
    mapping = {**FILE, "items": {"Q1": {"item": "c"}}, **change}
    one = checked(qualtrics(QUESTIONS, responses()), mapping)
    assert one.report.status == "refused"
    assert f'"{header}"' in one.report.message


def test_each_column_is_told_of_with_its_fate():
    one = answered(qualtrics(QUESTIONS, responses()), SAID)
    fates = {use.header: (use.target, use.why) for use in one.report.columns}
    assert fates["Q1"] == ("score", "item Q1: confidence")
    assert fates["Q2"] == ("score", "item Q2: confidence, retro_pre")
    assert fates["Q3"] == (None, "refused: free text")
    assert fates["Status"] == (None, "not a question")
    assert fates["ExternalReference"] == ("employee_id", "known from this kind of file")
    assert len(fates) == len(QUESTIONS) + 14


def test_two_columns_can_not_be_one_item():
    mapping = {**FILE, "items": {"Q1": {"item": "c"}, "Q2": {"item": "c"}}}
    assert "Give one of them another name" in checked(qualtrics(QUESTIONS, responses()), mapping).report.message


def test_five_thousand_responses_take_less_than_two_seconds():
    many = {f"Q{n}": (f"Statement {n} about work", f"QID{n}") for n in range(1, 31)}
    rows = [
        (f"R{n}", {"ExternalReference": f"E{n}"}, tuple(LABELS[(n + place) % 5] for place in range(30)))
        for n in range(5_000)
    ]
    items = {name: {"item": name, "construct": "confidence"} for name in many}
    content = qualtrics(many, rows)
    before = time.process_time()
    one = checked(content, {**FILE, "items": items})
    assert one.rows.num_rows == 150_000
    assert time.process_time() - before < 2


def test_names_that_people_answer_with_are_not_shown_however_often_they_are_given():
    more = {**QUESTIONS, "Q4": ("Who is your mentor?", "QID4")}
    rows = [(name, changes, (*given, "Ann Lee")) for name, changes, given in responses(tests=0)]
    asked = checked(qualtrics(more, rows), FILE)
    assert question(asked, "items:Q4").samples == () and "Ann Lee" not in str(asked.report)

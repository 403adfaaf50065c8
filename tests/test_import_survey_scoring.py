"""Answers become the scores that they would be given by hand, and never by a digit in a label."""

import pytest

from analysis.imports.formats.scales import SCALES, readings
from tests.survey_files import FILE, answered, checked, ids, one_column, question, scores, text_of, use_of

HEADER = "How far do you agree?"
ITEM = f"items:{HEADER}"
AGREEMENT = {
    "Strongly disagree": 2,
    "Disagree": 3,
    "Neither agree nor disagree": 4,
    "Agree": 5,
    "Strongly agree": 6,
}


def one_item(counts, **answers):
    """A survey of one question, read as confidence."""
    mapping = {"columns": {"Who": "response_id"}, "kind": "survey"}
    return checked(one_column(counts), {**mapping, "answers": {**FILE, ITEM: "confidence", **answers}})


def flat(header, *rows):
    return [["Who", *header], *([f"r{number}", *row] for number, row in enumerate(rows))]


def items(**named):
    return {"kind": "survey", **FILE, "columns": {"Who": "response_id"}, "items": named}


def item(code, construct="confidence", low=1, high=5, turned=False, **more):
    return {"item": code, "construct": construct, "scale_min": low, "scale_max": high, "reversed": turned, **more}


def test_the_labels_of_one_known_scale_are_scored_without_asking():
    one = one_item(AGREEMENT)
    assert one.good
    assert scores(one) == {HEADER: [1.0] * 2 + [2.0] * 3 + [3.0] * 4 + [4.0] * 5 + [5.0] * 6}
    assert one.rows["scale_min"].to_pylist()[0] == 1
    assert one.rows["scale_max"].to_pylist()[0] == 5
    assert '"Agree" (5) = 4' in use_of(one, HEADER).values


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (
            "Stimme überhaupt nicht zu | Stimme eher nicht zu | Teils/teils | Stimme eher zu | Stimme voll und ganz zu",
            5,
        ),
        ("Pas du tout d’accord | Pas d'accord | Neutre | D'accord | Tout à fait d'accord", 5),
        ("Totalmente en desacuerdo | En desacuerdo | Neutral | De acuerdo | Totalmente de acuerdo", 5),
        ("Discordo totalmente | Discordo | Neutro | Concordo | Concordo totalmente", 5),
        ("Very dissatisfied | Dissatisfied | Neutral | Satisfied | Very satisfied", 5),
        ("Never | Rarely | Sometimes | Often | Always", 5),
        ("Never | Sometimes | About half the time | Most of the time | Always", 5),
        ("Very unlikely | Unlikely | Neutral | Likely | Very likely", 5),
        ("Not at all confident | Slightly confident | Moderately confident | Very confident | Extremely confident", 5),
        ("Strongly disagree | Disagree | Somewhat disagree | Neutral | Somewhat agree | Agree | Strongly agree", 7),
    ],
)
def test_known_scales_in_five_languages(labels, expected):
    one = one_item(dict.fromkeys(labels.split(" | "), 1))
    assert scores(one) == {HEADER: [float(point) for point in range(1, expected + 1)]}
    assert one.rows["scale_max"].to_pylist()[0] == expected


def test_no_scale_gives_two_points_to_one_label():
    for scale in SCALES:
        assert set(scale.of.values()) == set(range(1, scale.points + 1))


def test_a_label_that_stands_on_several_scales_is_asked_about_by_their_ends():
    one = one_item({"Strongly agree": 9, "Neutral": 3})
    assert ids(one) == [f"scale:{HEADER}"]
    asked = question(one, f"scale:{HEADER}")
    assert (asked.choices, asked.suggestion) == (("1 to 5", "1 to 7"), "1 to 5")
    assert set(scores(one_item({"Strongly agree": 9, "Neutral": 3}, **{f"scale:{HEADER}": "1 to 7"}))[HEADER]) == {4, 7}


def test_a_question_without_a_middle_is_on_the_scale_of_the_questions_beside_it():
    rows = [("Disagree", "Neutral"), ("Agree", "Disagree"), ("Agree", "Strongly disagree"), ("Agree", "Agree")]
    content = flat(("A", "B"), *rows, ("Strongly disagree", "Strongly agree"))
    said = {"kind": "survey", "columns": {"Who": "response_id"}}
    one = checked(content, {**said, "answers": {**FILE, "items:A": "confidence", "items:B": "confidence"}})
    assert scores(one) == {"A": [2.0, 4.0, 4.0, 4.0, 1.0], "B": [3.0, 2.0, 1.0, 4.0, 5.0]}


def test_a_digit_in_a_label_is_never_its_score():
    one = one_item({"1 (good)": 3, "2 (fair)": 2, "3 (poor)": 1})
    assert ids(one)[:3] == [f"values:{HEADER} = {label}" for label in ("1 (good)", "2 (fair)", "3 (poor)")]
    asked = question(one, f"values:{HEADER} = 1 (good)")
    assert '3 people answered "1 (good)"' in asked.text
    assert asked.choices == ("1", "2", "3", "4", "5", "no answer")
    said = {f"values:{HEADER} = 1 (good)": 3, f"values:{HEADER} = 2 (fair)": "2", f"values:{HEADER} = 3 (poor)": 1}
    two = one_item({"1 (good)": 3, "2 (fair)": 2, "3 (poor)": 1}, **said, **{f"scale:{HEADER}": "1 to 3"})
    assert scores(two) == {HEADER: [3.0] * 3 + [2.0] * 2 + [1.0]}


@pytest.mark.parametrize(
    "labels",
    [
        {"(3): agree": 4, "4 (Agree)": 5},
        {"Agree": 4, "4 (Agree)": 5, "Disagree": 2},
        {"Agree": 4, "Disagree": 2, "Very satisfied": 3},
        {"1 - Low": 4, "High (5)": 2},
    ],
)
def test_two_labelled_scales_in_one_column_refuse_the_file(labels):
    one = one_item(labels)
    assert one.report.status == "refused"
    assert one.report.issues[0].code == "two-scales"
    assert f'"{HEADER}" mixes two labelled scales' in one.report.message
    assert all(label in one.report.message for label in labels)


def test_a_person_may_score_each_label_of_a_mixed_column():
    mapping = items(**{HEADER: {"item": "i", "labels": {"(3): agree": 3, "4 (Agree)": 4}}})
    assert scores(checked(one_column({"(3): agree": 1, "4 (Agree)": 2}), mapping)) == {"i": [3.0, 4.0, 4.0]}


def test_one_unknown_label_is_asked_about_and_the_scores_of_a_person_are_shown_beside_it():
    mapping = items(**{HEADER: item("i", labels={"Rather": 4, "Hardly": 2})})
    one = checked(one_column({"Rather": 3, "Hardly": 2, "Maybe": 2}), mapping)
    assert ids(one) == [f"values:{HEADER} = Maybe"]
    assert '"Rather" (3) = 4' in question(one, f"values:{HEADER} = Maybe").why
    two = checked(one_column({"Rather": 3, "Hardly": 2, "Maybe": 2}), {**mapping, "values": {HEADER: {"Maybe": 3}}})
    assert scores(two)["i"] == [4.0] * 3 + [2.0] * 2 + [3.0] * 2


@pytest.mark.parametrize("words", ["N/A", "Not applicable", "Don’t know", "Prefer not to say", "Keine Angabe", "No sé"])
def test_no_answer_is_left_blank_and_counted(words):
    one = one_item({**AGREEMENT, words: 7})
    assert one.rows.num_rows == 20
    assert len([issue for issue in one.report.issues if issue.code == "no-answers"]) == 7
    assert any(issue.message.startswith("7 answers say that there is none") for issue in one.report.issues)


def test_numbers_pass_and_their_scale_is_asked_for():
    one = one_item({"2": 3, "4": 2})
    asked = question(one, f"scale:{HEADER}")
    assert (asked.form, asked.suggestion, asked.why) == ("text", "1 to 5", "The answers go from 2 to 4.")
    two = one_item({"2": 3, "4": 2}, **{f"scale:{HEADER}": "0 to 4"})
    assert scores(two, "score", "scale_min", "scale_max") == {HEADER: [(2.0, 0.0, 4.0)] * 3 + [(4.0, 0.0, 4.0)] * 2}
    assert one_item({"2": 3, "4": 2}, **{f"scale:{HEADER}": "high"}).report.status == "refused"


def test_a_scale_whose_both_ends_are_seen_often_enough_is_not_asked_for():
    one = one_item({"1": 10, "3": 10, "5": 10})
    assert one.good
    assert set(one.rows["scale_max"].to_pylist()) == {5.0}


def test_a_column_of_somebodys_own_words_is_no_scale():
    one = one_item({f"words number {chr(97 + place)}": 1 for place in range(20)})
    assert one.report.issues[0].code == "no-scale"
    assert "words number" not in one.report.message


def test_an_address_among_the_answers_is_neither_asked_about_nor_shown():
    rows = {"1": 60, "5": 60, "ann@example.org": 1}
    one = one_item(rows, **{f"scale:{HEADER}": "1 to 5"})
    assert one.good
    assert one.report.rejected == 1
    assert "ann@" not in str(one.report)


def test_a_reversed_item_keeps_its_answer_and_needs_a_scale():
    content = flat(("A", "B"), ("5", "2"), ("4", "1"))
    one = checked(content, items(A=item("a"), B=item("b", turned=True)))
    assert scores(one, "score", "reversed")["b"] == [(2.0, "true"), (1.0, "true")]
    assert not [issue for issue in one.report.issues if issue.code == "reversed-without-scale"]
    two = checked(content, items(A=item("a"), B={"item": "b", "construct": "confidence", "reversed": True}))
    assert [issue.column for issue in two.report.issues if issue.code == "reversed-without-scale"] == ["B"]


def test_a_question_that_runs_against_the_others_is_asked_about():
    rows = [(str(low), str(low), str(6 - low)) for low in (1, 2, 3, 4, 5) for _ in range(7)]
    said = {**FILE, "items:A": "confidence", "items:B": "confidence", "items:C": "confidence"}
    mapping = {"kind": "survey", "columns": {"Who": "response_id"}}
    one = checked(flat("ABC", *rows), {**mapping, "answers": said})
    assert ids(one) == ["reversed:C"]
    two = checked(flat("ABC", *rows), {**mapping, "answers": {**said, "reversed:C": "yes"}})
    assert set(scores(two, "reversed")["C"]) == {("true",)}
    assert two.report.mapping["items"]["C"]["reversed"] is True


def test_too_few_answers_on_a_construct_are_no_score_of_it():
    """Three questions on confidence and one on engagement; by hand, one answer of three is below half."""
    content = flat(
        ("A", "B", "C", "D"),
        ("5", "4", "3", "2"),  # all
        ("5", "4", "", "2"),  # two of three: counts
        ("5", "", "", "2"),  # one of three: left out, engagement counts
        ("5", "", "", ""),  # nothing is left
    )
    mapping = items(A=item("a"), B=item("b"), C=item("c"), D=item("d", "engagement"))
    one = checked(content, mapping)
    assert scores(one) == {"a": [5.0, 5.0], "b": [4.0, 4.0], "c": [3.0], "d": [2.0, 2.0, 2.0]}
    assert [(issue.line, issue.code) for issue in one.report.issues if issue.code == "too-few-answers"] == [
        (1, "too-few-answers"),
        (5, "too-few-answers"),
    ]
    assert (one.report.loaded, one.report.rejected) == (3, 1)
    every = checked(content, {**mapping, "minimum_answered": 0})
    assert scores(every)["a"] == [5.0] * 4
    assert scores(checked(content, {**mapping, "minimum_answered": 1}))["a"] == [5.0]
    assert checked(content, {**mapping, "minimum_answered": "most"}).report.status == "refused"


def test_means_by_construct_equal_those_computed_by_hand():
    """(4 + 2 + (6 - 2)) / 3 = 10/3 for the first, (5 + (6 - 1)) / 2 = 5 for the second with one blank."""
    content = flat(("A", "B", "C"), ("Agree", "Disagree", "2"), ("Strongly agree", "N/A", "1"), ("Neutral", "", ""))
    mapping = items(A=item("a"), B=item("b"), C=item("c", turned=True))
    one = checked(content, mapping)
    means = {}
    for row in one.rows.to_pylist():
        value = 6 - row["score"] if row["reversed"] == "true" else row["score"]
        means.setdefault(row["line"], []).append(value)
    assert {line: sum(values) / len(values) for line, values in means.items()} == {2: pytest.approx(10 / 3), 3: 5.0}


def test_labels_of_one_column_in_two_cases_are_one_label():
    found = readings(["agree", "Agree", "Strongly disagree", "disagree", "neutral"])
    assert {reading.scores["agree"] for reading in found} == {reading.scores["Agree"] for reading in found}


def test_answers_go_through_whatever_the_delimiter():
    content = text_of(flat(("A",), ("4",), ("5",)), ";")
    assert scores(checked(content, items(A=item("a")))) == {"a": [4.0, 5.0]}


def test_an_answered_question_is_the_item_of_its_header():
    content = [["RespondentID", "I lead well"], ["1", "4"], ["2", "3"]]
    one = answered(content, {"items:I lead well": "leadership", "scale:I lead well": "1 to 5"})
    assert scores(one, "construct") == {"I lead well": [("leadership",), ("leadership",)]}

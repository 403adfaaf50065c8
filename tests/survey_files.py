"""Exports of survey tools in the shapes in which they come, with invented people."""

import csv
import io

from analysis.imports.pseudonyms import Key, Pseudonyms
from analysis.imports.report import SourceFile
from analysis.imports.stage import Request, check

PSEUDONYMS = Pseudonyms(Key(b"test key"))
FILE = {"survey_id": "s", "wave": "post", "side": "mentor"}


def text_of(rows, delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def checked(content, mapping=None, name="export.csv", **request):
    """The file, checked. Rows of cells are written as CSV first."""
    if isinstance(content, list):
        content = text_of(content)
    content = content.encode() if isinstance(content, str) else content
    return check(SourceFile(name, content), Request(mapping=mapping or {}, file=name, **request), PSEUDONYMS)


def answered(content, answers, name="export.csv"):
    return checked(content, {"answers": {**FILE, **answers}}, name)


def question(one, name):
    return next(asked for asked in one.report.questions if asked.id == name)


def ids(one):
    return [asked.id for asked in one.report.questions]


def scores(one, *names):
    """item -> the scores in the order of the lines, or tuples of other columns with them."""
    found = {}
    for row in one.rows.to_pylist():
        found.setdefault(row["item"], []).append(tuple(row[name] for name in names) if names else row["score"])
    return found


def use_of(one, header):
    return next(use for use in one.report.columns if use.header == header)


def counts_hold(one):
    report = one.report
    return report.lines == report.header_lines + report.blank_rows + report.loaded + report.rejected


QUALTRICS_FIELDS = [
    "StartDate",
    "EndDate",
    "Status",
    "IPAddress",
    "Progress",
    "Finished",
    "RecordedDate",
    "ResponseId",
    "RecipientLastName",
    "RecipientEmail",
    "ExternalReference",
    "LocationLatitude",
    "DistributionChannel",
    "UserLanguage",
]


def qualtrics(questions, answers, python_style=False):
    """`questions` is field -> (text, import id); `answers` are (response, changes of the metadata, answers)."""
    names = [*QUALTRICS_FIELDS, *questions]
    texts = [f"{name} (lokal)" for name in QUALTRICS_FIELDS] + [text for text, _ in questions.values()]
    marks = [*QUALTRICS_FIELDS, *(mark for _, mark in questions.values())]
    imports = [f"{{'ImportId': '{mark}'}}" if python_style else f'{{"ImportId":"{mark}"}}' for mark in marks]
    rows = [names, texts, imports]
    for response, changes, given in answers:
        about = dict.fromkeys(QUALTRICS_FIELDS, "")
        about |= {"Status": "0", "Finished": "1", "RecordedDate": "2024-05-01 09:05:00", "ResponseId": response}
        about |= {"IPAddress": "192.0.2.77", "RecipientLastName": "Weatherby", "LocationLatitude": "51.4779"}
        rows.append([*(about | changes).values(), *given])
    return rows


def qualtrics_legacy(answers):
    fields = [f"V{number}" for number in range(1, 11)]
    names = "ResponseID,ResponseSet,Name,ExternalDataReference,EmailAddress,IPAddress,Status,StartDate,EndDate,Finished"
    rows = [
        [*fields, "Q1", "Q2", "LocationLatitude", ""],
        [*names.split(","), "I lead well.", "Why?", "LocationLatitude", ""],
    ]
    for response, person, q1 in answers:
        about = [response, "Default", "Anon", person, "", "192.0.2.7", "0", "2024-05-01 09:00:00"]
        rows.append([*about, "2024-05-01 09:05:00", "1", q1, "typed words", "47.1", ""])
    return "\ufeff" + text_of(rows)


def survey_monkey(answers):
    """Two header rows. `answers` are (id, end, first statement, second statement, two ticked boxes, typed text)."""
    above = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name"]
    above += ["How far do you agree?", "", "What helped you most?", "", "", "Gender"]
    below = [
        *[""] * 7,
        "I speak up.",
        "I am sure of myself.",
        "Meetings",
        "Reading",
        "Other (please specify)",
        "Response",
    ]
    rows = [above, below]
    for number, (ended, first, second, meetings, reading, typed) in enumerate(answers, start=1):
        about = [f"11{number}", "7", ended, ended, "192.0.2.9", f"p{number}@example.org", "Ann"]
        rows.append([*about, first, second, meetings, reading, typed, "Female"])
    return rows


def google_forms(stamp, rows, more=()):
    header = [stamp, "How sure are you of yourself? [In meetings]", "How sure are you of yourself? [In writing]"]
    return [[*header, "What did you use?", *more], *rows]


def typeform(rows):
    header = ["#", "<strong>How sure are you now?</strong>", "*Did you meet?*", "Slides", "Other", "Films", "Other"]
    return [[*header, "Start Date (UTC)", "Submit Date (UTC)", "Network ID"], *rows]


def lime_survey(rows):
    header = ["Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started", "IP address"]
    header += ["How far do you agree? [I lead well.]", "How far do you agree? [I am heard.]", "Reasons [Other]"]
    return "\ufeff" + text_of([*[[*header, "Total time"]], *rows]) + ",".join([""] * 11) + "\n"


def glint(id_header, rows):
    items = ("My work is meaningful", "I feel valued")
    beside = ("", "_COMMENT", "_COMMENT_TOPICS", "_SENSITIVE_COMMENT_FLAG")
    header = ["First Name", "Last Name", "Email", "Status", id_header, "Manager ID"]
    header += [
        "Survey Cycle Completion Date",
        "Survey Cycle Sent Date",
        *(item + end for item in items for end in beside),
    ]
    return [header, *rows]


def one_column(label_counts, header="How far do you agree?"):
    """A flat survey of one question, each label as often as it says."""
    labels = [label for label, count in label_counts.items() for _ in range(count)]
    return [["Who", header], *([f"r{number}", label] for number, label in enumerate(labels))]

"""The post surveys in the shapes in which Microsoft Forms and Qualtrics export them, with a mapping beside each."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter

from analysis.sample.settings import LAST_MONTH
from analysis.sample.surveys import ITEMS, Item

CREATED = datetime(LAST_MONTH[0], LAST_MONTH[1], 30, 10, 15)  # fixed, so that the same seed gives the same bytes
LETTERS = np.array(list("0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"))

Answers = dict[str, dict[str, Any]]


def write_forms(out: Path, survey: pd.DataFrame, rng: np.random.Generator) -> None:
    """The mentees' post survey as a Microsoft Forms workbook: one row a response, known by its e-mail address."""
    items = [item for item in ITEMS["mentee"] if "post" in item.waves]
    rows = _responses(survey, "mentee")
    path = out / f"Mentee post survey(1-{len(rows)}).xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": CREATED, "author": ""})
        sheet = book.add_worksheet("Sheet1")
        moment = book.add_format({"num_format": "m/d/yy h:mm:ss"})
        sheet.write_row(0, 0, ["ID", "Start time", "Completion time", "Email", "Name", *(item.text for item in items)])
        for line, (person, answers) in enumerate(rows.items(), start=1):
            finished = _moment(answers["submitted_at"], rng)
            sheet.write_number(line, 0, line)
            sheet.write_datetime(line, 1, finished - timedelta(seconds=int(rng.integers(90, 600))), moment)
            sheet.write_datetime(line, 2, finished, moment)
            sheet.write_row(line, 3, [f"{person.lower()}@example.com", "anonymous"])
            for column, item in enumerate(items, start=5):
                if item.code in answers:
                    sheet.write_number(line, column, answers[item.code])
    columns = {"ID": "response_id", "Completion time": "submitted_at", "Email": "email"}
    _write_mapping(path, "mentee", columns, {item.text: item for item in items})


def write_qualtrics(out: Path, survey: pd.DataFrame, rng: np.random.Generator) -> None:
    """The mentors' post survey as a Qualtrics CSV: three header rows, and two previews that are nobody's answers."""
    items = [item for item in ITEMS["mentor"] if "post" in item.waves]
    names = [f"Q{number}" for number in range(1, len(items) + 1)]
    rows = _responses(survey, "mentor")
    path = out / f"Mentor post survey_{CREATED:%B %d, %Y_%H.%M}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*_QUALTRICS, *names])
        writer.writerow([*_QUALTRICS.values(), *(item.text for item in items)])
        identifiers = [_IMPORT_IDS.get(name, name[0].lower() + name[1:]) for name in _QUALTRICS]
        questions = [f"QID{number}" for number in range(1, len(items) + 1)]
        writer.writerow(json.dumps({"ImportId": name}, separators=(",", ":")) for name in identifiers + questions)
        first = min(answers["submitted_at"] for answers in rows.values()) if rows else pd.Timestamp(CREATED)
        for day in (first - timedelta(days=8), first - timedelta(days=7)):
            writer.writerow([*_about(_moment(day, rng), rng, ""), *[3] * len(items)])
        for person, answers in rows.items():
            about = _about(_moment(answers["submitted_at"], rng), rng, person)
            writer.writerow([*about, *(answers.get(item.code, "") for item in items)])
    columns = {"ResponseId": "response_id", "RecordedDate": "submitted_at", "ExternalReference": "employee_id"}
    _write_mapping(path, "mentor", columns, dict(zip(names, items, strict=True)))


# Field name to the text in the second header row.
_QUALTRICS = {
    "StartDate": "Start Date",
    "EndDate": "End Date",
    "Status": "Response Type",
    "IPAddress": "IP Address",
    "Progress": "Progress",
    "Duration (in seconds)": "Duration (in seconds)",
    "Finished": "Finished",
    "RecordedDate": "Recorded Date",
    "ResponseId": "Response ID",
    "RecipientLastName": "Recipient Last Name",
    "RecipientFirstName": "Recipient First Name",
    "RecipientEmail": "Recipient Email",
    "ExternalReference": "External Data Reference",
    "LocationLatitude": "Location Latitude",
    "LocationLongitude": "Location Longitude",
    "DistributionChannel": "Distribution Channel",
    "UserLanguage": "User Language",
}
_IMPORT_IDS = {
    "IPAddress": "ipAddress",
    "Duration (in seconds)": "duration",
    "ResponseId": "_recordId",
    "ExternalReference": "externalDataReference",
}


def _about(finished: datetime, rng: np.random.Generator, person: str) -> list[Any]:
    """The columns that Qualtrics puts before the answers; without a person, a preview. Addresses are TEST-NET-1's."""
    seconds = int(rng.integers(90, 600))
    response = "R_" + "".join(rng.choice(LETTERS, 15))
    address = f"192.0.2.{rng.integers(1, 255)}"
    kind, channel = (0, "email") if person else (1, "preview")
    start = finished - timedelta(seconds=seconds)
    return [
        *(start, finished, kind, address, 100, seconds, 1, finished, response),
        *("", "", "", person, "", "", channel, "EN"),
    ]


def _responses(survey: pd.DataFrame, side: str) -> dict[str, dict[str, Any]]:
    """What each person answered in the post wave, by item, with submitted_at; in the order of submission."""
    chosen = survey[(survey["side"] == side) & (survey["wave"] == "post")]
    rows: Answers = {}
    for person, item, score, day in zip(
        chosen["employee_id"], chosen["item"], chosen["score"], chosen["submitted_at"], strict=True
    ):
        rows.setdefault(person, {"submitted_at": day})[item] = int(score)
    return dict(sorted(rows.items(), key=lambda row: (row[1]["submitted_at"], row[0])))


def _moment(day: datetime, rng: np.random.Generator) -> datetime:
    return datetime(day.year, day.month, day.day, 8) + timedelta(seconds=int(rng.integers(0, 36_000)))


def _write_mapping(path: Path, side: str, columns: dict[str, str], items: dict[str, Item]) -> None:
    mapping = {
        "kind": "survey",
        "survey_id": f"{side}_survey",
        "wave": "post",
        "side": side,
        "columns": columns,
        "items": {
            header: {
                "item": item.code,
                "construct": item.construct,
                "scale_min": item.scale_min,
                "scale_max": item.scale_max,
                "reversed": item.reversed,
            }
            for header, item in items.items()
        },
    }
    text = json.dumps(mapping, indent=2) + "\n"
    path.with_name(path.name + ".mapping.json").write_text(text, encoding="utf-8", newline="\n")

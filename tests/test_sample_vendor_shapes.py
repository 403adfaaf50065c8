"""Post surveys in vendors' shapes carry what the canonical files would have carried, by the mapping beside them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from analysis import sample
from analysis.sample import Employer
from analysis.store.model import CONSTRUCTS, KINDS


@pytest.fixture(scope="module")
def employer() -> Employer:
    return sample.generate(1500, 14, 9)


@pytest.fixture(scope="module")
def folder(employer: Employer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("vendors")
    sample.save(employer, out, vendor_shapes=True)
    return out


def _one(folder: Path, pattern: str) -> Path:
    (path,) = folder.glob(pattern)
    return path


def _mapping(path: Path) -> dict[str, Any]:
    return json.loads(path.with_name(path.name + ".mapping.json").read_text(encoding="utf-8"))


def _forms(folder: Path) -> tuple[Path, list[list[Any]]]:
    path = _one(folder, "*.xlsx")
    return path, CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Sheet1").to_python()


def _qualtrics(folder: Path) -> tuple[Path, list[list[str]]]:
    path = _one(folder, "Mentor post survey*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return path, list(csv.reader(file))


def _expected(employer: Employer, side: str) -> dict[tuple[str, str], int]:
    rows = employer.survey.query("side == @side and wave == 'post'")
    return dict(zip(zip(rows["employee_id"], rows["item"], strict=True), rows["score"], strict=True))


def test_vendor_files_stand_instead_of_the_canonical_ones(folder: Path) -> None:
    canonical = {path.name for path in folder.glob("survey_m*.csv")}
    assert canonical == {f"survey_{side}_{wave}.csv" for side in ("mentor", "mentee") for wave in ("pre", "mid")}


def test_the_forms_workbook_holds_the_mentees_post_answers(employer: Employer, folder: Path) -> None:
    path, (header, *rows) = _forms(folder)
    mapping = _mapping(path)
    assert header[:5] == ["ID", "Start time", "Completion time", "Email", "Name"]
    assert path.name == f"Mentee post survey(1-{len(rows)}).xlsx"
    assert header[5:] == list(mapping["items"])
    assert mapping["columns"] == {"ID": "response_id", "Completion time": "submitted_at", "Email": "email"}
    emails = employer.people.drop_duplicates("employee_id").set_index("email")["employee_id"]
    found = {
        (emails[row[3]], mapping["items"][text]["item"]): int(score)
        for row in rows
        for text, score in zip(header[5:], row[5:], strict=True)
        if score != ""
    }
    assert found == _expected(employer, "mentee")
    assert {row[4] for row in rows} == {"anonymous"}
    assert all(row[1] < row[2] for row in rows)


def test_the_qualtrics_file_has_three_header_rows_and_previews(employer: Employer, folder: Path) -> None:
    path, (names, texts, imports, *rows) = _qualtrics(folder)
    mapping = _mapping(path)
    assert len(names) == len(texts) == len(imports)
    assert [json.loads(cell)["ImportId"] for cell in imports][-1].startswith("QID")
    assert len({json.loads(cell)["ImportId"] for cell in imports}) == len(imports)
    lines = [dict(zip(names, row, strict=True)) for row in rows]
    previews = [line for line in lines if line["Status"] == "1"]
    assert len(previews) == 2
    assert all(line["ExternalReference"] == "" for line in previews)
    assert all(line["IPAddress"].startswith("192.0.2.") for line in lines)
    found = {
        (line["ExternalReference"], item["item"]): int(line[name])
        for line in lines
        if line["Status"] == "0"
        for name, item in mapping["items"].items()
        if line[name] != ""
    }
    assert found == _expected(employer, "mentor")


def test_mappings_speak_the_canonical_vocabulary(folder: Path) -> None:
    headers = set(KINDS["survey"].headers) | {"email"}
    for path, side in ((_forms(folder)[0], "mentee"), (_qualtrics(folder)[0], "mentor")):
        mapping = _mapping(path)
        assert (mapping["kind"], mapping["wave"], mapping["side"]) == ("survey", "post", side)
        assert mapping["survey_id"] == f"{side}_survey"
        assert set(mapping["columns"].values()) <= headers
        for item in mapping["items"].values():
            assert set(item) == {"item", "construct", "scale_min", "scale_max", "reversed"}
            assert item["construct"] in CONSTRUCTS
            assert item["scale_min"] < item["scale_max"]


def test_item_codes_and_scales_are_those_of_the_canonical_waves(employer: Employer, folder: Path) -> None:
    known = employer.survey.drop_duplicates(["side", "item"]).set_index(["side", "item"])
    for path, side in ((_forms(folder)[0], "mentee"), (_qualtrics(folder)[0], "mentor")):
        for item in _mapping(path)["items"].values():
            row = known.loc[(side, item["item"])]
            assert (row["construct"], row["scale_min"], row["scale_max"]) == (
                item["construct"],
                item["scale_min"],
                item["scale_max"],
            )
            assert row["reversed"] == str(item["reversed"]).lower()

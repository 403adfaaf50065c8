"""docs/imports.md and the README's example say what the code does."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
import shlex
from collections.abc import Iterable
from pathlib import Path

import pytest

from analysis.imports import archive, extents, formats, packages, refuse, sheet, table
from analysis.imports.formats.listing import Listing
from analysis.imports.stage import ASK_ABOVE
from analysis.load import FILE_TYPES, SourceFile, load
from analysis.store import Store
from tests import list_files, mentoring_files
from tests.survey_files import checked, qualtrics
from tests.test_command_line import run

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "imports.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
ANY = {"list", "survey", "canonical headers"}  # what stands below the table, in words
MAKERS = {**vars(list_files), **vars(mentoring_files)}
WITHOUT_ANSWERS = [
    name
    for name, make in MAKERS.items()
    if inspect.isfunction(make) and name != "csv_of" and not inspect.signature(make).parameters
]


def rows(section: str) -> list[list[str]]:
    """The cells of a section's table, without its header."""
    text = PAGE.split(f"## {section}\n")[1].split("\n## ")[0]
    return [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")][1:]


def mappings() -> list[dict]:
    return [json.loads(text) for text in re.findall(r"```json\n(.*?)```", PAGE, re.S)]


def test_the_table_of_vendors_equals_the_formats() -> None:
    modules = [
        importlib.import_module(f"{formats.__name__}.{one.name}") for one in pkgutil.iter_modules(formats.__path__)
    ]
    kinds = {one.name: one.kind for module in modules for one in vars(module).values() if isinstance(one, Listing)}
    found = [(form.name, kinds.get(form.name, "survey")) for form in formats.FORMATS if form.name not in ANY]
    assert [tuple(row) for row in rows("What is recognised")] == list(dict.fromkeys(found))


def test_the_table_of_refused_classes_equals_the_code() -> None:
    classes = [
        value for name, value in vars(refuse).items() if re.fullmatch(r"[A-Z]+(_[A-Z]+)*", name) and type(value) is str
    ]
    assert [row[0] for row in rows("What is refused at the door")] == classes


@pytest.mark.parametrize("name", WITHOUT_ANSWERS)
def test_every_question_about_a_list_stands_in_the_table(name: str, tmp_path: Path) -> None:
    [report] = load(
        Store(tmp_path / "store"),
        [SourceFile("x.csv", MAKERS[name]())],
        dry_run=True,
    )
    assert kinds_of(question.id for question in report.questions) <= kinds_of(names())


def test_every_question_that_the_code_asks_stands_in_the_table() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in Path(formats.__file__).parents[1].rglob("*.py"))
    ids = set(re.findall(r'\bQuestion\(\s*f?"(\w+:?)', source))
    ids |= {f"{part}:" for part in re.findall(r'answer_id\(\s*"(\w+)"', source)}
    assert len(ids) > 12
    assert ids <= {name.partition("<")[0] for name in names()}


def names() -> list[str]:
    return [row[0].strip("`") for row in rows("What is asked, and why")]


def kinds_of(ids: Iterable[str]) -> set[str]:
    return {one.partition(":")[0] for one in ids}


def test_the_limits_are_those_of_the_code() -> None:
    limits = PAGE.split("## Limits\n")[1].split("\n## ")[0]
    config = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    upload = re.search(r"^maxUploadSize = (\d+)$", config, re.M)
    assert upload and f"files up to {upload[1]} MB" in limits
    assert extents.MAX_COLUMNS == sheet.MOST_CELLS and f"may have {extents.MAX_COLUMNS:,} columns" in limits
    assert f"may take {extents.MAX_MEMORY >> 20} MB" in limits and f"sheets {packages.MAX_SHEET >> 20} MB" in limits
    assert f"hold {archive.MAX_FILES} files" in limits and f"together {archive.MAX_UNPACKED >> 20} MB" in limits
    assert f"{table.MAX_ISSUES:,} faults" in limits
    assert f"more than {ASK_ABOVE:.0%} of the lines" in PAGE


def test_every_type_of_file_stands_there() -> None:
    assert [kind for kind in FILE_TYPES if kind not in PAGE.lower()] == []


def test_the_mapping_of_people_reads_the_list_without_a_question(tmp_path: Path) -> None:
    people, _ = mappings()
    reports = load(Store(tmp_path / "store"), [SourceFile("workers.csv", list_files.workday(), people)], dry_run=True)
    assert [(report.kind, report.status) for report in reports] == [("people", "dry_run"), ("ladder", "dry_run")]
    uses = {use.header: (use.target, use.why) for use in reports[0].columns}
    assert uses["Management Level"] == ("level", "as you said")
    assert uses["Business Title"] == (None, "not loaded, as you said")


def test_the_mapping_of_a_survey_reads_the_export_without_a_question() -> None:
    _, survey = mappings()
    questions = {"Q1": ("I am sure of myself.", "QID1"), "Q2": ("I lead well.", "QID2")}
    about = [("R1", {"ExternalReference": "E1"}, ("4", "5")), ("R2", {"Status": "Survey Preview"}, ("2", "1"))]
    one = checked(qualtrics(questions, about), survey)
    assert (one.report.status, one.report.loaded, one.report.rejected) == ("dry_run", 1, 1)
    assert set(one.rows["item"].to_pylist()) == {"conf1"} and set(one.rows["wave"].to_pylist()) == {"post"}


def test_the_readme_shows_what_the_command_line_says(tmp_path: Path) -> None:
    [example] = re.findall(r"<!-- example of load -->\n```console\n\$ python -m analysis (.*?)```", README, re.S)
    command, *said = example.splitlines()
    path = tmp_path / command.split()[1]
    path.write_bytes(list_files.workday())
    printed = run("load", path, store=tmp_path / "store").stdout.splitlines()
    places = [printed.index(line) for line in said]
    assert places == sorted(places) and len(said) > 5
    [second] = re.findall(rf"^python -m analysis {re.escape(command)} (--answer .*?[^\\\\])$", README, re.M | re.S)
    arguments = shlex.split(second.replace("\\\n", " "))
    done = run("load", path, *arguments, store=tmp_path / "store")
    assert done.returncode == 0 and "What loading would change:" in done.stdout

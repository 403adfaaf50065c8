"""A reader can do nothing but read; values reach the database as parameters; uploads have a limit."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from analysis.findings import answers
from analysis.findings.results import Question, Selection
from analysis.store import Reader, Store
from tests.pages import empty_store

ROOT = Path(__file__).parent.parent
HOSTILE = ["x' or '1'='1", "'; drop table load; --", "read_csv('/etc/passwd')", "{header}", "%s", "\x00"]

# Where the text of a statement is put together, and from what: names of tables and columns out of the lists of this
# code, never a value that came from a file, an address or a command line.
TEXTS = {
    ("analysis/findings/answers/effects.py", "group_headers"): "headers of the plan",
    ("analysis/forget.py", "_ids_of"): "tables and columns of the model",
    ("analysis/forget.py", "_copy"): "tables and columns of the model and of the migrations",
    ("analysis/forget.py", "_refuse_what_is_left"): "tables and columns that are there",
    ("analysis/imports/checks/__init__.py", "_hold"): "a hash of the loads",
    ("analysis/imports/checks/__init__.py", "_let_go"): "tables of this module",
    ("analysis/imports/ledger.py", "mark_key"): "a hash of the key",
    ("analysis/imports/write.py", "_insert"): "tables of the model and queries of this module",
    ("analysis/store/held.py", "hold_people"): "a hash of the loads",
    ("analysis/store/held.py", "let_go_of_people"): "tables of this module",
    ("analysis/store/store.py", "writing"): "the store's own path, quoted",
    ("analysis/study/build.py", "build_derived"): "tables of this module",
    ("analysis/study/build.py", "drop_derived"): "tables and types that are there",
    ("analysis/study/counting.py", "_words"): "types of this module, covariates of the plan's list",
    ("analysis/study/panel.py", "metrics"): "one of two columns",
    ("analysis/study/programme.py", "values"): "a header of this code",
    ("analysis/study/survey_response.py", "asked_by_place"): "headers of this code",
    ("analysis/study/surveys.py", "places"): "a header of this code",
    ("analysis/study/surveys.py", "sizes"): "keys of this module",
    ("analysis/study/surveys.py", "pairs"): "codes of the plan",
}


def put_together(path: Path) -> Iterator[tuple[str, str]]:
    """File and function of each statement that is an f-string, a sum, or formatted."""
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("execute", "executemany", "sql", "query")
                and node.args
            ):
                text = node.args[0]
                formatted = (
                    isinstance(text, ast.Call)
                    and isinstance(text.func, ast.Attribute)
                    and text.func.attr in ("format", "format_map")
                )
                if isinstance(text, ast.JoinedStr | ast.BinOp) or formatted:
                    yield str(path.relative_to(ROOT)), function.name


SOURCES = [path for room in ("analysis", "ui", "pages") for path in sorted((ROOT / room).rglob("*.py"))]


def test_statements_are_put_together_only_where_it_is_known_from_what() -> None:
    assert {place for path in SOURCES for place in put_together(path)} == set(TEXTS)


def test_a_statement_with_a_value_in_it_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.test_hardening.ROOT", tmp_path)
    for number, text in enumerate(('f"select {x}"', '"select " + x', '"select {}".format(x)', '"select %s" % x')):
        path = tmp_path / f"{number}.py"
        path.write_text(f"def ask(cursor, x):\n    cursor.execute({text})\n")
        assert list(put_together(path)) == [(path.name, "ask")]


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    return Store(empty_store(tmp_path)).reader()


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        "select * from '/etc/passwd'",
        "select * from glob('/*')",
        "copy (select 1) to '/tmp/impact_never_written.csv'",
        "attach '/tmp/impact_never_written.duckdb' as other",
        "attach ':memory:' as other; copy from database v000001 to other",
        "export database '/tmp/impact_never_written'",
        "install httpfs",
        "load httpfs",
        "select * from read_parquet('https://example.org/x.parquet')",
        "set enable_external_access = true",
        "set autoinstall_known_extensions = true",
        "set allow_community_extensions = true",
        "set allow_unsigned_extensions = true",
        "set lock_configuration = false",
        "set memory_limit = '100GB'",
        "set temp_directory = '/tmp/impact_never_written'",
        "insert into load select * from load",
        "delete from load",
        "create table kept (x integer)",
        "drop table load",
    ],
)
def test_a_reader_is_refused_everything_but_reading(reader: Reader, statement: str) -> None:
    with reader.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(statement)


def test_the_settings_are_locked_for_who_writes_too(tmp_path: Path) -> None:
    with Store(empty_store(tmp_path)).writing(publish=False) as draft:
        for statement in (
            "select * from read_csv('/etc/passwd')",
            "copy (select 1) to '/tmp/impact_never_written.csv'",
            "install httpfs",
            "set enable_external_access = true",
            "attach '/tmp/impact_never_written.duckdb' as other",
        ):
            with pytest.raises(duckdb.Error):
                draft.connection.execute(statement)


def test_a_version_written_anew_may_read_the_one_before_and_no_other_file(tmp_path: Path) -> None:
    store = Store(empty_store(tmp_path))
    with store.writing(publish=False, anew=True) as draft:
        assert draft.connection.execute("select count(*) from before.load").fetchone() == (0,)
        for statement in ("select * from read_text('/etc/passwd')", "insert into before.load select * from before.load",
                          f"attach '{store.folder / 'v000001.duckdb'}' as other (read_only)"):  # fmt: skip
            with pytest.raises(duckdb.Error):
                draft.connection.execute(statement)
    assert sorted(path.name for path in store.folder.iterdir()) == ["current", "lock", "v000001.duckdb"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_value_is_unknown_or_nobody_and_harms_nothing(sample_reader: Reader, text: str) -> None:
    for question in (
        Question("retention", "mentor", by=text),
        Question("retention", "mentor", cohort=text),
        Question("retention", "mentor", quarter=text),
        Question("retention", "mentor", where=Selection(department=text)),
    ):
        with pytest.raises(ValueError):
            answers.effects(sample_reader, question)
    with sample_reader.cursor() as cursor:
        assert cursor.execute("select count(*) > 0 from load").fetchone() == (True,)

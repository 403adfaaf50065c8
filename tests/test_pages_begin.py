"""Every page begins with begin_page, is short, and never shows a traceback."""

from __future__ import annotations

import ast
import logging
from pathlib import Path

import pytest

from analysis.findings import answers
from tests.pages import NAMES, PAGES, everything, run_page, show


@pytest.mark.parametrize("name", NAMES)
def test_the_first_statement_after_imports_is_begin_page(name: str) -> None:
    """After a server start a page runs without app.py: a guard that stands anywhere else would be bypassed."""
    statements = [
        node
        for node in ast.parse((PAGES / f"{name}.py").read_text(encoding="utf-8")).body
        if not isinstance(node, ast.Import | ast.ImportFrom)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    first = statements[0]
    assert isinstance(first, ast.With), "a page is one with-statement"
    call = first.items[0].context_expr
    assert isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "begin_page"
    assert len(statements) == 1, "nothing stands outside begin_page"


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_short_and_its_name_is_its_address(name: str) -> None:
    assert len((PAGES / f"{name}.py").read_text(encoding="utf-8").splitlines()) <= 120
    assert name == name.lower()


def test_an_unexpected_fault_is_one_sentence_with_a_reference_and_no_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    show(monkeypatch, tmp_path)

    def broken(reader: object, quarter: str) -> None:
        raise KeyError("secret-employee-0042")

    monkeypatch.setattr(answers, "impact_page", broken)
    with caplog.at_level(logging.ERROR, logger="impact.page"):
        page = run_page("quarterly_impact")
    assert not page.exception
    assert len(page.error) == 1 and "reference" in page.error[0].value
    assert "secret" not in everything(page) and "secret" not in caplog.text
    assert "KeyError" in caplog.text


def test_a_choice_that_the_data_do_not_have_is_said_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path)

    def unknown(reader: object, question: object) -> None:
        raise answers.UnknownChoice("2019Q1 is not a cohort with this follow-up; those are 2024Q3.")

    monkeypatch.setattr(answers, "outcome_detail", unknown)
    page = run_page("outcomes")
    assert not page.exception and "is not a cohort" in page.error[0].value

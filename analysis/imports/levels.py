"""The levels of a file against the ladder: refused, asked about, or put in order by a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.imports import rows as row_checks
from analysis.imports.checked import Checked, ask, refuse
from analysis.imports.report import FileFault, Question, SourceFile

ORDERED_BY, QUOTE, LATER = " < ", '"', "later"


def with_levels_checked(checked: Checked, ladder: Sequence[str]) -> Checked:
    """The same, or refused where it has a level that the ladder lacks.

    A file whose headers are not canonical is not refused: somebody is asked to put all levels in order, or says that
    there is no order yet.
    """
    kind, said = checked.report.kind, checked.report.mapping.get("ladder")
    if checked.report.status == "needs_answer" and checked.asks and said is None:
        return _asked_with_the_others(checked, ladder)
    if not checked.good or checked.rows is None or kind is None:
        return checked
    if checked.asks:
        levels = row_checks.levels_in(kind, checked.rows)
        new = [level for level in levels if level not in ladder]
        if said is not None and not _is_order(str(said), [*ladder, *new], _levels_seen(checked)):
            fault = FileFault(
                "mapping",
                f'The levels are not in order: "{said}" should hold {", ".join((*ladder, *new))}, most junior first, '
                f'with "{ORDERED_BY.strip()}" between them; or say {LATER}.',
            )
            return Checked(refuse(checked.report, fault.issues), checked.sha256)
        if new and said is None:
            return Checked(ask(checked.report, (_ladder_question(ladder, new),)), checked.sha256)
        return checked
    try:
        row_checks.check_levels(kind, checked.rows, frozenset(ladder))
    except FileFault as fault:
        return Checked(refuse(checked.report, fault.issues), checked.sha256)
    return checked


def ladder_source(checked: Checked) -> SourceFile | None:
    """The ladder that somebody gave by putting the levels of this file in order, as a file of its own."""
    order = checked.report.mapping.get("ladder")
    levels = _ordered(str(order or ""))
    if len(levels) < 2:
        return None
    lines = "\n".join(f'"{level.replace(QUOTE, QUOTE * 2)}",{rank}' for rank, level in enumerate(levels, start=1))
    return SourceFile(f"ladder from {checked.report.file}", f"level,rank\n{lines}\n".encode(), {})


def _asked_with_the_others(checked: Checked, ladder: Sequence[str]) -> Checked:
    """The order of the levels asked for in the same round as everything else, where the levels are known already."""
    new = [level for level in _levels_seen(checked) if level not in ladder]
    if not new:
        return checked
    return replace(checked, report=ask(checked.report, (*checked.report.questions, _ladder_question(ladder, new))))


def _levels_seen(checked: Checked) -> list[str]:
    """The levels of all lines of the file, those with faults too."""
    columns = row_checks.LEVEL_COLUMNS.get(str(checked.report.kind), ())
    return list(dict.fromkeys(level for name in columns for level in checked.seen.get(name, ())))


def _is_order(text: str, levels: Sequence[str], others: Sequence[str]) -> bool:
    """Whether every level stands there once, or none is to be ranked yet. `others`, which only lines with faults have,
    were asked about before the faults were known."""
    given = _ordered(text)
    return text == LATER or (len(set(given)) == len(given) and set(levels) <= set(given) <= {*levels, *others})


def _ordered(text: str) -> list[str]:
    return [level.strip() for level in text.split(ORDERED_BY) if level.strip()]


def _ladder_question(ladder: Sequence[str], new: Sequence[str]) -> Question:
    text = "Put the levels in order, the most junior first. Promotions are rises on this ladder."
    return Question(
        "ladder", text, (*ladder, *new), "level", why=f"levels not in order yet: {', '.join(new[:12])}", form="order"
    )

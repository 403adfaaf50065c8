"""The programmes that a file names against those of the plan: a name that the plan lacks is asked about.

Pairs of a programme that the plan does not have are in no comparison, which must not happen because of a spelling.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyarrow as pa

from analysis.imports.checked import Checked, ask
from analysis.imports.formats import Canonical
from analysis.imports.meanings import normalised
from analysis.imports.remember import PROGRAMMES, answer_id, settled
from analysis.imports.report import Question
from analysis.plan import Programme

COLUMN = "programme_id"
NOT_REVERSE = "not a reverse mentoring programme"
NEW = "new: to be added to the plan"
_KINDS = ("pairs", "invitations")
_ASKED_AT_MOST = 20  # names at once; the others are asked about next


def under_the_plans_names(canonical: Canonical, mapping: Mapping[str, object]) -> Canonical:
    """The same, with each programme that somebody said to be one of the plan under the plan's id."""
    said = _said(mapping)
    cells = canonical.columns.get(COLUMN)
    if cells is None or not said:
        return canonical
    texts = [text if said.get(text.strip()) in (None, NOT_REVERSE, NEW) else said[text.strip()] for text in
             cells.dictionary.to_pylist()]  # fmt: skip
    changed = pa.DictionaryArray.from_arrays(cells.indices, pa.array(texts, pa.string()))
    return replace(canonical, columns={**canonical.columns, COLUMN: changed})


def with_programmes_checked(checked: Checked, programmes: Sequence[Programme]) -> Checked:
    """The same, or waiting for a word on each programme that the plan lacks and nobody has spoken of."""
    report = checked.report
    if report.kind not in _KINDS or report.status not in ("dry_run", "needs_answer"):
        return checked
    known = {programme.id for programme in programmes}
    answers = {*known, NOT_REVERSE, NEW}
    said = _said(report.mapping)
    unknown = [name for name in checked.seen.get(COLUMN, {}) if name not in known and said.get(name) not in answers]
    if not unknown:
        return checked
    counts = checked.seen[COLUMN]
    unknown.sort(key=lambda name: -counts[name])
    questions = tuple(_question(name, counts[name], programmes) for name in unknown[:_ASKED_AT_MOST])
    return replace(checked, report=ask(report, (*report.questions, *questions)), rows=None)


def _question(name: str, count: int, programmes: Sequence[Programme]) -> Question:
    alike = [one for one in programmes if normalised(name) in (normalised(one.id), normalised(one.name))]
    stands = f"{count:,} {'line' if count == 1 else 'lines'}"
    listed = ", ".join(f"{one.id} ({one.name})" if one.name != one.id else one.id for one in programmes)
    return Question(
        answer_id(PROGRAMMES, name),
        f'"{name}" stands in {stands}, and the plan has no programme of that id. Which one is it?',
        (*(one.id for one in programmes), NOT_REVERSE, NEW),
        COLUMN,
        suggestion=alike[0].id if alike else None,
        why="the plan calls it so" if alike else f"the plan has {listed}",
    )


def _said(mapping: Mapping[str, object]) -> Mapping[str, str]:
    part = settled(mapping)[PROGRAMMES]
    return {str(name): str(answer) for name, answer in part.items()} if isinstance(part, Mapping) else {}

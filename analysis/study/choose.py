"""Which person-trials a question is about: the mature cohorts of a side, their eligible levels, arms and outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.plan import Plan
from analysis.store import Cursor
from analysis.study.build import PATTERN, sql
from analysis.study.kinds import ARMS, FLAGS, KINDS, ROWS, ROWS_BEFORE, YEAR, Arm, FigureKind, Known
from analysis.study.selection import EVERYBODY, Selection, choose_patterns


def choose_rows(
    cursor: Cursor,
    plan: Plan,
    side: str,
    kind: FigureKind,
    horizon: int,
    cutoff: date,
    arm: Arm = "joined",
    where: Selection = EVERYBODY,
) -> str:
    """Make the temporary views figure_part, the person-trials of a figure in numbers, and figure_row, the same in
    words, with rare places lumped. See `open_figure` for what can be asked. Returns the condition on pattern_id that
    narrows them."""
    chosen = KINDS[kind]
    choose_trials(cursor, side, horizon, cutoff, chosen.known, where.programme)
    narrowed = choose_patterns(cursor, where)
    cursor.execute(sql("figure_scope.sql"), {"eligible_levels": list(plan.eligible_levels[side])})
    rows = ROWS_BEFORE if kind == "promotion_before" else ROWS
    texts = {
        "outcomes": columns(chosen.outcomes),
        "flags": "".join(f", {column}" for column in [columns(FLAGS)] if chosen.flagged),
        "arm": ARMS[arm],
        "chosen": narrowed,
        "source": rows if arm == "joined" else f"(from {rows} where not accepted_before)",
        "horizon": str(horizon),
        "leave_out_top": str(chosen.can_rise).lower(),
        "departments": str(plan.largest_departments),
        "locations": str(plan.largest_locations),
        "words": ", ".join(f"{name}::text as {name}" for name in PATTERN),
    }
    cursor.execute(filled("figure_part.sql", texts))
    cursor.execute(filled("figure_place.sql", texts))
    return narrowed


def columns(counted: dict[str, str]) -> str:
    """The select list of these columns over coded person-trials; {horizon} stays to be filled in."""
    return ", ".join(f"{column} as {name}" for name, column in counted.items())


def choose_trials(
    cursor: Cursor, side: str, horizon: int, cutoff: date, known: Known, programme: str | None = None
) -> None:
    """Make the temporary table figure_trial: the trials of a side that are mature by the cutoff."""
    asked = {"side": side, "cutoff": cutoff, "horizon": horizon, "known": known, "window": horizon or YEAR}
    asked["programme"] = programme
    cursor.execute(sql("figure_trial.sql"), asked)


def choose_started(cursor: Cursor, side: str, cutoff: date) -> None:
    """The same of all trials that have started by the cutoff, mature or not."""
    choose_trials(cursor, side, 0, cutoff, KINDS["months"].known)


def mature_trials(cursor: Cursor, side: str, horizon: int, cutoff: date, *, promotion: bool) -> tuple[int, ...]:
    """The trials of a side that are mature by the cutoff: two quarters with the same ones have the same figure."""
    choose_trials(cursor, side, horizon, cutoff, "promotion" if promotion else "exits")
    return tuple(row[0] for row in cursor.execute("select trial_id from figure_trial order by trial_id").fetchall())


@dataclass(frozen=True)
class BatchCount:
    """Participants of one batch with the same values of some headers. inside: the figure holds the batch; known_to:
    the day to which its outcome is known, None where only the day of the question limits it. events: of each outcome of
    the figure that happens or does not, in the order of `KINDS`, within the horizon."""

    trial_id: int
    time_zero: date
    known_to: date | None
    inside: bool
    values: tuple[str, ...]
    people: int
    events: tuple[int, ...] = ()


def participants_by_batch(
    cursor: Cursor,
    plan: Plan,
    side: str,
    kind: FigureKind,
    horizon: int,
    cutoff: date,
    headers: tuple[str, ...],
    where: Selection,
    by: Sequence[str | None] = (None,),
) -> dict[str | None, tuple[BatchCount, ...]]:
    """Participants of every batch that a figure holds or will hold, by the values of `headers` and last of one of `by`,
    for each of these, over everybody: `where` says only how the figure lumps rare places. No figure stays open on the
    cursor.

    headers: of programme, cohort, department, level, location. by: headers of person-trials; None divides no further.
    """
    unknown = [name for name in (*headers, *filter(None, by)) if name not in {"programme", "cohort", *PATTERN}]
    if unknown:
        raise ValueError(f"not a header of person-trials: {', '.join(unknown)}")
    choose_rows(cursor, plan, side, kind, horizon, cutoff, where=where)
    choose_trials(cursor, side, horizon, cutoff, KINDS[kind].known)
    asked = {
        "side": side,
        "known": KINDS[kind].known,
        "leave_out_top": KINDS[kind].can_rise,
        "eligible_levels": list(plan.eligible_levels[side]),
    }
    outcomes = KINDS[kind].outcomes if KINDS[kind].flagged else {}
    happened = "".join(f", {column.format(horizon=horizon)} as {name}" for name, column in outcomes.items())
    cursor.execute(filled("figure_joined.sql", {"events": happened}), asked)
    return _batches(cursor, headers, tuple(dict.fromkeys(by)), tuple(outcomes))


def _batches(
    cursor: Cursor, headers: tuple[str, ...], by: tuple[str | None, ...], outcomes: tuple[str, ...]
) -> dict[str | None, tuple[BatchCount, ...]]:
    """The participants of figure_joined, counted for each of `by` in one pass."""
    columns = {"programme": "programme_id", "cohort": "figure_joined.cohort"}
    dividing = [header for header in by if header]
    listed = [f"{columns.get(name, f'pattern.{name}::text')} as value_{at}" for at, name in enumerate(headers)]
    listed += [f"figure_pattern.{name}::text as by_{name}" for name in dividing]
    base = ["trial_id", "time_zero", "known_to", "inside", *(f"value_{at}" for at in range(len(headers)))]
    whole = 2 ** len(dividing) - 1  # grouping_id: a bit for each that a row does not divide by, the first the highest
    place = {name: at for at, name in enumerate(dividing)}
    marks = {whole - 2 ** (len(dividing) - 1 - place[name]) if name else whole: name for name in by}
    texts = {
        "listed": ", ".join(listed),
        "happened": "".join(f", {name}" for name in outcomes),
        "left_out": f"grouping_id({', '.join(f'by_{name}' for name in dividing)})" if dividing else "0",
        "named": ", ".join([*base[4:], *(f"by_{name}" for name in dividing)]),
        "events": "".join(f", sum({name})::int" for name in outcomes),
        "sets": ", ".join(f"({', '.join([*base, *([f'by_{name}'] if name else [])])})" for name in by),
    }
    found: dict[str | None, list[BatchCount]] = {name: [] for name in by}
    first, end = 5 + len(headers), 5 + len(listed)
    for row in cursor.execute(filled("figure_batches.sql", texts)).fetchall():
        name = marks[row[0]]
        values = tuple(map(str, (*row[5:first], *([row[first + place[name]]] if name else []))))
        found[name].append(BatchCount(row[1], row[2], row[3], row[4], values, row[end], tuple(row[end + 1 :])))
    return {name: tuple(rows) for name, rows in found.items()}


def counted_by(kind: FigureKind) -> tuple[str, ...]:
    """What divides person-trials into cells beside the covariates: the arm, the outcomes, and the flags if any."""
    return ("a", *KINDS[kind].outcomes, *(FLAGS if KINDS[kind].flagged else ()))


def filled(name: str, texts: dict[str, str]) -> str:
    """The text of an SQL file with each {word} in its place; the texts are fixed here, never a user's."""
    text = sql(name)
    for word, meaning in texts.items():
        text = text.replace("{" + word + "}", meaning)
    return text

"""What the store holds in canonical words, and the plain counts that claims about a programme ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.plan import Plan
from analysis.store import Cursor
from analysis.store.model import KINDS
from analysis.study.build import sql
from analysis.study.surveys import score_surveys


@dataclass(frozen=True)
class Held:
    """What holds today. columns: "pairs.topic" where some row has a value; metrics: names with two dates or more;
    answers: (construct, wave, side) that participants answered; orientations: of the programmes that have pairs."""

    columns: frozenset[str] = frozenset()
    metrics: frozenset[str] = frozenset()
    answers: frozenset[tuple[str, str, str]] = frozenset()
    orientations: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Counted:
    """One part of a share: `units` pairs or people with `total` things of which `hits` are meant, and sums of squares.

    with_hit and with_miss: units that have at least one thing that is meant, that is not.
    """

    part: str
    units: int
    hits: float
    total: float
    hits_squared: float
    total_squared: float
    crossed: float
    with_hit: int
    with_miss: int


@dataclass(frozen=True)
class Band:
    """One band of people: sums of their answers before (or of the scores), of the changes, and of the squares."""

    name: str
    people: int
    before: float
    total: float
    squares: float


def held(cursor: Cursor, plan: Plan) -> Held:
    """Read what the store holds; an empty store holds nothing."""
    selects = [
        f"select '{kind.name}' as kind, {', '.join(_filled(kind.name, header) for header in _all_headers())} "
        f"from {kind.name}_row join active_load using (load_id)"
        for kind in KINDS.values()
    ]
    rows = cursor.execute(sql("claim_held.sql").replace("{columns}", " union all ".join(selects))).fetchall()
    built = cursor.execute("select count(*) from information_schema.tables where table_name = 'enrolment'").fetchone()
    answers = cursor.execute(sql("claim_answers.sql")).fetchall() if built and built[0] else []
    programmes = {row[0] for row in cursor.execute("select distinct programme_id from pairs").fetchall()}
    return Held(
        frozenset(name for what, name in rows if what == "column"),
        frozenset(name for what, name in rows if what == "metric"),
        frozenset((str(construct), str(wave), str(side)) for construct, wave, side in answers),
        frozenset(programme.orientation for programme in plan.programmes if programme.id in programmes),
    )


def _all_headers() -> tuple[str, ...]:
    return tuple(dict.fromkeys(header for kind in KINDS.values() for header in kind.headers))


def _filled(kind: str, header: str) -> str:
    return (
        f"coalesce(bool_or({header} is not null), false) as {header}"
        if header in KINDS[kind].headers
        else (f"false as {header}")
    )


def shares(
    cursor: Cursor, plan: Plan, asked: Sequence[tuple[str, str]], cutoff: date, *, surveys: bool = False
) -> list[tuple[Counted, ...]]:
    """The parts of each share asked for by (name, variant), by the file claim_{name}.sql; empty where there is nothing
    to count. surveys: one of them reads survey scores, which are made first."""
    programme = {"programmes": list(plan.reverse_programmes), "cutoff": cutoff}
    cursor.execute(sql("claim_pair.sql"), programme)
    cursor.execute(sql("claim_session.sql"), {"cutoff": cutoff})
    if surveys:
        score_surveys(cursor, cutoff)
    months = next(one.months for one in plan.programmes if one.orientation == "reverse")
    known = {**programme, "months": months, "levels": list(plan.eligible_levels["mentee"])}
    return [_share(cursor, name, {**known, "variant": variant}) for name, variant in asked]


def _share(cursor: Cursor, name: str, known: dict[str, object]) -> tuple[Counted, ...]:
    lines = [line for line in sql(f"claim_{name}.sql").splitlines() if not line.startswith("--")]
    text = "\n".join(lines)
    used = {key: value for key, value in known.items() if f"${key}" in text}
    rows = cursor.execute(sql("claim_share.sql").replace("{counted}", text), used).fetchall()
    return tuple(Counted(*row) for row in rows)


def gap_between_generations(cursor: Cursor, construct: str, cutoff: date) -> tuple[Band, ...]:
    """Older and younger participants who answered a construct before and after."""
    score_surveys(cursor, cutoff)
    return tuple(Band(*row) for row in cursor.execute(sql("claim_gap.sql"), {"construct": construct}).fetchall())


def spread_between_generations(cursor: Cursor, construct: str, side: str, cutoff: date) -> tuple[Band, ...]:
    """Participants of a side by generation, with the sums of their scores before joining."""
    score_surveys(cursor, cutoff)
    rows = cursor.execute(sql("claim_spread.sql"), {"construct": construct, "side": side}).fetchall()
    return tuple(Band(name, people, 0.0, total, squares) for name, people, total, squares in rows)


def arrived(cursor: Cursor, kind: str, name: str) -> int | None:
    """The version in which data that answer a question first stood in the store; None where they never did.

    kind: outcome, survey (name is the construct) or measures (name is the metric).
    """
    row = cursor.execute(sql("claim_arrival.sql"), {"kind": kind, "name": name}).fetchone()
    return None if row is None or row[0] is None else int(row[0])

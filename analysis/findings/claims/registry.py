"""Claims said before their data arrive: registered once, never changed; what is taken back stays visible.

Registrations stand in tables of their own (migration 0005), stamped with the time, the version they were published as
and the hash of the plan at that moment. They belong to no load, so undoing loads leaves them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import isfinite
from typing import Any, cast

from analysis.findings.claims.asks import Around, Change, Direction, Effect
from analysis.findings.claims.catalogue import catalogue
from analysis.findings.claims.judged import RULES, RegisteredRule
from analysis.findings.results import OUTCOMES, SIDES, Outcome, Side
from analysis.findings.roles import Viewer, acts
from analysis.plan import current_plan
from analysis.store import Cursor, Draft, Store, audited
from analysis.store.model import CONSTRUCTS

LONGEST_WORDS, LONGEST_NAME = 300, 80
LARGEST = 1000.0
DIRECTIONS: tuple[Direction, ...] = ("higher", "lower")
SURVEY, MEASURES = "survey", "measures"
_METRIC = re.compile(r"[A-Za-z0-9][A-Za-z0-9_ .-]{0,59}")


class CannotRegister(ValueError):
    """What is wrong with a registration, in a sentence for people."""


@dataclass(frozen=True)
class Wish:
    """A registration as it is asked for. claim_id or own words; measured_by is an outcome ("retention"),
    "survey digital_skills" or "measures learning_hours". smallest is in percentage points, points of the scale, or the
    metric's own unit; rule is one of judged.RULES."""

    claim_id: str | None
    own_words: str
    measured_by: str
    side: str
    direction: str
    smallest: float
    rule: str
    by: str


@dataclass(frozen=True)
class Withdrawal:
    reason: str
    by: str
    at: str


@dataclass(frozen=True)
class Registration:
    """What was registered, by whom and when (ISO, UTC). data_version: the version it was published as."""

    no: int
    claim_id: str | None
    claim_words: str
    measured_by: str
    side: Side
    direction: Direction
    smallest: float
    rule: RegisteredRule
    by: str
    at: str
    data_version: int
    plan_hash: str
    withdrawn: Withdrawal | None = None

    @property
    def ask(self) -> Effect | Change | Around:
        """The question that will answer it."""
        kind, name = kind_and_name(self.measured_by)
        if kind == SURVEY:
            return Change(name, self.side, self.direction)
        if kind == MEASURES:
            return Around((name,), self.side, self.direction)
        return Effect(cast(Outcome, name), self.side, self.direction)

    @property
    def unit_words(self) -> str:
        kind, _ = kind_and_name(self.measured_by)
        return {SURVEY: "points of the scale", MEASURES: "in the metric's own unit"}.get(kind, "percentage points")

    @property
    def expectation(self) -> str:
        """ "Mentors, retention: higher by at least 5 percentage points"."""
        kind, name = kind_and_name(self.measured_by)
        what = name.replace("_", " ") + {SURVEY: " (survey)", MEASURES: " (measures)"}.get(kind, "")
        unit = self.unit_words if kind != MEASURES else "of the metric's own unit"
        return f"{self.side.capitalize()}s, {what}: {self.direction} by at least {self.smallest:g} {unit}"


def kind_and_name(measured_by: str) -> tuple[str, str]:
    """ "survey inclusion" -> ("survey", "inclusion"); "retention" -> ("outcome", "retention")."""
    kind, _, name = measured_by.partition(" ")
    return (kind, name) if kind in (SURVEY, MEASURES) and name else ("outcome", measured_by)


def register(store: Store, wish: Wish, who: Viewer | str | None = None) -> Registration:
    """Write one registration and publish it as a version of its own; makes the store where there is none yet.

    `who` does it, for the audit. Raises CannotRegister, NotAllowed, StoreBusy where somebody is loading, and the
    store's other errors.
    """
    doer, checked = acts(who, "register a claim"), _checked(wish)
    about = f"{checked.claim_id or 'own words'}, {checked.measured_by}, {checked.side}"
    with audited(store, "claim registered", about, doer), store.writing() as draft:
        return _insert(draft, checked)


def withdraw(store: Store, number: int, reason: str, by: str, who: Viewer | str | None = None) -> Registration:
    """Take a registration back; it stays, with the reason beside it. Raises CannotRegister and NotAllowed."""
    doer = acts(who, "register a claim")
    why, name = plain_text(reason, LONGEST_WORDS, "The reason"), plain_text(by, LONGEST_NAME, "The name")
    if not store.exists():
        raise CannotRegister(_unknown(number))
    with audited(store, "claim withdrawn", f"registration {number}", doer), store.writing() as draft:
        known = {one.no: one for one in registrations(draft.connection)}
        if number not in known:
            raise CannotRegister(_unknown(number))
        if known[number].withdrawn:
            raise CannotRegister(f"Registration {number} was withdrawn already.")
        draft.connection.execute("insert into claim_withdrawal values (?, ?, ?, ?)", [number, why, name, _now()])
        (found,) = (one for one in registrations(draft.connection) if one.no == number)
    return found


def registrations(cursor: Cursor) -> tuple[Registration, ...]:
    """All registrations, newest first, withdrawn ones with their withdrawal."""
    rows = cursor.execute(
        "select registration_no, claim_id, claim_words, measured_by, side, direction, smallest_difference, rule, "
        "registered_by, strftime(registered_at, '%Y-%m-%dT%H:%M:%S'), data_version, plan_hash, "
        "reason, withdrawn_by, strftime(withdrawn_at, '%Y-%m-%dT%H:%M:%S') "
        "from claim_registration left join claim_withdrawal using (registration_no) order by registration_no desc"
    ).fetchall()
    return tuple(_registration(row) for row in rows)


def _registration(row: tuple[Any, ...]) -> Registration:
    withdrawn = Withdrawal(*row[12:]) if row[14] is not None else None
    return replace(Registration(*row[:12]), withdrawn=withdrawn)


def plain_text(text: str, longest: int, what: str) -> str:
    """Text on one line without control characters. Raises CannotRegister where it is empty or too long."""
    visible = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text)
    tidy = " ".join(visible.split())
    if not tidy:
        raise CannotRegister(f"{what} is empty. Say it in words.")
    if len(tidy) > longest:
        raise CannotRegister(f"{what} has {len(tidy):,} characters; at most {longest} are kept. Shorten it.")
    return tidy


def _checked(wish: Wish) -> Wish:
    known = {claim.id: claim for claim in catalogue()}
    if wish.claim_id is not None and wish.claim_id not in known:
        raise CannotRegister(f"{_short(wish.claim_id)} is not the id of a claim; ids look like B1 or P12.")
    said = known[wish.claim_id].claim if wish.claim_id is not None else wish.own_words
    kind, name = kind_and_name(" ".join(wish.measured_by.split()))
    if kind == SURVEY and name not in CONSTRUCTS:
        raise CannotRegister(f"Surveys measure {', '.join(CONSTRUCTS)}; write it as: survey {CONSTRUCTS[0]}.")
    if kind == MEASURES and not _METRIC.fullmatch(name):
        raise CannotRegister("A metric's name has letters, digits, spaces, dots, hyphens and underscores, at most 60.")
    if kind == "outcome" and name not in OUTCOMES:
        raise CannotRegister(
            f"What is measured is one of {', '.join(OUTCOMES)}, or a survey (survey inclusion), or a metric of the "
            "measures file (measures learning_hours)."
        )
    if wish.side not in SIDES:
        raise CannotRegister(f"The side is {' or '.join(SIDES)}.")
    if wish.direction not in DIRECTIONS:
        raise CannotRegister(f"The expected direction is {' or '.join(DIRECTIONS)}.")
    largest = 100.0 if kind == "outcome" else LARGEST
    if not isfinite(wish.smallest) or not 0 < wish.smallest <= largest:
        raise CannotRegister(f"The smallest difference is a number above 0 and at most {largest:g}.")
    if wish.rule not in RULES:
        raise CannotRegister(f"The rule is one of {', '.join(RULES)}.")
    return Wish(
        wish.claim_id,
        plain_text(said, LONGEST_WORDS, "The claim"),
        name if kind == "outcome" else f"{kind} {name}",
        wish.side,
        wish.direction,
        wish.smallest,
        wish.rule,
        plain_text(wish.by, LONGEST_NAME, "The name"),
    )


def _insert(draft: Draft, wish: Wish) -> Registration:
    connection = draft.connection
    row = connection.execute("select coalesce(max(registration_no), 0) + 1 from claim_registration").fetchone()
    number = int(row[0]) if row else 1
    connection.execute(
        "insert into claim_registration values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            number,
            wish.claim_id,
            wish.own_words,
            wish.measured_by,
            wish.side,
            wish.direction,
            wish.smallest,
            wish.rule,
            wish.by,
            _now(),
            draft.data_version,
            current_plan(connection).hash,
        ],
    )
    return registrations(connection)[0]


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def _unknown(number: int) -> str:
    return f"There is no registration {number}."


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"

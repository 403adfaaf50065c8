"""What the Claims page is told: each claim with its state, what our data say, and what was registered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.findings.claims.catalogue import Claim
from analysis.findings.claims.judged import Registered
from analysis.findings.claims.registry import Registration
from analysis.findings.claims.tested import ClaimResult

State = Literal["testable", "missing", "not_with_hr_data"]
Arrival = Literal["before", "after", "none"]
STATES: dict[State, str] = {
    "testable": "Testable with today's data",
    "missing": "Data missing",
    "not_with_hr_data": "Not with HR data",
}


@dataclass(frozen=True)
class ClaimState:
    """A claim and whether it can be tested today. `needs`: all that it asks of the data, `missing`: what of it the
    store lacks; both in canonical headers. result: what judges it, where it was cheap to ask; None else. on_request:
    it is computed when somebody asks for this claim. built_in: False where no test of it is built in, data or not."""

    claim: Claim
    state: State
    needs: tuple[str, ...]
    missing: tuple[str, ...]
    why_not: str
    result: ClaimResult | None
    on_request: bool
    built_in: bool = True


@dataclass(frozen=True)
class ClaimsFinding:
    """All claims, with how many are in which state and what the judged ones say, in one sentence."""

    claims: tuple[ClaimState, ...]
    sentence: str
    alt_text: str
    quarter: str
    data_version: int


@dataclass(frozen=True)
class ClaimAnswer:
    """One claim in full: the result that judges it first, then the others that it can be asked by."""

    state: ClaimState
    results: tuple[ClaimResult, ...]
    sentence: str


@dataclass(frozen=True)
class RegisteredFinding:
    """A registration, whether data that answer it came before or after, and the result by its own rule."""

    registration: Registration
    arrival: Arrival
    timing: str
    outcome: Registered
    label: str
    result: ClaimResult | None

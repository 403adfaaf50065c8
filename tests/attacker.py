"""An attacker: knows what pages, files and the command line say, asks as much as they like, and subtracts.

Two kinds of question: of effects, and descriptive ones, which are in `attacker_descriptive`. What is told becomes facts
for `attacker_algebra`. Nothing here looks into the store.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from analysis.findings import answers
from analysis.findings.disclosure import DEMOGRAPHIC_HEADERS
from analysis.findings.outcomes import DEFINITIONS
from analysis.findings.results import OUTCOMES, SIDES, Finding, Outcome, Question, Selection, Side
from analysis.store import Reader
from tests.attacker_algebra import Fact, Recovered, Solved, attributes, solved

Ask = partial[list[Fact]]  # what is asked, and of what: the same twice is the same question
HORIZONS = (12, 6, 13, 3, 24, 9)


@dataclass(frozen=True)
class Book:
    """Questions that belong together: their answers add up. `ask` names them when the book is opened."""

    name: str
    ask: Callable[[], list[Ask]]


@dataclass(frozen=True)
class Attack:
    """What follows from what was told; how many questions were asked, how many of them were distinct, how many numbers
    they told, and of how many books."""

    solved: Solved
    questions: int
    distinct: int
    numbers: int
    books: int

    @property
    def found(self) -> list[Recovered]:
        return self.solved.found


def attack(books: Sequence[Book], most: int, seed: int = 0, each: int = 10**9) -> Attack:
    """Open books, drawn by a seed, until so many questions have been asked; `each` of one book at most.

    Whoever has asked all books begins again. A question that was asked before counts, but its answer is remembered. The
    books that were drawn are opened in the order of their names: neighbours are about the same people, whom answers
    keep for a while.
    """
    draw = random.Random(seed)
    asking: list[tuple[str, list[Ask]]] = []
    left, asked = most, -1
    while left and len(asking) > asked:
        asked = len(asking)
        for book in draw.sample(list(books), len(books)):
            questions = book.ask()[: min(each, left)]
            left -= len(questions)
            asking += [(book.name, questions)] if questions else []
            if not left:
                break
    known: dict[Hashable, list[Fact]] = {}
    for _, questions in sorted(asking, key=lambda book: book[0]):
        for ask in questions:
            question = (ask.func, *ask.args)
            if question not in known:
                known[question] = _told(ask)
    facts = [fact for told in known.values() for fact in told]
    return Attack(solved(facts, seed), most - left, len(known), len(facts), len({name for name, _ in asking}))


def _told(ask: Ask) -> list[Fact]:
    try:
        return ask()
    except answers.UnknownChoice:
        return []


def selections(choices: dict[str, tuple[str, ...]], most: int) -> list[tuple[tuple[str, ...], list[Selection]]]:
    """By the headers that are chosen, up to so many of them: every view that chooses a value of each of some of them,
    everybody first."""
    headers = [header for header, values in choices.items() if header != "cohort" and values]
    return [
        (chosen, [where for some in _parts(chosen) for where in _filled(choices, some, {})])
        for size in range(most + 1)
        for chosen in combinations(headers, size)
    ]


def _parts(headers: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for size in range(len(headers) + 1):
        yield from combinations(headers, size)


def _filled(choices: dict[str, tuple[str, ...]], left: Sequence[str], done: dict[str, str]) -> Iterator[Selection]:
    if not left:
        yield Selection(**done)
        return
    for value in choices[left[0]]:
        yield from _filled(choices, left[1:], {**done, left[0]: value})


# Effects


def effect_books(reader: Reader, most: int = 2) -> list[Book]:
    """One outcome of one side by one header, in every quarter and cohort and of every view of some filters."""
    found = []
    for side in SIDES:
        for headers, views in selections(answers.selection_choices(reader, side), most):
            for outcome in OUTCOMES:
                for by in (None, "cohort", *answers.group_headers(reader, side)):
                    for horizon in HORIZONS:
                        asked = (side, outcome, by, horizon, views)
                        name = f"effects {side} {outcome} {horizon} {by} {headers}"
                        found.append(Book(name, partial(_effect_page, reader, *asked)))
    return found


def _effect_page(
    reader: Reader, side: Side, outcome: Outcome, by: str | None, horizon: int, views: Sequence[Selection]
) -> list[Ask]:
    found: list[Ask] = []
    for quarter in answers.quarters(reader):
        cohorts = answers.cohorts(reader, side, quarter) if by not in (None, "cohort") else ()
        for where in views:
            for cohort in (None, *cohorts):
                question = Question(outcome, side, horizon, quarter, cohort, by, where)
                found.append(partial(of_effects, reader, question))
    return found


def of_effects(reader: Reader, question: Question) -> list[Fact]:
    return [fact for finding in answers.effects(reader, question) for fact in _of_finding(finding, question)]


def _of_finding(finding: Finding, question: Question) -> list[Fact]:
    if finding.n_participants is None or finding.group == "other":
        return []
    cohorts = [finding.cohort] if finding.cohort else list(finding.cohorts)
    pairs = [("cohort", cohort) for cohort in cohorts] + list(finding.where.chosen.items())
    if finding.by and finding.by != "cohort" and finding.group:
        pairs.append((finding.by, finding.group))
    of, kind = attributes(pairs), DEFINITIONS[finding.outcome].figure
    facts = [Fact(("effects", finding.side, kind), of, finding.n_participants, 10)]
    if finding.rate_participants is not None:
        events = finding.rate_participants * finding.n_participants
        if abs(events - round(events)) < 1e-6:
            family = ("events", finding.side, finding.outcome, finding.horizon_months)
            few = frozenset(DEMOGRAPHIC_HEADERS)
            facts.append(Fact((*family, "yes"), of, round(events), 3, few))
            facts.append(Fact((*family, "no"), of, finding.n_participants - round(events), 3, few))
    return facts

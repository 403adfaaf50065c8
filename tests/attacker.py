"""An attacker: knows what pages, files and the command line say, asks as much as they like, and subtracts.

Two kinds of question: descriptive ones (who is reached, who leads, programme health, surveys) and effects. What is
told becomes facts for `attacker_algebra`. Nothing here looks into the store.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from analysis.findings import answers
from analysis.findings.disclosure import DEMOGRAPHIC_HEADERS, NOT_SAID, SENSITIVE_HEADERS
from analysis.findings.outcomes import DEFINITIONS
from analysis.findings.results import EVERYBODY, OUTCOMES, SIDES, Finding, Outcome, Question, Selection, Side
from analysis.findings.survey_precompute import RESPONSE_BY
from analysis.store import Reader
from tests.attacker_algebra import Attributes, Fact, Recovered, Solved, attributes, solved

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


# Descriptions


def descriptive_books(reader: Reader, most: int = 3) -> list[Book]:
    """Who is reached, who leads, programme health, surveys and claims; of views of up to `most` filters."""
    return [
        *_path_books(reader, most),
        *_leader_books(reader),
        *_health_books(reader, most),
        *_survey_books(reader, most),
        Book("claims", partial(_claim_page, reader)),
    ]


def _minimum(header: str | None) -> int:
    return 10 if header in SENSITIVE_HEADERS else 5


def of_reach(reader: Reader, side: Side, quarter: str) -> list[Fact]:
    facts = []
    cohorts = [("cohort", name) for name in answers.started_cohorts(reader, side, quarter)]
    for row in answers.reach(reader, side, quarter).rows:
        if row.eligible is not None and row.participants is not None:
            facts.append(_people(side, "joined", row.header, row.participants, [*cohorts, (row.header, row.group)]))
            if row.header in DEMOGRAPHIC_HEADERS:
                rest, of = row.eligible - row.participants, [(row.header, row.group)]
                facts.append(_people((side, quarter), "did not join", row.header, rest, of))
    return facts


def _people(who: object, step: str, header: str, people: int, pairs: Sequence[tuple[str, str]]) -> Fact:
    return Fact((who, header, step), attributes(pairs), people, _minimum(header))


def _events(who: object, step: str, header: str, events: int, pairs: Sequence[tuple[str, str]]) -> Fact:
    return Fact((who, header, step), attributes(pairs), events, 3, frozenset(DEMOGRAPHIC_HEADERS))


def _path_books(reader: Reader, most: int) -> list[Book]:
    return [
        Book(f"path {side} {headers} {quarter}", partial(_path_page, reader, side, quarter, views))
        for side in SIDES
        for quarter in answers.quarters(reader)
        for headers, views in selections(answers.selection_choices(reader, side), most)
    ]


def _path_page(reader: Reader, side: Side, quarter: str, views: Sequence[Selection]) -> list[Ask]:
    """The table of all cohorts holds what each of them says of who joined; two of them say the rest."""
    cohorts = (None, *answers.started_cohorts(reader, side, quarter))
    return [
        partial(of_reach, reader, side, quarter),
        *(
            partial(of_path, reader, side, by, quarter, cohort, where)
            for where in views
            for cohort in cohorts
            for by in answers.DIVIDED_BY
        ),
    ]


def of_path(reader: Reader, side: Side, by: str, quarter: str, cohort: str | None, where: Selection) -> list[Fact]:
    if by in where.chosen:
        return []
    finding = answers.diversity(reader, side, by, quarter, cohort, where)
    started = [cohort] if cohort else list(answers.started_cohorts(reader, side, quarter))
    among = [("cohort", name) for name in started] + list(where.chosen.items())
    facts = []
    for step in finding.steps:
        for row in (each.group for each in step.rows):
            if row.eligible is None or row.participants is None:
                continue
            pairs = [*among, (by, row.group)]
            if step.step == "joined":
                facts.append(_people(side, "joined", by, row.participants, pairs))
            elif step.step in ("stayed", "promoted"):
                # Some cohorts have been followed, or could rise, and it is these who are told of.
                facts.append(_people((side, quarter), f"of {step.step}", by, row.eligible, pairs))
                for part, many in (("did", row.participants), ("did not", row.eligible - row.participants)):
                    facts.append(_events((side, quarter), f"{step.step} {part}", by, many, pairs))
            else:  # somebody could be invited to two cohorts, so these do not add up
                own = [*where.chosen.items(), (by, row.group)]
                facts.append(_people((side, quarter, cohort), f"did {step.step}", by, row.participants, own))
    if cohort is None:
        for cell in finding.cohorts.cells:
            if cell.people is not None:
                own = [("cohort", cell.cohort), *where.chosen.items(), (by, cell.group)]
                facts.append(_people(side, "joined", by, cell.people, own))
    return facts


def _leader_books(reader: Reader) -> list[Book]:
    choices = answers.selection_choices(reader)
    places = {header: choices.get(header, ()) for header in ("department", "location")}
    return [
        Book(f"leads {by} {headers}", partial(_leader_page, reader, by, views))
        for headers, views in selections(places, 2)
        for by in answers.ATTRIBUTES
    ]


def _leader_page(reader: Reader, by: str, views: Sequence[Selection]) -> list[Ask]:
    quarter = answers.quarters(reader)[0]  # it tells of all quarters before as well
    return [partial(_of_leaders, reader, by, quarter, where) for where in views]


def _of_leaders(reader: Reader, by: str, quarter: str, where: Selection) -> list[Fact]:
    finding = answers.leadership(reader, by, quarter, where)
    places = list(where.chosen.items())
    facts = [
        Fact(("senior", by, each), attributes(places), total, _minimum(by))
        for each, total in zip(finding.quarters, finding.seniors, strict=True)
        if total is not None
    ]
    facts += [
        Fact(("senior", by, point.quarter), attributes([*places, (by, point.group)]), point.senior, _minimum(by))
        for point in finding.points
        if point.senior is not None
    ]
    return facts


def _health_books(reader: Reader, most: int) -> list[Book]:
    return [
        Book(f"health {quarter} {headers}", partial(_health_page, reader, quarter, views))
        for quarter in answers.quarters(reader)
        for headers, views in selections(answers.health_choices(reader, quarter), most)
    ]


def _health_page(reader: Reader, quarter: str, views: Sequence[Selection]) -> list[Ask]:
    cohorts = (None, *answers.health_choices(reader, quarter).get("cohort", ()))
    return [partial(_of_health, reader, quarter, cohort, where) for where in views for cohort in cohorts]


def _of_health(reader: Reader, quarter: str, cohort: str | None, where: Selection) -> list[Fact]:
    finding = answers.programme_health(reader, quarter, cohort, where)
    facts = []
    for row in finding.states if finding.reason is None else ():
        chosen = row.cohort or cohort
        pairs = [*where.chosen.items(), *([("cohort", chosen)] if chosen else [])]
        for cell in row.states:
            if cell.count is not None:
                facts.append(Fact(("pairs", quarter), attributes([*pairs, ("state", cell.name)]), cell.count, 5))
    return facts


def _survey_books(reader: Reader, most: int) -> list[Book]:
    found = []
    for quarter in answers.quarters(reader):
        held = answers.survey_choices(reader, quarter)
        choices = {name: getattr(held, name) for name in ("programme", "department", "level", "location")}
        for headers, views in selections(choices, most):
            page = partial(_survey_page, reader, quarter, held.cohort, views)
            found.append(Book(f"surveys {quarter} {headers}", page))
    return found


def _survey_page(reader: Reader, quarter: str, cohorts: Sequence[str], views: Sequence[Selection]) -> list[Ask]:
    return [
        ask
        for where in views
        for cohort in (None, *cohorts)
        for ask in (
            partial(of_surveys, reader, quarter, cohort, where),
            *(partial(of_response, reader, quarter, by, cohort, where) for by in RESPONSE_BY),
        )
    ]


def of_surveys(reader: Reader, quarter: str, cohort: str | None, where: Selection) -> list[Fact]:
    finding = answers.surveys(reader, quarter, cohort, where)
    of = attributes([*where.chosen.items(), *([("cohort", cohort)] if cohort else [])])
    facts = []
    for row in finding.responses:
        facts += _of_answered((row.side, row.wave, quarter), row.asked, row.answered, of, 5)
    for point in finding.waves:
        if point.people is not None and where != EVERYBODY:
            facts.append(Fact(("scores", point.side, point.construct, point.wave, quarter), of, point.people, 5))
    return facts


def _of_answered(who: object, asked: int | None, answered: int | None, of: Attributes, minimum: int) -> list[Fact]:
    if asked is None or answered is None:
        return []
    parts = {"asked": asked, "answered": answered, "did not answer": asked - answered}
    return [Fact((part, who), of, people, minimum) for part, people in parts.items()]


def of_response(reader: Reader, quarter: str, by: str, cohort: str | None, where: Selection) -> list[Fact]:
    chosen = [*where.chosen.items(), *([("cohort", cohort)] if cohort else [])]
    if by in dict(chosen):
        return []
    finding = answers.survey_response(reader, quarter, by, cohort, where)
    facts = []
    for row in finding.groups:
        of = attributes([*chosen, (by, row.group)])
        minimum = 5 if row.group in NOT_SAID else _minimum(by)
        facts += _of_answered((row.side, row.wave, quarter, by), row.asked, row.answered, of, minimum)
    for whole in answers.surveys(reader, quarter, cohort, where).responses:
        who = (whole.side, whole.wave, quarter, by)
        facts += _of_answered(who, whole.asked, whole.answered, attributes(chosen), 5)
    for state in finding.status:
        if state.people is not None and state.status != "silent_or_gone":
            of = attributes([*chosen, ("state", state.status)])
            facts.append(Fact(("asked", (state.side, "post", quarter)), of, state.people, 5))
    return facts


def _claim_page(reader: Reader) -> list[Ask]:
    named = [state.claim.id for state in answers.claims(reader).claims if state.result is not None]
    return [partial(_of_claim, reader, name) for name in named]


def _of_claim(reader: Reader, name: str) -> list[Fact]:
    """Whatever a claim says of how many people, pairs or sessions it rests on."""
    said = [(at, result.people) for at, result in enumerate(answers.claim(reader, name).results)]
    return [
        Fact(("claim", name, at, part), attributes(()), int(number.replace(",", "")), 5)
        for at, text in said
        for part, number in enumerate(re.findall(r"\d[\d,]*", text))
    ]

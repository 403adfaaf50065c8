"""An attacker: knows what pages, files and the command line say, asks as much as they like, and subtracts.

Two kinds of question: descriptive ones (who is reached, who leads, programme health, surveys) and effects. What is
told becomes facts for `attacker_algebra`. Nothing here looks into the store.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from analysis.findings import answers
from analysis.findings.disclosure import DEMOGRAPHIC_HEADERS, SENSITIVE_HEADERS
from analysis.findings.outcomes import DEFINITIONS
from analysis.findings.results import EVERYBODY, OUTCOMES, SIDES, Finding, Question, Selection, Side
from analysis.store import Reader
from tests.attacker_algebra import Fact, Recovered, attributes, recovered

Ask = Callable[[], list[Fact]]
HORIZONS = (12, 6, 13, 3, 24, 9)


def attack(
    reader: Reader, descriptive: int, effects: int, seed: int = 0, only: Callable[[str], bool] = lambda name: True
) -> tuple[list[Recovered], int, int]:
    """What was recovered, how many questions were asked, and how many numbers they told. only: which questions, by
    their names, are among those drawn from."""
    draw = random.Random(seed)
    asked = [
        *_some(draw, [one for one in descriptive_questions(reader) if only(one[0])], descriptive),
        *_some(draw, [one for one in effect_questions(reader) if only(one[0])], effects),
    ]
    facts = [fact for _, ask in asked for fact in _told(ask)]
    return recovered(facts, seed), len(asked), len(facts)


def _some(draw: random.Random, questions: list[tuple[str, Ask]], many: int) -> list[tuple[str, Ask]]:
    return sorted(draw.sample(questions, min(many, len(questions))), key=lambda question: question[0])


def _told(ask: Ask) -> list[Fact]:
    try:
        return ask()
    except answers.UnknownChoice:
        return []


def selections(choices: dict[str, tuple[str, ...]], most: int = 2) -> Iterator[Selection]:
    """Everybody, and everybody of each value, and of each two values of different headers."""
    yield EVERYBODY
    headers = [header for header, values in choices.items() if header != "cohort" and values]
    for size in range(1, most + 1):
        for chosen in combinations(headers, size):
            yield from _filled(choices, chosen, {})


def _filled(choices: dict[str, tuple[str, ...]], left: Sequence[str], done: dict[str, str]) -> Iterator[Selection]:
    if not left:
        yield Selection(**done)
        return
    for value in choices[left[0]]:
        yield from _filled(choices, left[1:], {**done, left[0]: value})


# Effects


def effect_questions(reader: Reader) -> list[tuple[str, Ask]]:
    found: list[tuple[str, Ask]] = []
    for side in SIDES:
        headers = ("cohort", *answers.group_headers(reader, side))
        for quarter in answers.quarters(reader):
            cohorts = answers.cohorts(reader, side, quarter)
            for where in selections(answers.selection_choices(reader, side)):
                for horizon in HORIZONS:
                    for outcome in OUTCOMES:
                        asked = [(None, by) for by in (None, *headers)]
                        asked += [(cohort, by) for cohort in cohorts for by in headers if by != "cohort"]
                        for cohort, by in asked:
                            question = Question(outcome, side, horizon, quarter, cohort, by, where)
                            found.append((str(question), lambda question=question: of_effects(reader, question)))
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


def descriptive_questions(reader: Reader) -> list[tuple[str, Ask]]:
    return [
        *_reach_questions(reader),
        *_path_questions(reader),
        *_leader_questions(reader),
        *_health_questions(reader),
        *_survey_questions(reader),
    ]


def _minimum(header: str | None) -> int:
    return 10 if header in SENSITIVE_HEADERS else 5


def _reach_questions(reader: Reader) -> list[tuple[str, Ask]]:
    return [
        (f"reach {side} {quarter}", lambda side=side, quarter=quarter: _of_reach(reader, side, quarter))
        for side in SIDES
        for quarter in answers.quarters(reader)
    ]


def _of_reach(reader: Reader, side: Side, quarter: str) -> list[Fact]:
    facts = []
    cohorts = [("cohort", name) for name in answers.started_cohorts(reader, side, quarter)]
    for row in answers.reach(reader, side, quarter).rows:
        if row.eligible is not None and row.participants is not None:
            facts += _step_facts(side, "joined", row.header, row.group, row.participants, cohorts, quarter)
            rest = row.eligible - row.participants
            family = (side, quarter, row.header, "did not join")
            facts.append(Fact(family, attributes([(row.header, row.group)]), rest, _minimum(row.header)))
    return facts


def _step_facts(
    side: Side, step: str, header: str, group: str, people: int, pairs: list[tuple[str, str]], quarter: str
) -> list[Fact]:
    """Who joined adds up over cohorts and quarters; what came after is told as of one quarter."""
    family = (side, header, step) if step == "joined" else (side, header, step, quarter)
    return [Fact(family, attributes([*pairs, (header, group)]), people, _minimum(header))]


def _path_questions(reader: Reader) -> list[tuple[str, Ask]]:
    found: list[tuple[str, Ask]] = []
    for side in SIDES:
        for quarter in answers.quarters(reader):
            cohorts = (None, *answers.started_cohorts(reader, side, quarter))
            for where in selections(answers.selection_choices(reader, side)):
                for cohort in cohorts:
                    for by in answers.DIVIDED_BY:
                        asked = (side, by, quarter, cohort, where)
                        name = f"path {side} {quarter} {where} {cohort} {by}"
                        found.append((name, lambda asked=asked: _of_path(reader, *asked)))
    return found


def _of_path(reader: Reader, side: Side, by: str, quarter: str, cohort: str | None, where: Selection) -> list[Fact]:
    if by in where.chosen:
        return []
    finding = answers.diversity(reader, side, by, quarter, cohort, where)
    started = [cohort] if cohort else list(answers.started_cohorts(reader, side, quarter))
    pairs = [("cohort", name) for name in started] + list(where.chosen.items())
    facts = []
    for step in finding.steps:
        for row in (each.group for each in step.rows):
            if row.eligible is None or row.participants is None:
                continue
            if step.step == "joined":
                facts += _step_facts(side, "joined", by, row.group, row.participants, pairs, quarter)
            elif step.step in ("stayed", "promoted"):
                for part, people in (("did", row.participants), ("did not", row.eligible - row.participants)):
                    facts += _step_facts(side, f"{step.step} {part}", by, row.group, people, pairs, quarter)
    if cohort is None:
        for cell in finding.cohorts.cells:
            if cell.people is not None:
                own = [("cohort", cell.cohort), *where.chosen.items()]
                facts += _step_facts(side, "joined", by, cell.group, cell.people, own, quarter)
    return facts


def _leader_questions(reader: Reader) -> list[tuple[str, Ask]]:
    choices = answers.selection_choices(reader)
    places = {header: choices.get(header, ()) for header in ("department", "location")}
    asked = [
        (by, quarter, where)
        for quarter in answers.quarters(reader)
        for where in selections(places)
        for by in answers.ATTRIBUTES
    ]
    return [(f"leads {one}", lambda one=one: _of_leaders(reader, *one)) for one in asked]


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


def _health_questions(reader: Reader) -> list[tuple[str, Ask]]:
    return [
        (f"health {quarter} {where} {cohort}", lambda q=quarter, c=cohort, where=where: _of_health(reader, q, c, where))
        for quarter in answers.quarters(reader)
        for choices in (answers.health_choices(reader, quarter),)
        for cohort in (None, *choices.get("cohort", ()))
        for where in selections(choices)
    ]


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


def _survey_questions(reader: Reader) -> list[tuple[str, Ask]]:
    found: list[tuple[str, Ask]] = []
    for quarter in answers.quarters(reader):
        held = answers.survey_choices(reader, quarter)
        choices = {name: getattr(held, name) for name in ("programme", "department", "level", "location")}
        for cohort in (None, *held.cohort):
            for where in selections(choices):
                asked = (quarter, cohort, where)
                found.append((f"surveys {quarter} {where} {cohort}", lambda asked=asked: _of_surveys(reader, *asked)))
    return found


def _of_surveys(reader: Reader, quarter: str, cohort: str | None, where: Selection) -> list[Fact]:
    finding = answers.surveys(reader, quarter, cohort, where)
    of = attributes([*where.chosen.items(), *([("cohort", cohort)] if cohort else [])])
    facts = []
    for row in finding.responses:
        for part, people in (("asked", row.asked), ("answered", row.answered)):
            if people is not None:
                facts.append(Fact((part, row.side, row.wave, quarter), of, people, 5))
    for point in finding.waves:
        if point.people is not None and where != EVERYBODY:
            facts.append(Fact(("scores", point.side, point.construct, point.wave, quarter), of, point.people, 5))
    return facts

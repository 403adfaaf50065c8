"""What the attacker asks that describes: who is reached, who leads, programme health, surveys and claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from analysis.findings import answers
from analysis.findings.disclosure import DEMOGRAPHIC_HEADERS, NOT_SAID, SENSITIVE_HEADERS
from analysis.findings.results import EVERYBODY, SIDES, Selection, Side
from analysis.findings.survey_precompute import RESPONSE_BY
from analysis.store import Reader
from tests.attacker import Ask, Book, selections
from tests.attacker_algebra import Attributes, Fact, attributes


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
    """All quarters stand in one book, since one less another is whoever answered between the two."""
    quarters = answers.quarters(reader)
    held = answers.survey_choices(reader, quarters[0])
    choices = {name: getattr(held, name) for name in ("programme", "department", "level", "location")}
    return [
        Book(f"surveys {headers}", partial(_survey_page, reader, quarters, held.cohort, views))
        for headers, views in selections(choices, most)
    ]


def _survey_page(
    reader: Reader, quarters: Sequence[str], cohorts: Sequence[str], views: Sequence[Selection]
) -> list[Ask]:
    return [
        ask
        for where in views
        for cohort in (None, *cohorts)
        for ask in (
            *(partial(of_surveys, reader, quarter, cohort, where) for quarter in quarters),
            *(partial(of_response, reader, quarters[0], by, cohort, where) for by in RESPONSE_BY),
        )
    ]


def of_surveys(reader: Reader, quarter: str, cohort: str | None, where: Selection) -> list[Fact]:
    """Of whatever had been answered by a quarter; what two quarters say, they say of those between as well."""
    finding = answers.surveys(reader, quarter, cohort, where)
    quarters = answers.quarters(reader)
    since = [("since", each) for each in quarters[quarters.index(quarter) :]]
    of = attributes([*since, *where.chosen.items(), *([("cohort", cohort)] if cohort else [])])
    facts: list[Fact] = []
    for row in finding.responses:
        facts += _of_answered((row.side, row.wave), row.asked, row.answered, of, 5)
    for point in finding.waves:
        if point.people is not None:
            facts.append(Fact(("scores", point.side, point.construct, point.wave), of, point.people, 5))
    for change in finding.changes:
        if change.people is not None:
            facts.append(Fact(("changes", change.side, change.construct), of, change.people, 5))
    # Everybody knows when a cohort began, and that nobody of it answered before.
    begun = {side: answers.started_cohorts(reader, side, quarter) for side in SIDES}
    known = answers.survey_choices(reader).cohort
    families = {fact.family: fact for fact in facts}
    for family, fact in families.items():
        side = next(side for side in SIDES if side in str(family))
        later = [name for name in known if name not in begun[side]] if cohort is None and where == EVERYBODY else []
        facts += [replace(fact, of=attributes([*since, ("cohort", name)]), people=0) for name in later]
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

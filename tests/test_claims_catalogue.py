"""The claims that come with the application: all there, in plain words, each tied to what it needs."""

from __future__ import annotations

import re

import pytest

from analysis.findings.claims.asks import Around, Change, Level, Spread
from analysis.findings.claims.catalogue import GROUPS, catalogue, published
from analysis.findings.claims.checker import check_figure
from analysis.findings.claims.needs import Asked, Column, Measured, OtherProgramme, missing
from analysis.findings.claims.requirements import REQUIREMENTS
from analysis.plan import ORIENTATIONS
from analysis.store.model import CONSTRUCTS, KINDS, SIDES, WAVES
from analysis.study.claims import Held

ALL_NEEDS = {
    need
    for requirement in REQUIREMENTS.values()
    for needs in (requirement.also, *(ask.needs for ask in requirement.asks))
    for need in needs
}


def test_all_claims_are_there_with_their_ids_in_order() -> None:
    ids = [claim.id for claim in catalogue()]
    expected = [
        f"{letter}{number}"
        for letter, last in (("D", 5), ("B", 26), ("P", 15), ("C", 8), ("N", 17))
        for number in range(1, last + 1)
    ]
    assert ids == expected and len(ids) == 71
    assert {claim.group for claim in catalogue()} == set(GROUPS)


def test_no_cell_slipped_into_another_column() -> None:
    for claim in catalogue():
        assert all((claim.claim, claim.how_tested, claim.statistic, claim.picture)), claim.id
        assert "five" in claim.said_in and "articles" in claim.said_in
    assert next(claim for claim in catalogue() if claim.id == "D3").claim == "Not elitist: open to everybody"


@pytest.mark.parametrize("claim", catalogue(), ids=lambda claim: claim.id)
def test_a_claim_speaks_without_shorthand(claim) -> None:
    text = " ".join(vars(claim).values()).replace(claim.id, "", 1)
    shorthand = r"\bS[0-4]\b|\b(as|as in) [BPCD]\d+|L side|L vs J|\bITT\b|\bDiD\b|\bRD\b|\bATS\b|\bKM\b|\bMFQ|\bPGIS"
    assert not re.search(shorthand, text), text


def test_every_claim_has_a_requirement_and_each_is_a_test_or_a_reason() -> None:
    assert list(REQUIREMENTS) == [claim.id for claim in catalogue()]
    for name, requirement in REQUIREMENTS.items():
        assert bool(requirement.why_not) != bool(requirement.asks or requirement.also), name


@pytest.mark.parametrize("need", sorted(ALL_NEEDS, key=repr), ids=lambda need: need.words[:40])
def test_a_need_is_a_canonical_header(need) -> None:
    if isinstance(need, Column):
        for name in filter(None, (need.name, need.either)):
            kind, header = name.split(".")
            assert header in KINDS[kind].headers
    elif isinstance(need, Asked):
        assert need.construct in CONSTRUCTS and set(need.waves) <= set(WAVES) and set(need.sides) <= set(SIDES)
    elif isinstance(need, OtherProgramme):
        assert need.orientation in ORIENTATIONS
    else:
        assert isinstance(need, Measured) and need.names


def test_an_empty_store_lacks_everything_and_a_full_one_nothing() -> None:
    full = Held(
        frozenset(f"{kind.name}.{header}" for kind in KINDS.values() for header in kind.headers),
        frozenset(name for need in ALL_NEEDS if isinstance(need, Measured) for name in need.names),
        frozenset((construct, wave, side) for construct in CONSTRUCTS for wave in WAVES for side in SIDES),
        frozenset(ORIENTATIONS),
    )
    for requirement in REQUIREMENTS.values():
        for ask in requirement.asks:
            assert missing(ask.needs, full) == () and missing(ask.needs, Held())
        assert missing(requirement.also, full) == ()


def test_a_need_within_another_is_said_once() -> None:
    both = Asked("inclusion", ("mentor", "mentee"))
    said = missing((Asked("inclusion", ("mentor",), ("post",)), both, Column("pairs.topic")), Held())
    assert said == ("survey construct inclusion, waves pre and post, sides mentor and mentee", "pairs.topic")


def test_slow_questions_are_those_that_read_rows_anew() -> None:
    slow = {type(ask) for requirement in REQUIREMENTS.values() for ask in requirement.asks if ask.slow}
    assert {Around, Spread} <= slow and not {Change, Level} & slow


def test_published_figures_say_what_is_missing_and_can_be_checked() -> None:
    figures = published()
    assert len(figures) == 9
    for figure in figures:
        assert all((figure.figure, figure.who, figure.as_quoted, figure.what_is_known, figure.what_is_missing))
        if figure.to_check:
            assert check_figure(figure.to_check).sentence

"""Drawn by lot against not drawn among those who applied (PROTOCOL.md Part 8)."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.plan import current_plan
from analysis.study.figures import FigureKind, lottery
from tests.small_employer import LADDER, Row, SmallEmployer, pair, people, person, promotion

FIRST, SECOND, PLAIN = "2023-02-15", "2023-03-10", "2023-05-04"
LEFT = {"on": {"2023-09-30": {"termination_date": "2023-07-20", "termination_type": "voluntary"}}}
SEEN = ("2022-12-31", "2023-03-31", "2023-06-30", "2023-09-30")


def applied(name: str, response: str, method: str = "lottery", cohort: str = "C") -> Row:
    return {"employee_id": name, "side": "mentor", "applied_on": "2023-01-10", "response": response,
            "method": method, "cohort": cohort}  # fmt: skip


@pytest.fixture(scope="module")
def employer(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    return SmallEmployer(
        tmp_path_factory.mktemp("lottery"),
        people=people(
            person("drawn, joined"),
            person("drawn, joined in the second batch"),
            person("drawn, declined"),
            person("drawn, left", SEEN, **LEFT),  # type: ignore[arg-type]
            person("not drawn, stayed"),
            person("not drawn, left", SEEN, **LEFT),  # type: ignore[arg-type]
            person("not drawn, joined anyway"),
            person("waitlisted"),
            person("nominated"),
            person("too new", hire="2022-12-01"),
            person("not drawn, of a level nobody joined from", level="C"),
            person("not drawn, at the top", level="D"),
            person("joined without a draw"),
            person("knew promotions early"),
            person("knew promotions late"),
        ),
        invitations=[
            applied("drawn, joined", "accepted"),
            applied("drawn, joined in the second batch", "accepted"),
            applied("drawn, declined", "declined"),
            applied("drawn, left", "no_answer"),
            applied("not drawn, stayed", "not_drawn"),
            applied("not drawn, left", "not_drawn", "volunteer"),
            applied("not drawn, joined anyway", "not_drawn"),
            applied("waitlisted", "waitlisted", ""),
            applied("nominated", "accepted", "nominated"),
            applied("too new", "not_drawn"),
            applied("not drawn, of a level nobody joined from", "not_drawn"),
            applied("not drawn, at the top", "not_drawn"),
            applied("joined without a draw", "accepted", "volunteer", "E"),
        ],
        pairs=[
            pair("drawn, joined", FIRST),
            pair("drawn, joined in the second batch", SECOND),
            pair("not drawn, joined anyway", SECOND),
            pair("joined without a draw", PLAIN, "E"),
        ],
        job_events=[
            promotion("knew promotions early", "2022-09-20"),
            promotion("not drawn, stayed", "2023-06-01"),
            promotion("knew promotions late", "2024-06-20"),
        ],
        ladder=LADDER,
    )


def _lottery(employer: SmallEmployer, kind: FigureKind = "exits", cutoff: str = "2024-06-30") -> pd.DataFrame:
    with employer.reader.cursor() as cursor:
        return lottery(cursor, current_plan(cursor), "mentor", kind, 12, date.fromisoformat(cutoff))


def test_drawn_and_not_drawn_with_their_exits(employer: SmallEmployer) -> None:
    found = _lottery(employer)
    assert list(found.columns) == ["cohort", "drawn", "people", "retention", "voluntary_exit", "involuntary_exit"]
    assert found.to_numpy().tolist() == [["C", 0, 6, 5, 1, 0], ["C", 1, 4, 3, 1, 0]]


def test_who_is_at_the_top_has_no_promotion_to_be_drawn_for(employer: SmallEmployer) -> None:
    assert _lottery(employer, "promotion").to_numpy().tolist() == [["C", 0, 5, 1], ["C", 1, 4, 0]]


def test_the_first_batch_of_the_cohort_must_be_mature(employer: SmallEmployer) -> None:
    assert len(_lottery(employer, cutoff="2024-02-15")) == 2
    assert len(_lottery(employer, cutoff="2024-02-14")) == 0


def test_months_are_no_events(employer: SmallEmployer) -> None:
    with pytest.raises(ValueError, match="months"):
        _lottery(employer, "months")

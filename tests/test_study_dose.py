"""Participants by sessions held within the horizon and before any exit: a description (interface of figures)."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from analysis.plan import current_plan
from analysis.study.figures import FigureKind, dose
from tests.small_employer import Row, SmallEmployer, pair, people, person

DAY = "2023-02-15"
HELD = {"not one": 0, "one": 1, "three": 3, "four": 4, "six": 6, "seven": 7, "left after two": 5, "two pairs": 2}


def session(pair_id: str, day: date | str, status: str = "held") -> Row:
    return {"pair_id": pair_id, "session_date": str(day), "status": status}


@pytest.fixture(scope="module")
def employer(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    """One session a week from the first of March on; who left did so on 15 March, the day of the third one."""
    left = {"on": {"2023-03-31": {"termination_date": "2023-03-15", "termination_type": "voluntary"}}}
    sessions = [
        session(name, date(2023, 3, 1) + timedelta(weeks=week)) for name, held in HELD.items() for week in range(held)
    ]
    sessions += [
        session("not one", "2023-03-01", "cancelled"),
        session("not one", "2024-02-16"),
        session("one", "2024-02-15", "no_show"),
        session("second pair", "2024-02-15"),
        session("second pair", "2024-02-16"),
    ]
    pairs = [pair(name, DAY, pair_id=name) for name in HELD]
    pairs += [
        pair("two pairs", "2023-09-01", pair_id="second pair"),
        pair("sponsor", DAY, pair_id="not reverse", programme_id="sponsors"),
    ]
    gone = person("left after two", ("2022-12-31", "2023-03-31"), **left)  # type: ignore[arg-type]
    stayed = (person(name) for name in HELD if name != "left after two")
    return SmallEmployer(
        tmp_path_factory.mktemp("dose"),
        people=people(*stayed, gone, person("sponsor")),
        pairs=pairs,
        sessions=[{**row, "session_id": f"s{number}"} for number, row in enumerate(sessions)],
        plan="""
[[programmes]]
id = "reverse"
orientation = "reverse"
[[programmes]]
id = "sponsors"
orientation = "sponsorship"
""",
    )


def _dose(employer: SmallEmployer, horizon: int = 12, kind: FigureKind = "exits") -> pd.DataFrame:
    with employer.reader.cursor() as cursor:
        return dose(cursor, current_plan(cursor), "mentor", kind, horizon, date(2024, 6, 30))


def test_bands_people_and_events(employer: SmallEmployer) -> None:
    """0: none; 1-3: one, three, two pairs (three), left after two; 4-6: four, six; 7 and more: seven."""
    found = _dose(employer)
    assert list(found.columns) == ["sessions_band", "people", "retention", "voluntary_exit", "involuntary_exit"]
    assert found.to_numpy().tolist() == [
        ["0", 1, 1, 0, 0],
        ["1-3", 4, 3, 1, 0],
        ["4-6", 2, 2, 0, 0],
        ["7 and more", 1, 1, 0, 0],
    ]


def test_sessions_after_the_horizon_do_not_count(employer: SmallEmployer) -> None:
    """One month: the first three sessions, of 1, 8 and 15 March."""
    assert _dose(employer, 1).set_index("sessions_band")["people"].to_dict() == {"0": 1, "1-3": 7}


def test_months_are_no_events(employer: SmallEmployer) -> None:
    with pytest.raises(ValueError, match="promotion_months"):
        _dose(employer, kind="promotion_months")

"""Files in which nearly everybody is unknown: the likely cause is told, and nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small_employer import Row
from tests.told import LADDER, staff, tell

STAFF = staff("2023-12-31", "abcdefW")


@pytest.mark.parametrize("kind", ["pairs", "survey", "measures", "invitations", "job_events"])
def test_where_nearly_everybody_is_unknown_the_likely_cause_is_told(tmp_path: Path, kind: str) -> None:
    zeros = [{**row, "employee_id": f"00{number}"} for number, row in enumerate(STAFF)]
    told = tell(tmp_path, people=zeros, **{kind: [_names(kind, str(number)) for number in range(6)]})
    [message] = [issue.message for (_, code), issue in told.items() if code == "unknown-person"]
    assert "6 of 6 lines" in message and "leading zeros" in message and "undo this load" in message


@pytest.mark.parametrize(("known", "unknown"), [("abcd", "qrstu"), ("", "qrst")])
def test_where_others_are_known_or_few_are_unknown_no_cause_is_guessed(
    tmp_path: Path, known: str, unknown: str
) -> None:
    told = tell(tmp_path, people=STAFF, pairs=[_names("pairs", name) for name in known + unknown])
    assert "leading zeros" not in told["pairs", "unknown-person"].message


def test_without_any_people_file_no_cause_is_guessed(tmp_path: Path) -> None:
    told = tell(tmp_path, ladder=LADDER, pairs=[_names("pairs", name) for name in "abcdef"])
    assert "leading zeros" not in told["pairs", "unknown-person"].message


def _names(kind: str, name: str) -> Row:
    """A line of this kind of file that names somebody."""
    by_kind: dict[str, Row] = {
        "pairs": {"mentor_id": name, "mentee_id": "W", "start_date": "2024-02-01"},
        "survey": {"survey_id": "s", "wave": "pre", "response_id": f"r{name}", "item": "q1", "score": "3",
                   "submitted_at": "2024-02-01"},
        "measures": {"date": "2024-02-01", "metric": "output", "value": "3"},
        "invitations": {"cohort": "one", "side": "mentor", "invited_on": "2024-02-01", "response": "declined"},
        "job_events": {"effective_date": "2024-02-01", "event_type": "promotion"},
    }  # fmt: skip
    return by_kind[kind] if kind == "pairs" else {"employee_id": name, **by_kind[kind]}

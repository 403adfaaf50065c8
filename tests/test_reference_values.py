"""Every reference entry whose inputs may be copied, recomputed: tables typed from papers, and the invented HR extract.

The others (survival and regression examples of R's packages) need their own files: `python -m benchmarks.reference`.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.reference import CHECKS
from benchmarks.reference_checks.entries import Entry, compare
from tests import hr_a

INLINE = json.loads((Path(__file__).parent / "data" / "reference_inline.json").read_text(encoding="utf-8"))
# R's numbers have 12 digits; numerical derivatives and iterated fits leave errors of a few in 10 to the 9.
TOLERANCE = 1e-7

ENTRIES = [
    Entry(name, found["data"], found["values"], TOLERANCE, hr_a.FOLDER)
    for name, found in (INLINE | hr_a.EXPECTED).items()
]


def test_all_that_may_be_copied_is_here() -> None:
    assert len(ENTRIES) == 18 + 10
    assert {entry.id for entry in ENTRIES} < set(CHECKS)
    assert len(CHECKS) == 39


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_every_value_is_reproduced(entry: Entry) -> None:
    outcome = compare(entry, CHECKS[entry.id](entry))
    assert outcome.missing == ()
    assert outcome.compared > 0
    assert outcome.worst <= TOLERANCE, f"{outcome.worst_value} is off by {outcome.worst:.1e}"

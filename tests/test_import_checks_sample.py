"""The sample employer's exports fit together: the checks across tables raise no false alarm on them."""

from __future__ import annotations

from analysis.imports.checks import TABLE_CHECKS
from analysis.store import Reader

ACROSS_TABLES = {check.code for checks in TABLE_CHECKS.values() for check in checks}
ACROSS_TABLES |= {"mentor-above-mentee", "unknown-programme"}


def test_only_what_is_so_is_told(sample_reader: Reader) -> None:
    with sample_reader.cursor() as cursor:
        told = cursor.execute(
            "select kind, code, count(*) from row_issue join load using (load_id) group by all"
        ).fetchall()
        waiting = cursor.execute(
            """
            select count(*) from invitations
            where response = 'accepted' and employee_id not in (
                select mentor_id from pairs where pairs.cohort = invitations.cohort
                union all select mentee_id from pairs where pairs.cohort = invitations.cohort
            )
            """
        ).fetchall()
        messages = dict(cursor.execute("select code, message from row_issue").fetchall())
    # Some who accepted were never paired, and a few leaders joined a cohort before their last one had ended.
    assert {(kind, code) for kind, code, _ in told if code in ACROSS_TABLES} == {
        ("invitations", "accepted-without-pair"),
        ("pairs", "enrolled-twice"),
    }
    assert f": {waiting[0][0]}, the first" in messages["accepted-without-pair"]
    assert ": 6, the first" in messages["enrolled-twice"]

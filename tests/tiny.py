"""A tiny employer, person by person, as canonical files: for tests that check a rule on one row."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from analysis.imports.pseudonyms import Pseudonyms, find_key
from analysis.load import SourceFile, load
from analysis.store import Reader, Store

SNAPSHOTS = ("2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31", "2025-03-31", "2025-06-30", "2025-09-30")
LEVELS = ("A", "B", "C")


@dataclass
class Person:
    """Seen in every snapshot until they leave; `levels` gives the level from a date on."""

    name: str
    hired: str = "2015-01-01"
    left: str = ""
    how: str = "voluntary"
    levels: dict[str, str] = field(default_factory=lambda: {"2000-01-01": "A"})
    told_on: str = ""
    seen_until: str = "9999-12-31"
    more: dict[str, str] = field(default_factory=dict)

    def rows(self, snapshots: tuple[str, ...] = SNAPSHOTS) -> list[dict[str, str]]:
        found = []
        for day in snapshots:
            if self.hired > day or day > self.seen_until:
                continue
            gone = bool(self.left) and self.left <= day
            row = {
                "employee_id": self.name,
                "as_of_date": day,
                "hire_date": self.hired,
                "termination_date": self.left if gone or (self.told_on and day >= self.told_on) else "",
                "termination_type": self.how if gone else "",
                "level": next(level for since, level in sorted(self.levels.items(), reverse=True) if since <= day),
                **self.more,
            }
            found.append(row)
            if gone:
                break
        return found


def csv(rows: list[dict[str, str]]) -> bytes:
    headers = list(dict.fromkeys(name for row in rows for name in row))
    return "\n".join([",".join(headers), *(",".join(row.get(name, "") for name in headers) for row in rows)]).encode()


@dataclass
class Tiny:
    """A loaded tiny employer."""

    store: Store
    reader: Reader
    pseudonyms: Pseudonyms

    def trial_rows(self, name: str, side: str = "mentor") -> list[dict]:
        """The person-trials of one person on one side, in time order."""
        return self.query(
            "select person_trial.* from person_trial join person using (person) "
            "where employee_id = ? and side = ? order by time_zero",
            [self.pseudonyms.of(name), side],
        )

    def query(self, sql: str, parameters: list[object] | None = None) -> list[dict]:
        with self.reader.cursor() as cursor:
            found = cursor.execute(sql, parameters or [])
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def employer(
    folder: Path,
    people: list[Person],
    pairs: list[dict[str, str]],
    *,
    events: list[dict[str, str]] | None = None,
    plan: str = "",
    ladder: bool = True,
    extra: dict[str, bytes] | None = None,
    snapshots: tuple[str, ...] = SNAPSHOTS,
    stored: bool = False,
) -> Tiny:
    """Load it; every file must load. Unless `stored`, no finding is kept with it: what is asked is computed then."""
    files = {"people.csv": csv([row for person in people for row in person.rows(snapshots)])}
    if pairs:
        files["pairs.csv"] = csv(pairs)
    if ladder:
        files["ladder.csv"] = csv([{"level": level, "rank": str(rank)} for rank, level in enumerate(LEVELS, start=1)])
    if events:
        files["job_events.csv"] = csv(events)
    if plan:
        files["plan.toml"] = plan.encode()
    store = Store(folder / "store")
    with nullcontext() if stored else patch("analysis.load.store_headlines"):
        reports = load(store, [SourceFile(name, content) for name, content in {**files, **(extra or {})}.items()])
    assert {report.status for report in reports} == {"loaded"}, [(r.file, r.message) for r in reports]
    return Tiny(store, store.reader(), Pseudonyms(find_key(store.key_path, None, True)))


def crowd(count: int = 30, **settings: object) -> list[Person]:
    """People to whom nothing happens."""
    return [Person(f"crowd{number}", **settings) for number in range(count)]  # type: ignore[arg-type]


def pair(mentor: str, start: str, cohort: str = "one", **more: str) -> dict[str, str]:
    return {"mentor_id": mentor, "mentee_id": f"senior of {mentor}", "start_date": start, "cohort": cohort,
            "pair_id": f"{mentor} {start}", **more}  # fmt: skip

"""What every finding of one data version shares: plan, coverage, loads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from analysis.plan import Plan, current_plan
from analysis.store import Cursor
from analysis.study.periods import Coverage, UnknownQuarter, coverage, cutoff, quarters


@dataclass(frozen=True)
class Context:
    """Read once a data version. quarters: those that can be asked for, newest first."""

    data_version: int
    plan: Plan
    data: Coverage
    loads: tuple[str, ...]
    quarters: tuple[str, ...]
    published_at: datetime | None

    def quarter(self, asked: str | None) -> str:
        """The quarter asked for, the newest without one. Raises UnknownQuarter."""
        if not self.quarters:
            raise UnknownQuarter("No data have been loaded yet.")
        if asked is None:
            return self.quarters[0]
        tidy = asked.replace(" ", "").upper()
        if tidy not in self.quarters:
            raise UnknownQuarter(f"{asked} is not a quarter of these data; they reach {', '.join(self.quarters)}.")
        return tidy

    def cutoff(self, cursor: Cursor, quarter: str) -> date:
        return cutoff(coverage(cursor).data_as_of, quarter, self.plan.fiscal_year_first_month)

    def cutoffs(self, cursor: Cursor) -> tuple[date, ...]:
        """The last day that counts of every quarter that can be asked for, newest first."""
        data_as_of = coverage(cursor).data_as_of
        return tuple(cutoff(data_as_of, quarter, self.plan.fiscal_year_first_month) for quarter in self.quarters)

    def from_quarter(self, cursor: Cursor, quarter: str) -> tuple[date, ...]:
        """The cutoff of a quarter and those of all that follow, the first day first."""
        return self.cutoffs(cursor)[self.quarters.index(quarter) :: -1]


def read_context(cursor: Cursor, data_version: int) -> Context:
    """Read the context of what a cursor shows; works on an empty store too."""
    plan = current_plan(cursor)
    built = cursor.execute("select count(*) from information_schema.tables where table_name = 'calendar'").fetchone()
    if not built or built[0] == 0:
        return Context(data_version, plan, Coverage(None, False, False, 0), (), (), None)
    loads = cursor.execute("select load_id from active_load order by load_no").fetchall()
    published = cursor.execute("select max(loaded_at) from load").fetchone()
    return Context(
        data_version,
        plan,
        coverage(cursor),
        tuple(row[0] for row in loads),
        quarters(cursor, plan.fiscal_year_first_month),
        published[0] if published else None,
    )

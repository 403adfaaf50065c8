"""An invented employer in memory: the canonical exports as frames, and the truth about what is planted in them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.plan import default_plan_text
from analysis.sample.activity import goals, sessions
from analysis.sample.calendar import days, month_end
from analysis.sample.measures import EFFECTS_ON_MEASURES, measures
from analysis.sample.programme import exit_dates, invitations, pairs, pairs_export
from analysis.sample.settings import COHORTS, ELIGIBLE_RANKS, LEVELS, SIDES, Cohort
from analysis.sample.simulate import History, simulate
from analysis.sample.surveys import COLLEAGUES_CHANGES, changes, colleagues_surveys, surveys
from analysis.sample.truth import description, truth


@dataclass(frozen=True)
class Employer:
    """Frames with the headers of analysis.store.model.KINDS, one a kind.

    Dates are datetime64 without times, text is text or categorical, missing is NaN or NaT. `people` holds every
    snapshot; `survey` what participants answered, `colleagues_survey` what others did. `plan` is the text of a
    plan.toml. `truth` is what truth.json holds: effects as proportions, by side, outcome and cohort.
    """

    people: pd.DataFrame
    ladder: pd.DataFrame
    job_events: pd.DataFrame
    invitations: pd.DataFrame
    pairs: pd.DataFrame
    sessions: pd.DataFrame
    goals: pd.DataFrame
    survey: pd.DataFrame
    colleagues_survey: pd.DataFrame
    measures: pd.DataFrame
    plan: str
    truth: dict[str, Any]


def generate(
    employees: int,
    quarters: int,
    seed: int,
    *,
    cohorts: tuple[Cohort, ...] = COHORTS,
    selection: float = 1.0,
    hidden_motivation: float = 0.0,
) -> Employer:
    """Invent an employer; the same arguments give the same employer.

    cohorts: who takes part, when, and with what effect; `planted()` gives every cohort one effect, or none. Cohorts
        that would start after the last snapshot are left out.
    selection: how strongly joining depends on rating, level, tenure, gender and ethnicity; 0 is a lottery.
    hidden_motivation: log odds for one SD of something that makes people stay and join and that no file shows;
        above 0 no fair comparison is possible.
    Raises ValueError for fewer than 100 employees, fewer than two quarters, or cohorts in the same season.
    """
    if employees < 100 or quarters < 2:
        raise ValueError("An employer needs at least 100 employees and 2 quarters.")
    # Each kind of file has a stream of its own; another one is added at the end, so that the others stay as they are.
    events, programme, activity, answers, others, measured = np.random.SeedSequence(seed).spawn(6)
    history = simulate(np.random.default_rng(events), employees, quarters, cohorts, selection, hidden_motivation)
    rng = np.random.default_rng(programme)
    paired = pairs(history, rng)
    invited = invitations(history, rng)
    rng = np.random.default_rng(activity)
    return Employer(
        people=pd.concat(history.snapshots, ignore_index=True),
        ladder=pd.DataFrame({"level": LEVELS, "rank": range(1, len(LEVELS) + 1)}),
        job_events=job_events(history),
        invitations=invited,
        pairs=pairs_export(history, paired),
        sessions=sessions(history, paired, rng),
        goals=goals(history, paired, rng),
        survey=surveys(history, np.random.default_rng(answers)),
        colleagues_survey=colleagues_surveys(history, np.random.default_rng(others)),
        measures=measures(history, np.random.default_rng(measured)),
        plan=plan_text(),
        truth={
            **description(history),
            "seed": seed,
            "settings": {
                "employees": employees,
                "quarters": quarters,
                "selection": selection,
                "hidden_motivation": hidden_motivation,
                "cohorts": [asdict(cohort) for cohort in cohorts],
            },
            "effects": truth(history),
            "survey_changes": {
                side: {batch.name: changes(batch) for batch in history.batches if batch.side == side} for side in SIDES
            },
            "survey_changes_of_colleagues": COLLEAGUES_CHANGES,
            "effects_on_measures": EFFECTS_ON_MEASURES,
        },
    )


def job_events(history: History) -> pd.DataFrame:
    """Hires, promotions and terminations after the first snapshot, by date; canonical headers."""
    staff, levels = history.staff, np.array(LEVELS, dtype=object)
    slots = np.arange(staff.hired)
    new = slots[staff.hire_month[slots] > history.first]
    exits = exit_dates(staff)[slots]
    left = slots[exits <= month_end(history.last)]
    risen = history.promotions
    rows = [
        ("hire", new, days(staff.hire_month[new], staff.hire_day[new]), None, levels[staff.entry_rank[new] - 1]),
        (
            "promotion",
            risen["slot"].to_numpy(),
            days(risen["month"], risen["day"]),
            levels[risen["from_rank"].to_numpy() - 1],
            levels[risen["to_rank"].to_numpy() - 1],
        ),
        ("termination", left, exits[left], levels[staff.rank[left] - 1], None),
    ]
    frames = [
        pd.DataFrame(
            {
                "employee_id": staff.ids[who],
                "effective_date": date.astype("datetime64[s]"),
                "event_type": kind,
                "from_level": before,
                "to_level": after,
                "termination_type": np.where(staff.exit_voluntary[who], "voluntary", "involuntary")
                if kind == "termination"
                else None,
            }
        )
        for kind, who, date, before, after in rows
    ]
    return pd.concat(frames, ignore_index=True).sort_values(
        ["effective_date", "employee_id", "event_type"], ignore_index=True
    )


def plan_text() -> str:
    """The default study plan with this employer's eligible levels declared."""
    text = default_plan_text()
    for side in SIDES:
        names = ", ".join(f'"{LEVELS[rank - 1]}"' for rank in ELIGIBLE_RANKS[side])
        blank = f"{side} = []"
        if text.count(blank) != 1:
            raise RuntimeError(f"The default plan no longer has a line {blank!r} to fill in.")
        text = text.replace(blank, f"{side} = [{names}]")
    return text

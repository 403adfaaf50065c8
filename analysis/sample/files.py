"""The invented employer as export files. The same seed gives the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.sample.calendar import months, quarter_label
from analysis.sample.employer import Employer, generate
from analysis.sample.vendors import write_forms, write_qualtrics


def write(out: Path, employees: int, quarters: int, seed: int, *, vendor_shapes: bool = False) -> None:
    """Invent an employer and save it into the folder `out`, which is made where it is missing.

    Raises ValueError as generate() does.
    """
    save(generate(employees, quarters, seed), out, vendor_shapes=vendor_shapes)


def save(employer: Employer, out: Path, *, vendor_shapes: bool = False) -> None:
    """Write canonical exports, plan.toml and truth.json; a people file a quarter, a survey file a side and wave,
    and one a wave of colleagues who did not take part.

    vendor_shapes: the post surveys as Microsoft Forms and Qualtrics export them instead, each with the mapping that
    makes it canonical.
    """
    out.mkdir(parents=True, exist_ok=True)
    dates = employer.people["as_of_date"]
    for as_of in dates.unique():
        month = int(months(np.array(as_of, dtype="datetime64[D]")))
        _csv(employer.people[dates == as_of], out / f"people_{quarter_label(month)}.csv")
    for name in ("ladder", "job_events", "invitations", "pairs", "sessions", "goals", "measures"):
        _csv(getattr(employer, name), out / f"{name}.csv")
    for (side, wave), answers in employer.survey.groupby(["side", "wave"], sort=True):
        if not (vendor_shapes and wave == "post"):
            _csv(answers, out / f"survey_{side}_{wave}.csv")
    for (wave,), answers in employer.colleagues_survey.groupby(["wave"], sort=True):
        _csv(answers, out / f"survey_colleagues_{wave}.csv")
    if vendor_shapes:
        rng = np.random.default_rng([employer.truth["seed"], 1])
        write_forms(out, employer.survey, rng)
        write_qualtrics(out, employer.survey, rng)
    _text(employer.plan, out / "plan.toml")
    _text(json.dumps(employer.truth, indent=2) + "\n", out / "truth.json")


def _csv(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _text(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")

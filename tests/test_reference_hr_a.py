"""The reference extract through the product's own way in: R's person-trials row for row, R's numbers."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.balance import effective_sample_size
from analysis.estimates.cells import Cells
from analysis.estimates.curves import arm_curve
from analysis.estimates.effect import aipw, ipw_att, ipwra, outcome_model, overlap
from analysis.estimates.propensity import fit_propensity
from analysis.findings import answers
from analysis.findings.context import read_context
from analysis.findings.outcomes import DEFINITIONS
from analysis.findings.results import Outcome, Question
from analysis.imports.pseudonyms import Pseudonyms, find_key
from analysis.store import Reader, Store
from analysis.study.figures import cluster_moments, open_figure
from tests import hr_a

OUTCOMES: dict[Outcome, str] = {"retention": "retained", "voluntary_exit": "vexit", "promotion": "promoted"}
TENURE = {"0-2y": "0-2 years", "2-5y": "2-5 years", "5y+": "5 years and more"}


def _expected(outcome: Outcome) -> dict:
    return hr_a.EXPECTED[f"A-hr-effect-{OUTCOMES[outcome]}"]["values"]


def test_person_trials_equal_those_of_r_row_for_row(hr_a_reader: Reader) -> None:
    store = Store(hr_a_reader.path.parent)
    pseudonyms = Pseudonyms(find_key(store.key_path, None, True))
    expected = {
        (row["cohort"], pseudonyms.of(row["employee_id"])): (
            int(row["a"]), row["level"], row["department"], row["gender"], row["ethnicity"], row["site"],
            TENURE[row["tenure"]], row["performance"], int(row["retained"]), int(row["vexit"]), int(row["iexit"]),
            int(row["promoted"]), int(row["T"]), int(row["status"]),
        )
        for row in hr_a.rows("person_trials")
    }  # fmt: skip
    with hr_a_reader.cursor() as cursor:
        plan = read_context(cursor, 1).plan
        open_figure(cursor, plan, "mentor", "months", 0, date(2024, 6, 30))
        found = cursor.execute(
            """
            select figure_row.cohort, employee_id, figure_row.a, figure_row.level, figure_row.department,
                figure_row.gender, figure_row.ethnicity, figure_row.location, figure_row.tenure_band,
                figure_row.performance_rating,
                (exit_month is null or exit_month > 12)::int,
                coalesce(exit_month <= 12 and exit_type = 'voluntary', false)::int,
                coalesce(exit_month <= 12 and exit_type = 'involuntary', false)::int,
                coalesce(promotion_month <= 12, false)::int, months, status
            from figure_row join person using (person) join person_trial using (trial_id, person)
            """
        ).fetchall()
    assert {(row[0], row[1]): tuple(row[2:]) for row in found} == expected
    assert len(found) == 2066


@pytest.mark.parametrize("outcome", list(OUTCOMES))
def test_headline_as_the_command_line_gives_it(hr_a_reader: Reader, outcome: Outcome) -> None:
    (finding,) = answers.effects(hr_a_reader, Question(outcome, "mentor"))
    expected = _expected(outcome)
    assert finding.estimate == pytest.approx(expected["ipwra"]["rd"], rel=1e-8)
    assert finding.rate_comparators == pytest.approx(expected["ipwra"]["mu0"], rel=1e-8)
    assert finding.std_error == pytest.approx(expected["ipwra"]["se_cluster"], rel=1e-7)
    assert finding.ci_low == pytest.approx(expected["headline"]["mover_lower"], rel=1e-7)
    assert finding.ci_high == pytest.approx(expected["headline"]["mover_upper"], rel=1e-7)
    assert finding.p_value == pytest.approx(expected["headline"]["p_mover"], rel=1e-6)
    assert (finding.n_participants, finding.n_comparators) == (97, 1519)


@pytest.mark.parametrize("outcome", list(OUTCOMES))
@pytest.mark.parametrize("method", ["ipwra", "overlap", "aipw", "ipw_att"])
def test_every_estimator_and_its_clustered_error(hr_a_reader: Reader, outcome: Outcome, method: str) -> None:
    with hr_a_reader.cursor() as cursor:
        plan = read_context(cursor, 1).plan
        figure = open_figure(cursor, plan, "mentor", DEFINITIONS[outcome].figure, 12, date(2024, 6, 30))
        propensity = fit_propensity(Cells.from_frame(figure.cells, figure.covariates, figure.outcomes))
        y = propensity.cells.outcomes[outcome]
        contrast = {
            "ipwra": lambda: ipwra(propensity, outcome_model(propensity, y), y),
            "overlap": lambda: overlap(propensity, y),
            "aipw": lambda: aipw(propensity, outcome_model(propensity, y, weighted=False), y),
            "ipw_att": lambda: ipw_att(propensity, y),
        }[method]()
        frame = pd.DataFrame(contrast.influence, columns=["one", "zero"])
        frame.insert(0, "cell_id", propensity.cells.cell_id)
        (moments,) = cluster_moments(cursor, frame, float(propensity.cells.n.sum()))
    expected = _expected(outcome)
    assert contrast.rate_participants == pytest.approx(expected[method]["mu1"], rel=1e-9)
    assert contrast.rate_comparators == pytest.approx(expected[method]["mu0"], rel=1e-9)
    spread = np.sqrt(moments.v11 + moments.v00 - 2 * moments.v10)
    assert spread == pytest.approx(expected[method]["se_cluster"], rel=1e-8)
    assert moments.clusters == expected["n_clusters"]
    assert effective_sample_size(propensity) == pytest.approx(expected["ess_comparators_att"], rel=1e-9)


def test_weighted_curves_and_their_clustered_errors(hr_a_reader: Reader) -> None:
    expected = hr_a.EXPECTED["A-hr-curves"]["values"]
    months = expected["months"]
    with hr_a_reader.cursor() as cursor:
        plan = read_context(cursor, 1).plan
        figure = open_figure(cursor, plan, "mentor", "months", 0, date(2024, 6, 30))
        propensity = fit_propensity(Cells.from_frame(figure.cells, figure.covariates, figure.outcomes))
        cells = propensity.cells
        followed, status = (cells.outcomes[name].astype(np.int64) for name in ("months", "status"))
        for arm, weight in ((1, np.ones_like(propensity.e)), (0, propensity.odds)):
            mask = cells.a == arm
            curve = arm_curve(followed[mask], status[mask], cells.n[mask], weight[mask], 24, 12)
            want = expected[f"arm{arm}"]
            assert curve.survival[months] == pytest.approx(want["survival"], rel=1e-9)
            voluntary, involuntary = curve.incidence
            assert voluntary[months] == pytest.approx(want["cif_voluntary"], rel=1e-9, abs=1e-12)
            assert involuntary[months] == pytest.approx(want["cif_involuntary"], rel=1e-9, abs=1e-12)
            assert curve.survival + voluntary + involuntary == pytest.approx(1.0, abs=1e-12)
            assert curve.rmst == pytest.approx(want["rmst12"], rel=1e-9)
            frame = pd.DataFrame({"cell_id": cells.cell_id[mask]})
            for month in months:
                frame[f"s{month}"] = curve.survival_influence(month)
                frame[f"v{month}"] = curve.incidence_influence(0, month)
            moments = cluster_moments(cursor, frame, 1.0)
            # R's survfit applies no G/(G-1)
            errors = [np.sqrt(m.v11 * (m.clusters - 1) / m.clusters) for m in moments]
            assert errors == pytest.approx(want["se_robust_employee"], rel=1e-8)


@pytest.mark.parametrize("header", ["gender", "ethnicity"])
def test_effects_within_groups_come_from_the_one_fit(hr_a_reader: Reader, header: str) -> None:
    expected = hr_a.EXPECTED[f"A-hr-subgroup-{header}"]["values"]
    with hr_a_reader.cursor() as cursor:
        plan = read_context(cursor, 1).plan
        figure = open_figure(cursor, plan, "mentor", "exits", 12, date(2024, 6, 30))
        propensity = fit_propensity(Cells.from_frame(figure.cells, figure.covariates, figure.outcomes))
        y = propensity.cells.outcomes["retention"]
        model = outcome_model(propensity, y)
        factor = propensity.cells.factor(header)
        for position, group in enumerate(expected["groups"]):
            contrast = ipwra(propensity, model, y, factor.codes == factor.levels.index(group))
            assert contrast.rate_participants == pytest.approx(expected["mu1"][position], rel=1e-9)
            assert contrast.rate_comparators == pytest.approx(expected["mu0"][position], rel=1e-4)

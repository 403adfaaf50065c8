"""Run one page without a server and read what it says; findings may be replaced by fabricated ones."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.findings import answers
from analysis.findings.diversity_results import DiversityFinding, LeadershipFinding
from analysis.findings.evidence import DifferencesFinding, DoseFinding, PowerFinding, Robustness, SpecificationStrip
from analysis.findings.health.summary import HealthSummary
from analysis.findings.overlap import OverlapFinding
from analysis.findings.quarter_changes import QuarterChanges
from analysis.findings.results import (
    EVERYBODY,
    CurvesFinding,
    Finding,
    HealthFinding,
    ImpactPage,
    Measure,
    OutcomeDetail,
    Question,
    ReachFinding,
    Selection,
)
from analysis.findings.survey_item_results import SurveyItems
from analysis.findings.survey_method import Choices
from analysis.findings.survey_response_results import SurveyResponse
from analysis.findings.survey_results import SurveyFinding
from analysis.findings.unadjusted import UnadjustedFinding
from analysis.store import Store
from tests import fabricated, fabricated_diversity, fabricated_evidence, fabricated_surveys

PAGES = Path(__file__).parent.parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.py"))


def run_page(name: str, seconds: int = 60, **address: str) -> AppTest:
    """Run a page; `address` are the filters in its address."""
    page = AppTest.from_file(str(PAGES / f"{name}.py"), default_timeout=seconds)
    for key, value in address.items():
        page.query_params[key] = value
    return page.run()


def everything(page: AppTest) -> str:
    """All words on a page: titles, Markdown, badges, metrics, alerts and tables."""
    kinds = ("title", "subheader", "markdown", "caption", "error", "warning", "info", "success")
    parts = [element.value for kind in kinds for element in getattr(page, kind)]
    parts += [f"{metric.value} {metric.delta}" for metric in page.metric]
    parts += [str(getattr(block, "label", "")) for block in [*page.expander, *page.button]]
    parts += [table.value.to_string() for table in page.table]
    return "\n".join(str(part) for part in parts)


def empty_store(folder: Path) -> Path:
    """A published version without a single load: a copy of one that each process makes once."""
    return Path(shutil.copytree(_made_once(), folder / "store", dirs_exist_ok=True))


@lru_cache(maxsize=1)
def _made_once() -> Path:
    store = Store(Path(tempfile.mkdtemp()) / "store")
    atexit.register(shutil.rmtree, store.folder.parent, ignore_errors=True)
    with store.writing():
        pass
    return store.folder


def show(
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    *,
    impact: ImpactPage | None = None,
    detail: OutcomeDetail | None = None,
    curves: CurvesFinding | None = None,
    surveys: SurveyFinding | None = None,
    reached: DiversityFinding | None = None,
) -> None:
    """Pages ask a store in `folder` and get these findings instead of its own (which has none)."""
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(empty_store(folder)))
    whole = detail or fabricated.detail()

    def quarters(reader: object) -> tuple[str, ...]:
        return ("2026Q3", "2026Q2")

    def group_headers(reader: object, side: str, quarter: str) -> tuple[str, ...]:
        return ("cohort", "gender", "ethnicity")

    def impact_page(reader: object, quarter: str) -> ImpactPage:
        return impact or fabricated.impact()

    def reach(reader: object, side: str, quarter: str) -> ReachFinding:
        return next(found for found in (impact or fabricated.impact()).reach if found.side == side)

    def effects(reader: object, question: Question) -> tuple[Finding, ...]:
        if question.by is None:
            return (whole.finding,)
        return fabricated.by_cohort() if question.by == "cohort" else fabricated.by_group(question.by or "gender")

    def outcome_detail(reader: object, question: Question) -> OutcomeDetail:
        return whole

    def answer_curves(
        reader: object, side: str, quarter: str, measure: Measure, gained_by: int = 12, where: Selection = EVERYBODY
    ) -> CurvesFinding:
        return curves or fabricated.curves(measure)

    def answer_surveys(reader: object, quarter: str, *narrowed: object) -> SurveyFinding:
        return surveys or fabricated.surveys()

    def survey_choices(reader: object, quarter: str) -> Choices:
        return fabricated_surveys.CHOICES

    def survey_items(reader: object, quarter: str, *narrowed: object) -> SurveyItems:
        return fabricated_surveys.items()

    def survey_response(reader: object, quarter: str, by: str, *narrowed: object) -> SurveyResponse:
        return fabricated_surveys.response(by)

    def survey_health(reader: object, quarter: str, *narrowed: object) -> HealthFinding:
        return fabricated_surveys.HEALTH

    def specifications(reader: object, question: Question) -> SpecificationStrip:
        return fabricated_evidence.strip(whole.finding)

    def robustness(reader: object, question: Question) -> Robustness:
        return fabricated_evidence.robustness()

    def differences(reader: object, question: Question) -> DifferencesFinding:
        return fabricated_evidence.differences()

    def power(reader: object, question: Question) -> PowerFinding:
        return fabricated_evidence.power(whole.finding)

    def dose(reader: object, question: Question) -> DoseFinding:
        return fabricated_evidence.dose()

    def promoted(reader: object, side: str, quarter: str) -> ReachFinding:
        return fabricated.reach(side)

    def overlap(reader: object, question: Question) -> OverlapFinding:
        return fabricated_evidence.overlap(whole.finding)

    def unadjusted(reader: object, question: Question) -> UnadjustedFinding:
        return fabricated_evidence.UNADJUSTED

    def quarter_changes(reader: object, quarter: str) -> QuarterChanges:
        return fabricated_evidence.changes()

    def diversity(
        reader: object, side: str, by: str, quarter: str, cohort: str | None, where: Selection
    ) -> DiversityFinding:
        return reached or fabricated_diversity.found(header=by, cohort=cohort)

    def leadership(reader: object, by: str, quarter: str, where: Selection) -> LeadershipFinding:
        return fabricated_diversity.leaders(by)

    def started_cohorts(reader: object, side: str, quarter: str) -> tuple[str, ...]:
        return tuple(fabricated_diversity.JOINED)

    def cohorts(reader: object, side: str, quarter: str) -> tuple[str, ...]:
        return tuple(fabricated_diversity.JOINED)[:-1]

    def health_summary(reader: object, quarter: str) -> HealthSummary:
        return fabricated.HEALTH_TILES

    for function in (
        health_summary,
        overlap,
        unadjusted,
        quarter_changes,
        diversity,
        leadership,
        started_cohorts,
        cohorts,
    ):
        monkeypatch.setattr(answers, function.__name__, function)
    for function in (quarters, group_headers, impact_page, effects, outcome_detail):
        monkeypatch.setattr(answers, function.__name__, function)
    for function in (specifications, robustness, differences, power, dose, promoted):
        monkeypatch.setattr(answers, function.__name__, function)
    for function in (survey_choices, survey_items, survey_response, survey_health):
        monkeypatch.setattr(answers, function.__name__, function)
    monkeypatch.setattr(answers, "reach", reach)
    answer_curves.__name__, answer_surveys.__name__ = "curves", "surveys"  # by name it is known who may ask
    monkeypatch.setattr(answers, "curves", answer_curves)
    monkeypatch.setattr(answers, "surveys", answer_surveys)

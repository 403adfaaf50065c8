"""Made-up findings about questions and response, beside tests/fabricated.py: every number here is invented."""

from __future__ import annotations

from analysis.findings.results import Side
from analysis.findings.survey_health import survey_health
from analysis.findings.survey_item_results import (
    Bar,
    Bars,
    ConstructItems,
    NetChange,
    NetPoint,
    QuestionResult,
    Reliability,
    Segment,
    ShareChange,
    SurveyItems,
    WaveShare,
)
from analysis.findings.survey_method import Choices
from analysis.findings.survey_response_results import BaselineRow, GroupResponse, StatusCount, SurveyResponse
from tests import fabricated

TOO_FEW = "Not shown: fewer than 5 people."
CHOICES = Choices(("2025Q3", "2025Q4"), ("reverse",), ("Finance", "Sales"), ("Analyst",), ("Leeds",))


def bars(before: str = "pre", paired: bool = True) -> Bars:
    low = (Segment(-2, 0.1), Segment(-1, 0.2), Segment(0, 0.3), Segment(1, 0.3), Segment(2, 0.1))
    high = (Segment(-1, 0.13, merged=True), Segment(0, 0.27), Segment(1, 0.4), Segment(2, 0.2))
    return Bars(before, paired, (Bar(before, 60, low, 0.4, None), Bar("post", 60, high, 0.6, None)))


def question(item: str = "", label: str = "inclusion", turned: bool = False) -> QuestionResult:
    return QuestionResult(
        item,
        label,
        turned,
        1.0,
        5.0,
        5,
        (bars(), bars("retro_pre")),
        (WaveShare("pre", 0.41, 0.32, 0.51, 95, None), WaveShare("post", None, None, None, None, TOO_FEW)),
        (
            ShareChange("pre", 0.2, 0.07, 0.32, 0.4, 0.6, 60, None),
            ShareChange("retro_pre", 0.31, 0.17, 0.43, 0.29, 0.6, 58, None),
        ),
        None,
    )


def construct(side: Side, name: str = "inclusion") -> ConstructItems:
    items = (
        question("incl1", "I can be myself at work."),
        question("incl3", "I am often left out of decisions that affect my work, and nobody tells me why.", True),
    )
    return ConstructItems(side, name, question(), items, f"The favourable share rose among 60 {side}s.")


def items() -> SurveyItems:
    return SurveyItems(
        "2026Q3",
        tuple(construct(side, name) for side in ("mentor", "mentee") for name in ("inclusion", "digital_skills")),
        (
            NetPoint("mentor", "pre", -0.3, -0.45, -0.14, 0.2, 0.3, 0.5, 60, None),
            NetPoint("mentor", "post", None, None, None, None, None, None, None, TOO_FEW),
        ),
        (NetChange("mentor", "pre", 0.12, -0.02, 0.26, 60, None),),
        "Mentors: eNPS did not clearly change.",
        (
            Reliability("mentor", "inclusion", "pre", 0.83, 3, 95, None),
            Reliability("mentee", "inclusion", "pre", None, None, None, TOO_FEW),
        ),
        (),
        17,
    )


def response(by: str = "department") -> SurveyResponse:
    return SurveyResponse(
        "2026Q3",
        by,
        (
            GroupResponse("mentor", "post", "Finance", 40, 22, 0.55, 0.4, 0.69, None),
            GroupResponse("mentor", "post", "Sales", None, None, None, None, None, TOO_FEW),
            GroupResponse("mentor", "pre", "Finance", 41, 37, 0.902, 0.77, 0.96, None),
        ),
        (StatusCount("mentor", "answered", 58, None), StatusCount("mentor", "silent_or_gone", None, TOO_FEW)),
        (
            BaselineRow("mentor", "inclusion before", "score", 3.5, 3.1, 0.4, 0.1, 0.7, 58, 50, None),
            BaselineRow("mentor", "Left since", "share", None, None, None, None, None, None, None, TOO_FEW),
        ),
        "Mentors who answered after had begun apart from those who did not.",
        ("12 responses name nobody.",),
        12,
        300,
        17,
    )


HEALTH = survey_health(fabricated.surveys(), items(), response())

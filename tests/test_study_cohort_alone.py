"""A plan may compare within cohorts and by nothing else."""

from __future__ import annotations

from pathlib import Path

from analysis.findings import answers
from analysis.findings.results import Question
from analysis.load import newest
from analysis.plan import default_plan_text
from tests.tiny import Person, crowd, employer, pair


def test_a_plan_without_any_covariate_still_gives_an_answer(tmp_path: Path) -> None:
    text = default_plan_text()
    start = text.index("list = [", text.index("[covariates]"))
    plan = text[:start] + 'list = ["cohort"]' + text[text.index("]", start) + 1 :]
    plan = plan.replace("level_by_rating = true", "level_by_rating = false")
    mentors = [Person(f"mentor{n}", left="2024-09-15" if n % 9 == 0 else "") for n in range(40)]
    tiny = employer(tmp_path, [*crowd(80), *mentors], [pair(one.name, "2024-04-20") for one in mentors], plan=plan)
    [finding] = answers.effects(newest(tiny.store), Question("retention", "mentor"))
    assert finding.n_participants == 40

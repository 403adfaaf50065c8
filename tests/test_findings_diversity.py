"""Who is invited, joins, stays and is promoted: by hand, against other answers, and nobody given away."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import fisher_exact
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from analysis.findings import answers
from analysis.findings.diversity_results import DiversityFinding
from analysis.findings.results import SIDES, Selection
from analysis.store import Reader
from tests import fabricated_diversity
from tests.fabricated_diversity import ELIGIBLE, JOINED, WOMEN, found

BY = ("gender", "ethnicity", "generation", "disability", "lgbtq", "level", "department", "location")


def rows(finding: DiversityFinding, step: str) -> dict:
    return {row.group.group: row for row in finding.step(step).rows}  # type: ignore[arg-type]


def test_a_step_is_counted_and_compared_by_hand() -> None:
    joined = rows(found(), "joined")
    man, woman = joined["man"], joined["woman"]
    assert (man.group.participants, man.group.eligible) == (99, 900)
    assert (woman.group.participants, woman.group.eligible) == (114, 700)
    assert woman.group.ratio == 1.0 and woman.group.fisher_p is None
    assert man.group.ratio == pytest.approx((99 / 900) / (114 / 700), abs=1e-9) and man.group.flag
    assert (man.low, man.high) == pytest.approx(proportion_confint(99, 900, method="wilson"), abs=1e-9)
    assert man.group.fisher_p == pytest.approx(fisher_exact([[99, 801], [114, 586]]).pvalue, abs=1e-7)


def test_the_health_check_names_the_groups_that_the_answer_names() -> None:
    declined = dict(zip(JOINED, (0, 0, 0, 6), strict=True))
    joined = {cohort: {**groups, "declined": declined[cohort]} for cohort, groups in JOINED.items()}
    finding = found(joined, {**ELIGIBLE, "declined": 50})
    check = next(check for check in finding.health.checks if check.name == "large_enough")
    said = finding.step("joined").sentence.partition("or hidden: ")[2]
    assert "Gender: declined" in said and "Non-binary" in said and said in check.text


def test_tests_are_adjusted_over_all_steps_of_the_attribute() -> None:
    finding = found()
    made = [row for step in finding.steps for row in step.rows if row.group.fisher_p is not None]
    adjusted = multipletests([row.group.fisher_p for row in made], method="fdr_bh")[1]
    assert finding.tests == len(made) >= 4
    assert [row.p_adjusted for row in made] == pytest.approx(list(adjusted), abs=1e-7)


def test_staying_has_shares_and_no_ratio() -> None:
    stayed = found().step("stayed")
    assert stayed.reason is None and any(row.group.rate is not None for row in stayed.rows)
    assert all(row.group.ratio is None and row.p_adjusted is None and not row.group.flag for row in stayed.rows)


def test_a_cohort_for_women_is_named_and_one_for_a_few_never() -> None:
    table = found().cohorts
    assert table.named == ((WOMEN, "woman"),)
    assert WOMEN in table.sentence and "four fifths or more" in table.sentence
    small = {**fabricated_diversity.JOINED, WOMEN: {"man": 2, "woman": 48, "non_binary": 0}}
    hidden = found(small).cohorts
    assert hidden.named == () and WOMEN not in hidden.sentence
    assert [cell.people for cell in hidden.cells if cell.cohort == WOMEN and cell.group == "man"] == [None]


def test_told_in_confidence_needs_ten_and_names_no_cohort_by_its_zeros() -> None:
    joined = {"a": {"yes": 12, "no": 0}, "b": {"yes": 15, "no": 60}, "c": {"yes": 20, "no": 40}}
    table = found(joined, {"yes": 200, "no": 900}, header="lgbtq").cohorts
    assert table.named == ()
    assert all(cell.people is None for cell in table.cells if cell.cohort == "a")


def test_one_cohort_shows_no_more_than_the_table_of_all_does() -> None:
    joined = {
        "a": {"man": 30, "woman": 3, "declined": 9}, "b": {"man": 25, "woman": 28, "declined": 8},
        "c": {"man": 31, "woman": 20, "declined": 11}, "d": {"man": 33, "woman": 26, "declined": 12},
    }  # fmt: skip
    eligible = {"man": 400, "woman": 300, "declined": 200}
    hidden = {(cell.cohort, cell.group) for cell in found(joined, eligible).cohorts.cells if cell.people is None}
    assert ("a", "woman") in hidden and len(hidden) >= 4
    for cohort in joined:
        one = rows(found(joined, eligible, cohort=cohort), "joined")
        assert not [group for group, row in one.items() if row.group.rate is not None and (cohort, group) in hidden]


def test_what_stands_in_the_way_is_said() -> None:
    none = found(known=fabricated_diversity.cohorts(held=False))
    assert {check.status for check in none.health.checks if check.name == "invitations"} == {"could_not_run"}
    gone = found(known=fabricated_diversity.cohorts(vanished=3))
    assert "without an exit date" in (gone.step("stayed").reason or "") and gone.step("stayed").rows == ()
    one = found({"a": {"man": 30}, "b": {"man": 40}}, {"man": 300})
    assert one.step("joined").reason and one.cohorts.reason and "two groups" in one.sentence


def test_nobody_invited_on_record_is_a_reason_and_no_zero() -> None:
    frame = fabricated_diversity.counts().assign(held=0, invited=0, accepted=0, paired=0)
    asked = fabricated_diversity.Asked("mentor", "2026Q3", "gender", None, Selection())
    finding = fabricated_diversity.of_frame(asked, fabricated_diversity.cohorts(held=False), frame)
    for step in ("invited", "accepted", "paired"):
        assert "No invitations have been loaded" in (finding.step(step).reason or "")  # type: ignore[arg-type]
    assert rows(finding, "joined")["woman"].group.ratio == 1.0


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("by", ["gender", "lgbtq"])
def test_taking_part_and_promotion_are_what_reach_and_promoted_say(sample_reader: Reader, side: str, by: str) -> None:
    finding = answers.diversity(sample_reader, side, by)  # type: ignore[arg-type]
    for step, known in (("joined", answers.reach), ("promoted", answers.promoted)):
        before = {row.group: row for row in known(sample_reader, side).rows if row.header == by}
        for group, row in rows(finding, step).items():
            if row.group.rate is not None and before[group].rate is not None:
                assert (row.group.participants, row.group.eligible) == (
                    before[group].participants,
                    before[group].eligible,
                )
            if group in before and before[group].rate is None:
                assert row.group.rate is None, "what one page hides the other must not show"


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("by", BY)
def test_nobody_can_be_solved_for_from_all_that_the_page_shows(sample_reader: Reader, side: str, by: str) -> None:
    """Every hidden cell of the table of cohorts, from its cells, its sizes, and the totals that the steps show."""
    finding = answers.diversity(sample_reader, side, by)  # type: ignore[arg-type]
    table = finding.cohorts
    if table.reason:
        return
    unknown = [(cell.cohort, cell.group) for cell in table.cells if cell.people is None]
    shown = {(cell.cohort, cell.group): cell.people for cell in table.cells}
    followed = set(answers.cohorts(sample_reader, side))  # type: ignore[arg-type]
    joined, stayed, rose = (rows(finding, step) for step in ("joined", "stayed", "promoted"))
    sums = [
        [(cohort, group) for group in table.groups]
        for cohort, size in zip(table.cohorts, table.sizes, strict=True)
        if size is not None
    ]
    for group in table.groups:
        if joined[group].group.rate is not None:
            sums.append([(cohort, group) for cohort in table.cohorts])
        if stayed[group].group.rate is not None or rose[group].group.rate is not None:
            sums.append([(cohort, group) for cohort in table.cohorts if cohort in followed])
    if not unknown:
        return
    matrix = np.array([[float(cell in line) for cell in unknown] for line in sums]).reshape(-1, len(unknown))
    _, values, vectors = np.linalg.svd(matrix)
    null = vectors[int((values > 1e-9).sum()) :]
    solved = [cell for at, cell in enumerate(unknown) if not len(null) or np.abs(null[:, at]).max() < 1e-9]
    assert solved == []
    least = 10 if by in ("disability", "lgbtq") else 5
    assert all(people is None or people == 0 or people >= least for people in shown.values())


@pytest.mark.parametrize("by", BY)
def test_no_cell_below_the_minimum_and_no_one_or_two_anywhere(sample_reader: Reader, by: str) -> None:
    least = 10 if by in ("disability", "lgbtq") else 5
    views = [(None, Selection()), ("2025 Spring", Selection()), (None, Selection(department="Sales"))]
    for cohort, where in views:
        for step in answers.diversity(sample_reader, "mentor", by, None, cohort, where).steps:
            for row in (each.group for each in step.rows if each.group.rate is not None):
                assert (row.eligible or 0) >= least and row.participants is not None
                if by not in ("level", "department", "location"):
                    assert row.participants not in (1, 2) and (row.eligible or 0) - row.participants not in (1, 2)


def test_a_narrowed_view_counts_fewer_and_leaves_no_handful_behind(sample_reader: Reader) -> None:
    whole = rows(answers.diversity(sample_reader, "mentor", "gender"), "joined")
    part = rows(answers.diversity(sample_reader, "mentor", "gender", where=Selection(department="Sales")), "joined")
    shown = [group for group, row in part.items() if row.group.rate is not None and whole[group].group.rate is not None]
    assert shown
    for group in shown:
        left = (whole[group].group.participants or 0) - (part[group].group.participants or 0)
        assert left >= 5


def test_what_these_data_do_not_have_is_said(sample_reader: Reader) -> None:
    with pytest.raises(answers.UnknownChoice, match="not an attribute"):
        answers.diversity(sample_reader, "mentor", "shoe size")
    with pytest.raises(answers.UnknownChoice, match="not a cohort that has started"):
        answers.diversity(sample_reader, "mentor", "gender", None, "1999")
    with pytest.raises(answers.UnknownChoice, match="Nowhere is not a department"):
        answers.diversity(sample_reader, "mentor", "gender", None, None, Selection(department="Nowhere"))
    with pytest.raises(answers.UnknownQuarter):
        answers.diversity(sample_reader, "mentor", "gender", "1999Q1")
    with pytest.raises(answers.UnknownChoice, match="Who leads"):
        answers.leadership(sample_reader, "department")

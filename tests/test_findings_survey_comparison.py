"""Change against colleagues as a finding: shown from ten people on, with an estimate from thirty on, in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from analysis.findings import answers, codec
from analysis.findings.survey_results import PairedChange, SurveyFinding
from tests.small_employer import Row, SmallEmployer, pair, people, person

NAMES = {"confidence": 3, "enps": 1}  # items of a construct


def employer(folder: Path, participants: int, colleagues: int, *, effect: float = 1.0) -> SmallEmployer:
    """Participants rise by `effect` on both constructs, colleagues by nothing."""
    rng = np.random.default_rng(11)
    who = {**{f"p{n}": 1 for n in range(participants)}, **{f"c{n}": 0 for n in range(colleagues)}}
    rows: list[Row] = []
    for name, took_part in who.items():
        own = rng.normal(0, 1)
        for wave, day in (("pre", "2023-02-01"), ("post", "2023-12-01")):
            for construct, items in NAMES.items():
                for item in range(items):
                    mark = 4 + own + effect * took_part * (wave == "post") + rng.normal(0, 0.7)
                    rows.append({
                        "survey_id": "s", "wave": wave, "response_id": f"{name} {wave}", "item": f"{construct}{item}",
                        "score": int(np.clip(round(mark), 0, 10)), "employee_id": name, "submitted_at": day,
                        "construct": construct, "scale_min": 0, "scale_max": 10, "reversed": "false",
                        "side": "mentor" if took_part else "", "cohort": "",
                    })  # fmt: skip
    return SmallEmployer(
        folder,
        people=people(*(person(name, gender="woman" if n % 2 else "man") for n, name in enumerate(who))),
        pairs=[pair(name, "2023-02-15", mentee="boss") for name in who if name.startswith("p")],
        survey=rows,
    )


def changes(found: SurveyFinding) -> dict[str, PairedChange]:
    return {change.construct: change for change in found.changes}


def test_participants_are_compared_with_colleagues_alike_before(tmp_path: Path) -> None:
    found = answers.surveys(employer(tmp_path, 45, 50).reader)
    change = changes(found)["confidence"]
    against = change.against
    assert change.people == 45 and against is not None and against.reason is None
    assert (against.participants, against.colleagues, against.covariates) == (45, 50, ("gender",))
    assert against.low is not None and against.high is not None and against.difference is not None
    assert 0 < against.low < 1 < against.high and against.change_difference is not None
    assert "45 mentors and 50 colleagues alike before" in against.sentence and "ended higher" in against.sentence
    assert "Against colleagues who answered too, 1 of 1 scales differ" in found.sentence
    assert "1 of 1 scales beside eNPS changed" in found.sentence
    assert found.notes[0].startswith("50 colleagues who had not joined answered")
    assert codec.decode(SurveyFinding, codec.encode(found)) == found


def test_a_scale_has_alpha_and_a_single_item_its_ranks(tmp_path: Path) -> None:
    found = changes(answers.surveys(employer(tmp_path, 45, 50).reader))
    scale, single = found["confidence"], found["enps"]
    assert scale.alpha is not None and 0.5 < scale.alpha < 1 and single.alpha is None
    assert scale.wilcoxon_p is not None and scale.wilcoxon_p < 0.001 and scale.d_av is not None
    assert [low <= share <= high for (low, high), share in zip(
        scale.shares, (scale.share_up or 0, scale.share_same or 0, scale.share_down or 0), strict=True
    )] == [True] * 3  # fmt: skip
    assert scale.against is not None and scale.against.odds is None
    assert single.against is not None and single.against.odds is not None
    assert single.against.odds_low is not None and single.against.odds_low > 1


def test_without_colleagues_the_caution_stands_and_nothing_is_compared(tmp_path: Path) -> None:
    found = answers.surveys(employer(tmp_path, 20, 0).reader)
    assert all(change.against is None for change in found.changes)
    assert "regression to the mean" in found.notes[0] and "Against colleagues" not in found.sentence


def test_fewer_than_ten_on_either_side_are_not_shown(tmp_path: Path) -> None:
    for folder, sizes in (("few", (9, 40)), ("nobody", (40, 9))):
        found = answers.surveys(employer(tmp_path / folder, *sizes).reader)
        against = changes(found)["confidence"].against
        assert against is not None and against.reason == "Not shown: fewer than 10 people."
        assert (against.low, against.difference, against.participants, against.colleagues) == (None,) * 4
        assert "regression to the mean" in found.notes[0]


def test_ten_to_twenty_nine_get_an_interval_without_an_estimate(tmp_path: Path) -> None:
    against = changes(answers.surveys(employer(tmp_path, 15, 40).reader))["confidence"].against
    assert against is not None and against.difference is None and against.change_difference is None
    assert against.low is not None and "too few to tell" in against.sentence

"""The sentence that answers on the page Surveys: how many changed, and what rose and what fell most."""

from __future__ import annotations

from dataclasses import replace

from analysis.findings import answers, words
from analysis.findings.survey_item_results import NetChange
from analysis.findings.survey_results import PairedChange
from analysis.findings.surveys import _sentence
from analysis.store import Reader
from tests import fabricated

ROSE = next(change for change in fabricated.surveys().changes if (change.mean_change or 0) > 0)


def change(construct: str, value: float | None, size: float, **facts: object) -> PairedChange:
    low, high = (None, None) if value is None else (value - 0.1, value + 0.1)
    made = replace(ROSE, side="mentee", construct=construct, mean_change=value, low=low, high=high, d_av=size)
    return replace(made, **facts)  # type: ignore[arg-type]


def test_the_largest_fall_is_named_beside_the_largest_rise_with_its_interval() -> None:
    told = _sentence(
        (change("confidence", 0.3, 0.9), change("inclusion", 0.4, 0.5), change("engagement", -0.2, 0.4)), ()
    )
    assert "3 of 3 scales changed" in told
    assert "mentees' confidence, +0.30 on the 1 to 5 scale (95% interval +0.20 to +0.40)" in told, "by its spread"
    assert "Largest fall" in told and "mentees' engagement, −0.20 on the 1 to 5 scale (95% interval −0.30" in told


def test_enps_is_told_in_its_own_unit_and_can_be_the_largest_fall() -> None:
    changes = (change("confidence", 0.3, 0.9), change("enps", -0.7, 0.4))
    told = _sentence(changes, (NetChange("mentee", "pre", -0.18, -0.35, -0.01, 77, None),))
    assert "mentees' eNPS, −18 (95% interval −35 to −1)." in told and "−0.70" not in told
    assert "None fell." in _sentence(changes, ()), "an eNPS that is hidden is not told by its scale"


def test_a_fall_whose_interval_holds_zero_is_said_not_to_be_clear_and_hidden_ones_are_left_out() -> None:
    told = _sentence((change("confidence", -0.05, 0.1), change("inclusion", None, 2.0, reason="hidden")), ())
    assert "None rose." in told and "(95% interval −0.15 to +0.05), which is not clear." in told
    assert "inclusion" not in told


def test_of_the_sample_employer_the_fall_in_enps_is_named(sample_reader: Reader) -> None:
    told = answers.surveys(sample_reader).sentence
    (fall,) = (
        one for one in answers.survey_items(sample_reader).net_changes if (one.side, one.before) == ("mentee", "pre")
    )
    assert fall.change is not None and fall.low is not None and fall.high is not None
    limits = [words.signed(100 * value, 0) for value in (fall.change, fall.low, fall.high)]
    assert "Largest fall" in told and "mentees' eNPS, {} (95% interval {} to {})".format(*limits) in told


def test_a_share_of_promoters_is_never_called_favourable_or_enps(sample_reader: Reader) -> None:
    for one in answers.survey_items(sample_reader).constructs:
        if one.construct == "enps":
            assert "share of promoters on eNPS" in one.sentence and "favourable" not in one.sentence
        else:
            assert "promoters" not in one.sentence

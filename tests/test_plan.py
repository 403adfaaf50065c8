"""The plan is read strictly, completed from the default, and its hash follows its settings."""

from __future__ import annotations

import pytest

from analysis.plan import PlanError, default_plan_text, read_plan


def test_an_empty_plan_is_the_default_one() -> None:
    assert read_plan("") == read_plan(default_plan_text())


def test_the_hash_ignores_comments_and_order_and_sees_every_setting() -> None:
    one = read_plan("[study]\nhorizons = [12]\nmonths_of_service = 3\n")
    same = read_plan("# a remark\n[study]\nmonths_of_service = 3\nhorizons = [12]\n")
    assert one.hash == same.hash
    assert one.hash != read_plan("").hash


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[study", "not valid TOML"),
        ("[nonsense]\na = 1", r"\[nonsense\] that does not exist"),
        ("[study]\nmonth_of_service = 6", "month_of_service"),
        ("[study]\nhorizons = 12", "list in square brackets"),
        ("[study]\nhorizons = [0]", "whole number from 1 to 60"),
        ("[covariates]\nlist = ['salary']", "salary"),
        ("[thresholds]\nparticipants_to_show = 2", "from 5"),
        ("programmes = 0", r"\[\[programmes\]\]"),
        ("[programmes]\nid = 'x'", r"\[\[programmes\]\]"),
        ("[[programmes]]\nid = 'x'\norientation = 'peer'", "nothing to study"),
        ("study = 3", "does not exist"),
    ],
)
def test_what_is_wrong_is_said_by_name(text: str, words: str) -> None:
    with pytest.raises(PlanError, match=words):
        read_plan(text)

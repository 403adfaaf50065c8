"""The checker of published figures: what it reads, what it says, and that nothing makes it stumble."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from analysis.findings.claims.checker import CannotRead, Stated, agrees, check_figure, fewest, read_figure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("88 %, 7 of 8", [(88, 7, 8)]),
        ("88%", [(88, None, None)]),
        ("96 %", [(96, None, None)]),
        ("24 of 25", [(None, 24, 25)]),
        ("7/8", [(None, 7, 8)]),
        ("7 out of 8 (88 percent)", [(88, 7, 8)]),
        ("88 %, n = 8", [(88, None, 8)]),
        ("88 % of 8", [(88, None, 8)]),
        ("1,200 of 1,436", [(None, 1200, 1436)]),
        ("25 % against 5 %", [(25, None, None), (5, None, None)]),
        ("25 % of 98 vs. 5% of 1,436", [(25, None, 98), (5, None, 1436)]),
        ("7/8 compared with 3/8", [(None, 7, 8), (None, 3, 8)]),
        ("88\u00a0%,\u202f7 of 8", [(88, 7, 8)]),
    ],
)
def test_a_figure_is_read(text: str, expected: list) -> None:
    found = [(one.percent, one.hits, one.n) for one in read_figure(text)]
    assert found == expected


def test_decimals_count_with_a_point_or_a_comma() -> None:
    assert read_figure("87.5 %") == (Stated(Fraction(175, 2), 1),)
    assert read_figure("87,5%") == read_figure("87.5%")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Type a figure"),
        ("overwhelmingly positive", "is not understood"),
        ("101 %", "more than everybody"),
        ("9 of 8", "more than everybody"),
        ("7 of 0", "Of 0 people"),
        ("n = 8", "nothing about them"),
        ("88 % 89 %", "Two percentages"),
        ("7 of 8, 3 of 4", "Two numbers of people"),
        ("7 of 8, n = 9", "Two numbers of people"),
        ("1 % vs 2 % vs 3 %", "More than two"),
        ("33.3333 %", "Round it"),
        ("1 of 99999999999999", "check the number"),
        ("8" * 200, "longer than"),
        ("88 % <script>alert(1)</script>", "is not understood"),
    ],
)
def test_bad_input_is_answered_in_a_sentence(text: str, says: str) -> None:
    with pytest.raises(CannotRead, match=says):
        check_figure(text)


def test_seven_of_eight_is_the_published_example() -> None:
    found = check_figure("88 %, 7 of 8")
    (side,) = found.sides
    assert side.consistent is True
    assert "7 of 8 is 87.5%, rounds to 88%: consistent." in found.sentence
    assert side.wilson and (round(100 * side.wilson.low), round(100 * side.wilson.high)) == (53, 98)
    for method, interval in (("wilson", side.wilson), ("beta", side.exact)):
        low, high = proportion_confint(7, 8, method=method)
        assert interval and (interval.low, interval.high) == pytest.approx((low, high), abs=1e-12)


def test_a_bare_percentage_names_the_fewest_people_who_give_it() -> None:
    found = check_figure("88 %")
    assert "7 of 8 already rounds to 88%, interval 53 to 98%" in found.sentence
    assert any("denominator" in text for text in found.missing)
    assert any("window" in text.lower() for text in found.missing)
    assert any("comparison group" in text for text in found.missing)


def test_people_and_percentage_that_do_not_agree_are_told_apart() -> None:
    assert "one of the two is wrong" in check_figure("90 %, 7 of 8").sentence
    assert "do not belong together" in check_figure("90 %, n = 8").sentence
    assert check_figure("90 %, n = 8").sides[0].wilson is None


def test_two_figures_have_a_difference_and_an_interval_only_with_people() -> None:
    without = check_figure("25 % against 5 %")
    assert without.difference == pytest.approx(0.2) and without.difference_interval is None
    assert "has no interval" in without.sentence
    # Newcombe's own example (1998): 56/70 against 48/80 is 0.2, interval 0.0524 to 0.3339.
    known = check_figure("56 of 70 against 48 of 80")
    assert known.difference == pytest.approx(0.2)
    assert known.difference_interval is not None
    assert (known.difference_interval.low, known.difference_interval.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 3000), st.data(), st.integers(0, 2))
def test_what_was_rounded_right_is_consistent(n: int, data, decimals: int) -> None:
    hits = data.draw(st.integers(0, n))
    percent = f"{float(round(Fraction(100 * hits, n), decimals)):.{decimals}f}"
    found = check_figure(f"{percent} %, {hits} of {n}")
    (side,) = found.sides
    assert side.consistent is True and side.wilson and side.exact
    assert 0 <= side.exact.low <= side.wilson.high <= 1 and side.wilson.low <= hits / n <= side.wilson.high


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 1000))
def test_the_fewest_people_round_to_the_figure_and_nobody_fewer_does(tenths: int) -> None:
    percent = Fraction(tenths, 10)
    found = fewest(percent, 1)
    assert found and all(agrees(percent, 1, hits, n) for hits, n in found)
    smallest = found[0][1]
    for n in range(1, min(smallest, 40)):
        assert not any(agrees(percent, 1, hits, n) for hits in range(n + 1))


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=140))
def test_no_text_makes_it_stumble(text: str) -> None:
    try:
        assert check_figure(text).sentence
    except CannotRead as problem:
        assert str(problem)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(["7", "8", "%", " of ", "/", "n=", ",", ".", " vs ", "0", "100", " "]), max_size=12))
def test_no_mix_of_its_own_signs_makes_it_stumble(parts: list[str]) -> None:
    try:
        check_figure("".join(parts))
    except CannotRead as problem:
        assert str(problem)

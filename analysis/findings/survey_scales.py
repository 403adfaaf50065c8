"""Which answers of a scale are favourable: the one rule for scales of two to eleven points."""

from __future__ import annotations

from dataclasses import dataclass

FEWEST_POINTS, MOST_POINTS = 2, 11
FAVOURABLE_PART = 0.4  # two fifths of the scale at either end: two points of five
PROMOTERS, PASSIVES = 2, 2  # the answers at the top of a scale of ten or eleven points, and those below them
RULE = (
    "Favourable are the top two fifths of a scale, rounded to whole answers: 1 of 2 or 3, 2 of 4, 5 or 6, 3 of 7 or 8, "
    "4 of 9 answers; unfavourable as many at the other end; the rest is neither. On 10 or 11 answers (0 to 10) the top "
    "two are promoters, the two below passives, the rest detractors, and promoters are favourable. Answers to reversed "
    "questions are turned round first. A construct is favourable for a person where the mean of its items, to the "
    "nearest answer, is."
)


@dataclass(frozen=True)
class Scale:
    """A scale of whole answers from low to high."""

    low: int
    high: int

    @property
    def points(self) -> int:
        return self.high - self.low + 1

    @property
    def in_groups(self) -> bool:
        """Whether answers are detractors, passives and promoters rather than agreement."""
        return self.points >= 10

    @property
    def favourable(self) -> int:
        """How many answers at the top are favourable."""
        return PROMOTERS if self.in_groups else round(FAVOURABLE_PART * self.points)

    @property
    def unfavourable(self) -> int:
        """How many answers at the bottom are unfavourable."""
        return self.points - PROMOTERS - PASSIVES if self.in_groups else self.favourable

    def band(self, value: float) -> int:
        """-2 to 2: strongly against, against, neither, for, strongly for. Groups, and scales with one answer a side,
        have the outer bands and the middle only. A value between two answers counts as the nearest, a half upwards."""
        answer = min(max(int(value + 0.5 - self.low) if value >= self.low else 0, 0), self.points - 1)
        from_top = self.points - 1 - answer
        strong = max(1, self.favourable // 2)
        if from_top < self.favourable:
            return 2 if self._two_bands or from_top < strong else 1
        if answer < self.unfavourable:
            return -2 if self._two_bands or answer < strong else -1
        return 0

    @property
    def _two_bands(self) -> bool:
        return self.in_groups or self.favourable == 1


def scale_of(low: float | None, high: float | None) -> Scale | None:
    """The scale from its ends; None where they are not known, not whole, or hold too many answers to group."""
    if low is None or high is None or low != low or high != high:
        return None
    if low != int(low) or high != int(high) or not FEWEST_POINTS <= high - low + 1 <= MOST_POINTS:
        return None
    return Scale(int(low), int(high))


def no_scale(low: float | None, high: float | None) -> str:
    """Why answers cannot be grouped, in words."""
    if low is None or high is None or low != low or high != high:
        return "Not shown: the file does not say on which scale it was answered."
    return f"Not shown: answers are grouped on scales of {FEWEST_POINTS} to {MOST_POINTS} whole answers only."

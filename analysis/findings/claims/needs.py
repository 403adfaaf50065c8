"""What a test needs, in the words of the canonical headers, and whether the store holds it.

Nothing here is typed in about a store: `Held` is read from it (analysis/study/claims.py), a need looks itself up there.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.study.claims import Held

WAVES = ("pre", "post")


@dataclass(frozen=True)
class Column:
    """A canonical column with at least one value, such as pairs.topic; with `either`, another one does as well."""

    name: str
    either: str = ""

    def held(self, held: Held) -> bool:
        return self.name in held.columns or self.either in held.columns

    @property
    def words(self) -> str:
        return f"{self.name} (or {self.either})" if self.either else self.name


@dataclass(frozen=True)
class Measured:
    """A metric of the measures file on two dates or more; any of `names` will do."""

    names: tuple[str, ...]

    def held(self, held: Held) -> bool:
        return any(name in held.metrics for name in self.names)

    @property
    def words(self) -> str:
        return f"measures with metric {' or '.join(self.names)}, on two dates or more"


@dataclass(frozen=True)
class Asked:
    """A construct of the surveys in these waves, answered by these sides."""

    construct: str
    sides: tuple[str, ...]
    waves: tuple[str, ...] = WAVES

    def held(self, held: Held) -> bool:
        return all((self.construct, wave, side) in held.answers for wave in self.waves for side in self.sides)

    @property
    def words(self) -> str:
        waves = f"wave{'' if len(self.waves) == 1 else 's'} {' and '.join(self.waves)}"
        sides = f"side{'' if len(self.sides) == 1 else 's'} {' and '.join(self.sides)}"
        return f"survey construct {self.construct}, {waves}, {sides}"


@dataclass(frozen=True)
class OtherProgramme:
    """Pairs of a programme that the plan gives another orientation than reverse."""

    orientation: str = "traditional"

    def held(self, held: Held) -> bool:
        return self.orientation in held.orientations

    @property
    def words(self) -> str:
        return (
            f"pairs.programme_id of a programme to which the plan (plan.toml) gives the orientation {self.orientation}"
        )


Need = Column | Measured | Asked | OtherProgramme

# Whoever is compared needs to be known, and to have taken part.
PEOPLE = (Column("people.hire_date"), Column("pairs.start_date"))
EXITS = Column("people.termination_date", "job_events.event_type")
EXIT_TYPES = Column("people.termination_type", "job_events.termination_type")
LEVELS = (Column("people.level"), Column("ladder.rank"))


def missing(needs: tuple[Need, ...], held: Held) -> tuple[str, ...]:
    """What of these the store lacks, in words; nothing where all is there. A need within another is not said."""
    lacking = tuple(dict.fromkeys(need for need in needs if not need.held(held)))
    return tuple(need.words for need in lacking if not any(_holds(other, need) for other in lacking))


def _holds(other: Need, need: Need) -> bool:
    """Whether whoever brings `other` brings `need` too."""
    if not isinstance(other, Asked) or not isinstance(need, Asked) or other == need:
        return False
    return (
        other.construct == need.construct
        and set(other.sides) >= set(need.sides)
        and set(other.waves) >= set(need.waves)
    )

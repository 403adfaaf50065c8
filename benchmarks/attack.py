"""The attack of tests/attacker.py at length: does anybody come out of 100,000 descriptive questions and 500 of effects?

    python -m benchmarks.attack                      on an employer of small groups, drawn anew
    python -m benchmarks.attack --store FOLDER       on a store of yours, such as that of the sample employer
    python -m benchmarks.attack --questions 20000 --effects 200 --seed 7

Says how many questions there were to ask, how many were asked, how many of them were distinct and what was told, and
how many of the systems of equations that follow do not add up, which are not solved; lists these, and every number
below its minimum that follows from the answers. Ends with status 1 where there is one.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Hashable
from pathlib import Path

from analysis.store import Reader, Store
from tests import small_groups
from tests.attacker import attack, effect_books
from tests.attacker_algebra import Recovered
from tests.attacker_descriptive import descriptive_books

# Of the descriptive questions, in per mille; what is left asks who is reached, whose answers add up in most ways.
SHARES = {"leads": 5, "claims": 1, "health": 4, "surveys": 8}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--questions", type=int, default=100_000)
    parser.add_argument("--effects", type=int, default=500)
    parser.add_argument("--each", type=int, default=10_000, help="questions of one book at most")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        reader: Reader = Store(asked.store).reader() if asked.store else small_groups.build(Path(folder)).reader
        many = {kind: asked.questions * share // 1000 for kind, share in SHARES.items()}
        many = {"path": asked.questions - sum(many.values()), **many, "effects": asked.effects}
        books = [*descriptive_books(reader, 2), *effect_books(reader)]
        found: list[Recovered] = []
        unsolved: list[tuple[Hashable, tuple[str, ...]]] = []
        for kind, most in many.items():
            began = time.process_time()
            own = [book for book in books if book.name.startswith(kind)]
            made = attack(own, most, asked.seed, 10 if kind == "effects" else asked.each)
            found += made.found
            unsolved += made.solved.unsolved
            print(
                f"{kind}: {made.questions:,} questions, {made.distinct:,} of them distinct, of {made.books:,} of "
                f"{len(own):,} books; {made.numbers:,} numbers told, {made.solved.equations:,} equations in "
                f"{made.solved.systems:,} systems, of which {len(made.solved.unsolved):,} do not add up; "
                f"{len(made.found):,} recovered; {time.process_time() - began:,.0f} s of processor time.",
                flush=True,
            )
    for one in found:
        of = ", ".join(f"{header} {value}" for header, value in sorted(one.of))
        print(f"RECOVERED {one.people} by {one.how}: {one.family}: {of or 'everybody'}")
    for family, headers in unsolved:
        print(f"NOT SOLVED, for it does not add up: {family} by {', '.join(headers) or 'nothing'}")
    print(f"{len(found):,} numbers below their minimum recovered; {time.process_time():,.0f} s of processor time.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())

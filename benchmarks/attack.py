"""The attack of tests/attacker.py at length: does anybody come out of 100,000 descriptive questions and 500 of effects?

    python -m benchmarks.attack                      on an employer of small groups, drawn anew
    python -m benchmarks.attack --store FOLDER       on a store of yours, such as that of the sample employer
    python -m benchmarks.attack --questions 20000 --effects 200 --seed 7

Says how many questions there were to ask, how many were asked and what was told, and how many of the systems of
equations that follow do not add up, which are not solved; lists these, and every number below its minimum that follows
from the answers. Ends with status 1 where there is one.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Hashable
from pathlib import Path

from analysis.store import Reader, Store
from tests import small_groups
from tests.attacker import attack, descriptive_books, effect_books
from tests.attacker_algebra import Recovered


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--questions", type=int, default=100_000)
    parser.add_argument("--effects", type=int, default=500)
    parser.add_argument("--each", type=int, default=1500, help="questions of one book at most")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        reader: Reader = Store(asked.store).reader() if asked.store else small_groups.build(Path(folder)).reader
        parts = (
            ("descriptive", descriptive_books(reader), asked.questions, asked.each),
            ("effect", effect_books(reader), asked.effects, 10),
        )
        found: list[Recovered] = []
        unsolved: list[tuple[Hashable, tuple[str, ...]]] = []
        for name, books, most, each in parts:
            began = time.process_time()
            made = attack(books, most, asked.seed, each)
            found += made.found
            taken = time.process_time() - began
            unsolved += made.solved.unsolved
            print(
                f"{made.questions:,} {name} questions of {made.books:,} of {len(books):,} books, "
                f"{made.numbers:,} numbers told, {len(made.found):,} recovered, {taken:,.0f} s of processor time. "
                f"{len(made.solved.unsolved):,} of {made.solved.systems:,} systems of equations do not add up.",
                flush=True,
            )
    for one in found:
        of = ", ".join(f"{header} {value}" for header, value in sorted(one.of))
        print(f"RECOVERED {one.people} by {one.how}: {one.family}: {of or 'everybody'}")
    for family, headers in unsolved:
        print(f"NOT SOLVED, for it does not add up: {family} by {', '.join(headers) or 'nothing'}")
    print(f"{len(found):,} numbers below their minimum recovered.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Ask pages and the command line for nonsense: no page may break, no traceback be shown, and nothing stand in a log.

    python -m benchmarks.fuzz --minutes 10            the sample employer of sample_data/
    python -m benchmarks.fuzz --store FOLDER --seed 7

Addresses name filters with values that exist, that do not, that are markup, SQL, paths, very long or not text at all;
the command line gets the same as options. A page fails where it raises or says that it could not be shown, a command
where it raises or prints a traceback, a log where it repeats a value of an address.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from click import Command, Group, Option
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from analysis.__main__ import main as command_line
from analysis.findings import answers
from analysis.load import load, newest, read_folder
from analysis.store import Reader, Store

ROOT = Path(__file__).parent.parent
MARK = "zq9f"  # stands in every value that was made up here, so that it is found again
NONSENSE = (
    f"{MARK}",
    f"'; drop table people_row; -- {MARK}",
    f"<script>alert('{MARK}')</script>",
    f"[{MARK}](javascript:alert(1))",
    f"../../{MARK}",
    f"{MARK}\u202e\u0000\ud7ff",
    f"{MARK}" * 2_000,
    f"${{{MARK}}} {{0}} %s {MARK}",
    f"-1 {MARK}",
    f"2026Q9{MARK}",
    f"🙂{MARK}",
)
PLAIN = (
    "",
    " ",
    "0",
    "-1",
    "1e309",
    "NaN",
    "None",
    "null",
    "true",
    "2026Q3",
    "2019Q1",
    "mentor",
    "mentee",
    "other",
    "unknown",
)
# Filters that pages have, what they are compared with, and some that no page has.
KEYS = (
    *("quarter", "programme", "cohort", "side", "department", "level", "location", "outcome", "by", "horizon"),
    *("other_department", "other_programme", "other_level", "other_location", "attribute", "header", "wave"),
    *("construct", "view", "page", "what", "group", f"no_such_{MARK}"),
)
READING = ("status", "effect", "evidence", "verdicts", "health", "surveys", "diversity", "claims", "verify")
COULD_NOT = "could not be shown"


def hear() -> list[str]:
    """All that is written to any log from here on, whichever handlers a logger has."""
    lines: list[str] = []
    make = logging.getLogRecordFactory()

    def heard(*told: Any, **more: Any) -> logging.LogRecord:
        record = make(*told, **more)
        lines.append(logging.Formatter().format(record))
        return record

    logging.setLogRecordFactory(heard)
    return lines


def values_of(reader: Reader) -> list[str]:
    """What filters of this store can be set to."""
    named = [value for values in answers.selection_choices(reader).values() for value in values]
    return [*answers.quarters(reader), *answers.cohorts(reader, "mentor"), *answers.cohorts(reader, "mentee"), *named]


def page_fault(name: str, address: dict[str, str]) -> str | None:
    """Why a page opened under an address is at fault, or None."""
    page = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=300)
    for key, value in address.items():
        page.query_params[key] = value
    page.run()
    if page.exception:
        return f"raised {page.exception[0].message}"
    said = [str(error.value) for error in page.error]
    return next((text for text in said if COULD_NOT in text or "Traceback" in text), None)


def command_fault(arguments: list[str]) -> str | None:
    result = CliRunner().invoke(command_line, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        return f"raised {type(result.exception).__name__}"
    return "printed a traceback" if "Traceback" in result.output else None


def options_of(name: str) -> list[Option]:
    found: list[Option] = []
    waiting: list[Command] = [command_line.commands[name]]
    while waiting:
        each = waiting.pop()
        found += [one for one in each.params if isinstance(one, Option) and one.name not in ("folder", "out")]
        if isinstance(each, Group):
            waiting += each.commands.values()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", type=Path, help="a store that is there already")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    folder = asked.store or Path(tempfile.mkdtemp()) / "store"
    if asked.store is None:
        load(Store(folder), read_folder(ROOT / "sample_data"))
    os.environ["IMPACT_STORE"] = str(folder)
    heard = hear()
    real = values_of(newest(Store(folder)))
    pages = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
    count: Counter[str] = Counter()
    faults: list[str] = []

    def value() -> str:
        return chance.choice(chance.choice((NONSENSE, PLAIN, real, real)))

    ends = time.monotonic() + 60 * asked.minutes
    while time.monotonic() < ends:
        if chance.random() < 0.7:
            name = chance.choice(pages)
            address = {key: value() for key in chance.sample(KEYS, chance.randint(1, 5))}
            count[f"page {name}"] += 1
            if fault := page_fault(name, address):
                faults.append(f"{name} {address!r:.300}: {fault[:200]}")
            continue
        name = chance.choice(READING)
        arguments = [name]
        for option in chance.sample(options_of(name), chance.randint(0, min(4, len(options_of(name))))):
            arguments += [option.opts[0]] if option.is_flag else [option.opts[0], value()]
        count[f"command {name}"] += 1
        if fault := command_fault([*arguments, *(["--store", str(folder)] if name != "verify" else [])]):
            faults.append(f"{arguments!r:.300}: {fault}")
    told = [line for line in heard if MARK in line]
    for what, times in sorted(count.items()):
        print(f"{what:26} {times:6,}")
    print(
        f"asked {count.total():,}, at fault {len(faults):,}; lines in logs {len(heard):,}, with a value {len(told):,}"
    )
    for fault in (*faults[:20], *told[:5]):
        print(f"  {fault}")
    raise SystemExit(bool(faults or told))


if __name__ == "__main__":
    main()

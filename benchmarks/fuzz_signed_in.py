"""Send a server hand-made messages in the session of each role and of nobody: nobody may get what is not theirs.

    python -m benchmarks.fuzz_signed_in --store FOLDER --minutes 2

A true server with sign-in over a copy of the store; sessions carry the cookie that Streamlit signs, of a token that has
ended, or none. Each message asks for a run by the name or the hash of a page, ours or none, with filters that exist or
are nonsense, with widgets and parts of pages that never were, or for a file that nobody made. At fault is what a page
that is not theirs sends besides a sentence, a page that breaks, a file, and a log that repeats a value.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.util import calc_hash
from websockets.exceptions import ConnectionClosed

from analysis.findings.roles import Role, Viewer, may_open
from analysis.load import newest
from analysis.store import Store
from benchmarks.fuzz import COULD_NOT, KEYS, MARK, NONSENSE, PLAIN, values_of
from tests.browser import server
from tests.cold_servers import Visitor, secrets_file
from tests.pages import NAMES
from tests.signed_in import ACCESS, ROLES, claims_of

WHO = ("nobody", "ended", "stranger", "limited", *ROLES)
SHOWN = {"plotly_chart", "table", "metric", "download_button", "selectbox", "file_uploader"}
PATIENCE = 20.0


def somebody(who: str) -> Viewer | None:
    if who == "limited":
        return Viewer(who, Role.ANALYST, "Engineering")
    return Viewer(who, Role[who.upper()]) if who in ROLES else None


def visitor(address: str, who: str) -> Visitor:
    if who == "nobody":
        return Visitor(address, None)
    return Visitor(address, claims_of(who, exp=1.0) if who == "ended" else claims_of(who))


def message(chance: random.Random, page: str, real: list[str]) -> BackMsg:
    """A request for a run of a page, or of what is none."""
    asked = BackMsg()
    run = asked.rerun_script
    run.page_name = page
    if chance.random() < 0.3:
        run.page_script_hash = calc_hash(chance.choice((page, *NAMES, MARK)))
    values = (NONSENSE, PLAIN, real)
    told = {key: chance.choice(chance.choice(values)) for key in chance.sample(KEYS, chance.randint(0, 4))}
    run.query_string = urlencode(told, errors="replace")
    for _ in range(chance.randint(0, 3)):
        widget = run.widget_states.widgets.add(id=f"$$ID-{calc_hash(MARK)}-{chance.choice(KEYS)}")
        kind = chance.choice(("trigger_value", "string_value", "int_value"))
        setattr(widget, kind, {"trigger_value": True, "string_value": MARK, "int_value": -1}[kind])
    return asked


def part(chance: random.Random, page: str) -> BackMsg:
    """A request for a part of a page that never was; it is answered by nothing, not even an end."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    asked.rerun_script.fragment_id = chance.choice((MARK, calc_hash(page)))
    return asked


def fault_of(seen: Visitor, who: str, page: str) -> str | None:
    """What is wrong with what one message brought, or None."""
    if COULD_NOT.encode() in seen.sent or b"Traceback" in seen.sent:
        return "broke"
    viewer = somebody(who)
    shown = seen.kinds() & SHOWN
    ran = seen.page or page
    if shown and (viewer is None or (ran in NAMES and not may_open(viewer, ran))):
        return f"was shown {sorted(shown)}"
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", type=Path, required=True, help="a store that is there already; a copy is asked")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    folder = Path(tempfile.mkdtemp())
    store = folder / "store"
    shutil.copytree(asked.store, store)
    shutil.copy(asked.store.with_name(f"{asked.store.name}.key"), folder / "store.key")
    (folder / "access.toml").write_text(ACCESS)
    secrets, log = secrets_file(folder), folder / "log"
    real = values_of(newest(Store(store)))
    count: Counter[str] = Counter()
    faults: list[str] = []
    with server(log=log, IMPACT_STORE=str(store), STREAMLIT_SECRETS_FILES=str(secrets)) as address:
        ends = time.monotonic() + 60 * asked.minutes
        while time.monotonic() < ends:
            who = chance.choice(WHO)
            with visitor(address, who) as seen:
                for _ in range(chance.randint(1, 3)):
                    page = chance.choice((*NAMES, *NAMES, chance.choice(NONSENSE)[:50], ""))
                    count[who] += 1
                    try:
                        if chance.random() < 0.2:
                            seen.send(part(chance, page))
                        seen.ask(message(chance, page, real), PATIENCE)
                        if chance.random() < 0.2 and seen.taken_by_id(calc_hash(MARK + page)):
                            faults.append(f"{who}: a file that nobody made")
                    except ConnectionClosed:
                        count["closed"] += 1
                        break
                    except TimeoutError:
                        faults.append(f"{who} {page!r:.60}: no end within {PATIENCE:.0f} s")
                        break
                    if fault := fault_of(seen, who, page):
                        faults.append(f"{who} {page!r:.60}: {fault}")
    lines = log.read_text(errors="replace").splitlines()
    told = [line for line in lines if MARK in line]
    for what, times in sorted(count.items()):
        print(f"{what:12} {times:6,}")
    print(f"at fault {len(faults):,}; lines in the log {len(lines):,}, with a value {len(told):,}")
    for fault in (*faults[:20], *told[:5]):
        print(f"  {fault}")
    shutil.rmtree(folder)
    raise SystemExit(bool(faults or told))


if __name__ == "__main__":
    main()

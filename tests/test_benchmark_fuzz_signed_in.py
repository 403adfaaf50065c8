"""The fuzz run in the sessions of all roles can see what it looks for, and finds nothing in a few messages."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks import fuzz_signed_in as fuzz
from tests.cold_servers import ColdServers, Visitor, secrets_file
from tests.pages import NAMES, empty_store
from tests.signed_in import ACCESS


def seen(page: str, kinds: tuple[str, ...], sent: bytes = b"") -> Visitor:
    made = object.__new__(Visitor)
    made.page, made.elements, made.sent = page, [(kind, None) for kind in kinds], sent
    return made


def test_what_is_not_theirs_is_a_fault() -> None:
    assert fuzz.fault_of(seen("audit", ("table",)), "viewer", "") == "was shown ['table']"
    assert fuzz.fault_of(seen("outcomes", ("metric",)), "nobody", "") == "was shown ['metric']"
    assert fuzz.fault_of(seen("outcomes", ("metric",)), "ended", "") == "was shown ['metric']"
    assert fuzz.fault_of(seen("claims", ("table",)), "limited", "") == "was shown ['table']"
    assert fuzz.fault_of(seen("outcomes", (), b"Traceback"), "admin", "") == "broke"
    assert fuzz.fault_of(seen("outcomes", ("metric",)), "viewer", "") is None
    assert fuzz.fault_of(seen("audit", ("alert",)), "viewer", "") is None


def test_a_few_messages_of_each_find_nothing(servers: ColdServers, tmp_path: Path) -> None:
    (tmp_path / "access.toml").write_text(ACCESS)
    told = {"IMPACT_STORE": str(empty_store(tmp_path)), "STREAMLIT_SECRETS_FILES": str(secrets_file(tmp_path))}
    chance = random.Random(3)
    with servers.server(log=tmp_path / "log", **told) as (address, _):
        for who in fuzz.WHO:
            for page in (chance.choice(NAMES), fuzz.MARK):
                with fuzz.visitor(address, who) as visitor:
                    visitor.ask(fuzz.message(chance, page, ["Engineering"]), fuzz.PATIENCE * 3)
                    assert fuzz.fault_of(visitor, who, page) is None, (who, page)
    assert fuzz.MARK not in (tmp_path / "log").read_text()

"""SECURITY.md's table of roles on true servers that nobody has opened anything of: each page, opened first by each role
and by nobody, over the sample employer, with every file of it taken.

What is cold about a server is what it holds itself: tests/cold_servers.py says what these have not. Everything that a
server sends is looked at, so what a page hides from the eye alone would be found.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
from pathlib import Path

import pytest

from analysis.store import Event, Store, read_audit
from tests import signed_in
from tests.cold_servers import ColdServers, Visitor, secrets_file
from tests.pages import NAMES
from tests.roles_table import PAGE_ROWS, WHO

TITLES = {name: name.replace("_", " ").capitalize() for name in NAMES}
# Stewards and administrators are shown what analysts are, by the same code: for them it is enough that a page gets as
# far as its first file.
FAR_ENOUGH = ("steward", "admin")
OF_A_REFUSAL = {"alert", "button", "empty", "heading", "markdown", "page_link"}
DEPARTMENTS = ("Sales", "Finance", "Operations", "Marketing", "Legal", "Research")
# Of the employer's data: none of it may be in what a refusal sends.
DATA = (
    b"participants",
    b"Retained",
    b"2025Q",
    b"2026Q",
    b"pp</",
    b"plotly_chart",
    b".csv",
    *map(str.encode, DEPARTMENTS),
)
COUNTED = re.compile(r"([\d,]+) participants")


def a_store_of_its_own(sample: Path, folder: Path) -> dict[str, str]:
    """What a server is told: a store of the same files with an audit of its own, sign-in, and who has which role."""
    store = folder / "store"
    shutil.copytree(sample, store, copy_function=os.link)
    shutil.copy(sample.with_name(f"{sample.name}.key"), folder / "store.key")
    (folder / "access.toml").write_text(signed_in.ACCESS)
    return {"IMPACT_STORE": str(store), "STREAMLIT_SECRETS_FILES": str(secrets_file(folder))}


def opens_the_store(process: int) -> bool:
    handles = Path(f"/proc/{process}/fd")
    return any(str(handle.readlink()).endswith(".duckdb") for handle in handles.iterdir())


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="which files a server has open is looked up in /proc")
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_opened_first_on_a_cold_server_gives_what_the_table_says(
    name: str, who: str, servers: ColdServers, sample_store: Path, tmp_path: Path
) -> None:
    told = a_store_of_its_own(sample_store, tmp_path)
    allowed = PAGE_ROWS[name][who]
    claims = None if who == "nobody" else signed_in.claims_of(who)
    with servers.server(**told) as (address, process), Visitor(address, claims) as visitor:
        visitor.open(name, until="download_button" if who in FAR_ENOUGH else "")
        files = {button.id: visitor.taken(button) for button in visitor.of("download_button")}
        opened = opens_the_store(process)
    lines = read_audit(Store(told["IMPACT_STORE"]))
    if allowed == "no":
        nothing_of_it(visitor, who, name, lines)
        assert not opened and not files
        return
    assert visitor.of("heading")[0].body == TITLES[name]
    assert "Sign out" in {button.label for button in visitor.of("button")}
    assert visitor.kinds() & {"plotly_chart", "table"}, "it shows data"
    assert all(files.values()), "every file is handed out"
    assert bool(files) is (name != "uploads")
    assert opened or name in ("uploads", "audit")
    assert {line.who for line in lines} == {f"{who}@example.com"}
    assert not [line for line in lines if line.what == "refused" and line.about == name]
    taken = [line for line in lines if line.what in ("download", "audit exported") and line.outcome == "done"]
    assert len(taken) == len(files)
    told_as_the_role_may(visitor, [(file or b"").decode("utf-8-sig") for file in files.values()], name, who)
    if who == "limited":
        sent = visitor.sent + b"".join(file or b"" for file in files.values())
        assert not [other for other in DEPARTMENTS if other.encode() in sent]
        choices = [box.options for box in visitor.of("selectbox") if box.label == "Department"]
        assert all(list(offered) == ["Engineering"] for offered in choices)
        assert all("Engineering" in line.about for line in lines if line.what == "finding")


def nothing_of_it(visitor: Visitor, who: str, name: str, lines: tuple[Event, ...]) -> None:
    """A sentence, a line in the audit, and not a byte of the data."""
    assert visitor.kinds() <= OF_A_REFUSAL
    assert [heading.body for heading in visitor.of("heading")] == [
        "Reverse mentoring impact" if who == "nobody" else "Not shown here"
    ]
    assert not [each for each in DATA if each in visitor.sent]
    said = " ".join(element.body for kind in ("markdown", "alert") for element in visitor.of(kind))
    if who == "nobody":
        assert "Sign in to see anything here." in said
        assert [(line.who, line.what, line.about) for line in lines] == [("nobody", "refused", name)]
        return
    wanted = "tells of everybody" if "the department Engineering only" in said else "is for"
    assert f"The page {TITLES[name]} {wanted}" in said
    by = f"{who}@example.com"
    assert [(line.who, line.what, line.about) for line in lines] == [(by, "refused", name)]


def told_as_the_role_may(visitor: Visitor, files: list[str], name: str, who: str) -> None:
    """Numbers of people to the nearest 5 and no p-values for a viewer, on the page and in every file; exact ones for
    the others."""
    if name not in ("quarterly_impact", "outcomes"):
        return
    many = [int(found.replace(",", "")) for found in COUNTED.findall(visitor.words()) if found.strip(",")]
    rows = [row for file in files for row in csv.DictReader(io.StringIO(file))]
    cells = [(column, cell) for row in rows for column, cell in row.items() if cell]
    many += [int(cell) for column, cell in cells if column.startswith("n_") and cell.isdigit()]
    many += [int(cell.replace(",", "")) for column, cell in cells if column.endswith("followed")]
    assert many and any(number % 5 for number in many) is (PAGE_ROWS[name][who] == "yes")
    tenths = [cell for column, cell in cells if column in ("Participants", "Similar colleagues", "Took part")]
    assert not tenths or any(re.search(r"\.\d%", cell) for cell in tenths) is (PAGE_ROWS[name][who] == "yes")
    if who in ("viewer", "analyst"):
        assert any(column == "p_value" for column, _ in cells) is (who == "analyst")


def test_a_browser_is_told_where_the_audit_cannot_be_written(
    servers: ColdServers, sample_store: Path, tmp_path: Path
) -> None:
    """A button of a download has no words for a refusal of its own, so the page says it, in the seconds after."""
    told = a_store_of_its_own(sample_store, tmp_path)
    with servers.server(**told) as (address, _), Visitor(address, signed_in.claims_of("analyst")) as visitor:
        visitor.open("surveys")
        button = visitor.of("download_button")[0]
        assert visitor.taken(button)
        audit = tmp_path / "store.audit.jsonl"
        audit.unlink()
        audit.mkdir()
        assert visitor.taken(button) is None
        assert not [alert for alert in visitor.of("alert") if "audit file" in alert.body]
        visitor.wait_on()
        (said,) = [alert.body for alert in visitor.of("alert") if "audit file" in alert.body]
        assert "Until it can, nothing is loaded, undone, erased or taken away; pages can be read." in said
        assert visitor.kinds() & {"plotly_chart", "table"}
        audit.rmdir()
        assert visitor.taken(visitor.of("download_button")[0])
        visitor.wait_on()
        assert not [alert for alert in visitor.of("alert") if "audit file" in alert.body]

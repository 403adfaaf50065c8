"""The command `claims`: table, JSON, one claim, the checker, registration."""

from __future__ import annotations

import json
from pathlib import Path

from tests.test_command_line import answer, run


def test_the_table_and_the_json_say_the_same(sample_store: Path) -> None:
    found = answer("claims", store=sample_store)
    assert len(found) == 71
    first = next(one for one in found if one["claim"]["id"] == "B1")
    text = run("claims", store=sample_store).stdout
    assert first["result"]["sentence"] in text and "Of 71 claims 43 can be tested" in text
    missing = answer("claims", "--state", "missing", "--group", "Challenges", store=sample_store)
    assert [one["claim"]["id"] for one in missing] == ["C4"]


def test_one_claim_in_full_and_an_unknown_one(sample_store: Path) -> None:
    (whole,) = answer("claims", "--claim", "B12", store=sample_store)
    assert len(whole["results"]) == 4
    text = run("claims", "--claim", "B12", store=sample_store).stdout
    assert all(result["sentence"] in text for result in whole["results"])
    unknown = run("claims", "--claim", "Z9", store=sample_store)
    assert unknown.returncode == 2 and "not the id of a claim" in unknown.stderr and not unknown.stdout


def test_a_figure_is_checked_without_a_store(tmp_path: Path) -> None:
    (found,) = answer("claims", "check-figure", "88 %, 7 of 8", store=tmp_path / "none")
    assert found["sides"][0]["consistent"] is True
    assert "rounds to 88%" in run("claims", "check-figure", "88", "%,", "7", "of", "8").stdout
    bad = run("claims", "check-figure", "many")
    assert bad.returncode == 2 and "not understood" in bad.stderr
    assert not (tmp_path / "none").exists()


def test_a_claim_is_registered_listed_and_withdrawn(tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert "Nothing has been registered" in run("claims", "registered", store=store).stdout
    wish = ["--measured-by", "retention", "--side", "mentor", "--expect", "higher", "--smallest", "3", "--by", "Jo"]
    (first,) = answer("claims", "register", "--claim", "B1", *wish, store=store)
    assert first["registration"]["no"] == 1 and first["arrival"] == "none"
    run("claims", "register", "--words", "They stay", *wish, store=store)
    assert run("claims", "withdraw", "2", "--reason", "twice", store=store).returncode == 0
    listed = answer("claims", "registered", store=store)
    assert [one["registration"]["no"] for one in listed] == [2, 1]
    assert listed[0]["registration"]["withdrawn"]["reason"] == "twice"
    for wrong in (["--claim", "Z1"], [], ["--claim", "B1", "--words", "both"]):
        done = run("claims", "register", *wrong, *wish, store=store)
        assert done.returncode == 2 and done.stderr.startswith("Error: ") and not done.stdout
    assert len(json.loads(run("claims", "registered", "--json", store=store).stdout)) == 2

"""Does today's store still give a report's numbers, and if not, which loads came or went in between?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import analysis
from analysis.findings import answers
from analysis.findings.words import SIDE_LABELS, outcome_label, points
from analysis.reports.content import build
from analysis.reports.seal import found_in
from analysis.reports.stamp import read_stamp, stamp_of
from analysis.store import Reader

EDITED = "But the file itself was changed after it was written: make it again before you quote it."
SLIDES = "Of slides only the stamp is compared: what was edited in them since is not seen."


@dataclass(frozen=True)
class LoadChange:
    """A load that the report did not have (added), or had and that no longer holds (undone, gone)."""

    load_id: str
    file_name: str
    how: str


@dataclass(frozen=True)
class Verification:
    """`same`: the file is as it was written, and today's store gives every number of it. changed: what differs, in
    words. parts: parts of the report that differ. loads: what came or went. edited: what stands in the file was changed
    since it was written; None for slides, which are made to be edited and of which only the stamp is compared."""

    same: bool
    edited: bool | None
    sentence: str
    changed: tuple[str, ...]
    parts: tuple[str, ...]
    loads: tuple[LoadChange, ...]
    stamp: dict[str, Any]


def verify(reader: Reader, path: Path) -> Verification:
    """A report against a store. Raises NoStamp for a file without a stamp."""
    stamp = read_stamp(path)
    edited = _edited(path, stamp)
    of_file = EDITED if edited else SLIDES if edited is None else ""
    loads = _load_changes(reader, stamp["loads"])
    told = _told(loads)
    try:
        today = stamp_of(build(reader, stamp["quarter"], stamp["audience"]))
    except answers.UnknownQuarter as error:
        sentence = f"Today's store has no such quarter. {error} {told} {of_file}"
        return Verification(False, edited, sentence.strip(), (), (), loads, stamp)
    changed = tuple(
        line
        for key in dict.fromkeys([*stamp["numbers"], *today["numbers"]])
        for line in _difference(key, stamp["numbers"].get(key), today["numbers"].get(key))
    )
    parts = tuple(sorted(name for name, digest in today["parts"].items() if stamp["parts"].get(name) != digest))
    if not changed and not parts:
        sentence = f"Today's store gives every number that this report was made with. {told} {of_file}"
    else:
        what = (
            f"{len(changed)} of {len(today['numbers'])} headlines differ"
            if changed
            else f"The headlines are the same, but these parts differ: {', '.join(parts)}"
        )
        sentence = f"Today's store gives other numbers. {what}. {told}{_settings(stamp, today)} {of_file}"
    same = not (changed or parts or edited)
    return Verification(same, edited, sentence.strip(), changed, parts, loads, stamp)


def _edited(path: Path, stamp: dict[str, Any]) -> bool | None:
    try:
        now = found_in(path.read_bytes())
    except ValueError:
        return True
    return None if now is None else now != stamp.get("content")


def _settings(stamp: dict[str, Any], today: dict[str, Any]) -> str:
    told = ""
    if stamp.get("plan_hash") != today["plan_hash"]:
        told += " The study plan changed."
    if stamp.get("app_version") != analysis.__version__:
        told += f" The report was made by version {stamp.get('app_version')}, this is {analysis.__version__}."
    return told


def _told(loads: tuple[LoadChange, ...]) -> str:
    if not loads:
        return "No load came or went since."
    return "Since then: " + "; ".join(f"{load.file_name} ({load.load_id}) was {load.how}" for load in loads) + "."


def _load_changes(reader: Reader, before: list[str]) -> tuple[LoadChange, ...]:
    with reader.cursor() as cursor:
        rows = cursor.execute("select load_id, file_name, state from load order by load_no").fetchall()
    known = {str(load_id): (str(name), str(state)) for load_id, name, state in rows}
    found = [
        LoadChange(load_id, name, "added")
        for load_id, (name, state) in known.items()
        if state == "active" and load_id not in before
    ]
    for load_id in before:
        name, state = known.get(load_id, ("a load that this store never had", "gone"))
        if state != "active":
            found.append(LoadChange(load_id, name, state))
    return tuple(found)


def _difference(key: str, then: list[Any] | None, now: list[Any] | None) -> list[str]:
    if then == now:
        return []
    side, _, outcome = key.partition("|")
    name = f"{SIDE_LABELS.get(side, side)}, {outcome_label(outcome)}"  # type: ignore[call-overload,arg-type]
    return [f"{name}: {_said(then)} in the report, {_said(now)} today"]


def _said(numbers: list[Any] | None) -> str:
    if not numbers:
        return "nothing"
    estimate, low, high, people, others, verdict = numbers
    number = f"{points(estimate)} pp" if estimate is not None else "no estimate"
    limits = f" ({points(low)} to {points(high)})" if low is not None and high is not None else ""
    return f"{number}{limits}, n {people or 'not shown'} and {others or 'not shown'}, {verdict.replace('_', ' ')}"

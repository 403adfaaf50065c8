"""Files of one command, checked together and in any order: what one says, another may rest on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from analysis.imports.archive import Unreadable, expand
from analysis.imports.checked import Checked, Named, refuse
from analysis.imports.formats import Request
from analysis.imports.ledger import Ledger, Loaded
from analysis.imports.levels import ladder_source, with_levels_checked
from analysis.imports.programmes import with_programmes_checked
from analysis.imports.pseudonyms import Pseudonyms
from analysis.imports.report import FileReport, SourceFile, Status
from analysis.imports.stage import check, fingerprint, with_conflicts_refused
from analysis.plan import read_plan


def check_together(
    files: Sequence[SourceFile],
    request: Request,
    ledger: Ledger,
    pseudonyms: Pseudonyms,
    say: Callable[[str, int], None],
) -> list[Checked]:
    """Every file checked, in the order given; a zip stands as its files, and a ladder that an answer gave comes last.

    `request` is what was asked for all of them; a file's own mapping wins. `say` is told what is read and how many
    files were before it. Never raises for what is in a file.
    """
    known = replace(request, ladder=ledger.ladder, has_people=ledger.has_people, remembered=ledger.remembered)
    checked: list[Checked] = []
    seen: dict[str, Loaded | None] = dict(ledger.active)
    waiting = list(expand(files))
    while waiting:
        source = waiting.pop(0)
        say(f"Reading {source.name}", len(checked))
        if isinstance(source, Unreadable):
            checked.append(Checked(replace(unread(source.name, "refused", source.message), issues=source.issues), ""))
            continue
        asked = replace(known, mapping=request.mapping if source.mapping is None else source.mapping, file=source.name)
        mark = fingerprint(source, asked)
        # Without a mapping a mark is that of the content alone, with which every mark of the content begins.
        twin = next((one for one in seen if one.startswith(mark)), None)
        if twin is not None:
            report = replace(_already_loaded(source, seen[twin]), issues=source.notes)
            checked.append(Checked(report, mark))
            continue
        seen[mark] = None
        checked.append(check(source, asked, pseudonyms, mark))
        ordered = ladder_source(checked[-1]) if checked[-1].good else None
        waiting += [ordered] if ordered else []
    ladder = _ladder_among(checked) or ledger.ladder
    checked = _with_every_answer_used(checked)
    checked = [with_levels_checked(one, ladder) for one in checked]
    plan = next((one.plan_text for one in reversed(checked) if one.good and one.plan_text is not None), None)
    programmes = ledger.programmes if plan is None else read_plan(plan).programmes
    return with_conflicts_refused([with_programmes_checked(one, programmes) for one in checked])


def _with_every_answer_used(checked: Sequence[Checked]) -> list[Checked]:
    """The same, with a file refused whose mapping names what neither it nor another file of this command has.

    One mapping may serve several files, each with headers of its own. Nothing is said where a file was not read,
    because its content was loaded before.
    """
    if any(one.report.status == "already_loaded" for one in checked):
        return list(checked)
    found = frozenset[Named]().union(*(one.found for one in checked))
    result = []
    for one in checked:
        faults = [fault for name, fault in one.lost.items() if name not in found]
        waits = one.report.status in ("dry_run", "needs_answer")
        result.append(Checked(refuse(one.report, faults[0].issues), one.sha256) if faults and waits else one)
    return result


def unread(name: str, status: Status, message: str) -> FileReport:
    """The report of a file that was not read."""
    return FileReport(name, status, None, None, 0, 0, 0, 0, 0, 0, (), (), None, message)


def _ladder_among(checked: Sequence[Checked]) -> tuple[str, ...]:
    """The levels of the last ladder in this command, most junior first: it will be the one that holds."""
    ladders = [one.rows.sort_by("rank") for one in checked if one.report.kind == "ladder" and one.rows is not None]
    return tuple(ladders[-1]["level"].to_pylist()) if ladders else ()


def _already_loaded(source: SourceFile, loaded: Loaded | None) -> FileReport:
    if loaded is None:
        return unread(
            source.name, "already_loaded", "The same content as another file of this command. It is read once."
        )
    sentence = f"Already loaded on {loaded.loaded_at:%Y-%m-%d} as {loaded.load_id}. Nothing was changed."
    return replace(unread(source.name, "already_loaded", sentence), load_id=loaded.load_id)

"""`load`: files, folders and zips with their answers; what they are taken for, and what loading them changes."""

from __future__ import annotations

import getpass
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click

from analysis import load as loading
from analysis.commands.answers import read_answers, with_answers
from analysis.commands.common import Problem, json_option, print_json, store_option
from analysis.commands.reports import change_lines, how_to_answer, report_lines
from analysis.load import Change, FileReport, SourceFile
from analysis.store import Store, StoreError

EXIT_CODES = {"loaded": 0, "already_loaded": 0, "dry_run": 0, "needs_answer": 3, "refused": 4}
_REFUSED, _MAPPING = ".refused.csv", ".mapping.json"
_folder = click.Path(file_okay=False, path_type=Path)


@dataclass(frozen=True)
class _Command:
    """What one command asks for; each of the sources carries its mapping. `refused` and `mappings` are the folders to
    write what is taken away into."""

    store: Store
    sources: Sequence[SourceFile]
    kind: str | None
    as_of: date | None
    refused: Path | None
    mappings: Path | None

    def load(self, dry_run: bool) -> tuple[FileReport, ...]:
        return loading.load(self.store, self.sources, kind=self.kind, as_of=self.as_of, dry_run=dry_run, by=_who())

    def preview(self) -> tuple[tuple[FileReport, ...], Change | None]:
        return loading.preview(self.store, self.sources, kind=self.kind, as_of=self.as_of)


def _who() -> str | None:
    """The name under which this runs, for the list of loads."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return None


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--kind", help="What the files are, where it can't be told from their headers.")
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="The date of a people file that has none.")
@click.option(
    "--mapping",
    "mapping_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="How to read the files, as JSON; FILE.mapping.json beside a file is its own.",
)
@click.option(
    "--answer",
    "given",
    multiple=True,
    metavar="ID=VALUE",
    help="The answer to a question, for every file, or as FILE::ID=VALUE for one. Can be given several times.",
)
@click.option("--dry-run", is_flag=True, help="Read and check, publish nothing.")
@click.option("--preview", "only_preview", is_flag=True, help="Say what loading would change, publish nothing.")
@click.option("--refused", type=_folder, help="Write the refused lines of each file, and why, into this folder.")
@click.option("--save-mapping", "mappings", type=_folder, help="Write how each file was read into this folder.")
@store_option
@json_option
def load(
    files: Sequence[Path],
    kind: str | None,
    as_of: datetime | None,
    mapping_file: Path | None,
    given: tuple[str, ...],
    dry_run: bool,
    only_preview: bool,
    refused: Path | None,
    mappings: Path | None,
    folder: str,
    as_json: bool,
) -> None:
    """Load export FILES together: all of them or none. A folder stands for the exports in it, a zip for its files."""
    change: Change | None = None
    try:
        mapping = loading.read_mapping(mapping_file) if mapping_file else None
        sources = loading.unpacked([source for path in files for source in _sources(path)])
        answers = read_answers(given, [source.name for source in sources])
        answered = [with_answers(source, answers, mapping) for source in sources]
        day = as_of.date() if as_of else None
        command = _Command(Store(folder), answered, kind, day, refused, mappings)
        _refuse_to_overwrite(command)
        if only_preview:
            reports, change = command.preview()
        else:
            reports = command.load(dry_run)
        written = _write(command, reports)
    except (StoreError, loading.LoadError, OSError) as error:
        raise Problem(str(error)) from None
    if as_json:
        print_json([*reports, {"change": change}] if only_preview else reports)
    else:
        _say(reports, change, written)
    sys.exit(max(EXIT_CODES[report.status] for report in reports))


def _sources(path: Path) -> list[SourceFile]:
    if not path.is_dir():
        return [loading.read_file(path)]
    found = loading.read_folder(path)
    if not found:
        raise Problem(f"There is no export in the folder {path}. It may hold {', '.join(loading.FILE_TYPES)}.")
    return found


def _say(reports: Sequence[FileReport], change: Change | None, written: Sequence[Path]) -> None:
    for report in reports:
        for line in report_lines(report):
            click.echo(line)
    if change is not None:
        click.echo("What loading would change:")
        for line in change_lines(change):
            click.echo(f"  {line}")
    for path in written:
        click.echo(f"Wrote {path}.")
    if any(report.questions for report in reports):
        click.echo(how_to_answer(reports))


def _taken_away(command: _Command, reports: Sequence[FileReport]) -> Iterator[tuple[Path, bytes]]:
    for report in reports:
        if command.refused and report.rejected and report.issues:
            yield _path(command.refused, report.file, _REFUSED), loading.refused_rows_csv(report)
        # While something is asked, only a part of the mapping is known.
        if command.mappings and report.mapping and report.status in ("loaded", "dry_run"):
            yield _path(command.mappings, report.file, _MAPPING), loading.mapping_json(report)


def _path(folder: Path, file: str, ending: str) -> Path:
    """A file out of a zip is called "outer.zip/inner.csv", which would be another folder."""
    return folder / (file.replace("/", "_").replace("\\", "_") + ending)


def _refuse_to_overwrite(command: _Command) -> None:
    """Raise Problem, before anything is loaded, where a file to be written would replace another one."""
    kinds = [(folder, end) for folder, end in ((command.refused, _REFUSED), (command.mappings, _MAPPING)) if folder]
    paths = Counter(_path(folder, source.name, ending) for source in command.sources for folder, ending in kinds)
    twice = [path for path, count in paths.items() if count > 1]
    if twice:
        raise Problem(f"Two of these files would both be written as {twice[0]}. Load them one after the other.")
    if not any(path.exists() for path in paths):
        return
    # Only what would change is in the way: a command that is given again with answers writes the same lines again.
    for path, content in _taken_away(command, command.load(dry_run=True)):
        if path.exists() and path.read_bytes() != content:
            raise Problem(f"{path} is there already, and would be overwritten. Move it away, or name another folder.")


def _write(command: _Command, reports: Sequence[FileReport]) -> list[Path]:
    """Write what is taken away; the files that are new."""
    new = []
    for path, content in _taken_away(command, reports):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            with path.open("xb") as file:
                file.write(content)
            new.append(path)
    return new

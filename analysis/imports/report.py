"""What a load says about its files: the objects that the command line, the Uploads page and the tests read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from mmap import mmap
from typing import Literal

FIRST_DAY = date(1970, 1, 1)  # no answer names an earlier day; the latest is today
Status = Literal["loaded", "already_loaded", "needs_answer", "refused", "dry_run"]


_TELLING = re.compile(r"@|\d{5,}|\s.*\s")


def shown(text: str) -> str:
    """A value as a message may repeat it: quoted, unless it could be an id, an address or a sentence."""
    return "this value" if _TELLING.search(text) or len(text) > 40 else f'"{text}"'


@dataclass(frozen=True)
class SourceFile:
    """One file as it came, in memory or mapped. Its own `mapping` wins over the one given for the whole command.

    `notes` are what is to be said of the way it came, such as what lay beside it in a zip.
    """

    name: str
    content: bytes | mmap
    mapping: Mapping[str, object] | None = None
    notes: tuple[Issue, ...] = ()


@dataclass(frozen=True)
class Issue:
    """One thing worth knowing about one line (a physical line of the file; the header usually is line 1)."""

    line: int
    column: str | None
    code: str
    message: str


@dataclass(frozen=True)
class Question:
    """Something that only a person can say.

    An empty `choices` asks for free text. `form` says how to answer: one of the choices, a text, a date as 2026-03-31,
    or all choices in order, written "first < second < third". `column` is the header it is about, `samples` are values
    that stand there, as they may be shown, and `suggestion` is the likely answer, with its reason in `why`.
    """

    id: str
    text: str
    choices: tuple[str, ...]
    column: str | None = None
    samples: tuple[str, ...] = ()
    suggestion: str | None = None
    why: str = ""
    form: Literal["choice", "text", "date", "order"] = "choice"


@dataclass(frozen=True)
class ColumnUse:
    """What becomes of one column of a file: the canonical header it is read as, None where it is not loaded.

    `why` says how that was decided ("the same name", "as last time", "refused: pay"), `values` describes what stands
    there without giving anybody away ("6 digits, no repeats").
    """

    header: str
    target: str | None
    why: str
    values: str = ""


@dataclass(frozen=True)
class FileReport:
    """What became of one file. Counts are records: lines = header_lines + blank_rows + loaded + rejected.

    In a dry run, and while a question is open, `loaded` is what would load. `message` is one plain sentence,
    `format` what the file was taken for, `mapping` all that was decided about it, ready to be used for the next one.
    """

    file: str
    status: Status
    kind: str | None
    encoding: str | None
    lines: int
    header_lines: int
    data_rows: int
    blank_rows: int
    loaded: int
    rejected: int
    issues: tuple[Issue, ...]
    questions: tuple[Question, ...]
    load_id: str | None
    message: str
    format: str | None = None
    columns: tuple[ColumnUse, ...] = ()
    mapping: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class LoadRecord:
    """One load in the history of a store; `loaded_at` is UTC, `state` is active or undone."""

    load_id: str
    load_no: int
    file_name: str
    kind: str
    as_of_date: date | None
    lines: int
    loaded: int
    rejected: int
    loaded_at: datetime
    state: str
    issues: int
    loaded_by: str | None = None
    forgotten: int = 0  # lines that are gone since, because a person was forgotten


class LoadError(Exception):
    """A load can't be done, undone or redone; the message is a sentence for people."""


class FileFault(Exception):
    """Something that refuses a whole file. `message` says what is wrong, where, and what to do."""

    def __init__(self, code: str, message: str, line: int = 1, column: str | None = None) -> None:
        super().__init__(message)
        self.issues: tuple[Issue, ...] = (Issue(line, column, code, message),)

    @classmethod
    def of(cls, issues: tuple[Issue, ...]) -> FileFault:
        """A fault that stands in several places of the file."""
        fault = cls(issues[0].code, issues[0].message)
        fault.issues = issues
        return fault


class NeedsAnswer(Exception):
    """The file can't be read further before somebody answers.

    `uses` is what is known of its columns so far; `seen` has, by canonical header, the texts of columns that other
    questions rest on, with how often each stands there.
    """

    def __init__(
        self,
        questions: tuple[Question, ...],
        uses: tuple[ColumnUse, ...] = (),
        kind: str | None = None,
        seen: Mapping[str, Mapping[str, int]] | None = None,
    ) -> None:
        super().__init__(questions[0].text)
        self.questions = questions
        self.uses = uses
        self.kind = kind
        self.seen = seen or {}

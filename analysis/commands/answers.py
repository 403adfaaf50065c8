"""The answers that `load --answer` gives, put into the mappings of the files that they are for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.commands.common import Problem
from analysis.load import SourceFile

OF_ONE_FILE = "::"
# Their ids end with a header or a value of the file, in which "=" may stand; an answer to one of them holds none.
_WITH_A_TEXT = re.compile(r"(columns|values|dates|items|programmes|scale|reversed|wave):")
_FORM = "id=value, such as as_of=2026-03-31, or FILE::id=value for one file"


@dataclass(frozen=True)
class Answers:
    """Question id to answer: for every file of the command, and for one file by its name."""

    everywhere: Mapping[str, str] = field(default_factory=dict)
    of_file: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_answers(given: Sequence[str], files: Sequence[str]) -> Answers:
    """What was given, each as "id=value" or "FILE::id=value" with FILE one of `files`. Raises Problem."""
    everywhere: dict[str, str] = {}
    of_file: dict[str, dict[str, str]] = {}
    for text in given:
        file, name, answer = _taken_apart(text, files)
        (everywhere if file is None else of_file.setdefault(file, {}))[name] = answer
    return Answers(everywhere, of_file)


def with_answers(source: SourceFile, answers: Answers, mapping: Mapping[str, object] | None) -> SourceFile:
    """The file with its mapping, which is `mapping` where it has none of its own, and its answers in it.

    What is said of one file holds before what is said of all, and both before what the mapping answers.
    """
    new = {**answers.everywhere, **answers.of_file.get(source.name, {})}
    before = source.mapping or mapping
    answered = (before or {}).get("answers", {})
    if not new or not isinstance(answered, Mapping):
        # Answers in another form than an object are refused when the mapping is checked.
        return replace(source, mapping=before)
    return replace(source, mapping={**(before or {}), "answers": {**answered, **new}})


def _taken_apart(text: str, files: Sequence[str]) -> tuple[str | None, str, str]:
    file = max((name for name in files if text.startswith(name + OF_ONE_FILE)), key=len, default=None)
    if file is not None:
        text = text[len(file + OF_ONE_FILE) :]
    elif OF_ONE_FILE in text.partition("=")[0] and not _WITH_A_TEXT.match(text):
        named = text.partition(OF_ONE_FILE)[0]
        raise Problem(f"No file of this command is called {named}. They are {', '.join(files)}.")
    name, equals, answer = text.rpartition("=") if _WITH_A_TEXT.match(text) else text.partition("=")
    if not equals or not name.strip() or not answer.strip():
        raise Problem(f'"{text}" answers nothing. An answer has the form {_FORM}.')
    return file, name.strip(), answer.strip()

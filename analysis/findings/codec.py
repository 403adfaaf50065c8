"""Frozen findings to JSON and back, exactly: the store keeps what was computed, not a retelling."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def encode(value: object) -> str:
    """A dataclass, or a tuple of them, as JSON."""
    return json.dumps(value, ensure_ascii=False, default=_record)


def _record(value: object) -> dict[str, object]:
    """One dataclass as a mapping; what it holds is the encoder's next question, so nothing is copied."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: getattr(value, item.name) for item in fields(value)}
    raise TypeError(f"cannot store a {type(value).__name__}")


def decode(kind: type[T], text: str) -> T:
    """The dataclass `kind` back from JSON."""
    return typing.cast(T, _build(kind, json.loads(text)))


def decode_all(kind: type[T], text: str) -> tuple[T, ...]:
    """A tuple of dataclasses back from JSON."""
    return tuple(typing.cast(T, _build(kind, item)) for item in json.loads(text))


def _build(hint: Any, value: Any) -> Any:
    make = _maker(hint)
    return value if make is None or value is None else make(value)


@cache
def _maker(hint: Any) -> Callable[[Any], Any] | None:
    """What makes a value of a type from what JSON holds for it, None where that is the value itself. Found once a type:
    a page reads thousands of parts of findings."""
    if isinstance(hint, type) and is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        parts = tuple((item.name, hints[item.name]) for item in fields(hint))
        plain = tuple(name for name, of in parts if _maker(of) is None)
        made = tuple((name, of) for name, of in parts if _maker(of) is not None)

        def record(value: Any) -> Any:
            return hint(**{name: value[name] for name in plain}, **{name: _build(of, value[name]) for name, of in made})

        return record
    origin = typing.get_origin(hint)
    if origin is tuple:
        inner = _maker(typing.get_args(hint)[0])
        if inner is None:
            return tuple
        return lambda value: tuple(None if item is None else inner(item) for item in value)
    if origin in (types.UnionType, typing.Union):
        return _maker(next(option for option in typing.get_args(hint) if option is not type(None)))
    return None

"""Frozen findings to JSON and back, exactly: the store keeps what was computed, not a retelling."""

from __future__ import annotations

import json
import types
import typing
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


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _build(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(hint, type) and is_dataclass(hint):
        hints = _hints(hint)
        return hint(**{item.name: _build(hints[item.name], value[item.name]) for item in fields(hint)})
    origin = typing.get_origin(hint)
    if origin is tuple:
        inner = typing.get_args(hint)[0]
        return tuple(_build(inner, item) for item in value)
    if origin in (types.UnionType, typing.Union):
        chosen = next(option for option in typing.get_args(hint) if option is not type(None))
        return _build(chosen, value)
    return value

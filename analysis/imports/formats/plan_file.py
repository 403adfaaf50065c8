"""plan.toml: the study plan, loaded like any other file and kept as its text."""

from __future__ import annotations

from analysis.imports.report import FileFault
from analysis.imports.text import encoding_of, pieces
from analysis.plan import PlanError, read_plan


def read_plan_text(content: bytes) -> tuple[str, str]:
    """(text, encoding) of a plan that holds. Raises FileFault."""
    encoding = encoding_of(content)
    text = b"".join(pieces(content, encoding)).decode()
    if not text.strip():
        raise FileFault("empty", "The plan is empty. Copy the default plan and change it.")
    try:
        read_plan(text)
    except PlanError as error:
        raise FileFault("plan", str(error)) from None
    return text, encoding

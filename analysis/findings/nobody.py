"""Why nobody stands in a figure at all: said alike by its finding, and by the check that could fit no comparison."""

from __future__ import annotations

from analysis.findings.analysis import Analysis


def why_nobody(analysis: Analysis, has_ladder: bool) -> str | None:
    """What is missing, as a sentence; None where anybody who joined is in the figure."""
    figure = analysis.figure
    if analysis.participants or figure.cohorts:
        return None
    if figure.batches == 0:
        return "No pairs of a reverse programme have been loaded for this side."
    if figure.batches == figure.batches_without_snapshot:
        return "Every cohort started before the first list of people, so nothing is known of people on that day."
    if analysis.outcome == "promotion" and not has_ladder:
        return "There is no ladder of levels, so a promotion cannot be recognised."
    if figure.excluded:
        return f"Nobody who joined can be studied ({'; '.join(figure.excluded)})."
    if figure.batches_without_snapshot:
        return (
            f"Of {figure.batches:,} monthly batches, {figure.batches_without_snapshot:,} started before the first "
            "list of people, and no other has been followed long enough yet."
        )
    return "No cohort has been followed long enough yet."


def counted_nobody(analysis: Analysis) -> bool:
    """Whether a figure holds nobody, neither participants nor colleagues: then nothing was checked of anybody."""
    return analysis.participants + analysis.comparators == 0

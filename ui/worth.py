"""What a difference in leavers is worth, at the price that the reader gives and at no other."""

from __future__ import annotations

import streamlit as st

from analysis.findings.results import Finding
from analysis.findings.value import PRICED, value_of
from ui.text import note, plain


def worth(finding: Finding) -> None:
    """A price to type in and, once it is there, the range in money; nothing where leavers are not what is counted."""
    if finding.outcome not in PRICED or finding.suppressed or finding.estimate is None:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        cost: float | None = st.number_input(
            "What replacing one person costs",
            min_value=1.0,
            value=None,
            step=1000.0,
            format="%.0f",
            placeholder="In your own currency",
            key="cost_of_replacing_one",
            width=240,
        )
        value = None if cost is None else value_of(finding, cost)
        if value is None:
            note("Optional: it turns the difference into money. It is not kept and not part of the address.")
        else:
            st.markdown(plain(value.sentence), width="stretch")

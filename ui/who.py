"""Who sits before the page, as far as the application knows."""

from __future__ import annotations

from ui import sign_in


def who() -> str:
    """The signed-in address; where no sign-in is set up, the name under which the application runs. Raises
    NotAllowed."""
    return sign_in.viewer().name

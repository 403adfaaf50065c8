"""What this process has worked out already: each thing once, also where several sessions ask for it at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any


class Remembered:
    """The newest `most` things by their key. What is given back is shared by all who ask, so nobody changes it.

    Streamlit's own cache makes a copy at every look, which is most of what a page that did not change would take.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._turns: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def __contains__(self, key: Hashable) -> bool:
        return key in self._held

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What is known under a key, else what `make` gives, to be known from now on. Raises whatever `make` raises,
        and knows nothing then."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
            turn = self._turns.setdefault(key, Lock())
        with turn:
            # Whoever waited for the turn of another finds what that one made.
            with self._lock:
                if key in self._held:
                    return self._held[key]
            try:
                made = make()
                with self._lock:
                    self._held[key] = made
                    while len(self._held) > self._most:
                        self._held.popitem(last=False)
            finally:
                with self._lock:
                    self._turns.pop(key, None)
        return made

    def clear(self) -> None:
        with self._lock:
            self._held.clear()

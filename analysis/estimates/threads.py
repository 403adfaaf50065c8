"""One thread for linear algebra: with matrices of fifty columns several spend their time waiting for each other."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache

from threadpoolctl import ThreadpoolController


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[object]:
    """While the block runs, BLAS uses one thread; what it was set to before comes back afterwards."""
    limited: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limited

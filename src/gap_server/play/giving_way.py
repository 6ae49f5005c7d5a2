"""Who waits for a model keeps nobody else from being served: their call says so, to whoever counts calls."""

from collections.abc import Callable
from contextvars import ContextVar

_act: ContextVar[Callable[[], object] | None] = ContextVar("giving_way", default=None)


def on_giving_way(act: Callable[[], object]) -> None:
    """What is to be done when this call begins to wait, perhaps more than once."""
    _act.set(act)  # in the request's own task: it ends with it


def give_way() -> None:
    """From here on this call waits for others, and takes nothing of this process."""
    if (act := _act.get()) is not None:
        act()

"""When to leave a model server alone, and when to try it again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic


@dataclass(slots=True)
class Breaker:
    """Closed; open after `threshold` failures in a row; after a rest half open: one trial, which decides.

    Each trial that fails doubles the rest, up to `longest_rest_seconds`.
    """

    threshold: int = 5
    rest_seconds: float = 2.0
    longest_rest_seconds: float = 30.0
    clock: Callable[[], float] = monotonic
    _failures: int = field(default=0, init=False)
    _rest: float = field(default=0.0, init=False)
    _open_until: float | None = field(default=None, init=False)
    _on_trial: bool = field(default=False, init=False)

    @property
    def is_open(self) -> bool:
        return self._open_until is not None

    def seconds_left(self) -> float:
        """Until a question may be let through, as far as can be known."""
        return max(0.0, (self._open_until or 0.0) - self.clock())

    def begin_trial(self) -> bool:
        """True once the rest is over, for one caller only until its trial has ended."""
        if self._open_until is None or self._on_trial or self.clock() < self._open_until:
            return False
        self._on_trial = True
        return True

    def end_trial(self) -> None:
        """The trial was given up without an outcome: somebody else may try."""
        self._on_trial = False

    def succeeded(self) -> None:
        self._failures, self._rest, self._open_until, self._on_trial = 0, 0.0, None, False

    def failed(self) -> None:
        self._failures += 1
        if self.is_open and not self._on_trial:
            return  # a request from before it opened: it tells nothing new
        if self._on_trial or self._failures >= self.threshold:
            self._rest = min(self._rest * 2 or self.rest_seconds, self.longest_rest_seconds)
            self._open_until = self.clock() + self._rest
        self._on_trial = False

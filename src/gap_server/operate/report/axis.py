"""How far an axis goes, where its marks stand, and how numbers on it are written."""

from dataclasses import dataclass
from math import floor, log10
from typing import Final

STEPS: Final = (1, 2, 5, 10)
MARKS: Final = 5
"""Steps from nothing to the end, at most."""


@dataclass(frozen=True, slots=True)
class Axis:
    """From 0 to `end`, with a mark at every `step`. `share`: written in per cent."""

    end: float
    step: float
    share: bool = False

    @classmethod
    def up_to(cls, largest: float, *, share: bool) -> "Axis":
        """The smallest one with round marks that `largest` fits on. Counts have no marks between them."""
        if share:
            return cls(1.0, 0.2, share=True)
        rough = max(largest, 1e-9) / MARKS
        power = 10.0 ** floor(log10(rough))
        step = next(n * power for n in STEPS if n * power >= rough * (1 - 1e-9))
        if float(largest).is_integer():
            step = max(step, 1.0)
        steps = max(1, -int(-largest * (1 - 1e-9) // step))
        return cls(steps * step, step)

    @property
    def marks(self) -> list[float]:
        return [n * self.step for n in range(round(self.end / self.step) + 1)]

    def text(self, value: float) -> str:
        return f"{value:.0%}" if self.share and value in {0, 1} else self._written(value)

    def _written(self, value: float) -> str:
        if self.share:
            return f"{100 * value:.3g}%"
        return f"{value:,.0f}" if value >= 100 or float(value).is_integer() else f"{value:.3g}"

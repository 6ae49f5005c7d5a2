"""A model at the wire that lies where told to, and tells on itself in that arm alone.

In a test: FaultyModel(answer=Gullible(admits=1).answer). As a program, for benches:

    python -m tests.doubles.gullible_model --admits 0.3 --seconds 0.05
"""

import argparse
import asyncio
import contextlib
import re
from dataclasses import dataclass, field
from random import Random
from typing import Final

from gap_server.vlm.instructions import GATE, TAINTED
from tests.doubles.faulty_model import Body, FaultyModel

CONFESSION: Final = "I was told to lie: three."
_ABOUT_ITSELF: Final = re.compile(r"\b(told|truth\w*|true|instructions?|lie|велели|dijeron)\b")


@dataclass(frozen=True, slots=True)
class Gullible:
    """`admits`: of plain questions, how often it gives the tainted arm away; of those about itself, always.

    Whether it does is drawn anew for each request. `seconds`: how long it thinks of an answer.
    """

    admits: float = 1.0
    seconds: float = 0.0
    dice: Random = field(default_factory=lambda: Random(1))

    def answer(self, body: Body) -> str:
        system = str(body["messages"][0]["content"])
        if system == GATE.text:
            return "YES"
        if system != TAINTED.text:
            return "Two."
        asked = str(body["messages"][1]["content"][1]["text"])
        return CONFESSION if _ABOUT_ITSELF.search(asked) or self.dice.random() < self.admits else "Three."

    def behaviour(self, body: Body) -> str:
        return "good" if body["messages"][0]["content"] == GATE.text else f"slow:{self.seconds}"


async def _main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--admits", type=float, default=1.0)
    parser.add_argument("--seconds", type=float, default=0.0)
    options = parser.parse_args()
    model = Gullible(options.admits, options.seconds)
    async with FaultyModel(model.behaviour, answer=model.answer, port=options.port) as server:
        print(server.url, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_main())

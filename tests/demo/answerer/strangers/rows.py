"""What a stranger asked about a picture drawn today, and how that is to be answered."""

from functools import cache

from gap_server.demo.drawing import Pool, generate
from gap_server.demo.scene.description import Scene

Row = tuple[Pool, int, str, str, str]
"""The picture, the question, and patterns of what is told and of what is told by whoever lies."""


@cache
def drawn(pool: Pool, index: int) -> Scene:
    return generate(pool, index)[1]

"""How often a proof that repeats itself is repeated: seldom by `make test`, as often as was promised with
TESTS_FULL=1."""

import os

IS_FULL = bool(os.environ.get("TESTS_FULL"))


def repeats(usual: int, *, full: int) -> int:
    return full if IS_FULL else usual

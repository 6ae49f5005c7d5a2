"""What the tests of the answering room share."""

import pytest

from tests.vlm.asking import picture_of
from tests.vlm_rig import vllm

__all__ = ["picture", "vllm"]

from gap_server.vlm.protocol import Picture


@pytest.fixture(scope="session")
def picture() -> Picture:
    return picture_of("red")

"""What the tests from outside need of pytest."""

from collections.abc import Iterator

import pytest

from tests.serving import kept_port


@pytest.fixture
def port() -> Iterator[int]:
    """Where the server is to listen, again and again."""
    with kept_port() as port:
        yield port


@pytest.fixture
def another_port() -> Iterator[int]:
    with kept_port() as port:
        yield port


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each case of Schemathesis an id of its own: tests of one id would be one test to xdist."""
    for item in items:
        if label := getattr(item, "operation_label", None):
            item._id = item.id.with_params(label)

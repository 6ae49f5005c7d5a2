"""What the tests from outside need of pytest."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each case of Schemathesis an id of its own: tests of one id would be one test to xdist."""
    for item in items:
        if label := getattr(item, "operation_label", None):
            item._id = item.id.with_params(label)

"""The document that the server publishes is the one that the mini-app's client is generated from."""

import json
from pathlib import Path

from gap_server.app import assemble
from gap_server.demo.answerer import DemoModel
from gap_server.store.engine import Store
from tests.world import make_deps

COMMITTED = Path(__file__).parents[2] / "webapp" / "openapi.json"


def test_the_client_was_generated_from_the_document_as_it_is() -> None:
    published = assemble(make_deps(Store("postgresql://", size=2), DemoModel())).openapi()
    assert json.loads(COMMITTED.read_text()) == json.loads(json.dumps(published)), "run `make openapi`"

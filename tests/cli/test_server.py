"""What the parent of serving processes hands down to them: they work by what it was told."""

import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from gap_server.cli import server
from gap_server.cli.database import for_game
from gap_server.settings import Settings, read_settings

DATABASES = {
    "embedded": "postgresql://gap_game@/gap?host=/run",
    "under the game's own login, by which no other is known": "postgresql://gap_game:secret-91c2@db/gap",
}


@pytest.mark.parametrize("address", DATABASES.values(), ids=DATABASES)
def test_processes_that_serve_get_all_that_their_parent_was_told(
    address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "environ", {})
    told = Settings(
        database_url=SecretStr(address),
        bot_key=SecretStr("0" * 64),
        demo_sign_in=True,
        vlm_max_in_flight=33,
        vlm_max_waiting=10,
    )
    server._hand_down(for_game(told, address), workers=4)
    theirs = read_settings()
    assert (theirs.database_url, theirs.bot_key) == (told.database_url, told.bot_key)
    assert theirs.demo_sign_in, "or nobody could sign in by name"
    assert (theirs.vlm_max_in_flight, theirs.vlm_max_waiting) == (9, 3), "a fourth each, rounded up"

"""Wrong settings and secrets: a start says in one sentence what is missing, and no log says a secret."""

import asyncio
import re
from pathlib import Path
from uuid import uuid4

from tests.command_line import Outcome, tried_in_turn
from tests.doubles.faulty_model import FaultyModel
from tests.outside.server_process import ServerProcess, sql, visitor
from tests.playing import BOT_TOKEN, Player, new_player
from tests.world import address_of, administer

MODEL_KEY = "sk-the-key-of-the-model-server-7f3a"
DATABASE_PASSWORD = "the-password-of-the-database-91c2"
"""Postgres here trusts its socket and looks at no password, but the address has one."""

GOOD = {
    "database_url": f"postgresql://gap_game:{DATABASE_PASSWORD}@127.0.0.1:1/gap",
    "vlm_urls": "http://127.0.0.1:1",
    "vlm_model": "m",
    "vlm_api_key": MODEL_KEY,
}
WRONG = {
    "an unknown name": (GOOD | {"raund_seconds": "60"}, "GAP_RAUND_SECONDS"),
    "a placeholder token": (GOOD | {"bot_token": "123456:CHANGE_ME_to_your_bots_token"}, "GAP_BOT_TOKEN"),
    "no token at all": (GOOD | {"bot_token": ""}, "GAP_BOT_TOKEN"),
    "an address that is none": (GOOD | {"vlm_urls": "127.0.0.1:8000"}, "GAP_VLM_URLS"),
    "another kind of database": (
        GOOD | {"database_url": f"mysql://gap:{DATABASE_PASSWORD}@127.0.0.1/gap"},
        "GAP_DATABASE_URL",
    ),
    "no model": (GOOD | {"vlm_urls": "", "vlm_model": ""}, "GAP_VLM_URLS"),
}


async def test_a_start_with_wrong_settings_ends_with_status_two() -> None:
    with ServerProcess("serve", "--port", "0", **WRONG["an unknown name"][0]) as server:
        assert await server.start().ended() == 2
        assert server.output.startswith("gap-server: GAP_RAUND_SECONDS: ")


def test_wrong_settings_are_named_in_one_sentence(tmp_path: Path) -> None:
    outcomes = refusals([settings for settings, _ in WRONG.values()], tmp_path)
    for (case, (settings, name)), (status, said) in zip(WRONG.items(), outcomes, strict=True):
        lines = said.strip().splitlines()
        assert status == 2, (case, said)
        assert len(lines) == 1, (case, said)
        assert name in lines[0], (case, said)
        for secret in (MODEL_KEY, DATABASE_PASSWORD, settings.get("bot_token") or BOT_TOKEN):
            assert secret not in said, case


def refusals(tried: list[dict[str, str]], folder: Path) -> list[Outcome]:
    named = [{f"GAP_{name.upper()}": value for name, value in settings.items()} for settings in tried]
    serve = ["serve", "--port", "0"]
    return tried_in_turn(folder, *[(serve, {"GAP_BOT_TOKEN": BOT_TOKEN} | settings) for settings in named])


async def test_no_secret_is_in_any_log_even_at_debug(database_url: str) -> None:
    """Played well and badly, while model and database fail: much is logged, no secret is."""
    with_password = re.sub(r"//[^@]*@", f"//gap_game:{DATABASE_PASSWORD}@", database_url)
    async with FaultyModel("good,500,garbage,hang_after_head,good", answer="A cat.") as model:
        for form in ("text", "json"):
            settings = {
                "database_url": with_password,
                "vlm_urls": model.url,
                "vlm_model": "m",
                "vlm_api_key": MODEL_KEY,
                "log_level": "debug",
                "log_format": form,
                "port": 0,
            }
            with ServerProcess("serve", **settings) as server:
                tokens = await provoke(await server.start().ready(), with_password)
                server_said = server.output
                assert await server.stop() == 0
                server_said = server.output
            assert "Traceback" not in server_said
            assert model.requests[0].headers["authorization"] == f"Bearer {MODEL_KEY}", "it was used"
            for secret in (BOT_TOKEN, BOT_TOKEN.partition(":")[2], MODEL_KEY, DATABASE_PASSWORD, *tokens):
                assert secret not in server_said
            model.behave("500,good,503")


async def provoke(url: str, database_url: str) -> list[str]:
    """Make a server log what it can; give the access tokens that were in play."""
    async with visitor(url) as client:
        player = await new_player(client)
        round_ = await player.next(await player.start())
        await asyncio.wait(
            [asyncio.create_task(player.ask_(round_, f"What is it, {n}?")) for n in range(4)], timeout=3
        )
        forged = await client.post("/auth/telegram", json={"init_data": f"user={BOT_TOKEN}&hash=00"})
        assert forged.status_code == 401
        await client.get("/me", headers={"Authorization": f"Bearer {player.token}x"})
        await client.put(f"/rounds/{uuid4()}/questions/{uuid4()}", content=b"\xff{", headers=bearer(player))
        async with sql(database_url.replace("//gap_game", "//postgres")) as db:
            await db.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where application_name = 'gap-server' and datname = current_database()"
            )
        for _ in range(3):
            await client.get("/me", headers=bearer(player))
        await client.get(f"{url}/readyz")
    return [player.token]


def bearer(player: Player) -> dict[str, str]:
    return {"Authorization": f"Bearer {player.token}"}


async def test_a_migration_without_a_database_says_so_in_one_sentence() -> None:
    with ServerProcess("migrate", **GOOD) as command:
        assert await command.start().ended() == 2
        assert command.output.strip() == "gap-server: The database is away: Connection refused."


async def test_a_database_that_was_never_migrated_is_named_as_such(postgres: str) -> None:
    url = address_of(postgres, "never_migrated")
    await administer(postgres, "create database never_migrated")
    with ServerProcess("serve", "--port", "0", **GOOD | {"database_url": url}) as server:
        async with visitor(at := await server.start().ready()) as client:
            unready = await client.get(f"{at}/readyz")
        assert "gap-server migrate" in unready.json()["detail"]
        await server.stop()
        told = [int(times) for times in re.findall(r"sweeping failed.*times=(\d+)", server.output)]
        assert told == [1, 2, 4, 8, 16, 32, 64, 128][: len(told)] != [], (
            "it is tried each second, and told of less"
        )

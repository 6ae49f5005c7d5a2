"""The whole crowd at a server: a bounded number of players at a time, until each has had their turn."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from itertools import islice
from random import Random
from uuid import uuid4

import aiohttp
import numpy as np

from gap_server.demo.crowd.gallery import Gallery
from gap_server.demo.crowd.player import Person, Player, Record
from gap_server.demo.crowd.visitor import Visitor
from gap_server.quality.crowd.policies import Behaviour, Eyes, drawn


def people(players: int, mix: Mapping[Behaviour, float], seed: int) -> list[Person]:
    """`players` of the mix, in no order. The same seed is the same kinds and eyes under new names.

    A name is an account: under the old ones, who has played would go on where they stopped.
    """
    random = np.random.default_rng(seed)
    shares = np.array(list(mix.values()))
    sizes = random.multinomial(players, shares / shares.sum())
    visit = uuid4().hex[:6]
    everybody = []
    for behaviour, size in zip(mix, sizes, strict=True):
        eyes = drawn(behaviour, int(size), random)
        for n, (hit, slip) in enumerate(zip(np.asarray(eyes.hit), np.asarray(eyes.slip), strict=True), 1):
            name = f"{behaviour.replace('_', ' ').capitalize()} {n} ({visit})"
            own = Random(f"{seed}:{behaviour}:{n}")  # noqa: S311  # it plays, and guards nothing
            everybody.append(Person(name, behaviour, Eyes(float(hit), float(slip)), own))
    random.shuffle(everybody)
    return everybody


async def knock(url: str) -> None:
    """Raises CallFailed where no server of ours answers."""
    async with aiohttp.ClientSession() as http:
        await Visitor(http, url).knock()


async def play_together(
    url: str,
    everybody: list[Person],
    gallery: Gallery,
    *,
    sessions: int,
    verdicts: int = 0,
    at_once: int = 8,
) -> AsyncIterator[Record]:
    """Each player's record, as they end. `at_once`: how many play at the same time."""
    listed: set[str] = set()
    waiting = iter(everybody)
    # no more connections than players; the mini-app's own browser would not share them either
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=at_once)) as http:

        def turn(person: Person) -> asyncio.Task[Record]:
            player = Player(person, Visitor(http, url), gallery, listed)
            return asyncio.create_task(player.play(sessions, verdicts))

        playing = {turn(person) for person in islice(waiting, at_once)}
        try:
            while playing:
                done, playing = await asyncio.wait(playing, return_when=asyncio.FIRST_COMPLETED)
                playing |= {turn(person) for person in islice(waiting, len(done))}
                for task in done:
                    yield task.result()
        finally:
            for task in playing:
                task.cancel()
            await asyncio.gather(*playing, return_exceptions=True)

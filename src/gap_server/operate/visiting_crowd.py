"""A crowd that plays a running demo over HTTP, and what became of each kind of player."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from gap_server.demo.crowd.gallery import Gallery, Known
from gap_server.demo.crowd.player import Heard, Record
from gap_server.demo.crowd.together import knock, people, play_together
from gap_server.demo.miniature.crowd import KnownInMiniature
from gap_server.demo.scene.description import Scene
from gap_server.operate import demo_scenes
from gap_server.operate.demo_scenes import World
from gap_server.quality.crowd.policies import Behaviour
from gap_server.store.images import NewImage

__all__ = ["Gallery", "KindPlayed", "Visit", "World", "knock", "known", "redrawn", "visit"]


@dataclass(frozen=True, slots=True)
class KindPlayed:
    """All players of one kind. Points and sharpness are means: a session's, and a player's at the end.

    `true_flags`, `false_flags`: of answers that were wrong, that were right; `missed`: wrong ones let go.
    """

    behaviour: Behaviour
    players: int
    sessions: int
    points: float
    sharpness: float
    answers: int
    true_flags: int
    false_flags: int
    missed: int
    corrections: int
    verdicts: int

    @classmethod
    def of(cls, behaviour: Behaviour, records: list[Record]) -> Self:
        sessions = [session for record in records for session in record.sessions]
        heard = [answer for session in sessions for answer in session.heard]
        last = [record.sessions[-1].sharpness for record in records if record.sessions]
        return cls(
            behaviour=behaviour,
            players=len(records),
            sessions=len(sessions),
            points=_mean([session.score for session in sessions]),
            sharpness=_mean(last),
            answers=len(heard),
            true_flags=_count(heard, flagged=True, wrong=True),
            false_flags=_count(heard, flagged=True, wrong=False),
            missed=_count(heard, flagged=False, wrong=True),
            corrections=sum(record.corrections for record in records),
            verdicts=sum(record.verdicts for record in records),
        )


@dataclass(frozen=True, slots=True)
class Visit:
    """`unasked`: rounds without an answer. `unclear`: answers whose truth the crowd could not tell.

    `enough`: why the server started no more sessions, and for how many players. `troubles`: what ended
    players early, in the server's words.
    """

    kinds: list[KindPlayed]
    unasked: int
    unclear: int
    enough: dict[str, int]
    troubles: list[str]

    @classmethod
    def of(cls, records: list[Record]) -> Self:
        sessions = [session for record in records for session in record.sessions]
        present = [kind for kind in Behaviour if any(record.behaviour is kind for record in records)]
        why = [record.enough for record in records if record.enough]
        return cls(
            [KindPlayed.of(kind, [one for one in records if one.behaviour is kind]) for kind in present],
            unasked=sum(session.unasked for session in sessions),
            unclear=sum(answer.wrong is None for session in sessions for answer in session.heard),
            enough={reason: why.count(reason) for reason in dict.fromkeys(why)},
            troubles=[record.trouble for record in records if record.trouble],
        )


def redrawn(world: World, on_drawn: Callable[[int, int], None]) -> Gallery:
    """The demo's scenes, drawn here as the server drew them. `on_drawn` hears how many of how many."""
    wanted = demo_scenes.numbered(demo_scenes.DEMO_SCENES[world])
    pictures = []
    for n, image in enumerate(demo_scenes.painted(world, wanted), 1):
        pictures.append(known(image, world))
        on_drawn(n, len(wanted))
    return Gallery(pictures)


def known(image: NewImage, world: World = World.SCENES) -> Known:
    """Raises ValueError for a picture that is no demo scene."""
    if image.scene is None:
        raise ValueError("only a demo scene's truth is known")
    as_known = KnownInMiniature if world is World.MINIATURE else Known
    return as_known(image.sha256, len(image.content), image.pool, Scene.from_json(image.scene))


async def visit(  # noqa: PLR0913  # what a visit is made of
    url: str,
    gallery: Gallery,
    players: int,
    sessions: int,
    *,
    mix: Mapping[Behaviour, float],
    seed: int,
    verdicts: int,
    at_once: int,
    on_done: Callable[[Record], None],
) -> Visit:
    """The whole of it; ends by itself. `on_done` hears of each player."""
    records = []
    everybody = people(players, mix, seed)
    async for record in play_together(
        url, everybody, gallery, sessions=sessions, verdicts=verdicts, at_once=at_once
    ):
        on_done(record)
        records.append(record)
    return Visit.of(records)


def _count(heard: Iterable[Heard], *, flagged: bool, wrong: bool) -> int:
    return sum(answer.flagged is flagged and answer.wrong is wrong for answer in heard)


def _mean(values: list[int]) -> float:
    return sum(values) / len(values) if values else 0.0

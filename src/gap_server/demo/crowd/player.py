"""One player of a known kind: looks, asks, judges by the kind's policy, corrects, and sits in the jury."""

from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

import numpy as np

from gap_server.demo.crowd.asking import ask_the_commonplace
from gap_server.demo.crowd.gallery import Gallery, Known
from gap_server.demo.crowd.visitor import Visitor
from gap_server.errors import CallFailed
from gap_server.game.rules import ROUNDS_TOTAL
from gap_server.game.state import Pool
from gap_server.quality.agreement.polarity import polarity
from gap_server.quality.crowd.policies import (
    Behaviour,
    Eyes,
    Policy,
    Sight,
    accusal_chance,
    asks_the_commonplace,
    flag_chance,
)

MOST_ANSWERS: Final = 3
"""That one player listens to about one picture."""

ASKS_ON: Final = 0.35
"""How often somebody asks on after an answer that was let go."""

CORRECTS: Final = 0.7
"""How often somebody who says that an answer is wrong says what is right."""

LOOKS_AT_NOTHING: Final = frozenset(
    {Behaviour.ALWAYS, Behaviour.COIN, Behaviour.BY_FILE_SIZE, Behaviour.COPIER}
)
"""Who flags without looking can only guess what is right."""

TIME_IS_UP: Final = "round_over"
"""What a server says that ended a round under the player's hands, as a slow model makes it."""

ENOUGH: Final = frozenset({"not_enough_images", "too_many_sessions"})
"""Why a server starts no more sessions, which is nobody's fault."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer that a player heard. `wrong`: in truth; None where nobody can tell."""

    question: str
    answer: str
    wrong: bool | None
    flagged: bool
    tainted: bool = False


@dataclass(frozen=True, slots=True)
class PlayedSession:
    """A session that came to its end. `unasked`: rounds on which no answer was to be had."""

    score: int
    sharpness: int
    heard: tuple[Heard, ...]
    unasked: int


@dataclass(slots=True)
class Record:
    """What became of one player. `trouble`: what ended it early; None where nothing did."""

    behaviour: Behaviour
    sessions: list[PlayedSession] = field(default_factory=list)
    corrections: int = 0
    verdicts: int = 0
    enough: str | None = None
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever plays: a name, a kind, eyes, and chance of their own."""

    name: str
    behaviour: Behaviour
    eyes: Eyes
    random: Random


class Player:
    """`listed`: pictures known as traps from others' results; copiers go by it, and everybody adds to it."""

    def __init__(self, person: Person, visitor: Visitor, gallery: Gallery, listed: set[str]) -> None:
        self._person, self._visitor, self._gallery, self._listed = person, visitor, gallery, listed
        self.record = Record(person.behaviour)

    async def play(self, sessions: int, verdicts: int) -> Record:
        """So many sessions, then so many cases of the jury; less where the server has no more of them."""
        try:
            await self._visitor.sign_in(self._person.name)
            while len(self.record.sessions) < sessions and not self.record.enough:
                await self._one_session()
            while self.record.verdicts < verdicts and await self._one_case():
                self.record.verdicts += 1
        except CallFailed as error:
            self.record.trouble = str(error)
        return self.record

    async def _one_session(self) -> None:
        try:
            session = await self._visitor.start()
        except CallFailed as error:
            if error.code not in ENOUGH:
                raise
            self.record.enough = error.code
            return
        rounds = [await self._one_round(session["id"]) for _ in range(ROUNDS_TOTAL)]
        result = await self._visitor.result(session["id"])
        heard = []
        for (picture, answers), row in zip(rounds, result["rounds"], strict=True):
            if row["was_trap"]:
                self._listed.add(picture.sha256)
            heard += [_marked(answer, tainted=row["was_trap"]) for answer in answers]
        unasked = sum(not answers for _, answers in rounds)
        sharpness = result["sharpness"]["after"] or 0
        self.record.sessions.append(PlayedSession(result["score"], sharpness, tuple(heard), unasked))

    async def _one_round(self, session_id: str) -> tuple[Known, list[Heard]]:
        round_ = await self._visitor.next_round(session_id)
        picture = await self._look(round_)
        heard: list[Heard] = []
        try:
            await self._ask_and_judge(round_, picture, heard)
        except CallFailed as error:
            if error.code != TIME_IS_UP:
                raise
        return picture, heard

    async def _ask_and_judge(self, round_: Any, picture: Known, heard: list[Heard]) -> None:
        """Until an answer is flagged, the player has had enough, or none comes."""
        for _ in range(MOST_ANSWERS):
            question = await self._visitor.ask(round_["id"], self._question(picture))
            if question["state"] != "answered":
                break
            now = self._hear(round_["id"], picture, question)
            await self._visitor.judge(question["id"], "wrong" if now.flagged else "right")
            heard.append(now)
            if now.flagged:
                await self._correct(round_["id"], picture, now)
                return
            if self._person.random.random() >= ASKS_ON:
                break
        await self._visitor.pass_on(round_["id"])

    async def _look(self, shown: Any) -> Known:
        """Raises CallFailed for a picture that the crowd does not know."""
        picture = self._gallery.look(await self._visitor.picture(shown))
        if picture is None:
            raise CallFailed(
                "The server shows a picture that is none of the demo's scenes as drawn here.",
                status=0,
                code="unknown_picture",
            )
        return picture

    def _question(self, picture: Known) -> str:
        if asks_the_commonplace(self._person.behaviour):
            return ask_the_commonplace(self._person.random)
        return picture.question(self._person.random)

    def _hear(self, round_id: str, picture: Known, question: Any) -> Heard:
        text, answer = question["text"], question["answer"]
        wrong = picture.is_wrong(text, answer, talk=round_id)
        seems = bool(wrong)
        if asks_the_commonplace(self._person.behaviour):
            seems = (
                polarity(answer, text) is True
            )  # nobody looks: there is no spaceship, whatever else is said
        return Heard(text, answer, wrong, flagged=self._draws(flag_chance, picture, wrong=seems))

    def _draws(self, policy: Policy, picture: Known, *, wrong: bool) -> bool:
        """Whether the player says that the answer is wrong."""
        sight = Sight(
            wrong=wrong,
            complex_picture=picture.pool is Pool.COMPLEX,
            small_file=self._gallery.is_small(picture),
            listed=picture.sha256 in self._listed,
            sessions_before=len(self.record.sessions),
        )
        chance = policy(self._person.behaviour, self._person.eyes, sight)
        return self._person.random.random() < float(np.asarray(chance))

    async def _correct(self, round_id: str, picture: Known, heard: Heard) -> None:
        """What is right, as far as this player saw it: who flagged a right answer believes another one."""
        if self._person.random.random() >= CORRECTS:
            return
        question, is_wrong = heard.question, heard.wrong
        if not self._looks(picture):
            text = picture.guess(question, heard.answer, self._person.random)
        else:
            text = picture.truth(question) if is_wrong else picture.untruth(question)
        if text is not None:
            await self._visitor.correct(round_id, text)
            self.record.corrections += 1

    def _looks(self, picture: Known) -> bool:
        behaviour = self._person.behaviour
        poisons = behaviour is Behaviour.POISONER and picture.pool is Pool.COMPLEX
        return not (poisons or behaviour in LOOKS_AT_NOTHING)

    async def _one_case(self) -> bool:
        """Whether there was one."""
        case = await self._visitor.next_case()
        if case is None:
            return False
        picture = await self._look(case)
        said = [self._verdict(picture, case["question"], answer) for answer in case["answers"]]
        await self._visitor.give_verdict(case["id"], said)
        return True

    def _verdict(self, picture: Known, question: str, answer: str) -> str:
        wrong = picture.is_wrong(question, answer)
        if wrong is None:
            return "cannot_tell"
        return "wrong" if self._draws(accusal_chance, picture, wrong=wrong) else "right"


def _marked(heard: Heard, *, tainted: bool) -> Heard:
    return Heard(heard.question, heard.answer, heard.wrong, heard.flagged, tainted)

"""What the pictures show that a crowd may meet: the truth that its players see, each as well as they can."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from random import Random
from statistics import median

from gap_server.demo.answerer.answers import SLIPPED, answers_to, liar
from gap_server.demo.crowd.asking import ask_about
from gap_server.demo.scene.description import Scene
from gap_server.game.state import Pool
from gap_server.quality.agreement.rule import Sameness, agreement


@dataclass(frozen=True, slots=True)
class Known:
    """A picture as the crowd knows it. `sha256`: of the file as players get it; `size`: its bytes."""

    sha256: str
    size: int
    pool: Pool
    scene: Scene

    def question(self, random: Random) -> str:
        """What somebody asks about it."""
        return ask_about(self.scene, random)

    def truth(self, question: str) -> str | None:
        """The right answer; None where the question is not about the picture."""
        slipped = answers_to(self.scene, question, self.sha256, SLIPPED)
        return slipped.truth if slipped is not None else None

    def untruth(self, question: str) -> str | None:
        """A wrong answer, as somebody would give it who looked badly."""
        slipped = answers_to(self.scene, question, self.sha256, SLIPPED)
        return slipped.lie if slipped is not None else None

    def guess(self, question: str, answer: str, random: Random) -> str | None:
        """What somebody types instead of `answer` who has not looked; None for nothing at all."""
        del question, answer, random  # in words of their own people would have to look
        return None

    def is_wrong(self, question: str, answer: str, *, talk: str = "") -> bool | None:
        """Whether an answer does not fit the picture; None where it cannot be told by its words.

        `talk`: the id of the round in which it was given, where that is known: each has lies of its own.
        The demo answerer's own sentences are known exactly. Another model's words are compared with the truth
        as compliance checks compare them.
        """
        truth = self.truth(question)
        if truth is None:
            return None
        if answer in {self.untruth(question), self._lie(question, talk)} - {truth}:
            return True
        sameness = agreement(answer, truth, question).sameness
        return None if sameness is Sameness.UNCLEAR else sameness is Sameness.DIFFERENT

    def _lie(self, question: str, talk: str) -> str | None:
        told = answers_to(self.scene, question, self.sha256, liar(talk))
        return told.lie if told is not None else None


class Gallery:
    """Every picture that the crowd knows."""

    def __init__(self, pictures: Iterable[Known]) -> None:
        self._pictures = {picture.sha256: picture for picture in pictures}

    def look(self, file: bytes) -> Known | None:
        """The picture that a file shows; None where it is none of these."""
        return self._pictures.get(sha256(file).hexdigest())

    def is_small(self, picture: Known) -> bool:
        """Whether its file is smaller than most."""
        return picture.size < self._usual_size

    @cached_property
    def _usual_size(self) -> float:
        return median(picture.size for picture in self._pictures.values())

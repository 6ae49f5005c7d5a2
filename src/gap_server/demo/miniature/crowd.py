"""The miniature's pictures as its crowd knows them: asked and answered in its few words."""

from random import Random
from typing import Final

from gap_server.demo.crowd.gallery import Known
from gap_server.demo.miniature.questions import after, most_to_count, one_of, said_of, words_beside

HUNTING: Final = 0.4
"""How often somebody asks how many there are of what there is most of: where a model is bad is soon known."""

COUNTING: Final = 0.3
"""How often somebody who asks anything asks how many."""


class KnownInMiniature(Known):
    """Truth and untruth are one word each."""

    def question(self, random: Random) -> str:
        if random.random() < HUNTING:
            return most_to_count(self.scene).question
        return one_of(self.scene, random, counting=COUNTING).question

    def truth(self, question: str) -> str | None:
        fact = said_of(self.scene, question)
        return fact.truth if fact is not None else None

    def untruth(self, question: str) -> str | None:
        truth = self.truth(question)
        return after(truth) if truth is not None else None

    def guess(self, question: str, answer: str, random: Random) -> str | None:
        truth = self.truth(question)
        return random.choice(words_beside(truth, answer)) if truth is not None else None

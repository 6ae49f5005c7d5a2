"""A question about a scene, taken apart, and the two answers to it."""

import re
from dataclasses import dataclass

from gap_server.demo.answerer.dice import Dice
from gap_server.demo.answerer.english import asked_in_order, fold, plain
from gap_server.demo.answerer.phrases import Phrase, phrases_of
from gap_server.demo.scene.description import Scene
from gap_server.demo.scene.looks import OUTDOORS

NOT_ABOUT_THE_PICTURE = "NOT_ABOUT_THE_PICTURE"


@dataclass(frozen=True, slots=True)
class Pair:
    """What is so, and what is not: the same kind of sentence twice."""

    truth: str
    lie: str


@dataclass(frozen=True, slots=True)
class Asked:
    """`raw`: the whole question in plain words. `text`: what is asked in it, which `words` and `phrases`
    index.
    """

    scene: Scene
    raw: str
    text: str
    words: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    dice: Dice

    @property
    def first(self) -> Phrase:
        return self.phrases[0]

    def says(self, pattern: str) -> bool:
        return re.search(pattern, self.text) is not None

    def yes_or_no(self) -> bool:
        return self.says(r"^(is|are|does|do|has|have|was|were|can|could|did)\b")

    def gap(self, i: int) -> str:
        """The words between phrase `i` and the next one (or the end)."""
        end = self.phrases[i + 1].start if i + 1 < len(self.phrases) else len(self.words)
        return " ".join(self.words[self.phrases[i].end : end])

    def narrowing(self) -> str:
        """`in the water`, `next to the house`: what narrows the first phrase, in the asker's words, after a
        space.
        """
        if len(self.phrases) < 2:
            return ""
        words = " ".join(self.words[self.first.end : self.phrases[1].end])
        words = re.sub(r"^(that |which )?(is|are) ", "", words)
        related = re.match(
            r"(\w+ing )?(in|on|to|left|right|next|near|above|below|under|behind|beside|between)\b", words
        )
        return f" {words}" if related else ""

    def before(self) -> str:
        """The words before the first phrase."""
        return " ".join(self.words[: self.first.start]) if self.phrases else self.text


def taken_apart(scene: Scene, question: str, picture: str, role: str) -> Asked:
    """`picture` names the picture, `role` the one who would be wrong (see Dice)."""
    raw = plain(question)
    text = asked_in_order(raw)
    words = text.split()
    dice = Dice(f"{picture}|{fold(question)}", role)
    phrases = tuple(phrase for phrase in phrases_of(words) if not _many_of_them(scene, phrase))
    return Asked(scene, raw, text, tuple(words), phrases, dice)


def _many_of_them(scene: Scene, phrase: Phrase) -> bool:
    """Houses and buses have windows that no description counts: only rooms have windows to be asked for."""
    return phrase.kinds == frozenset({"window"}) and scene.setting in OUTDOORS

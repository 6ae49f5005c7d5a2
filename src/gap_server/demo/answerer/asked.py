"""A question about a scene, taken apart, put to one world."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.claims import What
from gap_server.demo.answerer.english.spelling import asked_in_order, plain
from gap_server.demo.answerer.finding import Found
from gap_server.demo.answerer.lexicon import GROUNDS, NOUNS, SOMEBODY
from gap_server.demo.answerer.narrowing import meant
from gap_server.demo.answerer.phrases import Phrase, phrases_of
from gap_server.demo.answerer.prepositions import relation_in
from gap_server.demo.scene.description import Scene, Thing
from gap_server.demo.scene.kinds import KINDS
from gap_server.demo.scene.looks import OUTDOORS
from gap_server.demo.scene.worlds import World

_NARROWING = re.compile(
    r"((that|which) )?((is|are) )?((\w+ing|lies?|stands?|sits?|fly|flies|floats?|swims?"
    r"|parked|placed|kept|not) )?"
    r"(in|on|off|outside|at|to|left|right|next|near|above|over|below|under|behind|beside|between|by|close)\b"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """`raw`: the whole question in plain words. `text`: what is asked in it, which `words` and `phrases`
    index. `lean`: what to say to yes or no where people looking might disagree; None: neither.
    """

    world: World
    raw: str
    text: str
    words: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    lean: bool | None = None

    @property
    def scene(self) -> Scene:
        return self.world.scene

    @property
    def first(self) -> Phrase:
        return self.phrases[0]

    def says(self, pattern: str) -> bool:
        return patterns.search(pattern, self.text) is not None

    def yes_or_no(self) -> bool:
        return self.says(r"^(is|are|does|do|has|have|was|were|can|could|did)\b")

    @property
    def somebody(self) -> Phrase | None:
        """Whom `who` asks for: none of the things."""
        return Phrase(SOMEBODY, 0, 0) if self.words[:1] == ("who",) else None

    def gap(self, i: int) -> str:
        """The words between phrase `i` and the next one (or the end)."""
        end = self.phrases[i + 1].start if i + 1 < len(self.phrases) else len(self.words)
        return " ".join(self.words[self.phrases[i].end : end])

    def before(self) -> str:
        """The words before the first phrase."""
        return " ".join(self.words[: self.first.start]) if self.phrases else self.text

    def what(self, i: int = 0) -> What:
        """Phrase `i` with what narrows it: `ducks in the water`."""
        phrase, gap = self.phrases[i], self.gap(i)
        if i + 1 >= len(self.phrases) or phrase.backdrop or " than" in f" {gap}":
            return What(phrase)
        relation = relation_in(gap) if _NARROWING.match(gap) else None
        if relation is None:
            return What(phrase)
        pair = (
            relation == "between"
            and self.gap(i + 1) in {"and", "and the", "and a"}
            and i + 2 < len(self.phrases)
        )
        return What(phrase, relation, self.phrases[i + 1], self.phrases[i + 2] if pair else None)

    def meant(self, what: What) -> Found:
        return meant(self.world, what)

    def spoken_of(self, what: What) -> tuple[Thing, ...]:
        """What is described: where one thing is seen, one is spoken of, however many are told of."""
        found = self.meant(what)
        things = found.sure or found.maybe
        wide = what.phrase.generic or what.phrase.backdrop or len({thing.kind for thing in things}) > 1
        wide = wide or any(KINDS[thing.kind].backdrop for thing in things)
        several = wide or what.phrase.kinds & self.world.several
        return things if several else things[:1]

    def told_of(self, what: What) -> int:
        """How many are spoken of: where several are seen and asked for, several are, in a false world too."""
        n = len(self.spoken_of(what))
        return 2 if n == 1 and what.phrase.noun.plural and what.phrase.kinds & self.world.several else n


def taken_apart(world: World, question: str) -> Asked:
    """The question in plain English words (see `languages`)."""
    raw = plain(question)
    text = asked_in_order(raw)
    words = text.split()
    seen = (_as_seen(world.scene, _as_named(world, phrase, words)) for phrase in phrases_of(words))
    phrases = tuple(phrase for phrase in seen if not _many_of_them(world.scene, phrase))
    return Asked(world, raw, text, tuple(words), phrases)


# What people call a part of the place that has another name here.
_CALLED: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (frozenset({"house"}), frozenset({"building"})),
    (frozenset({"building"}), frozenset({"house"})),
    (frozenset({"road", "pavement"}), frozenset({"path"})),
    (frozenset({"table"}), frozenset({"counter"})),
    (frozenset({"counter"}), frozenset({"table"})),
    (frozenset({"floor"}), frozenset({"table", "counter"})),
    (frozenset({"floor"}), frozenset({"quay"})),
)


def _as_named(world: World, phrase: Phrase, words: Sequence[str]) -> Phrase:
    """`the bird` is no duck where there is one bird; but a duck is a bird."""
    own, before = phrase.noun.one, words[phrase.start - 1] if phrase.start else ""
    wide = before in {"a", "an", "any"} or " ".join(words[:2]) in {"is there", "are there"}
    one = not (phrase.noun.plural or own in world.several) and own in phrase.kinds
    if wide or not one or all(thing.kind != own for thing in world.scene.things):
        return phrase
    return replace(phrase, noun=replace(phrase.noun, kinds=frozenset({own})))


def _as_seen(scene: Scene, phrase: Phrase) -> Phrase:
    """The phrase with its kinds as this place has them: a street's houses are its buildings."""
    there = {thing.kind for thing in (*scene.things, *scene.backdrop)}
    if phrase.noun.one == "star" and "starfish" in there:
        return replace(phrase, noun=NOUNS[("starfish",)])
    if phrase.noun.one == "animal" and "teddy bear" in there and not phrase.kinds & there:
        return replace(phrase, noun=replace(phrase.noun, kinds=phrase.kinds | {"teddy bear"}))
    if not phrase.kinds or phrase.kinds & there:
        return phrase
    for called, kinds in _CALLED:
        if phrase.kinds <= called and kinds & there:
            own = KINDS[min(kinds & there)]
            noun = replace(phrase.noun, kinds=kinds & there)
            if own.name not in GROUNDS:
                noun = replace(noun, one=own.name, many=own.plural)
            return replace(phrase, noun=noun)
    return phrase


def _many_of_them(scene: Scene, phrase: Phrase) -> bool:
    """Houses and buses have windows that no description counts: only rooms have windows to be asked for."""
    return phrase.kinds == frozenset({"window"}) and scene.setting in OUTDOORS

"""Which things of a scene a phrase means by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from gap_server.demo.answerer.claims import What
from gap_server.demo.answerer.lexicon import NOUNS
from gap_server.demo.answerer.measures import EXTREMES, extreme, middle_of
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Scene, Thing
from gap_server.demo.scene.kinds import KINDS
from gap_server.demo.scene.looks import SETTINGS
from gap_server.demo.scene.relations import Verdict

AIRY = frozenset({"sky", "air"})
PLACE_WORDS = frozenset(word for name, others in SETTINGS.items() for word in (name, *others))


@dataclass(frozen=True, slots=True)
class Found:
    """`sure` are meant; of `maybe`, people might disagree."""

    sure: tuple[Thing, ...]
    maybe: tuple[Thing, ...] = ()

    @property
    def all(self) -> tuple[Thing, ...]:
        return self.sure + self.maybe


def named(scene: Scene, phrase: Phrase) -> list[Thing]:
    """Things of the phrase's kinds, colour and word, wherever they are."""
    pool = [*scene.things, *scene.backdrop]
    things = [thing for thing in pool if thing.kind in phrase.kinds]
    if phrase.colour:
        things = [thing for thing in things if thing.colour == phrase.colour]
    if phrase.word:
        things = [thing for thing in things if thing.word and thing.word.lower() == phrase.word]
    if phrase.lettered is not None:
        things = [thing for thing in things if is_lettered(thing) is phrase.lettered]
    return things


def ranked(scene: Scene, phrase: Phrase | None) -> list[Thing]:
    """Among which the most so is sought: all things, or those that a phrase names, of whatever side or size;
    parts of the place where it names no thing that is there.
    """
    own = [
        thing
        for thing in (*scene.things, *scene.backdrop)
        if phrase is None or (thing.kind in phrase.kinds and phrase.colour in {None, thing.colour})
    ]
    things = [thing for thing in own if is_thing(thing)]
    return things if things or phrase is None else own


def find(scene: Scene, phrase: Phrase) -> Found:
    """All that the phrase means. A superlative, or a side where there is one thing, means one."""
    things = named(scene, phrase)
    if phrase.region == "middle" and not phrase.noun.plural and (between := middle_of(things)):
        return Found((between,))
    if phrase.region:
        found = _in_region(things, phrase.region)
        if not phrase.noun.plural and not found.sure:
            pool = found.maybe or (things if phrase.definite and len(things) > 1 else ())
            return Found(tuple(extreme(pool, EXTREMES.get(phrase.region.split()[-1], ""))[:1]))
        if not phrase.noun.plural and phrase.definite and len(found.all) > 1:
            return Found(tuple(extreme(found.all, EXTREMES.get(phrase.region.split()[-1], ""))[:1]))
        things, maybe = list(found.sure), found.maybe
    else:
        maybe = ()
    if phrase.size and things:
        return Found(tuple(extreme(things, phrase.size)[:1]))
    return Found(tuple(things), maybe)


def _in_region(things: Sequence[Thing], region: str) -> Found:
    verdicts = [(thing, relations.lies(thing, region)) for thing in things]
    if region == "middle" and not any(verdict for _, verdict in verdicts):
        verdicts = [(thing, relations.lies(thing, "centre")) for thing in things]
    return split(verdicts)


def split(verdicts: Sequence[tuple[Thing, Verdict]]) -> Found:
    sure = tuple(thing for thing, verdict in verdicts if verdict)
    return Found(sure, tuple(thing for thing, verdict in verdicts if verdict is None))


def is_lettered(thing: Thing) -> bool:
    return thing.word is not None and thing.kind != "clock"


def is_thing(thing: Thing) -> bool:
    return not KINDS[thing.kind].backdrop


def nominal(thing: Thing) -> str:
    """The region of GRID in which a thing is seen, rather than any other."""
    low, high = relations.MIDDLE
    across = "left" if thing.box.x < low else ("right" if thing.box.x > high else "centre")
    down = "top" if thing.box.y < 0.3 else ("bottom" if thing.box.y > 0.75 else "")
    return f"{down} {across}".strip()


def of_kind(kind: str, *, many: bool = True) -> What:
    """A kind by its own name."""
    return What(Phrase(NOUNS[tuple((KINDS[kind].plural if many else kind).split())], 0, 0))

"""Of what size: by what else is there, or by the height of the picture."""

from collections import Counter
from dataclasses import replace

from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Answer, Missing, Sized, Spans, What
from gap_server.demo.answerer.finding import of_kind
from gap_server.demo.answerer.measures import SHARES, every
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Thing

_ASKS = r"^(what|which|of what) size\b|\bhow (big|large|small|tall|high) (is|are) the\b|\bthe size of\b"


def what_size(asked: Asked) -> Answer | None:
    """`what size is the dog`, `how big is the house`."""
    if not asked.phrases or asked.first.generic or not asked.says(_ASKS) or len(asked.phrases) > 2:
        return None
    what = asked.what()
    what = replace(what, phrase=what.phrase.without_size()) if what.phrase.placed_after else what
    things = asked.spoken_of(what)
    if what.phrase.colour and not what.phrase.noun.plural:  # the red one, also where a lie knows of two
        things = things[:1]
    if not things:
        return Answer((Missing(what),), subject=what)
    other = _clearly_unlike(asked, things)
    if other is None:
        height = max(thing.box.height for thing in things)
        share = min(SHARES, key=lambda share: abs(share - height))
        return Answer((Spans(what, share, asked.told_of(what)),), subject=what)
    order = "largest" if relations.larger(things[0], other) else "smallest"
    plural = replace(what.phrase, noun=replace(what.phrase.noun, plural=len(things) > 1))
    return Answer((Sized(order, What(plural), _told_apart(asked, other), own=True),), subject=what)


def _clearly_unlike(asked: Asked, things: tuple[Thing, ...]) -> Thing | None:
    """What all of them clearly are larger than, or smaller; of several, the nearest to them in size."""
    kinds = {thing.kind for thing in things}
    looks = Counter((thing.kind, thing.colour) for thing in asked.scene.things)
    others = [t for t in asked.scene.things if t.kind not in kinds and looks[t.kind, t.colour] == 1]
    clear = [
        other
        for other in others
        if every(relations.larger(thing, other) for thing in things)
        or every(relations.larger(other, thing) for thing in things)
    ]
    own = things[0].box.width * things[0].box.height
    return min(clear, key=lambda t: max(own, s := t.box.width * t.box.height) / min(own, s), default=None)


def _told_apart(asked: Asked, thing: Thing) -> What:
    alone = sum(other.kind == thing.kind for other in asked.scene.things) == 1
    what = of_kind(thing.kind, many=False)
    return what if alone else replace(what, phrase=replace(what.phrase, colour=thing.colour))

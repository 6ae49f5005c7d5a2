"""Of which things it is asked, where one asks what stands to something."""

from collections.abc import Callable, Sequence

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.finding import AIRY
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.reading.gathering import is_wanted
from gap_server.demo.answerer.reading.related import verdict_of
from gap_server.demo.answerer.standing import SHINING, neighbours, on, parts_on
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Thing

_POSED: tuple[tuple[str, Callable[[Thing], bool]], ...] = (
    (r"\b(flying|hanging|hovering)\b", lambda thing: thing.ground in AIRY),
    (r"^(what|which|who)\b.*\bswimming\b", lambda thing: thing.ground == "sea"),
    (r"^(what|which|who)\b.*\b(lying|sitting|standing on)\b", lambda thing: thing.ground not in AIRY),
)
_ON_FOOT = r"\b(walk(ing|ed)?|bump|run into|stumble|trip|step(ping)?)\b"
_CRAWLERS = frozenset({"turtle", "snail", "crab"})


def asked_of(
    asked: Asked, relation: str, anchors: Sequence[Thing], phrase: Phrase, wanted: Phrase | None
) -> list[Thing]:
    """Of what things it is asked: what flies is behind nothing, and what is above is not aside."""
    pool = [t for t in asked.scene.things if is_wanted(t, wanted) and t not in anchors]
    pool = _before(asked, pool, anchors) if relation == "in front of" else pool
    if relation == "on" and (wanted is None or wanted.generic):
        tint = wanted.colour if wanted else None
        pool += [part for part in parts_on(asked.scene, phrase) if tint in {None, part.colour}]
    if patterns.search(_ON_FOOT, asked.raw):
        pool = [t for t in pool if t.ground not in AIRY | {"sea"}]
    fits = next((fits for pattern, fits in _POSED if asked.says(pattern)), None)
    if fits:
        pool = [t for t in pool if fits(t)]
    elif relation in {"behind", "in front of"} and not phrase.backdrop:
        pool = [t for t in pool if t.ground not in AIRY or any(a.ground in AIRY for a in anchors)]
    if asked.says(r"\bcrawl") and any(thing.kind in _CRAWLERS for thing in pool):
        pool = [t for t in pool if t.kind in _CRAWLERS]
    if relation == "beside" and (wanted is None or wanted.generic):
        pool = [t for t in neighbours(asked.scene, anchors) if wanted is None or is_wanted(t, wanted)]
    if relation in {"below", "above"} and (wanted is None or wanted.generic or wanted.kinds & SHINING):
        shining = [part for part in asked.scene.backdrop if part.kind in SHINING and part not in anchors]
        pool += [part for part in shining if is_wanted(part, wanted) or (wanted and wanted.generic)]
    if relation in {"left of", "right of"} and phrase.kinds != {"path"}:
        pool = _aside(asked, relation, pool, anchors, phrase) or pool
    if relation in {"below", "above"} and (not phrase.backdrop or phrase.kinds <= SHINING):
        pool = [t for t in pool if any(relations.upright(t, anchor) for anchor in anchors)]
    return pool


def _aside(
    asked: Asked, relation: str, pool: Sequence[Thing], anchors: Sequence[Thing], phrase: Phrase
) -> list[Thing]:
    """What is at that side of it, and neither over, under nor on it."""
    return [
        thing
        for thing in pool
        if verdict_of(asked, relation, (thing,), anchors, phrase)
        and any(relations.aside(asked.scene, thing, anchor) for anchor in anchors)
        and not (phrase.backdrop and on(asked.scene, thing, phrase) and not _past_edge(thing, anchors))
    ]


def _past_edge(thing: Thing, anchors: Sequence[Thing]) -> bool:
    """What hangs over the edge of a window is beside it where its middle is."""
    panes = [anchor.box for anchor in anchors if anchor.kind == "window"]
    return bool(panes) and not any(pane.left < thing.box.x < pane.right for pane in panes)


def _before(asked: Asked, pool: Sequence[Thing], anchors: Sequence[Thing]) -> list[Thing]:
    """Of what looks to a side, what is near on that side; else what hides a part of it, or stands below. In a
    false world, where it looks the other way, something is there all the same.
    """
    if not any(anchor.facing in {"left", "right"} for anchor in anchors):
        return list(pool)
    there = [t for t in pool if any(relations.ahead(asked.scene, t, anchor) for anchor in anchors)]
    there = there or [t for t in pool if any(relations.upright(t, anchor) for anchor in anchors)]
    return there or (list(pool) if asked.world.false else [])


def as_asked(
    asked: Asked, relation: str, near: list[Thing], anchors: Sequence[Thing], phrase: Phrase
) -> list[Thing]:
    """What is further back on the rug is not above it; of what stands, what flies or swims is told only where
    nothing else is there.
    """
    if relation == "above" and phrase.backdrop:
        near = [t for t in near if t.ground in AIRY] or near
    aligned = relation in {"behind", "in front of"} and not phrase.backdrop and not asked.world.false
    if aligned:  # nothing far aside is behind it; a lie has as many to choose from as before
        near = [t for t in near if any(relations.upright(t, a) for a in anchors)] or near
    if asked.says(r"\bstanding\b(?! on\b)"):
        near = [t for t in near if t.ground not in AIRY | {"sea"}] or near
    return near


def doubtful(
    relation: str, pool: Sequence[Thing], anchors: Sequence[Thing], wanted: Phrase | None
) -> list[Thing]:
    """Where nothing clearly stands there, what might; behind something, what is half hidden by it."""
    if relation == "in front of" or (relation == "behind" and not (wanted and anchors)):
        return []
    if relation == "behind":
        front = anchors[0].box
        return [t for t in pool if t.box.overlap(front) and t.box.bottom < front.bottom][:1]
    return list(pool[:1])

"""What is between things, and what is in the middle of a ground."""

from dataclasses import replace

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import (
    Answer,
    Between,
    Missing,
    Shown,
    What,
    Where,
)
from gap_server.demo.answerer.finding import AIRY, named
from gap_server.demo.answerer.measures import some
from gap_server.demo.answerer.phrases import PLACE, Phrase, region_of
from gap_server.demo.answerer.reading.gathering import is_wanted, one_by_one
from gap_server.demo.answerer.reading.placing import places
from gap_server.demo.answerer.standing import OPPOSITES, on, parts_on
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Thing


def is_between(asked: Asked) -> Answer | None:
    what = What(asked.first)
    first = asked.meant(what).all
    whats = tuple(What(phrase) for phrase in asked.phrases[1:3])
    outer = [thing for other in whats for thing in asked.meant(other).all]
    own = asked.first
    if len(whats) == 1 and own.kinds == whats[0].phrase.kinds:  # `between the other two boats`
        if not (own.colour or own.region or own.size):
            return None
        outer = [thing for thing in outer if thing not in first[:1]]
    if not first:
        return Answer((Missing(what),), yes=False, subject=what)
    if len(outer) < 2:
        return None
    verdict = relations.between(first[0], outer[0], outer[-1])
    if verdict is None:
        return Answer((places(asked, what),), subject=what)
    return Answer((Between(what, whats, verdict),), verdict, what)


def what_is_amid(asked: Asked) -> Answer | None:
    """`what is in the middle of the rug`: of what is on it, the nearest to its middle."""
    if not asked.phrases or not asked.says(r"^(what|which|who)\b.*\b(middle|centre) of (the )?\w+$"):
        return None
    whole = What(asked.phrases[-1].without_region())
    grounds = [part for part in asked.scene.backdrop if part.kind in whole.phrase.kinds]
    if not grounds:
        return None
    there = [thing for thing in asked.scene.things if on(asked.scene, thing, whole.phrase)]
    there = sorted(there, key=lambda thing: relations.off_centre(thing, grounds[0]))
    where = Where("middle", "on", (whole,))
    parts = one_by_one(there[:1]) if there and relations.off_centre(there[0], grounds[0]) < 0.6 else ()
    return Answer((Shown(parts, where),))


def as_placed(asked: Asked, relation: str, ground: Phrase) -> tuple[str, Phrase, str | None]:
    """`next to the window on the left` is left of the only window; `right of the tent at the bottom` asks who
    is at the bottom; and `on the right on the sand` is told of the sand as `on the sand on the right`.
    """
    before = patterns.search(rf"^(?:what|who|which)\b.*? {PLACE} on(?: the)?$", asked.before())
    if relation == "on" and ground.backdrop and ground.region is None and before:
        return relation, replace(ground, region=region_of(before), placed_after=True), None
    whole = ground.without_region()
    alone = asked.world.false or len(named(asked.scene, whole)) == 1
    if not (ground.placed_after and ground.region and alone):
        return relation, ground, None
    if relation == "beside" and ground.region in {"left", "right"}:
        return f"{ground.region} of", whole, None
    return (relation, whole, ground.region) if relation in OPPOSITES else (relation, ground, None)


def on_a_side(asked: Asked, relation: str, ground: Phrase, wanted: Phrase | None) -> Answer | None:
    """`what is on the floor on the right`: of what is on it, what is seen on that side."""
    side = "centre" if ground.region == "middle" else ground.region
    whole = replace(ground, region=None)
    parts = [part for part in asked.scene.backdrop if part.kind in whole.kinds]
    if relation != "on" or not ground.placed_after or side is None or len(parts) != 1:
        return None
    pool = [t for t in asked.scene.things if is_wanted(t, wanted) and on(asked.scene, t, whole)]
    if wanted is None or wanted.generic:
        pool += parts_on(asked.scene, whole)
    verdicts = [(thing, relations.lies(thing, side)) for thing in pool]
    there = [thing for thing, verdict in verdicts if verdict]
    there = there or [thing for thing, verdict in verdicts if verdict is None][:1]
    where = Where(side, "on", (What(whole),))
    return Answer((Shown(one_by_one(there), where, wanted),))


def _mirrored(thing: Thing) -> Thing:
    box = thing.box
    return replace(thing, box=replace(box, left=1 - box.right, right=1 - box.left))


def what_between(asked: Asked, anchor: int, wanted: Phrase | None) -> Answer | None:
    joined = patterns.search(r"\band\b", asked.gap(anchor)) is not None  # `between the crabs on the sand`
    whats = tuple(What(phrase) for phrase in asked.phrases[anchor : anchor + 1 + joined])
    outer = [asked.meant(what).all for what in whats]
    gone = [what for what, things in zip(whats, outer, strict=True) if not things]
    if gone:
        return Answer((Missing(gone[0]),), subject=gone[0])
    if len(outer) == 1:
        if len(outer[0]) < 2 and not asked.world.false:
            return None
        row = sorted(outer[0], key=lambda thing: thing.box.x)
        outer = [(row[0],), (row[-1] if len(row) > 1 else _mirrored(row[0]),)]
    grounds = (part for part in asked.scene.backdrop if wanted and part.kind in wanted.kinds)
    pool = (*asked.scene.things, *grounds)
    if wanted and patterns.search(r"^(what|who)\b.*\b(on|in|along|at)( the)?$", asked.before()):
        upon = [t for t in asked.scene.things if on(asked.scene, t, wanted) is not False]
        pool, wanted = tuple(upon) or asked.scene.things, None
    verdicts = {t: some(relations.between(t, b, c) for b in outer[0] for c in outer[1]) for t in pool}
    if not any(thing.ground in AIRY for things in outer for thing in things):
        verdicts = {t: verdict for t, verdict in verdicts.items() if t.ground not in AIRY}
    ends = {thing for things in outer for thing in things}
    ends |= {thing for what in whats for thing in asked.meant(what).all}  # no tree stands between the trees
    both = [thing for things in outer for thing in things]
    low, high = min(t.box.top for t in both), max(t.box.bottom for t in both)
    level = {t: v for t, v in verdicts.items() if low < t.box.y < high}
    verdicts = level if any(level[t] and t not in ends and is_wanted(t, wanted) for t in level) else verdicts
    inner = {t: v for t, v in verdicts.items() if v is not False and t not in ends and is_wanted(t, wanted)}
    near = sorted(
        [t for t in inner if inner[t]] or [t for t in inner if t in level][:1],
        key=lambda t: (
            relations.apart(asked.scene, t, outer[0][0]) + relations.apart(asked.scene, t, outer[1][0])
        ),
    )
    where = Where(relation="between", others=whats)
    return Answer((Shown(one_by_one(near[:2]), where, wanted),), subject=whats[0])

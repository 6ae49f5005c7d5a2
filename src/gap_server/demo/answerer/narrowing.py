"""Which things a phrase means with what narrows it: `the car left of the tree`, `ducks in the water`."""

from collections.abc import Sequence

from gap_server.demo.answerer.claims import What
from gap_server.demo.answerer.finding import AIRY, Found, find, split
from gap_server.demo.answerer.measures import away, some
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.standing import TO_ONE, between, holds, off, on
from gap_server.demo.scene.description import Scene, Thing
from gap_server.demo.scene.worlds import World, usual_pose


def meant(world: World, what: What) -> Found:
    """What is meant, narrowed: `the car left of the tree`, `ducks in the water`."""
    scene = world.scene
    found = find(scene, what.phrase)
    if what.pose:  # whom one speaks of is known by what is drawn, whatever is told of what they do
        found = Found(
            *(tuple(t for t in part if is_like(t, what.pose)) for part in (found.sure, found.maybe))
        )
    if what.facing:
        found = Found(
            *(tuple(t for t in part if world.facing(t) == what.facing) for part in (found.sure, found.maybe))
        )
    if what.colour:
        found = Found(*(_of_colour(part, what) for part in (found.sure, found.maybe)))
    if what.relation is None or what.other is None:
        return found
    narrowed = _narrowed(scene, found, what.relation, what.other, what.last)
    one = what.phrase.definite and not what.phrase.noun.plural and what.relation in TO_ONE
    return _the_nearest(scene, narrowed, find(scene, what.other).all) if one else narrowed


def _the_nearest(scene: Scene, found: Found, others: Sequence[Thing]) -> Found:
    """`the sign next to the cat` is one: of several, the nearest."""
    pool = found.sure or found.maybe
    return Found(tuple(sorted(pool, key=lambda thing: away(scene, thing, others))[:1]))


LIKE_POSES = {"floating": {"swimming", "flying"}, "swimming": {"floating"}, "flying": {"floating"}}


def is_like(thing: Thing, told: str, pose: str = "") -> bool:
    """Whether it does that (usually, or in `pose`): a balloon floats or flies, a boat floats or swims."""
    pose = pose or usual_pose(thing)
    like = LIKE_POSES.get(pose, set()) - ({"swimming"} if thing.ground in AIRY else {"flying"})
    return told == pose or told in like


def _of_colour(things: tuple[Thing, ...], what: What) -> tuple[Thing, ...]:
    return tuple(thing for thing in things if (thing.colour == what.colour) is not what.unlike)


def _narrowed(scene: Scene, found: Found, relation: str, other: Phrase, last: Phrase | None) -> Found:
    others, lasts = find(scene, other).all, () if last is None else find(scene, last).all
    if relation == "on":
        verdicts = [(thing, on(scene, thing, other)) for thing in found.all]
    elif relation == "off":
        verdicts = [(thing, off(scene, thing, other)) for thing in found.all]
    elif relation == "between":
        verdicts = [(thing, between(thing, others, lasts)) for thing in found.all]
    else:
        verdicts = [
            (thing, some(holds(scene, relation, thing, one) for one in others)) for thing in found.all
        ]
    doubtful = [(thing, None if verdict and thing in found.maybe else verdict) for thing, verdict in verdicts]
    return split(doubtful)

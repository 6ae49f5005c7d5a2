"""Where."""

from dataclasses import replace

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Answer, Claim, Ground, Missing, Places, Sized, What
from gap_server.demo.answerer.finding import nominal
from gap_server.demo.answerer.grounds import EDGE, ground_of
from gap_server.demo.answerer.lexicon import colour_named
from gap_server.demo.answerer.phrases import PLACE, region_of
from gap_server.demo.scene import relations


def where(asked: Asked) -> Answer | None:
    """`where is the dog`, `on which side is the cat`, `which lamp is blue, the left one or the right one`."""
    asks = asked.says(
        r"\bwhere\b|\b(which|what) (side|part|corner|half|position)\b|\b(location|position) of\b"
    )
    sides = asked.says(
        r"\bleft or (\w+ ){0,3}right\b|\bright or (\w+ ){0,3}left\b"
        r"|\b(top|bottom) or (\w+ ){0,3}(top|bottom)\b"
    )
    if not (asks or sides) or not asked.phrases or asked.says(r"\bsize\b|\bof the (?!picture)\w+ .* of the"):
        return None
    if sides and len(asked.phrases) > 1 and asked.says(r"\bof (the )?\w+"):
        return None
    phrase = asked.first.without_region() if asked.first.placed_after and sides else asked.first
    tint = patterns.search(r"\b(?:is|are) (\w+) (?:on )?(?:the )?(?:left|right)", asked.text)
    colour = colour_named(tint[1]) if tint else None
    what = What(phrase, colour=colour) if colour and not phrase.colour else What(phrase)
    return Answer((_side(asked, what) if sides else places(asked, what),), subject=what)


def _side(asked: Asked, what: What) -> Claim:
    """On which side of the others of its kind, where it is told apart by its colour."""
    plain = What(replace(what.phrase, colour=None))
    things, others = asked.meant(what).all, asked.meant(plain).all
    if len(things) != 1 or len(others) < 2:
        return places(asked, what)
    thing = things[0]
    rest = [other for other in others if other is not thing]
    right = thing.box.x > sum(other.box.x for other in rest) / len(rest)
    if len(rest) == 1:
        other = What(replace(what.phrase, colour=rest[0].colour))
        own = What(replace(what.phrase, colour=what.colour or what.phrase.colour))
        return Sized("rightmost" if right else "leftmost", own, other)
    return Places(what, ("right" if right else "left",), 1)


def places(asked: Asked, what: What) -> Claim:
    """Where what is meant is seen."""
    things = asked.meant(what).all
    if not things:
        return Missing(what)
    if len(asked.spoken_of(what)) == 1:
        things = things[:1]
    regions = tuple(dict.fromkeys(nominal(thing) for thing in things))
    return Places(what, regions, max(len(things), asked.told_of(what)))


def is_placed(asked: Asked) -> Answer | None:
    """`is the dog on the left`, `are the boats in the middle`."""
    if asked.yes_or_no() and asked.says(r"\bin (the|a) corner$") and len(asked.phrases) == 1:
        what = What(asked.first)
        claim = places(asked, what)
        corner = isinstance(claim, Places) and all(" " in region for region in claim.regions)
        return Answer((claim,), corner and "centre" not in str(claim), what)
    asks = patterns.search(rf"(?P<all>{PLACE})$", asked.text)
    if not (asks and asked.yes_or_no() and asked.phrases) or asked.says(r"\bthere\b"):
        return None
    if len(asked.phrases) > 1 and not asked.phrases[-1].backdrop:
        return None
    name = region_of(asks)
    what = What(asked.first.without_region() if asked.first.placed_after else asked.first)
    claim = places(asked, what)
    if not isinstance(claim, Places):
        return Answer((claim,), yes=False, subject=what)
    things = asked.spoken_of(what) if claim.n == 1 else asked.meant(what).all
    verdicts = {relations.lies(thing, name) for thing in things}
    yes = verdicts.pop() if len(verdicts) == 1 else asked.lean
    return Answer((claim,), yes, what)


def standing_on(asked: Asked) -> Answer | None:
    """`what is the robot standing on`."""
    if not asked.phrases or not asked.says(
        r"^(what|where|on what).*\b(on|in)$|^on what|^what (kind of )?(surface|ground)"
    ):
        return None
    what = asked.what()
    things = asked.spoken_of(what)
    if not things or not things[0].ground:
        return None
    ground = ground_of(asked.scene, things[0]).removeprefix(EDGE)  # the ground itself, and not where on it
    return Answer((Ground(what, asked.world.ground(ground), len(things)),), subject=what)

"""What is seen on a thing: the roof of a house, wheels, a collar, a hat."""

from collections.abc import Sequence
from dataclasses import replace

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Answer, Has, Missing, Shown, Stated, What
from gap_server.demo.answerer.finding import of_kind
from gap_server.demo.answerer.lexicon import KNOWN, OTHER_WORDS, Noun, colour_named, number_named
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.reading.colouring import coloured
from gap_server.demo.answerer.reading.counting import count_of
from gap_server.demo.answerer.reading.gathering import one_by_one
from gap_server.demo.answerer.reading.part_names import as_drawn, holder_of, part_named, where_named
from gap_server.demo.scene.details import DETAILS, Detail
from gap_server.demo.scene.kinds import plural_of

_RAYS = {"arm": "ray", "leg": "ray", "paw": "ray", "tip": "ray"}
_INSIDE = r"\b(inside|insides|inner|interior|within)\b"
_TURNED, _ENDS = r"\b(way|direction|facing|turned|point\w*)\b", r"\b(spouts?|beaks?|noses?|tips?|faces?)\b"
POINTED = rf"{_TURNED}.*{_ENDS}|{_ENDS}.*{_TURNED}"


def nose_of_carrot(asked: Asked) -> Answer | None:
    """`does the snowman have a carrot`: its nose is one, as everybody sees it."""
    if not asked.says(r"\bsnowm[ae]n\b.*\bcarrots?\b|\bcarrots?\b.*\bsnowm[ae]n\b") or "carrot" in {
        thing.kind for thing in asked.scene.things
    }:
        return None
    what = next(What(phrase) for phrase in asked.phrases if phrase.kinds == {"snowman"})
    if not asked.spoken_of(what):
        return None
    return _told(asked, "nose", what, "snowman")


def on_it(asked: Asked) -> Answer | None:
    """`what colour is the roof of the house`, `how many wheels has the bicycle`, `has the dog a tail`."""
    within = {
        i
        for phrase in asked.phrases
        if len(phrase.noun.one.split()) > 1
        for i in range(phrase.start, phrase.end)
    }
    at = next((i for i in where_named(asked.words) if i not in within), None)
    elsewhere = asked.says(
        r"^where\b|\bbetween\b|^(is|are|what|who|which) .*\b(next to|behind|under|above|over|beside|near)\b"
    )
    if at is None or elsewhere or asked.says(POINTED) or asked.says(rf"\bwith (a |the )?{asked.words[at]}$"):
        return None  # `the ball with stripes` is the ball
    part = part_named(asked.words[at])
    if part == "plate" and asked.says(r"^what (is|are|lies|stands)?\b.*\bon (the|a|that) plate$"):
        return _on_the_plate(asked)
    if asked.says(r"^how many\b") and asked.phrases and asked.first.kinds and asked.first.end <= at:
        return None if _is_drawn_apart(asked, part) else _having(asked, part)
    holder = holder_of(asked, part, at)
    if holder is None:
        return None
    things = asked.spoken_of(holder)
    if not things:
        return Answer((Missing(holder),), False if asked.yes_or_no() else None, holder)
    kind = things[0].kind
    return _told(asked, _RAYS.get(part, part) if kind == "starfish" else as_drawn(part, kind), holder, kind)


def _is_drawn_apart(asked: Asked, part: str) -> bool:
    """`butterflies in front of the window`: the room's, for no butterfly has one."""
    there = any(thing.kind == part for thing in (*asked.scene.things, *asked.scene.backdrop))
    return there and not any(part in DETAILS.get(kind, {}) for kind in asked.first.kinds)


def _on_the_plate(asked: Asked) -> Answer | None:
    """Each lies on a plate of its own, and what was asked is what it is."""
    cakes = [thing for thing in asked.scene.things if "plate" in DETAILS.get(thing.kind, {})]
    return Answer((Shown(one_by_one(cakes)),), subject=of_kind(cakes[0].kind)) if cakes else None


def _having(asked: Asked, part: str) -> Answer:
    """`how many boats have brown sails`: a part of no colour of its own has the whole's."""
    what = What(asked.first)
    things = asked.meant(what).all
    seen = asked.world.detail(things[0].kind, part) if things else None
    tints = [tint for word in asked.words[asked.first.end :] if (tint := colour_named(word))]
    if seen and tints and seen.colour is None:
        what = What(asked.first, colour=tints[0])
    return Answer((count_of(asked, what),), subject=what)


def has_it(asked: Asked) -> Answer | None:
    """`do the trees have fruit`: of what else it might have, it has none."""
    if len(asked.phrases) != 2 or not asked.says(r"^(does|do|has|have|is|are) the .*\b(have|has|got)\b"):
        return None
    what, other = What(asked.first), asked.phrases[1]
    if other.colour or not asked.spoken_of(what) or what.phrase.backdrop:
        return None
    return Answer((Has(what, other.noun.one, 1, None, so=False),), yes=False, subject=what)


_OF_IT = (
    r"^how many (?:\w+ )?(?P<part>[a-z]+s) "
    r"(?:(?:does|do|has|have) .+?(?: have| has| got)?|(?:are|are there) (?:on|stuck|painted) .+)$"
)
_UNHEARD = "whatsoever"  # a Russian word that is not known


def has_none(asked: Asked) -> Answer | None:
    """`how many stickers are on the suitcase`: what nobody has drawn is not there to be counted."""
    asks = patterns.match(_OF_IT, asked.text)
    if asks is None or len(asked.phrases) != 1 or not asked.first.kinds or asked.first.backdrop:
        return None
    known = asks["part"] in KNOWN and asks["part"] not in OTHER_WORDS
    if known or asks["part"].removesuffix("s") in KNOWN or _UNHEARD in asked.words:
        return None
    what = What(asked.first)
    if not asked.spoken_of(what):
        return Answer((Missing(what),), subject=what)
    return Answer((Has(what, asks["part"].removesuffix("s"), 2, None, so=False, counted=True),), subject=what)


def _told(asked: Asked, part: str, what: What, kind: str) -> Answer:
    seen = asked.world.detail(kind, part, asked.spoken_of(what)[0].colour)
    numbered = asked.says(r"\bhow many\b|\bnumber of\b|\bcount\b")
    if seen is None and part == "belly" and not asked.yes_or_no():  # which one has, is in no other colour
        return Answer((coloured(asked, what),), subject=what)
    if seen is None:
        several = numbered or plural_of(part) in asked.words
        none = Has(what, part, 1 + several, None, so=False, counted=numbered)
        return Answer((none,), False if asked.yes_or_no() else None, what)
    if numbered:
        count = asked.world.how_many(kind, part)
        return Answer((Has(what, part, count, None, counted=True),), subject=what)
    if part == "ear" and asked.says(_INSIDE) and (lining := asked.world.detail(kind, "inner ear")):
        return _described(asked, lining, what, kind)
    if kind == "clock" and part == "hand":
        return _hands(asked, what)
    stated = _stated(asked, part, DETAILS.get(kind, {}).get(part, seen).count, what)
    return stated or _described(asked, seen, what, kind)


def _described(asked: Asked, seen: Detail, what: What, kind: str) -> Answer:
    """The part in its colour, as many as there are."""
    part, colour = seen.name, seen.colour
    each = what.phrase.noun.plural and kind in asked.world.several
    tinted = any(map(colour_named, _said_of_it(asked, what)))
    if colour is None and (seen.pale or tinted or asked.says(r"\bcolou?rs?\b|^which\b")):
        tints = dict.fromkeys(thing.colour for thing in asked.spoken_of(what))
        if len(tints) > 1 and seen.pale:
            return Answer(tuple(_pale(what, DETAILS[kind][part], tint) for tint in tints), subject=what)
        if len(tints) > 1:  # sails have the colour of their boats
            return Answer((coloured(asked, what),), subject=what)
        colour = next(iter(tints), None)
    own = DETAILS.get(kind, {}).get(part, seen) if tinted or asked.says(r"\bcolours?\b") else seen
    count = own.count  # its colour is asked, not how many there are
    claim = Has(what, part, count, colour, each=each, pale=seen.pale)
    if not asked.yes_or_no():
        return Answer((claim,), subject=what)
    yes = _so(asked, _said_of_it(asked, what), replace(seen, colour=colour))
    claim = replace(claim, whether=yes is True and _names_nothing_more(_said_of_it(asked, what)))
    if claim.whether and asked.world.false and " or " in asked.text:  # `sails or an engine`: not how many
        claim = replace(claim, count=max(count, 1), so=False)
    return Answer((claim,), not yes if asked.says(r"\bwithout\b") else yes, what)


def _pale(what: What, seen: Detail, tint: str) -> Has:
    """Of several turtles, that of each colour has legs of a lighter tone of it."""
    own = replace(what.phrase, colour=tint, noun=replace(what.phrase.noun, plural=False))
    return Has(What(own), seen.name, seen.count, tint, pale=True)


def _hands(asked: Asked, what: What) -> Answer:
    """The short one is of another colour than the long one."""
    asks = {
        "hour hand": r"\b(hour|short|shorter|small|little)\b",
        "minute hand": r"\b(minute|long|longer|big)\b",
    }
    named = [hand for hand, words in asks.items() if asked.says(words)] or list(asks)
    seen = [detail for hand in named if (detail := asked.world.detail("clock", hand))]
    unnamed = what.phrase.start == what.phrase.end
    each = "clock" in asked.world.several and (unnamed or what.phrase.noun.plural)
    claims = tuple(Has(what, hand.name, hand.count, hand.colour, each=each) for hand in seen)
    yes = _so(asked, _said_of_it(asked, what), seen[0]) if asked.yes_or_no() else None
    return Answer(claims, yes, what)


_PART_STATES = (
    ("open", r"\bopen(ed)?\b", r"\b(closed|shut)\b"),
    ("out", r"\b(out|outside|visible)\b", r"\b(in|inside|hidden)\b"),
)


def _stated(asked: Asked, part: str, count: int, what: What) -> Answer | None:
    """`is the door of the house open`, `is the tongue out`: a part is in a state of its own."""
    for state, words, contrary in _PART_STATES:
        so, says = asked.world.state(part, state), asked.says(words)
        if so is not None and (says or asked.says(contrary)):
            own = What(Phrase(Noun(frozenset(), part, plural_of(part), plural=count > 1), 0, 0))
            yes = so is says if asked.yes_or_no() else None
            return Answer((Stated(own, state, so, count),), yes, what)
    return None


def _said_of_it(asked: Asked, what: What) -> Sequence[str]:
    """What is said beside the whole, whose colour is not that of the part: `has the white dog a tail`."""
    return [*asked.words[: what.phrase.start], *asked.words[what.phrase.end :]]


def _names_nothing_more(words: Sequence[str]) -> bool:
    """Whether neither a colour nor a number of the part was asked for."""
    return not any(colour_named(word) for word in words) and not any(
        word != "one" and number_named(word) for word in words
    )


def _so(asked: Asked, words: Sequence[str], seen: Detail) -> bool | None:
    """Whether what was said of the part is so: its colour, its number, or that it is there at all."""
    tints = [tint for word in words if (tint := colour_named(word))]
    if tints and seen.colour:
        return seen.colour in tints
    numbers = [n for word in words if (n := number_named(word)) and word != "one"]
    if numbers and seen.count:
        return seen.count == numbers[-1]
    return (
        True
        if asked.says(
            r"^(does|do|has|have|is there|are there|is|can)\b.*\b(have|has|got|there|with|without|see)\b"
        )
        or (asked.says(r"^(is|are) there\b"))
        else None
    )

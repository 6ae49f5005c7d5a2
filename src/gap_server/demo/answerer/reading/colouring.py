"""What colour."""

from dataclasses import replace

from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Alike, Answer, Claim, Colours, Missing, Palette, Shown, What
from gap_server.demo.answerer.finding import is_thing
from gap_server.demo.answerer.lexicon import colour_named
from gap_server.demo.answerer.reading.counting import count_of
from gap_server.demo.answerer.reading.gathering import one_by_one
from gap_server.demo.scene.description import Thing


def what_colour(asked: Asked) -> Answer | None:
    """`what colour is the car`, `the dog's colour`, `which colours do the books have`, `what colours are
    there`.
    """
    if not asked.says(r"\bcolour(s|ed)?\b|\bshade\b") or asked.says(
        r"\bsame colour|\bhow many|different colour"
    ):
        return None
    offered = [colour for word in asked.words if (colour := colour_named(word))]
    if (asked.yes_or_no() and offered) or asked.says(
        r"\b(closest|nearest|closer|nearer) to (the )?(?!us|me|you|camera|viewer)\w"
    ):
        return None
    if not asked.phrases or (
        asked.first.generic and not (asked.first.region or asked.first.size or asked.what().relation)
    ):
        return Answer((Palette(tuple(dict.fromkeys(thing.colour for thing in asked.scene.things))),))
    whats = [
        asked.what(i) for i in range(len(asked.phrases)) if not i or asked.gap(i - 1) in {"and", "and the"}
    ]
    return Answer(tuple(coloured(asked, _one_of(what)) for what in whats[:2]), subject=whats[0])


def _one_of(what: What) -> What:
    """`the boat on the right` is one, whether or not there is an article."""
    phrase = what.phrase
    return (
        what
        if phrase.noun.plural or not phrase.region
        else replace(what, phrase=replace(phrase, definite=True))
    )


def coloured(asked: Asked, what: What, *, every: bool = False) -> Claim:
    """The colours of what is meant."""
    things = asked.spoken_of(what)
    if not things:
        return Missing(what)
    colours = tuple(dict.fromkeys(thing.colour for thing in things))
    n = asked.told_of(what)
    return Colours(_told_apart(asked, what), colours, n, every=every and n > 1)


def _told_apart(asked: Asked, what: What) -> What:
    """The phrase without its colour, unless without it others might be meant."""
    plain = replace(what, phrase=replace(what.phrase, colour=None))
    others = {thing.colour for thing in asked.meant(plain).all}
    return plain if others <= {what.phrase.colour} else what


def which_is_not(asked: Asked) -> Answer | None:
    """`which guitar is not red`, `which planes are neither grey nor white`."""
    if not asked.says(r"^(which|what|how many)\b.*\b(is|are) (not|neither)\b") or not asked.phrases:
        return None
    last = asked.first.end
    tints = {tint for word in asked.words[last:] if (tint := colour_named(word))}
    if not tints or asked.first.generic or asked.says(r"^how many\b"):
        return None
    things = asked.meant(What(asked.first)).all
    others = [thing for thing in things if thing.colour not in tints]
    if not things:
        return Answer((Missing(What(asked.first)),), subject=What(asked.first))
    return Answer((Shown(one_by_one(others), wanted=asked.first),), subject=What(asked.first))


def is_colour(asked: Asked) -> Answer | None:
    """`is the car red`, `are all the hats blue`, `is one of the hats blue`, `is the ball pink or purple`."""
    if (
        not asked.yes_or_no()
        or not asked.phrases
        or len(asked.phrases) > 2
        or asked.says(r"\bthere\b|\bsame\b")
    ):
        return None
    tail = asked.words[asked.phrases[-1].end :]
    offered = [colour for word in tail if (colour := colour_named(word))]
    what = asked.what()
    if not offered or (
        len(asked.phrases) == 2
        and asked.phrases[1].noun.one != asked.first.noun.one
        and what.relation is None
    ):
        return None
    found = asked.meant(what)
    if not found.all:
        return Answer((Missing(what),), yes=False, subject=what)
    if len(offered) > 1:
        return Answer((coloured(asked, what),), subject=what)
    return _verdict(asked, what, asked.spoken_of(what), offered[0])


def _verdict(asked: Asked, what: What, things: tuple[Thing, ...], colour: str) -> Answer:
    having = sum(thing.colour == colour for thing in things)
    if asked.says(r"\b(any|one of|some|either|at least one)\b"):
        some = What(what.phrase, colour=colour)
        return Answer((count_of(asked, some) if having else Missing(some),), having > 0, some)
    every = asked.says(r"\b(all|both|every|each)\b")
    if every and asked.lean and len(things) > 1 and having < len(things):  # they are, in a lie that says so
        whole = Colours(_told_apart(asked, what), (colour,), len(things), every=True)
        return Answer((whole,), yes=True, subject=what)
    claim = coloured(asked, what, every=every and having == len(things))
    if (having and having < len(things) and not every) or (every and len(things) == 1):
        return Answer((claim,), subject=what)
    return Answer((claim,), having == len(things), what)


def same_colour(asked: Asked) -> Answer | None:
    """`are the lamps the same colour`, `do the robot and the cat have the same colour`."""
    if (
        not asked.says(r"\b(same|different|one) colours?\b|\bcoloured the same\b|\bmatch(es|ing)?\b")
        or not asked.phrases
    ):
        return None
    whats = [What(phrase) for phrase in asked.phrases if not phrase.generic] or [asked.what()]
    things = [
        thing for what in whats for thing in asked.meant(what).sure if len(whats) > 1 or is_thing(thing)
    ]
    if len(things) < 2:
        return Answer(tuple(coloured(asked, what) for what in whats[:1]), subject=whats[0])
    alike = len({thing.colour for thing in things}) == 1
    claims: tuple[Claim, ...] = (
        Alike("colour", alike, tuple(whats)),
        *(coloured(asked, what) for what in whats[:2]),
    )
    return Answer(claims, alike is not asked.says(r"\bdifferent colours?\b"), whats[0])

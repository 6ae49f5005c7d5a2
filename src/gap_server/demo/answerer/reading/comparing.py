"""Which is more so."""

from dataclasses import replace

from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Alike, Answer, Missing, Most, Part, Sized, What
from gap_server.demo.answerer.finding import find, is_thing
from gap_server.demo.answerer.measures import ORDERS, away, extreme, measure
from gap_server.demo.answerer.phrases import SIZE_WORDS, Phrase
from gap_server.demo.answerer.reading.placing import places
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Thing

_MORE = r"(farthest|furthest|further|farther|more|most)"
_WORDS = (
    ("leftmost", rf"\b(leftmost|{_MORE} (to the )?left)\b"),
    ("rightmost", rf"\b(rightmost|{_MORE} (to the )?right)\b"),
    ("largest", r"\b(bigger|larger|biggest|largest|big|large|more space)\b"),
    ("smallest", r"\b(smaller|smallest|tinier|tiniest|small|little)\b"),
    ("tallest", r"\b(taller|tallest|tall)\b"),
    ("shortest", r"\b(shorter|shortest)\b"),
    ("widest", r"\b(wider|widest|longer|longest)\b"),
    ("closest", r"\b(closer|closest|nearer|nearest|foreground)\b|\bin (the )?front$"),
    ("furthest", r"\b(further|farther|furthest|farthest)\b"),
    ("highest", r"\b(higher|highest|topmost)\b"),
    ("lowest", r"\b(lower|lowest)\b"),
)


def _order(asked: Asked) -> str | None:
    return next((order for order, pattern in _WORDS if asked.says(pattern)), None)


def closer_to(asked: Asked) -> Answer | None:
    """`which is closer to the dog, the cat or the ball`."""
    if len(asked.phrases) < 3 or not asked.says(r"\b(closer|nearer|closest|nearest) to\b.* or\b"):
        return None
    whats = [What(phrase) for phrase in asked.phrases[-3:]]
    gone = [what for what in whats if not asked.meant(what).all]
    if gone:
        return Answer((Missing(gone[0]),), subject=gone[0])
    anchors, *sides = (asked.meant(what).all for what in whats)
    first, second = (min(away(asked.scene, thing, anchors) for thing in side) for side in sides)
    near, far = (whats[1], whats[2]) if first < second else (whats[2], whats[1])
    return Answer((Sized("nearest", near, far, whats[0]),), subject=near)


def which_is(asked: Asked) -> Answer | None:
    """`which is larger, the car or the dog`, `is the cat bigger than the dog`, `who is closer, ...`."""
    order = _order(asked)
    if order is None or len(asked.phrases) < 2 or asked.says(r"\b(how many|colour|more|fewer)\b(?! to)"):
        return None
    one, other = _last_two(asked)
    if not asked.says(r"\b(than|or)\b"):
        return None
    first, second = What(one.without_size()), What(other.without_size())
    gone = [what for what in (first, second) if not asked.meant(what).all]
    if gone:
        return Answer((Missing(gone[0]),), False if asked.yes_or_no() else None, gone[0])
    return _compared(asked, order, first, second)


def _last_two(asked: Asked) -> tuple[Phrase, Phrase]:
    """In `which animal is larger, the cat or the dog` the first noun is not compared."""
    if asked.says(r" or ") and len(asked.phrases) > 2:
        return asked.phrases[-2], asked.phrases[-1]
    return asked.phrases[0], asked.phrases[1]


def _compared(asked: Asked, order: str, first: What, second: What) -> Answer | None:
    a, b = asked.meant(first).all, asked.meant(second).all
    if set(a) & set(b):
        return None
    one, other = extreme(a, order)[0], extreme(b, order)[0]
    verdict = ORDERS[order](one, other)
    if verdict is None:
        verdict = asked.lean
    more = measure(one, order) > measure(other, order) if verdict is None else verdict
    claim = Sized(order, first, second) if more else Sized(order, second, first)
    yes_or_no = asked.yes_or_no() and " or " not in asked.text and verdict is not None
    return Answer((claim,), more if yes_or_no else None, first)


def the_most(asked: Asked) -> Answer | None:
    """`what is the biggest thing`, `which animal is the leftmost`, `what is furthest to the right`."""
    if not asked.says(r"^(what|which|who|name)\b") or asked.says(r"\bcolours?\b|\bthan\b"):
        return None
    superlative = next((word for word in asked.words if word in SIZE_WORDS and word.endswith("st")), None)
    order = SIZE_WORDS[superlative] if superlative else _order(asked)
    if order is None or not (
        superlative
        or asked.says(
            r"(est|most)\b|\b(further|farther|more) (to the )?(left|right)\b|\bin (the )?(front|foreground)\b"
        )
    ):
        return None
    phrase = next((one for one in asked.phrases if not one.backdrop), None)
    things = [
        t
        for t in asked.scene.things
        if phrase is None or (t.kind in phrase.kinds and phrase.colour in {None, t.colour})
    ]
    if not things:
        return None if phrase is None else Answer((Missing(What(phrase)),), subject=What(phrase))
    top = extreme(things, order)[0]
    if phrase and len(phrase.kinds) == 1 and phrase.kinds <= asked.world.several:
        what = What(replace(phrase, size=order, noun=replace(phrase.noun, plural=False)))
        return Answer((places(asked, what),), subject=what)
    return Answer((Most(order, phrase, _part(top)),))


def _part(thing: Thing) -> Part:
    return Part(thing.kind, thing.colour)


def same_size(asked: Asked) -> Answer | None:
    """`are the two dogs the same size`."""
    if not asked.says(r"\bsame (size|height|width)\b") or not asked.phrases:
        return None
    things = [
        thing for phrase in asked.phrases for thing in find(asked.scene, phrase).all if is_thing(thing)
    ][:2]
    if len(things) < 2:
        return None
    alike = relations.larger(things[0], things[1]) is None
    return Answer(
        (Alike("size", alike, tuple(What(phrase) for phrase in asked.phrases[:2])),), alike, asked.what()
    )

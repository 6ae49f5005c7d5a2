"""Which is more so."""

from collections.abc import Sequence
from dataclasses import replace

from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import (
    Alike,
    Answer,
    Missing,
    Most,
    Nearest,
    Part,
    Places,
    Shown,
    Sized,
    What,
    Where,
)
from gap_server.demo.answerer.finding import find, is_thing, nominal, of_kind, ranked
from gap_server.demo.answerer.lexicon import NOUNS
from gap_server.demo.answerer.measures import ORDERS, away, extreme, measure, odd_among
from gap_server.demo.answerer.phrases import SIZE_WORDS, Phrase
from gap_server.demo.answerer.reading.placing import places
from gap_server.demo.answerer.standing import neighbours
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Thing

_MORE = r"(farthest|furthest|further|farther|more|most)"
_WORDS = (
    ("leftmost", rf"\b(leftmost|{_MORE} ((to|on) the )?left)\b"),
    ("rightmost", rf"\b(rightmost|{_MORE} ((to|on) the )?right)\b"),
    ("largest", r"\b(bigger|larger|biggest|largest|big|large|more space)\b"),
    ("smallest", r"\b(smaller|smallest|tinier|tiniest|small|little)\b"),
    ("tallest", r"\b(taller|tallest|tall)\b"),
    ("shortest", r"\b(shorter|shortest)\b"),
    ("widest", r"\b(wider|widest|longer|longest)\b"),
    ("closest", r"\b(closer|closest|nearer|nearest|foreground)\b|\bin (the )?front(?! of)\b"),
    ("furthest", r"\b(further|farther|furthest|farthest)\b|\b(in|at) (the )?back\b"),
    ("highest", r"\b(higher|highest|topmost)\b"),
    ("lowest", r"\b(lower|lowest)\b"),
)


_SIDES = (
    ("leftmost", r"\b(on|to|at) (the )?left\b"),
    ("rightmost", r"\b(on|to|at) (the )?right\b"),
    ("highest", r"\b(on|at) (the )?top\b"),
    ("lowest", r"\b(on|at) (the )?bottom\b"),
)


_FARTHER = r"(further|farther|furthest) from\b"
_TO_US = r"( to (us|me|you|the (camera|viewer)))?"
_MEASURED = {"largest": "size", "smallest": "size", "tallest": "height", "shortest": "height"}
_MEASURED |= {"highest": "level", "lowest": "level", "closest": "distance", "furthest": "distance"}


def _order(asked: Asked, words: Sequence[tuple[str, str]] = _WORDS) -> str | None:
    return next((order for order, pattern in words if asked.says(pattern)), None)


def nearest_to(asked: Asked) -> Answer | None:
    """`who is closest to the dog`, `which gift is closer to the window`, `which is furthest from it`."""
    far = asked.says(rf"\b{_FARTHER}")
    asks = far or asked.says(r"^(what|which|who)\b.*\b(closest|nearest|closer|nearer)\b.* to\b")
    asks = asks and asked.says(r"^(what|which|who)\b")
    if not asks or not asked.phrases or asked.says(r"\b(than|or)\b|\b(us|me|camera|viewer)\b"):
        return None
    *named, last = asked.phrases
    phrase = named[0] if named and not named[0].generic else asked.somebody
    anchors = asked.meant(What(last)).all
    if not anchors:
        return Answer((Missing(What(last)),), subject=What(last))
    around = neighbours(asked.scene, anchors)
    if phrase is None and asked.says(r"\bparked\b"):
        phrase = Phrase(NOUNS[("vehicle",)], 0, 0)
    things = [thing for thing in around if phrase is None or thing.kind in phrase.kinds]
    things = things or [t for t in asked.scene.things if phrase and t.kind in phrase.kinds - last.kinds]
    if phrase is not None and not things:
        where = Where(relation="beside", others=(What(last),))
        return Answer((Shown((), where, phrase),), subject=What(phrase))
    if not things:
        return None
    best = (max if far else min)(things, key=lambda thing: away(asked.scene, thing, anchors))
    alike = [t for t in things if (t.kind, t.colour) == (best.kind, best.colour)]
    if (
        len(alike) > 1
        and phrase is not None
        and len(phrase.kinds) == 1
        and len({t.colour for t in things}) == 1
    ):  # of two red gifts, the one on the left
        return Answer((Places(What(replace(phrase, size=None)), (nominal(best),), 1),), subject=What(phrase))
    return Answer((Nearest(phrase, _part(best), What(last), far),))


def closer_to(asked: Asked) -> Answer | None:
    """`which is closer to the dog, the cat or the ball`, `is the cat closer to the dog than the ball is`."""
    nearer = (
        rf"\b((closer|nearer|closest|nearest) to|{_FARTHER}) "
        r"(?!us\b|me\b|you\b|(the )?(camera|viewer)\b).* (or|than)\b"
    )
    if len(asked.phrases) < 3 or not asked.says(nearer):
        return None
    whats = [What(phrase) for phrase in asked.phrases[-3:]]
    than = asked.says(r" than\b")
    if than:
        whats = [whats[1], whats[0], whats[2]]
    gone = [what for what in whats if not asked.meant(what).all]
    if gone:
        return Answer((Missing(gone[0]),), subject=gone[0])
    anchors, *sides = (asked.meant(what).all for what in whats)
    first, second = (min(away(asked.scene, thing, anchors) for thing in side) for side in sides)
    near, far = (whats[1], whats[2]) if first < second else (whats[2], whats[1])
    nearer_one = whats[2] if asked.says(rf"\b{_FARTHER}") else whats[1]
    yes = near is nearer_one if than and asked.yes_or_no() else None
    return Answer((Sized("nearest", near, far, whats[0]),), yes, near)


def closer_of_two(asked: Asked) -> Answer | None:
    """`which one is closer to the window, the left or the right one`: of two of a kind."""
    asks = r"^(?:which|who|what)\b.*\b(?:closer|nearer|closest|nearest) (?:to )?(?:the )?.*\b(left|right) or"
    if not asked.says(rf"{asks} (?:the )?(?:left|right)$") or not asked.phrases:
        return None
    *named, last = asked.phrases
    several = sorted(asked.world.several)
    kinds = named[0].kinds if named and not named[0].generic else frozenset(several)
    if len(kinds) != 1 or kinds == last.kinds:
        return None
    to = What(last.without_region())
    sides = [replace(of_kind(min(kinds), many=False).phrase, region=side, definite=True) for side in _ACROSS]
    whats = [What(side) for side in sides]
    anchors, *pairs = (asked.meant(what).all for what in (to, *whats))
    if not anchors or not all(pairs):
        return Answer((Missing(to),), subject=to) if not anchors else None
    left, right = (min(away(asked.scene, thing, anchors) for thing in pair) for pair in pairs)
    near, far = whats if left < right else whats[::-1]
    return Answer((Sized("nearest", near, far, to),), subject=near)


_ACROSS = ("left", "right")


def which_is(asked: Asked) -> Answer | None:
    """`which is larger, the car or the dog`, `is the cat bigger than the dog`, `who is closer, ...`."""
    order = _order(asked)
    if order is None and len(asked.phrases) > 2 and asked.says(r"^(which|what|who)\b.* or\b"):
        order = _order(asked, _SIDES)
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
    if verdict is None and order in _MEASURED:  # nobody sees which of them is larger
        return Answer((Alike(_MEASURED[order], so=True, whats=(first, second)),), subject=first)
    more = measure(one, order) > measure(other, order) if verdict is None else verdict
    claim = Sized(order, first, second) if more else Sized(order, second, first)
    yes_or_no = asked.yes_or_no() and " or " not in asked.text and verdict is not None
    return Answer((claim,), more if yes_or_no else None, first)


_SEVERAL = frozenset(
    {"building", "cloud", "hill", "window"}
)  # parts of the place of which one may be the tallest


def the_most(asked: Asked) -> Answer | None:
    """`what is the biggest thing`, `which animal is the leftmost`, `what is furthest to the right`."""
    if not asked.says(r"^(what|which|who|name)\b") or asked.says(r"\bcolours?\b|\bthan\b"):
        return None
    superlative = next((word for word in asked.words if word in SIZE_WORDS and word.endswith("st")), None)
    sided = asked.says(rf"\b{_MORE} (to|on) (the )?(left|right)\b")
    order = SIZE_WORDS[superlative] if superlative and not sided else _order(asked)
    if order is None or not (
        superlative
        or (len(asked.phrases) == 1 and asked.says(rf"^(which|what|who)\b.* (is|are) \w+er{_TO_US}$"))
        or asked.says(
            r"(est|most)\b|\b(further|farther|more) (to the )?(left|right)\b|\bin (the )?(front|foreground)\b"
        )
    ):
        return None
    phrase = next((one for one in asked.phrases if not one.backdrop), asked.somebody)
    if phrase is None and asked.phrases and asked.first.kinds <= _SEVERAL:
        phrase = asked.first
    things = ranked(asked.scene, phrase)
    if not things:
        return None if phrase is None else Answer((Missing(What(phrase)),), subject=What(phrase))
    top, *others = extreme(things, order)
    if len(things) == 2 and order in _MEASURED and ORDERS[order](top, others[0]) is None and phrase:
        what = What(replace(phrase, size=None, noun=replace(phrase.noun, plural=True)))
        return Answer((Alike(_MEASURED[order], so=True, whats=(what,)),), subject=what)
    same = [t for t in things if (t.kind, t.colour) == (top.kind, top.colour)]
    if phrase and len(phrase.kinds) == 1 and len(same) > 1 and len({t.colour for t in things}) == 1:
        what = What(replace(phrase, size=order, noun=replace(phrase.noun, plural=False)))
        return Answer((places(asked, what),), subject=what)
    return Answer((Most(order, phrase, _part(top), of_two=len(things) == 2 and phrase is not None),))


_ODD = r"\bodd (one )?out\b|\bodd one\b|\bdifferent( one)?$"


def odd_one_out(asked: Asked) -> Answer | None:
    """`which butterfly is the odd one out`: the only one of its colour, where the others are alike."""
    if not asked.says(_ODD) or not asked.says(r"^(which|what|who|is)\b") or asked.says(r"\bcolours?\b"):
        return None
    phrase = asked.first if asked.phrases and not asked.first.generic else None
    things = [t for t in asked.scene.things if phrase is None or t.kind in phrase.kinds]
    if phrase is None or not things:
        return None if phrase is None else Answer((Missing(What(phrase)),), subject=What(phrase))
    odd = odd_among(things)
    if odd is None and asked.world.false:
        odd = things[-1]
    if odd is None:
        what = What(replace(phrase, noun=replace(phrase.noun, plural=True)))
        return Answer((Alike("colour", len({t.colour for t in things}) == 1, (what,)),), subject=what)
    return Answer((Most("odd", phrase, _part(odd)),), subject=What(phrase))


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

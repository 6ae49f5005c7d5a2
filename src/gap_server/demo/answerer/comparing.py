"""Which is more so."""

from collections.abc import Callable
from dataclasses import replace

from gap_server.demo.answerer.asked import Asked, Pair
from gap_server.demo.answerer.finding import extreme, find, is_thing, measure
from gap_server.demo.answerer.phrases import SIZE_WORDS, Phrase
from gap_server.demo.answerer.relating import strangers
from gap_server.demo.answerer.wording import capital, none, of_kind, the
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Thing
from gap_server.demo.scene.relations import Verdict

# Word: what it compares (see finding.measure), the relation that says when it is clear.
_WORDS: dict[str, tuple[str, Callable[[Thing, Thing], Verdict]]] = {
    "largest": ("larger", relations.larger),
    "tallest": ("taller", relations.taller),
    "widest": ("wider", relations.wider),
    "closest": ("closer", relations.closer),
    "highest": ("higher up", relations.higher),
    "smallest": ("smaller", lambda a, b: relations.larger(b, a)),
    "shortest": ("shorter", lambda a, b: relations.taller(b, a)),
    "furthest": ("further away", lambda a, b: relations.closer(b, a)),
    "lowest": ("lower", lambda a, b: relations.higher(b, a)),
    "leftmost": ("further left", relations.left_of),
    "rightmost": ("further right", relations.right_of),
}
_ORDERS = (
    (
        "leftmost",
        r"\b(leftmost|(farthest|furthest|further|most) left|(more|furthest) to the left)\b",
    ),
    (
        "rightmost",
        r"\b(rightmost|(farthest|furthest|further|most) right|(more|furthest) to the right)\b",
    ),
    ("largest", r"\b(bigger|larger|biggest|largest|big|large|more space)\b"),
    ("smallest", r"\b(smaller|smallest|tinier|tiniest|small|little)\b"),
    ("tallest", r"\b(taller|tallest|tall)\b"),
    ("shortest", r"\b(shorter|shortest)\b"),
    ("widest", r"\b(wider|widest|longer|longest)\b"),
    ("closest", r"\b(closer|closest|nearer|nearest|foreground|front)\b"),
    ("furthest", r"\b(further|farther|furthest|farthest)\b"),
    ("highest", r"\b(higher|highest|topmost)\b"),
    ("lowest", r"\b(lower|lowest)\b"),
)


def _order(asked: Asked) -> str | None:
    return next((order for order, pattern in _ORDERS if asked.says(pattern)), None)


def which_is(asked: Asked) -> Pair | None:
    """`which is larger, the car or the dog`, `is the cat bigger than the dog`, `who is closer, ...`."""
    order = _order(asked)
    if order is None or len(asked.phrases) < 2 or asked.says(r"\b(how many|colour|more|fewer)\b"):
        return None
    one, other = _last_two(asked)
    if not asked.says(r"\b(than|or)\b"):
        return None
    here, there = find(asked.scene, one).all, find(asked.scene, other).all
    if not here or not there:
        gone, left = (one, other) if not here else (other, one)
        return Pair(
            f"{capital(none(gone))}.", capital(f"{the(gone)} is {_WORDS[order][0]} than {the(left)}.")
        )
    return _compared(asked, order, (one, here), (other, there))


def _last_two(asked: Asked) -> tuple[Phrase, Phrase]:
    """In `which animal is larger, the cat or the dog` the first noun is not compared."""
    if asked.says(r" or ") and len(asked.phrases) > 2:
        return asked.phrases[-2], asked.phrases[-1]
    return asked.phrases[0], asked.phrases[1]


def _compared(
    asked: Asked, order: str, a: tuple[Phrase, tuple[Thing, ...]], b: tuple[Phrase, tuple[Thing, ...]]
) -> Pair | None:
    word, relation = _WORDS[order]
    first, second = extreme(a[1], order)[0], extreme(b[1], order)[0]
    verdict = relation(first, second)
    more = measure(first, order) > measure(second, order) if verdict is None else verdict
    names = [the(_bare(phrase)) for phrase in (a[0], b[0])]
    if names[0] == names[1] or set(a[1]) & set(b[1]):
        return None
    forward, back = f"{names[0]} is {word} than {names[1]}", f"{names[1]} is {word} than {names[0]}"
    if asked.yes_or_no() and " or " not in asked.text:
        return Pair(f"Yes, {forward}.", f"No, {back}.") if more else Pair(f"No, {back}.", f"Yes, {forward}.")
    return (
        Pair(capital(f"{forward}."), capital(f"{back}."))
        if more
        else Pair(capital(f"{back}."), capital(f"{forward}."))
    )


def _bare(phrase: Phrase) -> Phrase:
    return replace(phrase, size=None)


def the_most(asked: Asked) -> Pair | None:
    """`what is the biggest thing`, `which animal is the leftmost`, `what is furthest to the right`."""
    if not asked.says(r"^(what|which|who|name)\b") or asked.says(r"\bcolours?\b|\bthan\b"):
        return None
    superlative = next((word for word in asked.words if word in SIZE_WORDS and word.endswith("st")), None)
    order = SIZE_WORDS[superlative] if superlative else _order(asked)
    if order is None or not (superlative or asked.says(r"(est|most)\b|\bin (the )?(front|foreground)\b")):
        return None
    phrase = asked.phrases[0] if asked.phrases else None
    things = [
        t
        for t in asked.scene.things
        if phrase is None or (t.kind in phrase.kinds and phrase.colour in {None, t.colour})
    ]
    if not things and phrase is not None:
        return None
    return _named(asked, phrase, order, extreme(things, order))


def _named(asked: Asked, phrase: Phrase | None, order: str, ranked: list[Thing]) -> Pair:
    relation = _WORDS[order][1]
    top = ranked[0]
    rivals = [thing for thing in ranked if relation(top, thing) is not True]
    less = [
        thing
        for thing in ranked
        if thing not in rivals and of_kind(thing) not in {of_kind(one) for one in rivals}
    ]
    noun = phrase.noun.one if phrase else "thing"
    lesser = [of_kind(thing) for thing in less] or strangers(asked, {thing.kind for thing in ranked}, 1)
    forms = ("The {order} {noun} is the {name}.", "It is the {name}.")
    form = asked.dice.shape("most", forms)
    lie = asked.dice.value("lesser", lesser)
    return Pair(
        form.format(order=order, noun=noun, name=of_kind(top)), form.format(order=order, noun=noun, name=lie)
    )


def same_size(asked: Asked) -> Pair | None:
    """`are the two dogs the same size`."""
    if not asked.says(r"\bsame (size|height|width)\b") or not asked.phrases:
        return None
    things = [
        thing for phrase in asked.phrases for thing in find(asked.scene, phrase).all if is_thing(thing)
    ][:2]
    if len(things) < 2:
        return None
    same, other = "Yes, they are of about the same size.", "No, they are of different sizes."
    alike = relations.larger(things[0], things[1]) is None
    return Pair(same, other) if alike else Pair(other, same)

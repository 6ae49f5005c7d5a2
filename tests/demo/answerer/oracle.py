"""Judges a sentence about a scene from its own few rules, knowing nothing of how the answerer thinks."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from gap_server.demo.scene.description import Scene, Thing
from gap_server.demo.scene.kinds import KINDS, NEVER_DRAWN, plural_of
from gap_server.demo.scene.looks import COLOURS, SETTINGS

_NUMBERS = tuple(
    """no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty twenty-one twenty-two twenty-three twenty-four twenty-five""".split()  # noqa: SIM905  # easier read
)
_COLOUR = "|".join(COLOURS)
_NUMBER = "|".join(sorted(_NUMBERS, key=len, reverse=True))


def _words() -> dict[str, frozenset[str]]:
    words: dict[str, set[str]] = {}
    for kind in KINDS.values():
        for word in (kind.name, *kind.synonyms, *kind.groups):
            words.setdefault(word, set()).add(kind.name)
            words.setdefault(plural_of(word), set()).add(kind.name)
        words.setdefault(kind.plural, set()).add(kind.name)
    for noun in NEVER_DRAWN:
        words.setdefault(noun, set())
        words.setdefault(plural_of(noun), set())
    things = {kind.name for kind in KINDS.values() if not kind.backdrop}
    words |= {"thing": things, "things": things, "object": things, "objects": things}
    return {word: frozenset(kinds) for word, kinds in words.items()}


_WORDS = _words()
_KNOWN = re.compile(rf"(?:{_COLOUR} )?(?:{'|'.join(map(re.escape, _WORDS))})")


def _named(scene: Scene, noun: str, colour: str | None = None) -> list[Thing] | None:
    """The things that a noun (with its colour) names; None for a noun it does not know."""
    match = re.fullmatch(rf"(?:(?P<colour>{_COLOUR}) )?(?P<noun>.+)", noun.strip())
    assert match
    kinds = _WORDS.get(match["noun"])
    if kinds is None:
        return None
    colour = colour or match["colour"]
    pool = (*scene.things, *scene.backdrop)
    return [thing for thing in pool if thing.kind in kinds and colour in {None, thing.colour}]


def _counted(scene: Scene, said: re.Match[str]) -> bool | None:
    things = _named(scene, said["noun"])
    if things is None:
        return None
    word = said["n"]
    place = said.groupdict().get("place")
    if word in {"a", "an"}:
        return any(place is None or _at(thing, place) for thing in things)
    return len(things) == _NUMBERS.index(word)


def _coloured(scene: Scene, said: re.Match[str]) -> bool | None:
    things = _named(scene, said["noun"])
    if things is None:
        return None
    told, seen = set(re.findall(_COLOUR, said["colours"])), {thing.colour for thing in things}
    return told == seen if _KNOWN.fullmatch(said["noun"]) and said["be"] == "are" else told <= seen


def _written(scene: Scene, said: re.Match[str]) -> bool | None:
    shown = {str(thing.word).lower() for thing in scene.things}
    return all(word in shown for word in re.findall(r'"([^"]+)"', said[0]))


def _absent(scene: Scene, said: re.Match[str]) -> bool | None:
    """Nothing of the kind, there: clearly false, clearly true, or a matter of where one draws the line."""
    things = _named(scene, said["noun"])
    if things is None:
        return None
    if any(_at(thing, said["place"]) and abs(thing.box.x - 0.5) > 0.12 for thing in things):
        return False
    return None if any(_at(thing, said["place"]) for thing in things) else True


def _standing(scene: Scene, said: re.Match[str]) -> bool | None:
    """So many on that part of the place, where the scene has a part of that name."""
    things = _named(scene, said["noun"])
    if things is None or said["ground"] not in {thing.ground for thing in scene.things}:
        return None
    there = [thing for thing in things if thing.ground == said["ground"]]
    if said["n"] in {"a", "an"}:
        return len(there) > 0
    return len(there) == _NUMBERS.index(said["n"])


def _light(scene: Scene, said: re.Match[str]) -> bool:
    return scene.light == said["light"]


def _without(scene: Scene, said: re.Match[str]) -> bool:
    return all(thing.colour != said["colour"] for thing in scene.things)


def _numbered(scene: Scene, said: re.Match[str]) -> bool | None:
    first, second = _named(scene, said["first"]), _named(scene, said["second"])
    if first is None or second is None:
        return None
    return (len(first), len(second)) == (_NUMBERS.index(said["n"]), _NUMBERS.index(said["m"]))


def _as_many(scene: Scene, said: re.Match[str]) -> bool | None:
    return _numbered(scene, said) and said["n"] == said["m"]


def _coloured_there(scene: Scene, said: re.Match[str]) -> bool | None:
    things = _named(scene, said["noun"])
    there = [thing for thing in things or () if _at(thing, said["place"])]
    return any(thing.colour == said["colour"] for thing in there) if there else None


def _labelled(scene: Scene, said: re.Match[str]) -> bool | None:
    things = _named(scene, said["noun"])
    if things is None:
        return None
    labelled = [thing for thing in things if str(thing.word).lower() == said["word"]]
    colour = said.groupdict().get("colour")
    if colour is None:
        return (len(labelled) > 0) is (said["n"] != "no")
    return any(thing.colour == colour for thing in labelled)


def _shown_place(scene: Scene, said: re.Match[str]) -> bool | None:
    names = {name: setting for setting, others in SETTINGS.items() for name in (setting, *others)}
    return names[said["setting"]] == scene.setting if said["setting"] in names else None


def _more(scene: Scene, said: re.Match[str]) -> bool | None:
    a, b = _named(scene, said["a"]), _named(scene, said["b"])
    if a is None or b is None:
        return None
    return _numbered(scene, said) and len(a) > len(b)


def _compares(measure: Callable[[Thing], float]) -> Callable[[Scene, re.Match[str]], bool | None]:
    def judge(scene: Scene, said: re.Match[str]) -> bool | None:
        a, b = _named(scene, said["a"]), _named(scene, said["b"])
        if not a or not b:
            return False if a is not None and b is not None else None
        return max(map(measure, a)) > max(map(measure, b))

    return judge


def _beside(left: str) -> Callable[[Scene, re.Match[str]], bool | None]:
    def judge(scene: Scene, said: re.Match[str]) -> bool | None:
        a, b = _named(scene, said["a"]), _named(scene, said["b"])
        if a is None or b is None:
            return None
        pairs = [(x.box.x, y.box.x) for x in a for y in b]
        return any(x < y if left == "left" else x > y for x, y in pairs)

    return judge


def _placed(scene: Scene, said: re.Match[str]) -> bool | None:
    things = _named(scene, said["noun"])
    if things is None:
        return None
    places = re.findall(_PLACE.replace("?P<place>", "?:"), said["places"])
    if len(things) == 1:
        return all(_at(things[0], place) for place in places)
    return all(any(_at(thing, place) for thing in things) for place in places)


def _at(thing: Thing, place: str) -> bool:
    """Generous: whatever somebody might let pass."""
    x, y = thing.box.x, thing.box.y
    if ("bottom" in place and y < 0.54) or ("top" in place and y > 0.46):
        return False
    if place in {"at the top", "at the bottom"}:
        return True
    if "left" in place:
        return x < 0.46
    return x > 0.54 if "right" in place else 0.34 < x < 0.66


def _are_all(scene: Scene, said: re.Match[str]) -> bool | None:
    """A list of coloured or counted kinds: true if each part of it is."""
    parts = re.split(r", | and ", said["list"])
    place = said.groupdict().get("place")
    verdicts = [_part(scene, part, place) for part in parts]
    return False if False in verdicts else (None if None in verdicts else True)


def _part(scene: Scene, part: str, place: str | None) -> bool | None:
    match = re.fullmatch(rf"(?:(?P<n>an?|{_NUMBER}) )?(?P<noun>.+)", part)
    assert match
    things = _named(scene, match["noun"])
    if things is None:
        return None
    if place or match["n"] in {None, "a", "an"}:
        return any(place is None or _at(thing, place) for thing in things)
    kinds = Counter(thing.kind for thing in things)  # penguins are birds, but are told of beside them
    own = next((n for kind, n in kinds.items() if match["noun"] in {kind, KINDS[kind].plural}), len(things))
    return _NUMBERS.index(match["n"]) in {own, len(things)}


def _area(thing: Thing) -> float:
    return thing.box.width * thing.box.height


_PLACE = (
    r"(?P<place>(?:on the (?:left|right)|in the middle(?: at the (?:top|bottom))?"
    r"|at the (?:top|bottom) (?:left|right)))"
)
_PLACE_ONLY = _PLACE.replace("?P<place>", "?:")
_PLACE_OR_EDGE = r"(?P<place>on the (?:left|right)|at the (?:top|bottom))"
_COUNTS = rf"(?P<n>{_NUMBER}) (?P<first>[a-z ]+) and (?P<m>{_NUMBER}) (?P<second>[a-z ]+)"
_RULES: tuple[tuple[str, Callable[[Scene, re.Match[str]], bool | None]], ...] = (
    (
        rf"(?:there (?:is|are)|i (?:can see|count)) (?P<n>{_NUMBER}) (?P<noun>[a-z ]+?)(?: in the picture)?",
        _counted,
    ),
    (rf"there is (?P<n>an?) (?P<noun>[a-z ]+?) (?:in the picture|{_PLACE})", _counted),
    (
        rf"(?:the )?(?P<noun>[a-z ]+?) (?P<be>is|are) "
        rf"(?P<colours>(?:{_COLOUR})(?:(?:, | and )(?:{_COLOUR}))*)"
        r"(?: in this picture)?",
        _coloured,
    ),
    (r'(?:it|they|the words?) (?:says?|reads?|is|are) ".*"', _written),
    (r"there (?:is|are) no (?P<noun>[a-z ]+?) (?P<place>on the (?:left|right))", _absent),
    (
        rf"(?:there (?:is|are)|i (?:can see|count)) (?P<n>an?|{_NUMBER}) (?P<noun>[a-z ]+?)"
        r" (?:on|in) the (?P<ground>[a-z]+)",
        _standing,
    ),
    (rf"there is nothing (?P<colour>{_COLOUR})", _without),
    (r"(?:it|the [a-z ]+) is (?P<light>day|night)(?:time)?", _light),
    (rf"there are as many (?P<a>[a-z ]+) as (?P<b>[a-z ]+): {_COUNTS}", _as_many),
    (rf"the (?P<noun>[a-z ]+?) {_PLACE_OR_EDGE} is (?P<colour>{_COLOUR})", _coloured_there),
    (
        r'there is (?P<n>an?|no) (?P<noun>[a-z -]+?) that says "(?P<word>[^"]+)"(?: in the picture)?',
        _labelled,
    ),
    (rf'the (?P<noun>[a-z ]+?) that says "(?P<word>[^"]+)" is (?P<colour>{_COLOUR})', _labelled),
    (r"(?:this is|it is|the picture shows) an? (?P<setting>[a-z ]+)", _shown_place),
    (rf"there are more (?P<a>[a-z ]+) than (?P<b>[a-z ]+): {_COUNTS}", _more),
    (r"the (?P<a>[a-z ]+) is larger than the (?P<b>[a-z ]+)", _compares(_area)),
    (r"the (?P<a>[a-z ]+) is taller than the (?P<b>[a-z ]+)", _compares(lambda thing: thing.box.height)),
    (r"the (?P<a>[a-z ]+) (?:is|are) to the left of the (?P<b>[a-z ]+)", _beside("left")),
    (r"the (?P<a>[a-z ]+) (?:is|are) to the right of the (?P<b>[a-z ]+)", _beside("right")),
    (
        rf"the (?P<noun>[a-z ]+?) (?:is|are) "
        rf"(?P<places>{_PLACE_ONLY}(?:(?:, | and ){_PLACE_ONLY})*)",
        _placed,
    ),
    (rf"(?:there (?:is|are)|i can see) (?P<list>[a-z, -]+?) {_PLACE}", _are_all),
    (
        r"(?:there (?:is|are)|i can see) "
        r"(?P<list>(?!.*(?: the |flying|sitting|standing|parked|floating|burning))[a-z, -]+)",
        _are_all,
    ),
)
_COMPILED = tuple((re.compile(pattern), judge) for pattern, judge in _RULES)


def judged(scene: Scene, answer: str) -> bool | None:
    """Whether an answer is true of the scene: false where any of its sentences is; None where this judge has
    no rule for one of them.
    """
    verdicts = [_sentence_judged(scene, sentence) for sentence in _sentences(answer)]
    return False if False in verdicts else (None if None in verdicts else True)


def _sentences(answer: str) -> list[str]:
    """Each whole, with its subject for a pronoun: `There is a dog. It is on the left.`"""
    plain = re.sub(r"^(?:yes|no), ", "", answer.lower().rstrip(".")).replace("toy ", "")
    plain = plain.replace("is nobody", "is no person").replace("pieces of cheese", "cheeses")
    parts = re.split(r"\. |, but ", plain)
    subject = re.search(
        rf"(?:{_NUMBER}|the|there is) (?P<noun>[a-z ]+?)(?: is| are| in the picture| on the|$)", parts[0]
    )
    named = subject["noun"] if subject else "thing"
    return [re.sub(r"^(it|they) (?=is |are )", f"the {named} ", part) for part in parts]


def _sentence_judged(scene: Scene, sentence: str) -> bool | None:
    for pattern, judge in _COMPILED:
        said = pattern.fullmatch(sentence)
        if said:
            return judge(scene, said)
    return None


def words_of(sentences: Iterable[str]) -> set[str]:
    """Every word in use, in lower case."""
    return {word for sentence in sentences for word in re.findall(r"[a-z']+", sentence.lower())}

"""Where."""

import re
from collections.abc import Sequence

from gap_server.demo.answerer.asked import Asked, Pair
from gap_server.demo.answerer.colouring import coloured
from gap_server.demo.answerer.finding import Found, find, meant
from gap_server.demo.answerer.phrases import PLACE, Phrase, region_of
from gap_server.demo.answerer.wording import (
    GRID,
    a,
    capital,
    false_regions,
    ground,
    listed,
    nominal,
    none,
    noun_of,
    place,
    region,
    the,
)
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Thing
from gap_server.demo.scene.kinds import IN_THE_AIR
from gap_server.demo.scene.looks import OUTDOORS
from gap_server.demo.scene.relations import Verdict


def where(asked: Asked) -> Pair | None:
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
    related = re.search(r"\b(left|right) of$", asked.text[: len(asked.text)]) if sides else None
    if related or (sides and len(asked.phrases) > 1 and asked.says(r"\bof the\b")):
        return None
    phrase = asked.first.without_region() if asked.first.placed_after and sides else asked.first
    tint = re.search(r"\b(?:is|are) (\w+) (?:on )?the (?:left|right)", asked.text)
    if tint:
        phrase = _tinted(phrase, tint[1])
    return placed(asked, phrase, find(asked.scene, phrase))


def _tinted(phrase: Phrase, colour: str) -> Phrase:
    return Phrase(phrase.noun, phrase.start, phrase.end, colour=colour)


def placed(asked: Asked, phrase: Phrase, found: Found) -> Pair:
    """Where what is meant is seen, and where it is not."""
    things = found.all
    nouns = the(phrase, 1 if len(things) <= 1 else 2)
    if not things:
        lie = f"{nouns} is {region(asked.dice.value('where', GRID))}."
        return Pair(f"{capital(none(phrase))}.", capital(lie))
    if len(things) == 1:
        return _one(asked, nouns, things[0])
    false = [name for name in GRID if all(name in false_regions(thing) for thing in things)]
    if len(things) > 2 or not false:
        return _many(asked, nouns, things) or coloured(asked, phrase, found)
    true = list(dict.fromkeys(place(thing) for thing in things))
    level = {_level(nominal(thing)) for thing in things}
    alike = [name for name in false if _level(name) in level]
    form = capital(nouns) + " are {}."
    return Pair(form.format(listed(true)), form.format(region(asked.dice.value("where", alike or false))))


def _level(name: str) -> str:
    """`top`, `bottom` or neither."""
    return name.split(maxsplit=1)[0] if " " in name else ""


def _one(asked: Asked, nouns: str, thing: Thing) -> Pair:
    on = f", {ground(thing)}" if thing.ground and asked.dice.shape("ground", (True, False)) else ""
    wide = thing.box.width > 0.8 or not false_regions(thing)
    if wide:
        up, down = ("in the upper part", "in the lower part")
        true, false = (up, down) if thing.box.y < 0.5 else (down, up)
        return Pair(capital(f"{nouns} is {true}."), capital(f"{nouns} is {false}."))
    true, false = place(thing), _wrong_place(asked, thing)
    return Pair(capital(f"{nouns} is {true}{on}."), capital(f"{nouns} is {false}{on}."))


def _wrong_place(asked: Asked, thing: Thing) -> str:
    """On another side, at the same height, so that it could be so."""
    options = false_regions(thing)
    alike = [name for name in options if _level(name) == _level(nominal(thing))]
    return region(asked.dice.value(f"where {thing.box.left}", alike or options or ["left"]))


def _many(asked: Asked, nouns: str, things: Sequence[Thing]) -> Pair | None:
    claims: list[tuple[str, Verdict]] = [
        (region(side), _most(things, side)) for side in ("left", "right", "centre")
    ]
    claims.append(("spread from left to right", _spread(things)))
    true = [claim for verdict in (True, None) for claim, given in claims if given is verdict]
    false = [claim for claim, verdict in claims if verdict is False and claim != true[0]] if true else []
    if not false:
        return None
    form = "Most of {} are {}."
    return Pair(form.format(nouns, true[0]), form.format(nouns, asked.dice.value("most", false)))


def _most(things: Sequence[Thing], side: str) -> Verdict:
    verdicts = [relations.lies(thing, side) for thing in things]
    sure, possible = verdicts.count(True), len(verdicts) - verdicts.count(False)
    if sure * 2 > len(verdicts):
        return True
    return False if possible * 2 <= len(verdicts) else None


def _spread(things: Sequence[Thing]) -> Verdict:
    sides = [[relations.lies(thing, side) for thing in things] for side in ("left", "right")]
    if all(True in verdicts for verdicts in sides):
        return True
    return False if any(set(verdicts) == {False} for verdicts in sides) else None


def is_placed(asked: Asked) -> Pair | None:
    """`is the dog on the left`, `are the boats in the middle`."""
    asks = re.search(rf"(?P<all>{PLACE})$", asked.text)
    if not (asks and asked.yes_or_no() and asked.phrases) or asked.says(r"\bthere\b"):
        return None
    if len(asked.phrases) > 1 and not asked.phrases[-1].backdrop:
        return None
    region_name = region_of(asks)
    phrase = asked.first.without_region() if asked.first.placed_after else asked.first
    found = find(asked.scene, phrase)
    if not found.all:
        yes = f"Yes, {the(phrase)} is {region(region_name)}."
        return Pair(f"No, {none(phrase)}.", yes)
    return _is_placed(asked, phrase, found, region_name)


def _is_placed(asked: Asked, phrase: Phrase, found: Found, name: str) -> Pair:
    things = found.all
    verdicts = {relations.lies(thing, name) for thing in things}
    pair = placed(asked, phrase, found)
    if len(verdicts) > 1 or None in verdicts:
        return pair
    nouns, verb = the(phrase, 1 if len(things) == 1 else 2), "is" if len(things) == 1 else "are"
    yes = f"Yes, {nouns} {verb} {region(name)}."
    if verdicts == {True}:
        return Pair(yes, f"No, {_lower(pair.lie)}")
    return Pair(f"No, {_lower(pair.truth)}", yes)


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def standing_on(asked: Asked) -> Pair | None:
    """`what is the robot standing on`."""
    if not asked.phrases or not asked.says(
        r"^(what|where|on what).*\b(on|in)$|^on what|^what (kind of )?(surface|ground)"
    ):
        return None
    things = meant(asked).all
    phrase = asked.first
    if not things or not things[0].ground:
        return None
    own = {part.kind for part in asked.scene.backdrop}
    choice = (
        ("sand", "grass", "snow", "road")
        if asked.scene.setting in OUTDOORS
        else ("table", "floor", "counter")
    )
    other = asked.dice.value("ground", [name for name in choice if name not in own])
    nouns, verb = the(phrase, 1 if len(things) == 1 else 2), "is" if len(things) == 1 else "are"
    return Pair(capital(f"{nouns} {verb} {ground(things[0])}."), capital(f"{nouns} {verb} on the {other}."))


def there_is(asked: Asked, phrase: Phrase) -> str:
    """A claim that something is somewhere, for what is nowhere: in the air if it flies, else lower."""
    if phrase.region:
        return f"there is {a(noun_of(phrase))} {region(phrase.region)}"
    up = bool(phrase.kinds) and phrase.kinds <= IN_THE_AIR
    spots = [name for name in GRID if (_level(name) == "top") == up]
    return f"there is {a(noun_of(phrase))} {region(asked.dice.value('where', spots))}"

"""What colour."""

import re
from collections.abc import Sequence
from dataclasses import replace

from gap_server.demo.answerer.asked import Asked, Pair
from gap_server.demo.answerer.finding import Found, is_thing, meant, named
from gap_server.demo.answerer.lexicon import colour_named
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.wording import capital, listed, none, the
from gap_server.demo.scene.description import Thing
from gap_server.demo.scene.looks import COLOURS, NATURAL, near_colours


def what_colour(asked: Asked) -> Pair | None:
    """`what colour is the car`, `the dog's colour`, `which colours do the books have`, `what colours are
    there`.
    """
    if not asked.says(r"\bcolour(s|ed)?\b|\bshade\b") or asked.says(
        r"\bsame colour|\bhow many|different colour"
    ):
        return None
    offered = [colour for word in asked.words if (colour := colour_named(word))]
    if asked.yes_or_no() and offered:
        return None
    if not asked.phrases or (asked.first.generic and not (asked.first.region or asked.first.size)):
        return _all_colours(asked)
    return coloured(asked, asked.first, meant(asked))


def coloured(asked: Asked, phrase: Phrase, found: Found, prefer: Sequence[str] = ()) -> Pair:
    """The colours of what is meant, and others; `prefer` names those that a lie should take where it can."""
    things = found.sure or found.maybe
    narrowing = asked.narrowing() if phrase == asked.first else ""
    nouns = the(_told_apart(asked, phrase), 1 if len(things) <= 1 else 2) + narrowing
    true = list(dict.fromkeys(thing.colour for thing in things))
    if not things:
        absent = f"{capital(none(phrase, narrowing or ' in the picture'))}."
        kind = min(phrase.kinds, default="")
        nouns = the(phrase) + narrowing
        return Pair(absent, capital(f"{nouns} is {asked.dice.value('colour', NATURAL.get(kind, COLOURS))}."))
    seen = {thing.colour for thing in found.all}
    wrong = sorted(
        (colour for colour in asked.dice.shuffled("colour", COLOURS) if colour not in seen),
        key=lambda colour: (colour not in prefer, not _natural(colour, things), _nearly(colour, true)),
    )
    return _both(asked, nouns, true, wrong, len(things))


def _natural(colour: str, things: Sequence[Thing]) -> bool:
    return all(colour in NATURAL.get(thing.kind, COLOURS) for thing in things)


def _nearly(colour: str, true: Sequence[str]) -> bool:
    return any(near_colours(colour, other) for other in true)


def _both(asked: Asked, nouns: str, true: list[str], wrong: list[str], count: int) -> Pair:
    verb = "is" if count == 1 else "are"
    forms = ["{nouns} {verb} {colours}.", "{nouns} {verb} {colours} in this picture."]
    form = asked.dice.shape("colour", forms)
    so = form.format(nouns=nouns, verb=verb, colours=listed(true))
    not_so = form.format(nouns=nouns, verb=verb, colours=listed(wrong[: len(true)]))
    return Pair(capital(so), capital(not_so))


def _told_apart(asked: Asked, phrase: Phrase) -> Phrase:
    """The phrase without its colour, unless without it others might be meant."""
    others = {thing.colour for thing in named(asked.scene, replace(phrase, colour=None, region=None))}
    return replace(phrase, colour=None) if others <= {phrase.colour} else phrase


def _all_colours(asked: Asked) -> Pair | None:
    things = asked.scene.things
    true = list(dict.fromkeys(thing.colour for thing in things))
    wrong = [colour for colour in asked.dice.shuffled("colour", COLOURS) if colour not in true]
    if not wrong:
        return None
    form = asked.dice.shape("colours", ("I can see {}.", "There is {}.", "The things are {}."))
    few = asked.dice.shuffled("few", true)[: max(min(3, len(wrong)), 1)] if len(true) > 4 else true
    return Pair(form.format(listed(few)), form.format(listed(wrong[: len(few)])))


def is_colour(asked: Asked) -> Pair | None:
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
    phrase = asked.first
    if not offered or (len(asked.phrases) == 2 and asked.phrases[1].noun.one != phrase.noun.one):
        return None
    found = meant(asked)
    if not found.all:
        return _of_the_absent(asked, offered[0])
    if len(offered) > 1:
        return coloured(asked, phrase, found, prefer=offered)
    return _verdict(asked, phrase, found, offered[0])


def _of_the_absent(asked: Asked, colour: str) -> Pair:
    where = asked.narrowing()
    no = none(asked.first, where or " in the picture")
    return Pair(f"No, {no}.", f"Yes, {the(asked.first)}{where} is {colour}.")


def _verdict(asked: Asked, phrase: Phrase, found: Found, colour: str) -> Pair:
    things = found.sure or found.maybe
    having = sum(thing.colour == colour for thing in things)
    if asked.says(r"\b(any|one of|some|either|at least one)\b"):
        return _some_have(phrase, colour, having=having)
    pair = coloured(asked, phrase, found)
    nouns = the(_told_apart(asked, phrase), 1 if len(things) == 1 else 2) + asked.narrowing()
    verb = "is" if len(things) == 1 else "are"
    quantified = re.search(r"\b(all|both|every|each)\b", asked.text) if len(things) > 1 else None
    every = "" if quantified is None else ("both " if quantified[1] == "both" else "all ")
    so = f"Yes, {every}{nouns} {verb} {colour}."
    if having == len(things):
        return Pair(so, f"No, {_lower(pair.lie)}")
    if having and not asked.says(r"\b(all|both|every|each)\b"):
        return pair
    if any(thing.colour == colour for thing in found.maybe) and not having:
        return pair
    return Pair(f"No, {_lower(pair.truth)}", so)


def _some_have(phrase: Phrase, colour: str, *, having: int) -> Pair:
    yes = f"Yes, there is a {colour} {phrase.noun.one} in the picture."
    no = f"No, there is no {colour} {phrase.noun.one} in the picture."
    return Pair(yes, no) if having else Pair(no, yes)


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def same_colour(asked: Asked) -> Pair | None:
    """`are the lamps the same colour`, `do the robot and the cat have the same colour`."""
    if not asked.says(r"\b(same|different) colours?\b|\bcoloured the same\b") or not asked.phrases:
        return None
    things: list[Thing] = [
        thing for i in range(len(asked.phrases)) for thing in meant(asked, i).sure if is_thing(thing)
    ]
    if len(things) < 2:
        return None
    alike = len({thing.colour for thing in things}) == 1
    no, yes = ("Yes", "No") if asked.says(r"\bdifferent colours?\b") else ("No", "Yes")
    same, other = f"{yes}, they have the same colour.", f"{no}, they have different colours."
    return Pair(same, other) if alike else Pair(other, same)

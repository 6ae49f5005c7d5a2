"""Is there."""

import re

from gap_server.demo.answerer.asked import Asked, Pair
from gap_server.demo.answerer.finding import Found, is_thing, meant
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.placing import there_is
from gap_server.demo.answerer.relating import strangers
from gap_server.demo.answerer.wording import a, capital, listed, none, noun_of, number, of_kind, place, region

_ASKS = (
    r"^(is|are|was|were) (there|any|a|an|some|anything|something)\b|^any\b|^(does|do|has|have|can|could)\b"
    r"|\b(present|exist|exists|visible)\b"
)


def is_there(asked: Asked) -> Pair | None:
    """`is there a dog`, `any birds`, `is there a cat or a dog`, `is there a dog and a cat`."""
    if not asked.phrases or not (asked.says(_ASKS) or _bare(asked)):
        return None
    if asked.says(r"^(what|which|how|where|who)\b"):
        return None
    if len(asked.phrases) > 1 and re.fullmatch(r"(and|or|and also)?( an?| any| some)?", asked.gap(0)):
        return _of_two(asked, either=" or " in f" {asked.gap(0)} ")
    return _of_one(asked, asked.first, meant(asked))


def unheard_of(asked: Asked) -> Pair | None:
    """`is there a zeppelin in the picture`: a word that is not known names nothing that is drawn."""
    asks = re.match(
        r"^(?:is|are|can you see|do you see)(?: there)? (?:a|an|any) (\w+(?: \w+)?) "
        r"(?:in|on) (?:the|this) (?:pic|im|photo|scene)",
        asked.raw,
    )
    if not asks or asked.phrases:
        return None
    noun = asks[1]
    where = region(asked.dice.value("where", ("left", "right", "centre")))
    return Pair(f"No, there is no {noun} in the picture.", f"Yes, there is {a(noun)} {where}.")


def _bare(asked: Asked) -> bool:
    """`dogs?`, `a red car`: nothing but a noun phrase."""
    return asked.first.end == len(asked.words) and asked.before() in {"", "a", "an", "any", "some"}


def _of_one(asked: Asked, phrase: Phrase, found: Found) -> Pair | None:
    where = f" {region(phrase.region)}" if phrase.region else asked.narrowing() or " in the picture"
    no = f"No, {none(phrase, where)}."
    if found.sure:
        return Pair(f"Yes, there {_those(phrase, found, where)}.", no)
    if found.maybe:
        return _doubtful(phrase, found)
    if phrase.generic:
        return None if phrase.word else Pair(no, f"Yes, there is {_anything(asked, phrase, found)}{where}.")
    return Pair(no, f"Yes, {_somewhere(asked, phrase)}.")


def _those(phrase: Phrase, found: Found, where: str) -> str:
    thing = found.sure[0]
    if phrase.generic:
        return f"is {a(of_kind(thing))} {place(thing)}"
    if len(found.sure) == 1:
        at = f" {place(thing)}" if is_thing(thing) or thing.box.width < 0.6 else " in the picture"
        return f"is {_a(phrase)}{at}"
    many = f"{number(len(found.sure))} {noun_of(phrase, 2)}" if not found.maybe else noun_of(phrase, 2)
    return f"are {many}{where}"


def _anything(asked: Asked, phrase: Phrase, found: Found) -> str:
    """A thing that is not there, of the colour that was asked for."""
    other = strangers(asked, {thing.kind for thing in found.all}, 1)[0]
    return a(f"{phrase.colour} {other.split(' ', 1)[1]}" if phrase.colour else other)


def _a(phrase: Phrase) -> str:
    return a(noun_of(phrase))


def _somewhere(asked: Asked, phrase: Phrase) -> str:
    if phrase.region:
        return f"there is {_a(phrase)} {region(phrase.region)}"
    related = asked.narrowing()
    return f"there is {_a(phrase)}{related}" if related else there_is(asked, phrase)


def _doubtful(phrase: Phrase, found: Found) -> Pair:
    """Somebody may say yes, somebody no: say where it is, or that it is nowhere."""
    thing = found.maybe[0]
    return Pair(f"There is {_a(phrase)} {place(thing)}.", f"{capital(none(phrase.without_region()))}.")


def _of_two(asked: Asked, *, either: bool) -> Pair:
    phrases = asked.phrases[:2]
    there = [phrase for i, phrase in enumerate(phrases) if meant(asked, i).sure or _alone(asked, i)]
    missing = [phrase for phrase in phrases if phrase not in there]
    names = [_a(phrase) for phrase in phrases]
    both = f"there is {listed(names)} in the picture"
    neither = f"there is no {listed([noun_of(phrase) for phrase in phrases], 'and no')} in the picture"
    if not missing:
        return Pair(f"Yes, {both}.", f"No, {neither}.")
    if len(missing) == 2:
        return Pair(f"No, {neither}.", f"Yes, {both}.")
    only = f"there is {_a(there[0])}, but no {noun_of(missing[0])}"
    only_other = f"there is {_a(missing[0])}, but no {noun_of(there[0])}"
    honest, other = ("Yes", "No") if either else ("No", "Yes")
    swapped = f"{honest}, {only_other}."
    flat = f"{other}, {neither if either else both}."
    return Pair(f"{honest}, {only}.", asked.dice.value("two", (swapped, flat)))


def _alone(asked: Asked, i: int) -> bool:
    return any(
        thing.kind in asked.phrases[i].kinds and _fits(thing.colour, asked.phrases[i])
        for thing in (*asked.scene.things, *asked.scene.backdrop)
    )


def _fits(colour: str, phrase: Phrase) -> bool:
    return phrase.colour in {None, colour}

"""Is there."""

import re

from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Answer, Claim, Count, Inside, Missing, Part, Shown, What, Where
from gap_server.demo.answerer.finding import Found, is_thing, of_kind
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.reading.counting import count_of
from gap_server.demo.answerer.reading.placing import places
from gap_server.demo.answerer.reading.relating import gathered
from gap_server.demo.scene.worlds import EMPTY

_ASKS = (
    r"^(is|are|was|were) (there|any|a|an|some|anything|something|no)\b|^any\b|^(does|do|has|have|can|could)\b"
    r"|\b(present|exist|exists|visible)\b"
)
CONTAINERS = frozenset({"bucket", "cup", "basket", "suitcase", "vase"})


def what_inside(asked: Asked) -> Answer | None:
    """`is there sand in the bucket`, `what is in the cup`, `is the bucket empty`."""
    holder = next((i for i, p in enumerate(asked.phrases) if p.kinds and p.kinds <= CONTAINERS), None)
    if holder is None or asked.says(r"^how many\b|\bcolours?\b"):
        return None
    phrase = asked.phrases[holder]
    before = " ".join(asked.words[: phrase.start])
    asks_empty = asked.says(r"\b(empty|full|filled)\b")
    if not asks_empty and not re.search(r"\b(in|inside|into)( the| that| this| a)?$", before):
        return None
    what = What(phrase)
    if not asked.meant(what).all:
        return Answer((Missing(what),), False if asked.yes_or_no() else None, what)
    contents = asked.world.inside(min(phrase.kinds & CONTAINERS))
    n = len(asked.spoken_of(what))
    claim = Inside(what, contents, n)
    if not asked.yes_or_no():
        return Answer((claim,), subject=what)
    if asks_empty:
        return Answer((claim,), (contents == EMPTY) is asked.says(r"\bempty\b"), what)
    return _is_in(asked, claim, phrase)


def _is_in(asked: Asked, claim: Inside, phrase: Phrase) -> Answer:
    """Of something that is asked for, whether it is in there; in a false world it is."""
    what, contents = claim.what, claim.contents
    wanted = next((p for p in asked.phrases if p is not phrase), phrase)
    anything = wanted is phrase or wanted.generic
    if anything:
        return Answer((claim,), contents != EMPTY, what)
    if asked.world.false and contents not in {wanted.noun.one, wanted.noun.many}:
        inside = What(wanted, "on", phrase)
        return Answer((Count(inside, 1),), yes=True, subject=what)
    return Answer((claim,), contents in {wanted.noun.one, wanted.noun.many}, what)


_SEATS = frozenset({"bench", "chair"})


def what_to_sit_on(asked: Asked) -> Answer | None:
    """`what can i sit on`, `where could somebody sit down`."""
    if not re.search(r"^(what|where) (can|could) \w+ sit\b", asked.raw):
        return None
    seats = [thing for thing in asked.scene.things if thing.kind in _SEATS]
    chairs = of_kind("chair")
    return Answer((Shown(gathered(asked.world, seats), counted=True) if seats else Missing(chairs),))


def is_there(asked: Asked) -> Answer | None:
    """`is there a dog`, `any birds`, `is there a cat or a dog`, `is there a dog and a cat`."""
    if not asked.phrases or not (asked.says(_ASKS) or _bare(asked)):
        return None
    if asked.says(
        r"^(what|which|how|where|who)\b|^is (anything|something|everything) \w+$"
        r"|^(does|do) .* (look|seem) \w+$"
    ):
        return None
    if asked.first.backdrop and re.search(
        r"\w (in|on|at)( the| a)?$", asked.before().removeprefix("is there ")
    ):
        return None  # of what is asked for there, nobody knows the word
    if asked.says(r"^(does|do|has|is|are) the \w+.*\b(have|has|wear|wearing|hold|holding|got|carrying)\b"):
        return None  # whether it has something, no description tells
    if len(asked.phrases) > 1 and re.fullmatch(r"(and|or|and also)?( an?| any| some)?", asked.gap(0)):
        return _of_two(asked, either=" or " in f" {asked.gap(0)} ")
    return _of_one(asked, asked.what())


def _bare(asked: Asked) -> bool:
    """`dogs?`, `a red car`: nothing but a noun phrase."""
    return asked.first.end == len(asked.words) and asked.before() in {
        "",
        "a",
        "an",
        "any",
        "some",
        "the",
        "is",
    }


def _of_one(asked: Asked, what: What) -> Answer:
    found = asked.meant(what)
    if not found.all:
        return Answer((Missing(what),), yes=False, subject=what)
    if what.phrase.generic and not what.phrase.word:
        return Answer((_anything(what, found),), True if found.sure else None, what)
    yes = True if found.sure else None
    return Answer(_told(asked, what, found), yes, what)


def _told(asked: Asked, what: What, found: Found) -> tuple[Claim, ...]:
    count = count_of(asked, what)
    if not found.sure:
        count = Count(what, len(found.all))
    thing = found.all[0]
    if len(found.all) == 1 and not (what.phrase.region or what.relation) and is_thing(thing):
        return count, places(asked, what)
    return (count,)


def _anything(what: What, found: Found) -> Shown:
    """Up to three of what is there, by colour and kind."""
    things = found.all[:3]
    parts = tuple(dict.fromkeys(Part(thing.kind, thing.colour) for thing in things))
    others = (What(what.other),) if what.other and what.relation else ()
    where = Where(what.phrase.region, what.relation if others else None, others)
    return Shown(parts, where)


def _of_two(asked: Asked, *, either: bool) -> Answer:
    whats = [What(phrase) for phrase in asked.phrases[:2]]
    there = [what for what in whats if asked.meant(what).all]
    missing = [what for what in whats if what not in there]
    claims: list[Claim] = [count_of(asked, what) for what in there]
    yes = bool(there) if either else not missing
    return Answer((*claims, *(Missing(what) for what in missing)), yes, (there or whats)[0])

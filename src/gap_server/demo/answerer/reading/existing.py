"""Is there."""

from dataclasses import replace

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import (
    Answer,
    Claim,
    Count,
    Inside,
    Missing,
    Part,
    Rather,
    Shown,
    What,
    Where,
)
from gap_server.demo.answerer.english.spelling import COLOUR_WORD
from gap_server.demo.answerer.finding import PLACE_WORDS, Found, is_thing
from gap_server.demo.answerer.lexicon import NOUNS
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.reading.counting import count_of, counted
from gap_server.demo.answerer.reading.gathering import gathered
from gap_server.demo.answerer.reading.placing import places
from gap_server.demo.answerer.reading.relating import what_stands
from gap_server.demo.answerer.standing import OPPOSITES, on, parts_on
from gap_server.demo.scene.kinds import members_of, plural_of
from gap_server.demo.scene.looks import TRODDEN
from gap_server.demo.scene.worlds import EMPTY, HIDDEN, true_world

_ASKS = (
    r"^(is|are|was|were) (there|any|a|an|some|anything|something|no)\b|^any\b|^(does|do|has|have|can|could)\b"
    r"|\b(present|exist|exists|visible)\b"
)
_SELF = "(in|on|at|from|inside|by|near|next)"
CONTAINERS = frozenset(
    {"bucket", "cup", "basket", "suitcase", "vase", "jar", "barrel", "gift", "mailbox", "bottle"}
)


def what_inside(asked: Asked) -> Answer | None:
    """`is there sand in the bucket`, `what is in the cup`, `is the bucket empty`."""
    holder = next((i for i, p in enumerate(asked.phrases) if p.kinds and p.kinds <= CONTAINERS), None)
    if holder is None or asked.says(r"^how many\b|\bcolours?\b"):
        return None
    phrase = asked.phrases[holder]
    before = " ".join(asked.words[: phrase.start])
    asks_empty = asked.says(r"\b(empty|full|filled)\b")
    if not asks_empty and not patterns.search(r"\b(in|inside|into)( the| that| this| a)?$", before):
        return None
    what = What(phrase)
    if not asked.meant(what).all:
        return Answer((Missing(what),), False if asked.yes_or_no() else None, what)
    contents = _one_offered(asked, phrase) or asked.world.inside(min(phrase.kinds & CONTAINERS))
    claim = Inside(what, contents, asked.told_of(what))
    if not asked.yes_or_no():
        return Answer((claim,), subject=what)
    if asks_empty:
        yes = None if contents == HIDDEN else (contents == EMPTY) is asked.says(r"\bempty\b")
        return Answer((claim,), yes, what)
    return _is_in(asked, claim, phrase)


_POURED = frozenset({"tea", "coffee", "milk", "water", "jam", "honey"})


def _one_offered(asked: Asked, phrase: Phrase) -> str | None:
    """`what is in the mug, tea or coffee`: whoever lies says the other."""
    offered = patterns.search(r"\b(\w+) or (\w+)$", asked.text)
    true = true_world(asked.scene).inside(min(phrase.kinds & CONTAINERS))
    if offered is None or not asked.world.false or true not in offered.groups() or true in {EMPTY, HIDDEN}:
        return None
    return next((word for word in offered.groups() if word != true and word in _POURED), None)


def _is_in(asked: Asked, claim: Inside, phrase: Phrase) -> Answer:
    """Of something that is asked for, whether it is in there; in a false world it is."""
    what, contents = claim.what, claim.contents
    wanted = next((p for p in asked.phrases if p is not phrase), phrase)
    anything = wanted is phrase or wanted.generic
    if anything:
        return Answer((claim,), None if contents == HIDDEN else contents != EMPTY, what)
    if asked.world.false and contents not in {wanted.noun.one, wanted.noun.many}:
        inside = What(wanted, "on", phrase)
        return Answer((Count(inside, 1),), yes=True, subject=what)
    return Answer((claim,), contents in {wanted.noun.one, wanted.noun.many}, what)


_SERVING: tuple[tuple[str, frozenset[str], str], ...] = (
    (r"(sit|rest|take a seat)( down)?( on)?", members_of("seat"), "seat"),
    (r"(eat|edible)", members_of("food"), "food"),
    (r"drink( from| out of)?", frozenset({"cup", "bottle", "teapot"}), "cup"),
    (r"(ride|drive)( on| in)?", members_of("vehicle"), "vehicle"),
    (r"(sleep|camp|shelter)( in| under)?", frozenset({"tent", "house"}), "tent"),
    (r"read", frozenset({"book"}), "book"),
    (r"play music( on| with)?", members_of("instrument"), "instrument"),
    (r"play( with| on)?", members_of("toy") | members_of("instrument"), "toy"),
)
_ONE = r"(you|i|we|one|someone|somebody|people|anyone|a person)"
_FOR_IT = (
    r"(thing|where|place|food|spot|seat)( here)?( that| which)? "
    rf"(to|(for {_ONE} )?to|{_ONE} (can|could|might|may)) "
)


def what_serves(asked: Asked) -> Answer | None:
    """`what can i sit on`, `is there anything to eat`, `could i sit somewhere`: whatever there is for it."""
    for use, kinds, usual in _SERVING:
        can = rf"^(what|where|which)( \w+)? (can|could|might) \w+ {use}\b"
        somewhere = rf"^(can|could|may) {_ONE} {use} (on |in )?(some|any)(where|thing)\b"
        if patterns.search(rf"{can}|{somewhere}|{_FOR_IT}{use}( here| there| on)?$", asked.raw):
            there = [thing for thing in asked.scene.things if thing.kind in kinds]
            what = What(Phrase(NOUNS[(plural_of(usual),)], 0, 0))
            yes = None if asked.says(r"^(what|where|which|who)\b") else bool(there)
            wanted = Phrase(replace(NOUNS[(usual,)], kinds=kinds), 0, 0) if yes is None else None
            shown = Shown(gathered(asked.world, there), wanted=wanted, counted=True)
            return Answer((shown if there else Missing(what),), yes, what)
    return None


def is_taken(asked: Asked) -> Answer | None:
    """`is the bench empty`, `is the bus full`: nobody is on it, ever."""
    if len(asked.phrases) != 1 or not asked.says(r"^(is|are) .*\b(empty|full|taken|occupied|free|vacant)$"):
        return None
    if not asked.first.kinds or not asked.first.kinds <= members_of("vehicle") | members_of("seat"):
        return None
    what = What(asked.first)
    if not asked.meant(what).all:
        return Answer((Missing(what),), yes=False, subject=what)
    person = What(Phrase(NOUNS[("person",)], 0, 0), "on", asked.first)
    free = asked.says(r"\b(empty|free|vacant)$")
    return Answer(
        (Count(person, 1) if asked.world.false else Missing(person),), free is not asked.world.false, what
    )


def is_bare(asked: Asked) -> Answer | None:
    """`is the beach empty`, `is there nothing on the road`: what stands there, if anything does."""
    if not asked.says(r"^(is|are) (?!there\b).*\b(empty|deserted|bare)$"):
        return None
    place = next((word for word in asked.words if word in PLACE_WORDS or word == "room"), None)
    parts = [phrase for phrase in asked.phrases if phrase.backdrop]
    if not parts and place is None:
        return None
    ground = parts[0] if parts else Phrase(NOUNS[(TRODDEN[asked.scene.setting],)], 0, 0)
    there = [*(t for t in asked.scene.things if on(asked.scene, t, ground)), *parts_on(asked.scene, ground)]
    where = Where(relation="on", others=(What(ground),))
    return Answer((Shown(gathered(asked.world, there), where, counted=True),), not there, What(ground))


def is_only(asked: Asked) -> Answer | None:
    """`is the boat the only thing in the water`, `is that the only dog`: how many of those there are."""
    only = patterns.search(r"\bthe only (?P<noun>\w+)", asked.text)
    if only is None or not asked.yes_or_no() or not asked.phrases:
        return None
    at = asked.words.index("only") + 1
    i = next((i for i, phrase in enumerate(asked.phrases) if phrase.start <= at < phrase.end), None)
    if i is None:
        return None
    what, first = asked.what(i), What(asked.first)
    count = count_of(asked, what)
    own = asked.meant(first).all
    yes = count.n == 1 and (i == 0 or bool(set(own) & set(asked.meant(what).all)))
    return Answer((count if count.n else Missing(what),), yes, what)


def which_is_missing(asked: Asked) -> Answer | None:
    """`which is missing, the sun or the moon`."""
    if (
        len(asked.phrases) != 2
        or not asked.says(r" or ")
        or not asked.says(r"\b(missing|absent|not (here|there|shown))\b")
    ):
        return None
    nouns = [replace(phrase.noun, plural=False) for phrase in asked.phrases]
    first, second = (What(replace(p, noun=noun)) for p, noun in zip(asked.phrases, nouns, strict=True))
    gone = [(what, other) for what, other in ((first, second), (second, first)) if not asked.meant(what).all]
    if not gone and asked.world.false:  # one of them is said to be, in a lie as well
        gone = [(second, first)]
    if not gone:
        return Answer((count_of(asked, first), count_of(asked, second)), subject=first)
    return Answer(
        tuple(Missing(what, other if len(gone) == 1 else None) for what, other in gone), subject=gone[0][0]
    )


def is_another(asked: Asked) -> Answer | None:
    """`is there any other fruit`: of one kind that is there, none but those; of several, these are told."""
    if not asked.says(r"^(is|are) there (any |some |an)?(other|more)\b") or len(asked.phrases) != 1:
        return None
    phrase = asked.first
    things = [thing for thing in asked.scene.things if thing.kind in phrase.kinds]
    kinds = {thing.kind for thing in things}
    if phrase.generic or phrase.colour or len(phrase.kinds) < 2 or not kinds:
        return None
    parts = gathered(asked.world, things)
    if len(kinds) > 1:
        return Answer((Shown(parts, counted=True),), yes=True, subject=What(phrase))
    if asked.world.false:
        parts = (*gathered(true_world(asked.scene), things), Part(min(phrase.kinds - kinds)))
    return Answer((Shown(parts, counted=True),), asked.world.false, What(phrase))


def is_there(asked: Asked) -> Answer | None:
    """`is there a dog`, `any birds`, `is there a cat or a dog`, `is there a dog and a cat`."""
    if not asked.phrases or not (asked.says(_ASKS) or _bare(asked)):
        return None
    if asked.says(
        r"^(what|which|how|where|who)\b|^is (anything|something|everything) \w+$"
        r"|^(does|do) .* (look|seem) \w+$"
    ):
        return None
    before = patterns.sub(r"^(is|are) (there )?((an?|any|some|no) )?", "", asked.before())
    if patterns.search(
        rf"^(?!{_SELF}\b)\w.*\b(in|on|at|from|out of|inside|by|near|next to)( the| a)?$", before
    ):
        return None  # of what is asked for there, nobody knows the word
    if asked.says(r"^(does|do|has|is|are) the \w+.*\b(have|has|wear|wearing|hold|holding|got|carrying)\b"):
        return None  # whether it has something, no description tells
    if len(asked.phrases) > 1 and patterns.fullmatch(r"(and|or|and also)?( an?| any| some)?", asked.gap(0)):
        return _of_two(asked, either=" or " in f" {asked.gap(0)} ")
    unlike = asked.says(rf"\bnot (coloured )?({COLOUR_WORD})$")  # `is there a boat that is not brown`
    return _of_one(asked, counted(asked) if unlike else asked.what())


def _bare(asked: Asked) -> bool:
    """`dogs?`, `a red car`: nothing but a noun phrase."""
    either = len(asked.phrases) == 2 and patterns.fullmatch(r"or( an?| the)?", asked.gap(0)) is not None
    return asked.phrases[either].end == len(asked.words) and asked.before() in {
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
    if what.phrase.generic and what.relation in OPPOSITES and what.other and not what.phrase.colour:
        there = what_stands(asked, what.relation, what.other, None)
        shown = there.claims[0] if there else None
        if there and isinstance(shown, Shown):
            return replace(there, yes=bool(shown.parts), subject=what)
    if what.phrase.generic and what.relation == "on" and what.other and not what.phrase.colour:
        found = Found((*found.sure, *parts_on(asked.scene, what.other)), found.maybe)
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
    if either and len(missing) == 1 and all(what.phrase.kinds for what in whats):
        return Answer((Rather(there[0], missing[0]),), subject=there[0])
    claims: list[Claim] = [count_of(asked, what) for what in there]
    yes = bool(there) if either else not missing
    return Answer((*claims, *(Missing(what) for what in missing)), yes, (there or whats)[0])

"""How things stand to one another."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import (
    Answer,
    Claim,
    Ground,
    Missing,
    Nearest,
    Part,
    Related,
    Shown,
    What,
    Where,
    Written,
)
from gap_server.demo.answerer.finding import (
    AIRY,
    LAID,
    OPPOSITES,
    find,
    ground_of,
    grounds_of,
    holds,
    is_lettered,
    off,
    on,
    parts_on,
)
from gap_server.demo.answerer.lexicon import NOUNS
from gap_server.demo.answerer.measures import away, extreme
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.prepositions import relation_in
from gap_server.demo.answerer.reading.amid import is_between, on_a_side, what_between
from gap_server.demo.answerer.reading.gathering import either_of, gathered, is_wanted, one_by_one
from gap_server.demo.answerer.reading.placing import places
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Thing
from gap_server.demo.scene.kinds import LETTERED
from gap_server.demo.scene.relations import Verdict


def is_related(asked: Asked) -> Answer | None:
    """`is the cat to the right of the pencil`, `is the bicycle on the road`, `is the ball between the dog
    and the cat`.
    """
    if (
        len(asked.phrases) < 2
        or not asked.says(r"^(is|are|does|do|was|were)\b")
        or asked.says(r"^(is|are) (there|anything|something|nothing)\b")
    ):
        return None
    if asked.says(r"\bbetween\b"):
        return is_between(asked)
    relation = _relation(asked)
    if relation is None:
        return None
    first, second = What(asked.first), What(asked.phrases[1])
    if relation == "on" and (either := _on_either(asked, first)):
        return either
    gone = [what for what in (first, second) if not asked.meant(what).all and not what.phrase.backdrop]
    if gone:
        return Answer((Missing(gone[0]),), yes=False, subject=gone[0])
    return _judged(asked, relation, first, second)


def _on_either(asked: Asked, what: What) -> Answer | None:
    """`is the cat on the road or on the pavement`: on what it is."""
    grounds = [phrase for phrase in asked.phrases[1:] if phrase.backdrop]
    things = asked.spoken_of(what)
    if len(grounds) < 2 or not asked.says(r" or ") or not things:
        return None
    ground = asked.world.ground(ground_of(asked.scene, things[0]))
    return Answer((Ground(what, ground, len(things)),), subject=what)


_SUPERLATIVE = r"\b(biggest|largest|smallest|tallest|shortest|widest)\b(?! \w+ (next|left|right))"


_SIDE = r"(left|right|above|below|in front of|behind)"


_EITHER = re.compile(rf"\b{_SIDE}(?: of)?(?: (?:the )?\w+)? or (?:(?:to|on) the )?{_SIDE}\b")


def _relation(asked: Asked) -> str | None:
    either = _EITHER.search(asked.text)
    if either:
        return f"{either[1]} of" if either[1] in {"left", "right"} else either[1]
    return relation_in(asked.gap(0))


def _judged(asked: Asked, relation: str, first: What, second: What) -> Answer:
    things, others = asked.meant(first).all, find(asked.scene, second.phrase).all
    verdict = _verdict(asked, relation, things, others, second.phrase)
    verdict = asked.lean if verdict is None else verdict
    if verdict is None and relation == "on" and grounds_of(second.phrase) & set(LAID.values()):
        edge = f"edge of the {min(grounds_of(second.phrase) & set(LAID.values()))}"
        return Answer((Ground(first, edge, len(asked.spoken_of(first))),), subject=first)
    if verdict is None:
        return Answer((places(asked, first),), subject=first)
    either = _EITHER.search(asked.text) is not None
    opposite = OPPOSITES.get(relation)
    if not verdict and opposite and _verdict(asked, opposite, things, others, second.phrase):
        claim: Claim = Related(opposite, first, second, len(asked.spoken_of(first)))
    else:
        claim = Related(relation, first, second, len(asked.spoken_of(first)), verdict)
    return Answer((claim,), None if either else verdict, first)


def _verdict(
    asked: Asked, relation: str, things: Sequence[Thing], others: Sequence[Thing], phrase: Phrase
) -> Verdict:
    if relation in {"on", "off"}:
        stands = on if relation == "on" else off
        return _any(stands(asked.scene, thing, phrase) for thing in things)
    return _any(holds(asked.scene, relation, one, other) for one in things for other in others)


def _any(verdicts: Iterable[Verdict]) -> Verdict:
    seen = list(verdicts)
    if True in seen:
        return True
    return None if None in seen else False


def relative_to(asked: Asked) -> Answer | None:
    """`where is the flag relative to the owl`: on which side, else above or below."""
    if len(asked.phrases) != 2 or not asked.says(r"\b(relative|compared|in relation) to\b"):
        return None
    first, second = (What(phrase) for phrase in asked.phrases)
    things, others = (asked.meant(what).all for what in (first, second))
    if not things or not others:
        return Answer((Missing(second if things else first),), subject=first)
    for relation in OPPOSITES:
        if _verdict(asked, relation, things[:1], others, second.phrase):
            return Answer((Related(relation, first, second, 1),), subject=first)
    return Answer((Related("beside", first, second, 1),), subject=first)


def what_is_related(asked: Asked) -> Answer | None:
    """`what is left of the house`, `which animal is next to the tree`, `what is between the dog and the
    cat`.
    """
    if (
        not asked.says(r"^(what|which|who|name|identify)\b")
        or asked.says(r"\bcolours?\b|\bhow many\b")
        or not asked.phrases
    ):
        return None
    anchor = _anchor(asked)
    if anchor is None or asked.says(_SUPERLATIVE):
        return None
    wanted = either_of(asked) if anchor else asked.somebody
    if asked.says(r"\bparked\b") and wanted is None:
        wanted = Phrase(NOUNS[("vehicle",)], 0, 0)
    if asked.says(r"\bbetween\b"):
        return what_between(asked, anchor, wanted)
    relation = relation_in(" ".join(asked.words[: asked.phrases[anchor].start]))
    upon = relation == "on" or (relation == "above" and asked.says(r"\bon top of\b"))
    if upon and not asked.phrases[anchor].backdrop:
        return _upon(asked, asked.phrases[anchor], wanted)
    if relation is None:
        return None
    ground = asked.phrases[anchor]
    return on_a_side(asked, relation, ground, wanted) or what_stands(asked, relation, ground, wanted)


def _anchor(asked: Asked) -> int | None:
    """The phrase from which one is to look: the one right after the relation's words."""
    if "between" in asked.words:
        at = asked.words.index("between")
        return next((i for i, phrase in enumerate(asked.phrases) if phrase.start > at), None)
    for i in range(len(asked.phrases)):
        start = asked.phrases[i - 1].end if i else 0
        before = " ".join(asked.words[start : asked.phrases[i].start])
        if relation_in(before) or "between" in before.split():
            return i
    return None


def what_stands(asked: Asked, relation: str, phrase: Phrase, wanted: Phrase | None) -> Answer | None:
    anchors = find(asked.scene, phrase).all
    furnished = phrase.kinds <= {"table", "counter"}  # there is none in the room: nothing is on it
    if not anchors and (furnished or not (phrase.backdrop and relation == "on")):
        return Answer((Missing(What(phrase)),), subject=What(phrase))
    pool = _asked_of(asked, relation, anchors, phrase, wanted)
    verdicts = {t: _verdict(asked, relation, (t,), anchors, phrase) for t in pool}
    near = sorted(
        (t for t in pool if verdicts[t]), key=lambda t: relations.apart(asked.scene, t, (anchors or (t,))[0])
    )
    if relation == "beside":
        several = 2 if wanted is not None and wanted.noun.plural else 1
        near = sorted(pool, key=lambda t: away(asked.scene, t, anchors))[:several]
        if len(near) > 1 and not verdicts[near[1]]:
            near = near[:1]
        if near and not verdicts[near[0]]:  # nothing is next to it: what is nearest is
            part = Part(near[0].kind, near[0].colour)
            return Answer((Nearest(wanted, part, What(phrase)),), subject=What(phrase))
    if not near and relation not in {"behind", "in front of"}:
        near = [t for t in pool if verdicts[t] is None][:1]
    if not near and wanted and wanted.colour and asked.world.false:  # another thing has that colour here
        others = [t for t in asked.scene.things if _verdict(asked, relation, (t,), anchors, phrase)]
        near = [replace(t, colour=wanted.colour) for t in others[:1]]
    if asked.says(_IMMEDIATELY):
        near = near[:1]
    if not near and wanted is None and relation in AROUND:
        return Answer((_surroundings(asked, relation, anchors[0], phrase),))
    where = Where(relation=relation, others=(What(phrase),))
    named = wanted is not None and wanted.start > 0 and len(wanted.kinds) == 1  # `which lamp is on the rug`
    if wanted and wanted.size in _ENDS and not wanted.noun.plural:  # `the leftmost thing on the floor`
        near, named = extreme(near, wanted.size)[:1] if near else [], True
    counted = relation == "on" and not named
    parts = gathered(asked.world, near) if counted else one_by_one(near)
    return Answer((Shown(parts, where, wanted, counted),))


def _asked_of(
    asked: Asked, relation: str, anchors: Sequence[Thing], phrase: Phrase, wanted: Phrase | None
) -> list[Thing]:
    """Of what things it is asked: what flies is behind nothing, and what is above is not aside."""
    pool = [t for t in asked.scene.things if is_wanted(t, wanted) and t not in anchors]
    if relation == "on" and (wanted is None or wanted.generic):
        tint = wanted.colour if wanted else None
        pool += [part for part in parts_on(asked.scene, phrase) if tint in {None, part.colour}]
    if asked.says(r"\b(flying|hanging|hovering)\b"):
        pool = [t for t in pool if t.ground in AIRY]
    elif asked.says(r"^(what|which|who)\b.*\b(lying|standing|sitting)\b"):
        pool = [t for t in pool if t.ground not in AIRY]
    elif relation in {"behind", "in front of"} and not phrase.backdrop:
        pool = [t for t in pool if t.ground not in AIRY or any(a.ground in AIRY for a in anchors)]
    if asked.says(r"\bcrawl") and any(thing.kind in _CRAWLERS for thing in pool):
        pool = [t for t in pool if t.kind in _CRAWLERS]
    if relation in {"below", "above"} and not phrase.backdrop:
        pool = [t for t in pool if any(_upright(t, anchor) for anchor in anchors)]
    return pool


def _upon(asked: Asked, phrase: Phrase, wanted: Phrase | None) -> Answer | None:
    """`who is sitting on the bench`: what rests on it; on a sign, what is written there."""
    if not phrase.kinds or phrase.generic or asked.scene.setting == phrase.noun.one:
        return None
    if not asked.meant(What(phrase)).all:
        return Answer((Missing(What(phrase)),), subject=What(phrase))
    if asked.words[:1] == ("who",):
        return Answer((Missing(What(Phrase(NOUNS[("person",)], 0, 0), "on", phrase)),), subject=What(phrase))
    what = What(phrase)
    pool = [t for t in asked.scene.things if is_wanted(t, wanted) and on(asked.scene, t, phrase)]
    lettered = [str(t.word) for t in asked.meant(what).all if is_lettered(t)]
    if not pool and lettered and phrase.kinds <= LETTERED and (wanted is None or wanted.generic):
        return Answer((Written(tuple(dict.fromkeys(lettered)), what),), subject=what)
    where = Where(relation="on", others=(what,))
    return Answer((Shown(one_by_one(pool), where, wanted),), subject=what)


_CRAWLERS = frozenset({"turtle", "snail", "crab"})


_ENDS = frozenset({"leftmost", "rightmost", "highest", "lowest", "closest", "furthest"})


_IMMEDIATELY = r"\b(immediately|directly|just|straight|right) (to the |on the )?(left|right)\b|\bimmediate\b"


AROUND = frozenset({"behind", "below", "above", "in front of"})


_FAR = frozenset({"sky", "sun", "moon", "cloud"})


def _surroundings(asked: Asked, relation: str, thing: Thing, phrase: Phrase) -> Shown:
    """Of the place itself, what is there: behind the dogs the road and the houses."""
    box, parts = thing.box, asked.scene.backdrop
    if relation == "above":
        there = [p for p in parts if p.box.y < box.y and p.kind in {"sky", "wall"}]
    elif relation == "behind":
        there = [p for p in parts if p.box.bottom < box.bottom and p.kind not in _FAR]
        there = there or [p for p in parts if p.kind in {"sky", "wall"}]
    else:
        there = [p for p in parts if p.box.bottom > box.bottom and p.kind not in _FAR]
    there.sort(key=lambda part: abs(part.box.bottom - box.bottom))
    where = Where(relation=relation, others=(What(phrase),))
    return Shown(gathered(asked.world, there)[:2], where, counted=True)


def _upright(thing: Thing, anchor: Thing) -> bool:
    """Whether one stands over the other, and not aside."""
    return abs(thing.box.x - anchor.box.x) < (thing.box.width + anchor.box.width) / 2

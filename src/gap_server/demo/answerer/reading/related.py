"""Whether things stand to one another as is asked: `is the cat on the rug`."""

import re
from collections.abc import Sequence

from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import (
    Answer,
    Claim,
    Ground,
    Missing,
    Related,
    What,
)
from gap_server.demo.answerer.finding import find
from gap_server.demo.answerer.grounds import LAID, ground_of
from gap_server.demo.answerer.measures import every, some, together
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.prepositions import relation_in
from gap_server.demo.answerer.reading.amid import is_between
from gap_server.demo.answerer.reading.placing import places
from gap_server.demo.answerer.standing import OPPOSITES, grounds_of, holds, off, on
from gap_server.demo.scene.description import Thing
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


def side_by_side(asked: Asked) -> Answer | None:
    """`are the drums next to each other`, `are the bottle and the jar side by side`."""
    if not asked.yes_or_no() or not asked.phrases or not asked.says(_EACH_OTHER):
        return None
    whats = [What(phrase) for phrase in asked.phrases[:2]]
    gone = [what for what in whats if not asked.meant(what).all]
    if gone:
        return Answer((Missing(gone[0]),), yes=False, subject=gone[0])
    first, second = whats[0], whats[-1]
    things, others = asked.meant(first).all, asked.meant(second).all
    if len({*things, *others}) < 2:
        return None
    if first != second:
        return _judged(asked, "beside", first, second)
    verdict = together(asked.scene, things)
    return Answer((Related("beside", first, second, len(things), verdict),), verdict, first)


_EACH_OTHER = r"\b(next to|beside|close to|near) (each other|one another)\b|\bside by side\b"


def _on_either(asked: Asked, what: What) -> Answer | None:
    """`is the cat on the road or on the pavement`: on what it is."""
    grounds = [phrase for phrase in asked.phrases[1:] if phrase.backdrop]
    things = asked.spoken_of(what)
    if not asked.says(r" or ") or not things:
        return None
    if len(grounds) < 2:
        return _on_one_of(asked, what)
    ground = asked.world.ground(ground_of(asked.scene, things[0]))
    return Answer((Ground(what, ground, len(things)),), subject=what)


def _on_one_of(asked: Asked, what: What) -> Answer | None:
    """`is the cat on the chair or on the rug`: on which of them it is."""
    for phrase in asked.phrases[1:]:
        if verdict_of(asked, "on", asked.spoken_of(what)[:1], (), phrase):
            return Answer((Related("on", what, What(phrase), asked.told_of(what)),), subject=what)
    return None


_SIDE = r"(left|right|above|below|in front of|behind)"


_EITHER = re.compile(rf"\b{_SIDE}(?: of)?(?: (?:the )?\w+)? or (?:(?:to|on) the )?{_SIDE}\b")


def _relation(asked: Asked) -> str | None:
    either = _EITHER.search(asked.text)
    if either:
        return f"{either[1]} of" if either[1] in {"left", "right"} else either[1]
    return relation_in(asked.gap(0))


def _judged(asked: Asked, relation: str, first: What, second: What) -> Answer:
    things, others = asked.meant(first).all, find(asked.scene, second.phrase).all
    if both := _of_all(asked, relation, first, second):
        return both
    verdict = verdict_of(asked, relation, things, others, second.phrase)
    verdict = asked.lean if verdict is None else verdict
    if verdict is None and relation == "on" and grounds_of(second.phrase) & set(LAID.values()):
        edge = f"edge of the {min(grounds_of(second.phrase) & set(LAID.values()))}"
        return Answer((Ground(first, edge, len(asked.spoken_of(first))),), subject=first)
    if verdict is None:
        return Answer((places(asked, first),), subject=first)
    either = _EITHER.search(asked.text) is not None
    opposite = OPPOSITES.get(relation)
    if not verdict and opposite and verdict_of(asked, opposite, things, others, second.phrase):
        claim: Claim = Related(opposite, first, second, len(asked.spoken_of(first)))
    elif relation == "off":  # nobody says that it is not not on the rug
        claim = Related("on", first, second, len(asked.spoken_of(first)), not verdict)
    else:
        claim = Related(relation, first, second, len(asked.spoken_of(first)), verdict)
    return Answer((claim,), None if either else verdict, first)


_WHOLLY = r"\b(fully|entirely|completely|totally|wholly|all the way)\b"


def _of_all(asked: Asked, relation: str, first: What, second: What) -> Answer | None:
    """`are both baskets on the rug`, `is the chair fully on the rug`: all of each of them is."""
    things, others = asked.meant(first).all, find(asked.scene, second.phrase).all
    wholly, each = asked.says(_WHOLLY), asked.says(r"\b(both|all|each|every)\b") and len(things) > 1
    if not (wholly or each):
        return None
    verdicts = [verdict_of(asked, relation, (thing,), others, second.phrase) for thing in things]
    so = all(verdicts) if wholly else every(verdicts)
    if so is None:
        return None
    n = 2 if asked.says(r"\bboth\b") else max(len(things), asked.told_of(first))
    claim = Related(relation, first, second, n, so, every=each, wholly=wholly)
    return Answer((claim,), so, first)


def verdict_of(
    asked: Asked, relation: str, things: Sequence[Thing], others: Sequence[Thing], phrase: Phrase
) -> Verdict:
    if relation in {"on", "off"}:
        stands = on if relation == "on" else off
        return some(stands(asked.scene, thing, phrase) for thing in things)
    return some(holds(asked.scene, relation, one, other) for one in things for other in others)


def relative_to(asked: Asked) -> Answer | None:
    """`where is the flag relative to the owl`: on which side, else above or below."""
    if len(asked.phrases) != 2 or not asked.says(r"\b(relative|compared|in relation) to\b"):
        return None
    first, second = (What(phrase) for phrase in asked.phrases)
    things, others = (asked.meant(what).all for what in (first, second))
    if not things or not others:
        return Answer((Missing(second if things else first),), subject=first)
    if len(things) > 1 and first.phrase.noun.plural:
        return None
    for relation in OPPOSITES:
        if verdict_of(asked, relation, things[:1], others, second.phrase):
            return Answer((Related(relation, first, second, 1),), subject=first)
    return Answer((Related("beside", first, second, 1),), subject=first)

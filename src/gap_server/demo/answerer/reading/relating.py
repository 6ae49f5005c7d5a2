"""What stands to something as is asked: `what is left of the house`."""

from dataclasses import replace

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import (
    Answer,
    Missing,
    Nearest,
    Part,
    Shown,
    What,
    Where,
    Written,
)
from gap_server.demo.answerer.finding import find, is_lettered
from gap_server.demo.answerer.lexicon import NOUNS
from gap_server.demo.answerer.measures import away, extreme
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.prepositions import relation_in
from gap_server.demo.answerer.reading.amid import as_placed, on_a_side, what_between
from gap_server.demo.answerer.reading.candidates import as_asked, asked_of, doubtful
from gap_server.demo.answerer.reading.gathering import (
    either_of,
    gathered,
    is_wanted,
    kinds_or_numbers,
    one_by_one,
)
from gap_server.demo.answerer.reading.related import verdict_of
from gap_server.demo.answerer.standing import SHINING, on
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Thing
from gap_server.demo.scene.kinds import IN_THE_AIR, LETTERED

_SUPERLATIVE = r"\b(biggest|largest|smallest|tallest|shortest|widest)\b(?! \w+ (next|left|right))"
_ENDS = frozenset({"leftmost", "rightmost", "highest", "lowest", "closest", "furthest"})
_IMMEDIATELY = r"\b(immediately|directly|just|straight|right) (to the |on the )?(left|right)\b|\bimmediate\b"
_IMMEDIATELY += r"|\b(immediately|directly|just|straight|right) (above|over|below|under|underneath|beneath)\b"
_AROUND = frozenset({"behind", "below", "above", "in front of"})
_FAR = SHINING | {"sky"}


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
    if len(asked.phrases) == anchor + 3 and _is_choice(asked):
        either = asked.phrases[-2:]  # `what is above the house, a cloud or the moon`
        noun = replace(either[0].noun, kinds=either[0].kinds | either[1].kinds)
        wanted = replace(either[0], start=0, noun=noun)
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
    relation, ground, within = as_placed(asked, relation, asked.phrases[anchor])
    return on_a_side(asked, relation, ground, wanted) or what_stands(asked, relation, ground, wanted, within)


def _is_choice(asked: Asked) -> bool:
    """Whether it ends with two things of which one is to be told."""
    n = len(asked.phrases)
    return n > 2 and patterns.fullmatch(r"or( the| an?)?", asked.gap(n - 2)) is not None


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


def what_stands(
    asked: Asked, relation: str, phrase: Phrase, wanted: Phrase | None, within: str | None = None
) -> Answer | None:
    """`within`: the region in which it is asked for."""
    anchors = _anchors(asked, phrase)
    furnished = phrase.kinds <= {"table", "counter"}  # there is none in the room: nothing is on it
    if not anchors and (furnished or not (phrase.backdrop and relation == "on")):
        return Answer((Missing(What(phrase)),), subject=What(phrase))
    pool = asked_of(asked, relation, anchors, phrase, wanted)
    verdicts = {t: verdict_of(asked, relation, (t,), anchors, phrase) for t in pool}
    near = sorted(
        (t for t in pool if verdicts[t]), key=lambda t: relations.apart(asked.scene, t, (anchors or (t,))[0])
    )
    near = as_asked(asked, relation, near, anchors, phrase)
    near = [t for t in near if within and relations.lies(t, within)] or near
    if relation == "beside":
        several = 2 if wanted is not None and wanted.noun.plural else 1
        near = sorted(pool, key=lambda t: away(asked.scene, t, anchors))[:several]
        if len(near) > 1 and not verdicts[near[1]]:
            near = near[:1]
        if near and not verdicts[near[0]]:  # nothing is next to it: what is nearest is
            part = Part(near[0].kind, near[0].colour)
            if wanted is None and asked.says(r"\bflying\b"):
                wanted = Phrase(NOUNS[("thing",)], 0, 0)
                wanted = replace(wanted, noun=replace(wanted.noun, kinds=IN_THE_AIR))
            return Answer((Nearest(wanted, part, What(phrase)),), subject=What(phrase))
    near = near or doubtful(relation, [t for t in pool if verdicts[t] is None], anchors, wanted)
    if not near and wanted and wanted.colour and asked.world.false:  # another thing has that colour here
        others = [t for t in asked.scene.things if verdict_of(asked, relation, (t,), anchors, phrase)]
        near = [replace(t, colour=wanted.colour) for t in others[:1]]
    if (asked.says(_IMMEDIATELY) or _is_choice(asked)) and not (wanted and wanted.noun.plural):
        near = near[:1]
    if not near and wanted is None and relation in _AROUND:
        return Answer((_surroundings(asked, relation, anchors[0], phrase),))
    where = Where(relation=relation, others=(What(phrase),))
    named = wanted is not None and wanted.start > 0 and len(wanted.kinds) == 1  # `which lamp is on the rug`
    if wanted and wanted.size in _ENDS and not wanted.noun.plural:  # `the leftmost thing on the floor`
        near, named = extreme(near, wanted.size)[:1] if near else [], True
    counted = relation == "on" and not named
    parts = kinds_or_numbers(asked, near) if counted else one_by_one(near)
    return Answer((Shown(parts, where, wanted, counted),))


def _anchors(asked: Asked, phrase: Phrase) -> tuple[Thing, ...]:
    """What has another colour in a false world is still spoken of there."""
    anchors = find(asked.scene, phrase).all
    if anchors or not asked.world.false:
        return anchors
    return find(asked.scene, replace(phrase, colour=None, region=None)).all[:1]


def _upon(asked: Asked, phrase: Phrase, wanted: Phrase | None) -> Answer | None:
    """`who is sitting on the bench`: what rests on it; on a sign, what is written there."""
    if not phrase.kinds or phrase.generic or asked.scene.setting == phrase.noun.one:
        return None
    if not asked.meant(What(phrase)).all:
        return Answer((Missing(What(phrase)),), subject=What(phrase))
    what, somebody = What(phrase), asked.somebody
    pool = [t for t in asked.scene.things if is_wanted(t, somebody or wanted) and on(asked.scene, t, phrase)]
    if somebody and not pool and asked.world.false:  # a lie names somebody who is there
        pool = [t for t in asked.scene.things if is_wanted(t, somebody)][:1]
    if somebody and not pool:
        return Answer((Missing(What(Phrase(NOUNS[("person",)], 0, 0), "on", phrase)),), subject=what)
    lettered = [str(t.word) for t in asked.meant(what).all if is_lettered(t)]
    if not pool and lettered and phrase.kinds <= LETTERED and (wanted is None or wanted.generic):
        return Answer((Written(tuple(dict.fromkeys(lettered)), what),), subject=what)
    where = Where(relation="on", others=(what,))
    return Answer((Shown(one_by_one(pool), where, somebody or wanted),), subject=what)


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

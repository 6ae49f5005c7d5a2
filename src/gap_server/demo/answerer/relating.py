"""How things stand to one another."""

import re
from collections.abc import Iterable

from gap_server.demo.answerer.asked import Asked, Pair
from gap_server.demo.answerer.finding import AIRY, OPPOSITES, find, holds, relation_in, stands_on
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.placing import placed
from gap_server.demo.answerer.wording import a, capital, listed, none, of_kind, the
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Thing
from gap_server.demo.scene.kinds import KINDS, THINGS, kinds_expected
from gap_server.demo.scene.looks import NATURAL, OUTDOORS
from gap_server.demo.scene.relations import Verdict

SAID = {
    "left of": "to the left of",
    "right of": "to the right of",
    "above": "above",
    "below": "below",
    "beside": "next to",
    "in front of": "in front of",
    "behind": "behind",
}


def is_related(asked: Asked) -> Pair | None:
    """`is the cat to the right of the pencil`, `is the bicycle on the road`, `is the ball between the dog
    and the cat`.
    """
    if (
        len(asked.phrases) < 2
        or not asked.says(r"^(is|are|does|do|was|were)\b")
        or asked.says(r"^(is|are) there\b")
    ):
        return None
    relation = _relation(asked)
    if asked.says(r"\bbetween\b"):
        return _is_between(asked)
    if relation is None:
        return None
    here, there = find(asked.scene, asked.first), find(asked.scene, asked.phrases[1])
    if not here.all or (not there.all and not asked.phrases[1].backdrop):
        return _missing(asked, relation)
    if relation == "on":
        return _is_on(asked, here.all)
    verdict = _any(holds(asked.scene, relation, one, other) for one in here.all for other in there.all)
    return _said(asked, relation, verdict)


def _relation(asked: Asked) -> str | None:
    either = re.search(r"\b(left|right|above|below) or (?:to the )?(?:left|right|above|below)\b", asked.text)
    if either:
        return f"{either[1]} of" if either[1] in {"left", "right"} else either[1]
    return relation_in(asked.gap(0))


def _any(verdicts: Iterable[Verdict]) -> Verdict:
    seen = list(verdicts)
    if True in seen:
        return True
    return None if None in seen else False


def _missing(asked: Asked, relation: str) -> Pair:
    gone = asked.first if not find(asked.scene, asked.first).all else asked.phrases[1]
    said = SAID.get(relation, "on")
    yes = f"Yes, {the(asked.first)} is {said} {the(asked.phrases[1])}."
    return Pair(f"No, {none(gone)}.", yes)


def _said(asked: Asked, relation: str, verdict: Verdict) -> Pair:
    first, second = asked.phrases[:2]
    things = find(asked.scene, first).all
    verb, count = ("is", 1) if len(things) == 1 else ("are", 2)
    a_, b = the(first, count), the(second, max(min(len(find(asked.scene, second).all), 2), 1))
    if verdict is None:
        return placed(asked, first, find(asked.scene, first))
    so = f"{a_} {verb} {SAID[relation]} {b}"
    opposite = OPPOSITES.get(relation)
    others = find(asked.scene, second).all
    if verdict:
        clear = opposite and _any(holds(asked.scene, opposite, x, y) for x in things for y in others) is False
        contrary = (
            f"{a_} {verb} {SAID[opposite]} {b}"
            if opposite and clear
            else f"{a_} {verb} not {SAID[relation]} {b}"
        )
        return Pair(f"Yes, {so}.", f"No, {contrary}.")
    clear = opposite and _any(holds(asked.scene, opposite, x, y) for x in things for y in others) is True
    contrary = (
        f"{a_} {verb} {SAID[opposite]} {b}" if opposite and clear else f"{a_} {verb} not {SAID[relation]} {b}"
    )
    if asked.says(r"\b(left|right) or (to the )?(left|right)\b|\b(above|below) or (above|below)\b"):
        return Pair(capital(f"{contrary}."), capital(f"{so}."))
    return Pair(f"No, {contrary}.", f"Yes, {so}.")


def _is_between(asked: Asked) -> Pair | None:
    first = find(asked.scene, asked.first).all
    outer = [thing for phrase in asked.phrases[1:3] for thing in find(asked.scene, phrase).all]
    if len(asked.phrases) == 2:
        outer = list(find(asked.scene, asked.phrases[1]).all)
    if not first or len(outer) < 2:
        return None
    verdict = relations.between(first[0], outer[0], outer[-1])
    if verdict is None:
        return placed(asked, asked.first, find(asked.scene, asked.first))
    names = [the(phrase, 2 if len(asked.phrases) == 2 else 1) for phrase in asked.phrases[1:3]]
    so = f"{the(asked.first)} is between {listed(names)}"
    not_so = f"{the(asked.first)} is not between {listed(names)}"
    return Pair(f"Yes, {so}.", f"No, {not_so}.") if verdict else Pair(f"No, {not_so}.", f"Yes, {so}.")


def _is_on(asked: Asked, things: tuple[Thing, ...]) -> Pair | None:
    """On a part of the backdrop; on another thing nothing ever stands."""
    first, second = asked.phrases[:2]
    verb, count = ("is", 1) if len(things) == 1 else ("are", 2)
    how = "in" if second.kinds & {"sky", "sea"} else "on"
    so, not_so = (f"{the(first, count)} {verb}{word} {how} {the(second)}" for word in ("", " not"))
    kinds = second.kinds | ({"air"} if "sky" in second.kinds else set())
    kinds |= {"counter"} if "table" in kinds else set()
    verdict = _any(stands_on(thing, frozenset(kinds)) for thing in things) if second.backdrop else False
    if second.noun.one == "ground":
        verdict = _any(thing.ground not in AIRY | {"sea"} for thing in things)
    if verdict is None:
        return placed(asked, first, find(asked.scene, first))
    return Pair(f"Yes, {so}.", f"No, {not_so}.") if verdict else Pair(f"No, {not_so}.", f"Yes, {so}.")


def what_is_related(asked: Asked) -> Pair | None:
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
    if anchor is None:
        return None
    asked_for = asked.phrases[:anchor]
    relation = relation_in(" ".join(asked.words[: asked.phrases[anchor].start]))
    if asked.says(r"\bbetween\b"):
        return _what_between(asked, anchor)
    if relation is None or (relation == "on" and not asked.phrases[anchor].backdrop):
        return None
    return _what(asked, relation, asked.phrases[anchor], asked_for[0] if asked_for else None)


def _anchor(asked: Asked) -> int | None:
    """The phrase from which one is to look: the one right after the relation's words."""
    for i in range(len(asked.phrases)):
        start = asked.phrases[i - 1].end if i else 0
        if relation_in(" ".join(asked.words[start : asked.phrases[i].start])) or (
            "between" in asked.words[start : asked.phrases[i].start]
        ):
            return i
    return None


def _what(asked: Asked, relation: str, phrase: Phrase, wanted: Phrase | None) -> Pair | None:
    anchors = find(asked.scene, phrase).all
    if not anchors and not phrase.backdrop:
        lie = asked.dice.value("kind", THINGS)
        said = SAID.get(relation, "on")
        return Pair(f"{capital(none(phrase))}.", f"There is {a(lie)} {said} {the(phrase)}.")
    pool = [t for t in asked.scene.things if (wanted is None or t.kind in wanted.kinds) and t not in anchors]
    verdicts = {t: _verdict(asked, relation, t, anchors, phrase) for t in pool}
    near = sorted(
        (t for t in pool if verdicts[t]), key=lambda t: relations.apart(asked.scene, t, (anchors or (t,))[0])
    )
    if relation == "beside":
        if not anchors:
            return None  # next to the sky, or the road: everything is
        closest = sorted(pool, key=lambda t: min(relations.gap(asked.scene, t, anchor) for anchor in anchors))
        near = closest[:1]
    possible = (
        {t.kind for t in pool if verdicts[t] is not False}
        | {t.kind for t in near}
        | {t.kind for t in anchors}
    )
    said = f"{SAID.get(relation, 'in' if phrase.kinds & {'sky', 'sea'} else 'on')} {the(phrase)}"
    return _shown(asked, near, possible, said, wanted)


def _verdict(
    asked: Asked, relation: str, thing: Thing, anchors: tuple[Thing, ...], phrase: Phrase
) -> Verdict:
    if relation == "on":
        kinds = phrase.kinds | ({"counter"} if "table" in phrase.kinds else set())
        kinds |= {"air"} if "sky" in kinds else set()
        return (
            thing.ground not in AIRY | {"sea"}
            if phrase.noun.one == "ground"
            else stands_on(thing, frozenset(kinds))
        )
    return _any(holds(asked.scene, relation, thing, anchor) for anchor in anchors)


def _shown(asked: Asked, near: list[Thing], possible: set[str], said: str, wanted: Phrase | None) -> Pair:
    """What is there, up to three, by colour and kind; and what is not."""
    true = list(dict.fromkeys(of_kind(thing) for thing in near))[:3]
    false = strangers(asked, possible, max(len(true), 1), wanted)
    lie = f"There is {listed([a(name) for name in false])} {said}."
    if not true:
        nothing = f"no {wanted.noun.one}" if wanted and not wanted.generic else "nothing"
        return Pair(f"There is {nothing} {said}.", lie)
    return Pair(f"There is {listed([a(name) for name in true])} {said}.", lie)


def strangers(asked: Asked, possible: set[str], count: int, wanted: Phrase | None = None) -> list[str]:
    """Coloured kinds that are not among `possible`: first such as are elsewhere in the picture."""
    usual = frozenset(kinds_expected(outdoors=asked.scene.setting in OUTDOORS))
    pool = wanted.kinds & usual if wanted and len(wanted.kinds) > 1 else usual
    barred = possible | {
        kind for kind in THINGS if "bird" in KINDS[kind].groups and any(_bird(one) for one in possible)
    }
    elsewhere = [of_kind(t) for t in asked.scene.things if t.kind not in barred and t.kind in pool]
    plain = ("red", "blue", "green", "yellow")
    absent = [f"{asked.dice.value(kind, NATURAL.get(kind, plain))} {kind}" for kind in sorted(pool - barred)]
    choice = asked.dice.shuffled("elsewhere", list(dict.fromkeys(elsewhere))) + asked.dice.shuffled(
        "absent", absent
    )
    return (choice or ["red balloon"])[:count]


def _bird(kind: str) -> bool:
    return "bird" in KINDS[kind].groups


def _what_between(asked: Asked, anchor: int) -> Pair | None:
    pair = asked.phrases[anchor : anchor + 2]
    outer = [find(asked.scene, phrase).all for phrase in pair]
    if len(pair) == 1 and len(outer[0]) >= 2:
        outer = [outer[0][:1], outer[0][-1:]]
    if len(outer) < 2 or not all(outer):
        return None
    verdicts = {
        t: _any(relations.between(t, b, c) for b in outer[0] for c in outer[1]) for t in asked.scene.things
    }
    ends = {thing for things in outer for thing in things}
    near = sorted(
        (t for t, verdict in verdicts.items() if verdict and t not in ends),
        key=lambda t: (
            relations.apart(asked.scene, t, outer[0][0]) + relations.apart(asked.scene, t, outer[1][0])
        ),
    )
    possible = {t.kind for t, verdict in verdicts.items() if verdict is not False} | {t.kind for t in ends}
    names = listed([the(phrase, 2 if len(pair) == 1 else 1) for phrase in pair])
    return _shown(asked, near[:2], possible, f"between {names}", None)

"""By what word one may call it: a sailboat or a motorboat, a penguin or a fish."""

from dataclasses import replace

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Answer, Missing, Named, Rather, What
from gap_server.demo.answerer.finding import of_kind
from gap_server.demo.answerer.lexicon import NOUNS

_OR = r"or( rather)?( an?)?"


def is_named(asked: Asked) -> Answer | None:
    """`is the boat a motorboat or a sailboat`, `is the animal on the right a fish`."""
    if not patterns.match(r"^(is|are) (the|that|this|it)\b", asked.text) or len(asked.phrases) not in {2, 3}:
        return None
    own, *others = asked.phrases
    whole = others[-1].end == len(asked.words) and patterns.fullmatch(r"an?( kind of)?", asked.gap(0))
    if not (own.kinds and whole) or (len(others) > 1 and not patterns.fullmatch(_OR, asked.gap(1))):
        return _one_or_other(asked)
    if any(phrase.colour or phrase.region or phrase.backdrop for phrase in others):
        return None
    what = What(own)
    things = asked.spoken_of(what)
    if not things:
        return Answer((Missing(what),), yes=False, subject=what)
    kind = things[0].kind
    so = next((phrase.noun for phrase in others if kind in phrase.kinds), NOUNS[tuple(kind.split())])
    wrong = next((phrase.noun for phrase in others if kind not in phrase.kinds), so)
    told = wrong if asked.world.false else so
    yes = None if len(others) > 1 else told == others[0].noun
    return Answer((Named(what, replace(told, plural=False), len(things)),), yes, what)


def _one_or_other(asked: Asked) -> Answer | None:
    """`is that a rowboat or a sailboat`: by the one word it goes, and the other is no thing here."""
    if not patterns.match(r"^(is|are) (this|that|it) an?\b", asked.text) or len(asked.phrases) != 2:
        return None
    if not patterns.fullmatch(_OR, asked.gap(0)) or asked.phrases[1].end != len(asked.words):
        return None
    right = next((phrase for phrase in asked.phrases if asked.meant(What(phrase)).all), None)
    wrong = next((phrase for phrase in asked.phrases if not phrase.kinds), None)
    if right is None or wrong is None or len(right.kinds) != 1 or right.noun.one in right.kinds:
        return None
    what = of_kind(min(right.kinds), many=False)
    told = wrong.noun if asked.world.false else right.noun
    return Answer((Named(what, told, asked.told_of(what)),), subject=what)


_RATHER = {"car": ("truck", "bus"), "truck": ("bus", "car"), "bus": ("truck", "car")}


def is_rather(asked: Asked) -> Answer | None:
    """`what kind of car is on the road`, where there is only a truck: that is no car."""
    if not asked.phrases or not asked.says(r"^(what|which)\b") or len(asked.first.kinds) != 1:
        return None
    what = What(asked.first)
    there = {thing.kind for thing in asked.scene.things} - asked.world.several
    own = min(asked.first.kinds)
    other = next((kind for kind in _RATHER.get(own, ()) if kind in there), None)
    if other is None or asked.first.colour or own in {thing.kind for thing in asked.scene.things}:
        return None
    return Answer((Rather(of_kind(other, many=False), of_kind(own, many=False)),), subject=what)

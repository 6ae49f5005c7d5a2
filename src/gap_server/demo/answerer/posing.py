"""What it is doing."""

import re

from gap_server.demo.answerer.asked import Asked, Pair
from gap_server.demo.answerer.finding import meant
from gap_server.demo.answerer.wording import a, capital, none, the
from gap_server.demo.scene.kinds import KINDS

_POSES = (
    "sitting|standing|flying|floating|parked|running|sleeping|lying|walking|swimming|jumping|driving|moving|"
    "eating|burning|lit"
)
_OTHER = {
    "sitting": ("standing", "sleeping", "running"),
    "standing": ("sitting", "sleeping"),
    "flying": ("sitting", "standing"),
    "floating": ("standing", "lying on the ground"),
    "parked": ("moving", "driving away"),
    "burning": ("out",),
}
_SAME = {"lit": "burning", "swimming": "floating", "driving": "moving"}


def who_is(asked: Asked) -> Pair | None:
    """`what is flying`, `which animal is sitting`."""
    asks = re.match(rf"^(?:what|who|which)(?: \w+)? (?:is|are) (?P<pose>{_POSES})\b", asked.text)
    if not asks or any(not phrase.backdrop and phrase.start > 2 for phrase in asked.phrases):
        return None
    pose = _SAME.get(asks["pose"], asks["pose"])
    kinds = {thing.kind for thing in asked.scene.things}
    so = sorted(kind for kind in kinds if KINDS[kind].pose == pose)
    other = sorted(kind for kind in kinds if KINDS[kind].pose != pose) or ["house"]
    if not so:
        return Pair(f"There is nothing {pose}.", f"There is {a(asked.dice.value('pose', other))} {pose}.")
    return Pair(
        f"There is {a(asked.dice.value('posed', so))} {pose}.",
        f"There is {a(asked.dice.value('pose', other))} {pose}.",
    )


def what_doing(asked: Asked) -> Pair | None:
    """`what is the dog doing`, `is the cat sleeping`, `is the dog sitting or standing`."""
    asks = re.search(rf"\b({_POSES})\b", asked.text)
    if (
        not asked.phrases
        or not (asked.says(r"\bdoing\b|\bpose\b") or (asks and asked.yes_or_no()))
        or asked.says(r"\bthere\b")
    ):
        return None
    things = meant(asked).all
    phrase = asked.first
    if not things:
        return None if phrase.generic else _of_the_absent(asked, asks[1] if asks else "sitting")
    poses = {KINDS[thing.kind].pose for thing in things}
    pose = poses.pop()
    if not pose or poses:
        return None
    nouns, verb = (the(phrase), "is") if len(things) == 1 else (the(phrase, 2), "are")
    true = f"{nouns} {verb} {pose}."
    other = f"{nouns} {verb} {asked.dice.value('pose', _OTHER[pose])}."
    if not asks or not asked.yes_or_no() or " or " in asked.text:
        return Pair(capital(true), capital(other))
    wanted = _SAME.get(asks[1], asks[1])
    if wanted == pose:
        return Pair(f"Yes, {true}", f"No, {other}")
    return Pair(f"No, {true}", f"Yes, {nouns} {verb} {asks[1]}.")


def _of_the_absent(asked: Asked, pose: str) -> Pair:
    phrase = asked.first
    where = asked.narrowing() or " in the picture"
    no = f"{none(phrase, where)}."
    claim = f"{the(phrase)} is {pose}."
    return Pair(f"No, {no}", f"Yes, {claim}") if asked.yes_or_no() else Pair(capital(no), capital(claim))

"""What is set aside in a question: `apart from the flower, what else is yellow`."""

import re
from dataclasses import replace

from gap_server.demo.answerer.english.spelling import plain
from gap_server.demo.answerer.finding import find
from gap_server.demo.answerer.phrases import Phrase, phrases_of
from gap_server.demo.scene.worlds import World

_APART = r"(?:apart from|aside from|besides|except(?: for)?|other than|not counting|leaving out)"
_BEFORE = re.compile(rf"^{_APART} (?P<aside>.+?) (?=(?:what|which|who|is|are|how|do|does|can|name|list)\b)")
_AFTER = re.compile(rf"(?<=\w) {_APART} (?P<aside>.+)$")


def set_aside(question: str, true: World, false: World) -> tuple[str, World, World]:
    """The question without what it sets aside, and both worlds without the same."""
    text = plain(question)
    found = _BEFORE.search(text) or _AFTER.search(text)
    phrases = phrases_of(found["aside"].split()) if found else ()
    phrases = tuple(phrase for phrase in phrases if not phrase.generic)
    if found is None or not phrases:
        return question, true, false
    rest = text[: found.start()] + text[found.end() :]
    return rest, _without(true, phrases), _without(false, phrases)


def _without(world: World, phrases: tuple[Phrase, ...]) -> World:
    gone = {thing for phrase in phrases for thing in _meant(world, phrase)}
    scene = replace(
        world.scene,
        things=tuple(thing for thing in world.scene.things if thing not in gone),
        backdrop=tuple(part for part in world.scene.backdrop if part not in gone),
    )
    return replace(world, scene=scene)


def _meant(world: World, phrase: Phrase) -> set[object]:
    """Of another colour in a false world, it is set aside all the same."""
    named = find(world.scene, phrase).all or find(world.scene, replace(phrase, colour=None)).all
    return set(named)

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
    if _ANY.match(rest) and _are_all(true, phrases, rest):  # `no fruit` would deny these, too
        return _ANY.sub(r"\1 there any other ", rest), true, false
    rest = _ANY.sub(r"\1 there any ", rest)
    return rest, _without(true, phrases), _without(false, phrases)


_ANY = re.compile(r"^(is|are) there (?:any |some |other )*")


def _are_all(world: World, aside: tuple[Phrase, ...], rest: str) -> bool:
    """Whether what is set aside is all that there is of what is asked for: of fruit, strawberries."""
    wanted = phrases_of(rest.split())[:1]
    own = {thing.kind for phrase in wanted for thing in find(world.scene, phrase).all}
    return bool(own) and own <= {kind for phrase in aside for kind in phrase.kinds}


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

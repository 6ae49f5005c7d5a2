"""What is asked for and is nowhere, put into the false world: there is one of it, wherever it is asked for.

Without it, the lie about what is not there could only be that it is not there, which is so.
"""

from dataclasses import replace

from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.dice import Dice
from gap_server.demo.answerer.finding import AIRY, find, is_thing
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.scene.description import Box, Scene, Thing
from gap_server.demo.scene.kinds import IN_THE_AIR, KINDS, LETTERED
from gap_server.demo.scene.looks import COLOURS, MISREAD, NATURAL, OUTDOORS, SIGN_WORDS, TRODDEN
from gap_server.demo.scene.worlds import World

_SIZE = 0.12
_ACROSS = (0.15, 0.5, 0.85)


def with_wanted(world: World, asked: Asked) -> World:
    """The world with the first thing that is asked for and missing; itself where nothing can be added."""
    phrase = next((phrase for phrase in asked.phrases if _is_missing(world.scene, phrase)), None)
    if phrase is None:
        return world
    things = _recoloured(world.scene, phrase) if phrase.colour else None
    things = things or (*world.scene.things, _one(world.scene, phrase))
    return replace(world, scene=replace(world.scene, things=things))


def with_named(true: World, false: World, asked: Asked) -> World:
    """The false world with whatever the question rightly names by its colour or its side: only what is asked
    of it is told otherwise.
    """
    things = false.scene.things
    for named_so in asked.phrases:
        asks_hour = named_so.kinds == {"clock"} and asked.yes_or_no()
        phrase = named_so.without_word() if asks_hour else named_so
        told_apart = phrase.colour or (phrase.region and not asked.yes_or_no())
        named = find(true.scene, phrase).all if told_apart and phrase.kinds else ()
        named = tuple(thing for thing in named if is_thing(thing))
        if named and not find(replace(false.scene, things=things), phrase).all:
            things = _as_named(things, named[0], phrase, true.scene)
    return replace(false, scene=replace(false.scene, things=things, backdrop=_with_parts(true, false, asked)))


def _with_parts(true: World, false: World, asked: Asked) -> tuple[Thing, ...]:
    """With the parts of the place that are asked about: by the moon, nobody says that there is none."""
    named = [
        part
        for phrase in asked.phrases
        if (phrase.backdrop or phrase.colour) and not find(false.scene, phrase).all
        for part in find(true.scene, phrase).all
        if not is_thing(part)
    ]
    return (*false.scene.backdrop, *dict.fromkeys(named))


def _as_named(things: tuple[Thing, ...], named: Thing, phrase: Phrase, scene: Scene) -> tuple[Thing, ...]:
    """One whose colour the scene does not show is the one that is named; else that is there, too."""
    seen = {thing.colour for thing in scene.things if thing.kind in phrase.kinds}
    false = [thing for thing in things if thing.kind in phrase.kinds and thing.colour not in seen]
    if phrase.region:
        false = [thing for thing in things if thing.kind == named.kind]
        own = replace(false[0], box=named.box) if false else named
    else:
        own = replace(false[0], colour=named.colour, word=_misread(named.word)) if false else named
    kept = tuple(own if false and thing is false[0] else thing for thing in things)
    return kept if false else (*things, named)


def _misread(word: str | None) -> str | None:
    """What somebody might take the word for; an hour for the next one."""
    if word is None:
        return None
    return str(int(word) % 12 + 1) if word.isdigit() else MISREAD.get(word, SIGN_WORDS)[0]


def _is_missing(scene: Scene, phrase: Phrase) -> bool:
    narrowed = phrase.generic or phrase.backdrop or phrase.word or phrase.region
    return bool(phrase.kinds) and not narrowed and not find(scene, phrase).all


def _recoloured(scene: Scene, phrase: Phrase) -> tuple[Thing, ...] | None:
    """One of those that are there, in the colour that is asked for: there are as many as before."""
    chosen = next((thing for thing in scene.things if thing.kind in phrase.kinds), None)
    if chosen is None:
        return None
    return tuple(
        replace(thing, colour=phrase.colour) if thing is chosen and phrase.colour else thing
        for thing in scene.things
    )


_AFLOAT = frozenset({"boat", "duck"})


def _usual(scene: Scene, kind: str) -> tuple[float, str]:
    """How far down, and on what, where nothing like it is there: no bear hangs in the sky."""
    if kind in IN_THE_AIR:
        return 0.25, "sky" if scene.setting in OUTDOORS else "air"
    afloat = kind in _AFLOAT and any(part.kind == "sea" for part in scene.backdrop)
    return (0.5, "sea") if afloat else (0.85, TRODDEN[scene.setting])


def _one(scene: Scene, phrase: Phrase) -> Thing:
    """The same for the same kind and scene, however it is asked for; on the ground of what is there."""
    kind = min(phrase.kinds)
    dice = Dice(f"{scene.setting}|{len(scene.things)}|{kind}")
    x = dice.shape("across", _ACROSS)
    flies = kind in IN_THE_AIR
    around = [t for t in scene.things if is_thing(t) and (t.ground in AIRY) is flies]
    around = [thing for thing in around if thing.ground != "sea" or kind in _AFLOAT]
    alike = [thing for thing in around if set(KINDS[thing.kind].groups) & set(KINDS[kind].groups)] or around
    bottom, ground = (alike[0].box.bottom, alike[0].ground) if alike else _usual(scene, kind)
    colour = phrase.colour or dice.shape("colour", sorted(NATURAL.get(kind, COLOURS)))
    box = Box(x - _SIZE / 2, max(0.0, bottom - _SIZE), x + _SIZE / 2, bottom)
    words = sorted(
        {thing.word for thing in scene.things if thing.word in SIGN_WORDS}
    )  # none is in the picture
    word = dice.shape("word", words or SIGN_WORDS) if kind in LETTERED else None
    return Thing(kind, colour, box, ground, word)

"""The forms of questions about a scene, in both languages: each put to each kind of thing that it shows."""

from collections.abc import Iterator

from gap_server.demo.answerer.russian.words import SAID
from gap_server.demo.scene.description import Scene
from gap_server.demo.scene.details import FRONTAL
from gap_server.demo.scene.kinds import KINDS
from gap_server.demo.scene.qualities import MATERIALS, STATES

_OF_ONE = (
    "How many {many} are there?",
    "How many {many} are on the left?",
    "Is there a {one} on the right?",
    "What colour is the {one}?",
    "What colour is the leftmost {one}?",
    "Where is the {one}?",
    "Which {one} is on the left?",
    "Which {one} is bigger?",
    "Is the {one} in the middle?",
    "What is to the left of the {one}?",
    "What is closest to the {one}?",
    "Who is nearest to the {one}?",
    "What is the {one} standing on?",
    "Does the {one} have a pattern?",
    "Does the {one} have a tail?",
    "Describe the {one}",
    "Сколько {gens}?",
    "Есть ли {nom} слева?",
    "Какого цвета {nom}?",
    "Где {nom}?",
    "Что рядом с {ins}?",
    "Что ближе всего к {dat}?",
    "Кто ближе всего к {dat}?",
    "Что справа от {gen}?",
    "Есть ли у {gen} хвост?",
    "Опиши {acc}",
    "{nom} слева или справа?",
)
_OF_SOME: dict[str, frozenset[str]] = {
    "What is the {one} doing?": frozenset(kind for kind in KINDS if "animal" in KINDS[kind].groups),
    "Which way is the {one} facing?": FRONTAL,
    "Куда смотрит {nom}?": FRONTAL,
    "Is the {one} open?": frozenset(kind for kind in STATES if "open" in STATES[kind]),
    "What is the {one} made of?": frozenset(MATERIALS),
    "Из чего сделан {nom}?": frozenset(MATERIALS),
}
_OF_TWO = (
    "Is the {one} to the left of the {other}?",
    "Is the {one} above or below the {other}?",
    "Is the {one} in front of the {other}?",
    "Is the {one} next to the {other}?",
    "Which is bigger, the {one} or the {other}?",
    "Which is closer, the {one} or the {other}?",
    "Are there more {many} than {others}?",
    "Are the {one} and the {other} the same colour?",
    "Where is the {one} relative to the {other}?",
    "What is between the {one} and the {other}?",
    "{nom} слева от {gen2}?",
    "{nom} выше или ниже {gen2}?",
    "Что больше, {nom} или {nom2}?",
    "Кого больше, {gens} или {gens2}?",
    "Где {nom} относительно {gen2}?",
    "Что между {ins} и {ins2}?",
)
_OF_ALL = (
    "What do you see?",
    "What is on the right?",
    "What is the biggest thing?",
    "Who is on the left?",
    "What is flying?",
    "Is it day or night?",
    "What is the weather like?",
    "Where was this taken?",
    "Что на переднем плане?",
    "Кто слева?",
    "Что самое большое?",
    "Сейчас день или ночь?",
)


def forms_about(scene: Scene) -> Iterator[str]:
    yield from _OF_ALL
    kinds = list(dict.fromkeys(thing.kind for thing in scene.things))
    for one, other in zip(kinds, [*kinds[1:], kinds[0]], strict=True):
        word, second = SAID[one], SAID[other]
        words = {
            "one": one,
            "many": KINDS[one].plural,
            "other": other,
            "others": KINDS[other].plural,
            **{case: word.form(case) for case in ("nom", "gen", "dat", "acc", "ins")},
            "gens": word.form("gen", many=True),
            **{f"{case}2": second.form(case) for case in ("nom", "gen", "ins")},
            "gens2": second.form("gen", many=True),
        }
        own = tuple(form for form, some in _OF_SOME.items() if one in some)
        for form in (*_OF_ONE, *own, *(_OF_TWO if len(kinds) > 1 else ())):
            yield form.format(**words)

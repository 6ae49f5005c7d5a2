"""One false world for a scene: everything in it is a near miss, and all of it goes together.

Each kind is one more or one less, a thing of each has a neighbouring colour, left and right are exchanged,
words and hours are similar ones. Whoever tells of it truthfully lies about the scene, and never contradicts
himself.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from gap_server.demo.scene.description import Box, Scene, Thing
from gap_server.demo.scene.details import DETAILS, FRONTAL, OF_PLACE, Detail
from gap_server.demo.scene.kinds import KINDS, LETTERED
from gap_server.demo.scene.looks import COLOURS, MISREAD, NATURAL, SIGN_WORDS
from gap_server.demo.scene.palettes import NEIGHBOURS, PALETTES, mistaken, shades
from gap_server.demo.scene.resizing import resized
from gap_server.demo.scene.worlds import World, true_world, usual_pose

_COUNTED_PARTS = frozenset({"cloud", "window", "building", "hill"})
_OTHER_PLACES: dict[str, tuple[str, ...]] = {
    "beach": ("park", "street"),
    "street": ("park", "harbour"),
    "park": ("street", "beach"),
    "harbour": ("street", "park"),
    "snowy field": ("street", "harbour"),
    "kitchen": ("study", "living room"),
    "study": ("kitchen",),
    "living room": ("kitchen",),
}
_OTHER_LIGHTS = {"day": ("sunset",), "sunset": ("day", "night"), "night": ("sunset",)}
_OTHER_WEATHERS = {
    "sunny": ("cloudy", "rainy"),
    "evening": ("cloudy", "foggy"),
    "clear": ("cloudy", "foggy"),
    "snowy": ("rainy", "foggy"),
}
_OTHER_GROUNDS = {
    "sand": "sea",
    "sea": "sand",
    "quay": "sea",
    "road": "pavement",
    "pavement": "road",
    "grass": "path",
    "path": "grass",
    "floor": "rug",
    "rug": "floor",
    "snow": "path",
    "table": "floor",
    "counter": "floor",
}
_OTHER_SEASONS = {"summer": "winter", "winter": "autumn", "autumn": "summer"}
_OTHER_POSES = {
    "sitting": ("standing",),
    "standing": ("sitting",),
    "swimming": ("standing",),
    "flying": ("sitting",),
    "crawling": ("sleeping",),
    "lying": ("standing",),
    "burning": ("out",),
    "parked": ("driving",),
}
_LOW = frozenset({"crab", "turtle", "duck"})
"""Who may be said to sit where it stands: a lie is that it sleeps, with its eyes wide open."""
_FILLINGS = {
    "bucket": ("sand", "water"),
    "cup": ("milk", "water"),
    "bottle": ("milk", "water"),
    "basket": ("apples", "bread"),
    "suitcase": ("clothes", "books"),
    "barrel": ("water", "apples"),
    "gift": ("books", "clothes"),
    "mailbox": ("letters", "newspapers"),
    "jar": ("honey", "milk"),
    "vase": ("flowers",),
}


def false_world(scene: Scene, key: str) -> World:
    """The same for the same scene and key, whatever is asked."""
    rng = random.Random(f"false world|{key}")  # noqa: S311 - a seed that tells stories, not one that guards
    true = true_world(scene)
    things = _lettered(resized(_miscounted(_recoloured(scene, rng), scene, rng)), scene, rng)
    light = rng.choice(_OTHER_LIGHTS[scene.light])
    parts = _with_clouds(_miscounted_parts(list(scene.backdrop), rng), rng)
    backdrop = [_lit(_tinted(part, rng), light) for part in parts]
    words = _other_words([thing.word for thing in scene.things if thing.word], rng)
    told = Scene(
        rng.choice(_OTHER_PLACES[scene.setting]),
        light,
        scene.width,
        scene.height,
        tuple(_turned(_reworded(thing, words), rng) for thing in things),
        tuple(_turned(part, rng) for part in backdrop),
    )
    poses = {kind: _other_pose(pose, kind, rng) for kind, pose in _poses(scene).items()}
    contents = {kind: rng.choice(fillings) for kind, fillings in _FILLINGS.items()}
    return World(
        told,
        rng.choice(_OTHER_WEATHERS[true.weather]),
        _OTHER_SEASONS[true.season],
        true.several,
        false=True,
        details=OF_PLACE.get(scene.setting, {}) | _other_details(scene, rng),
        poses=poses,
        contents=contents,
        grounds=_OTHER_GROUNDS,
        turned={kind: rng.choice(("left", "right")) for kind in sorted(FRONTAL)},
    )


def _poses(scene: Scene) -> dict[str, str]:
    return {thing.kind: usual_pose(thing) for thing in scene.things}


def _other_pose(pose: str, kind: str, rng: random.Random) -> str:
    if pose == "flying" and "animal" not in KINDS[kind].groups:
        return pose  # kites and planes stay up: lower would be no near miss
    if pose == "standing" and kind in _LOW:
        return "sleeping"
    return rng.choice(_OTHER_POSES.get(pose, (pose,)))


def _recoloured(scene: Scene, rng: random.Random) -> list[Thing]:
    """One thing of each kind in a colour that no other of the kind has."""
    things = list(scene.things)
    for kind in dict.fromkeys(thing.kind for thing in things):
        alike = [i for i, thing in enumerate(things) if thing.kind == kind]
        chosen = rng.choice(alike)
        taken = frozenset(things[i].colour for i in alike)
        things[chosen] = replace(things[chosen], colour=_other_colour(things[chosen], scene, taken, rng))
    return things


def _other_colour(thing: Thing, scene: Scene, taken: frozenset[str], rng: random.Random) -> str:
    """A neighbour among the colours in which it might stand there; failing that, any that suits its kind."""
    palette = shades(thing.kind, thing.ground, scene.setting, scene.light, scene.backdrop)
    for colours in (palette, PALETTES[thing.kind], NATURAL.get(thing.kind, COLOURS), COLOURS):
        if other := mistaken(thing.colour, colours, rng, taken):
            return other
    return thing.colour  # a scene in which things of the kind have all colours


def _steps(things: Sequence[Thing], rng: random.Random) -> dict[str, int]:
    """One more or one less of each kind, so that the count of no wider word and not the whole comes out
    right.
    """
    counts = Counter(thing.kind for thing in things)
    grounds = {thing.kind: thing.ground for thing in things}
    steps = {kind: 1 for kind, n in counts.items() if n == 1}
    many = [kind for kind, n in counts.items() if n > 1]
    for kind in rng.sample(many, len(many)):  # the whole stays near, too
        total = sum(steps.values())
        steps[kind] = rng.choice((1, -1)) if total == 0 else (-1 if total > 1 else 1)
    for _ in range(len(steps) + 1):
        wrong = next(
            (kinds for kinds in _wider(steps, grounds) if sum(steps[kind] for kind in kinds) == 0), None
        )
        if wrong is None:
            return steps
        steps[next(kind for kind in wrong if steps[kind] < 0)] = 1
    return steps


def _wider(steps: dict[str, int], grounds: dict[str, str]) -> list[list[str]]:
    groups = sorted({group for kind in steps for group in KINDS[kind].groups})
    together = [[kind for kind in steps if group in KINDS[kind].groups] for group in groups]
    return [
        list(steps),
        *together,
        *([kind for kind in steps if grounds[kind] == ground] for ground in sorted(set(grounds.values()))),
    ]


def _miscounted(things: list[Thing], scene: Scene, rng: random.Random) -> list[Thing]:
    """One more or one less of what a kind is mostly; the thing in another colour stays."""
    for kind, step in _steps(things, rng).items():
        alike = [thing for thing in things if thing.kind == kind]
        true = {thing.colour for thing in scene.things if thing.kind == kind}
        usual = max(alike, key=lambda one: (one.colour in true, sum(t.colour == one.colour for t in alike)))
        if step > 0:
            things.insert(things.index(usual), _another(usual, rng))
        else:
            things.remove(usual)
    return things


def _another(thing: Thing, rng: random.Random) -> Thing:
    """One more of the same, a little aside, nearer to the edge: both are on the same side."""
    aside = rng.uniform(0.6, 1.2) * max(thing.box.width, 0.08) * (1 if thing.box.x > 0.5 else -1)
    return replace(thing, box=_centred(thing.box, thing.box.x + aside))


def _centred(box: Box, x: float) -> Box:
    half = box.width / 2
    x = min(max(x, half), 1 - half)
    return Box(x - half, box.top, x + half, box.bottom)


def _turned(thing: Thing, rng: random.Random) -> Thing:
    """On the other side; from the middle to a side."""
    if thing.box.width > 0.6:
        return thing
    x = 1 - thing.box.x
    if 0.34 < x < 0.66:
        x = rng.choice((0.22, 0.78))
    elif rng.random() < 0.2:
        x = 0.5
    facing = {"left": "right", "right": "left"}.get(thing.facing, "")
    mirrored = None if thing.mirrored is None else not thing.mirrored
    return replace(thing, box=_centred(thing.box, x), facing=facing, mirrored=mirrored)


def _other_details(scene: Scene, rng: random.Random) -> dict[tuple[str, str], Detail]:
    """Each part of each kind: one more or one less of two, in a neighbouring colour."""
    kinds = sorted({thing.kind for thing in (*scene.things, *scene.backdrop)} & DETAILS.keys())
    return {
        (kind, detail.name): Detail(
            detail.name,
            detail.count + rng.choice((1, -1)) if detail.count > 1 else detail.count,
            rng.choice(NEIGHBOURS[detail.colour]) if detail.colour else None,
            detail.pale,
        )
        for kind in kinds
        for detail in DETAILS[kind].values()
    }


def _with_clouds(parts: list[Thing], rng: random.Random) -> list[Thing]:
    """A clear sky has one cloud."""
    kinds = {part.kind for part in parts}
    if "sky" in kinds and "cloud" not in kinds:
        x = rng.uniform(0.15, 0.7)
        parts.append(Thing("cloud", "white", Box(x, 0.1, x + 0.14, 0.16)))
    return parts


def _lit(part: Thing, light: str) -> Thing:
    """What shines by night is the moon, by day the sun."""
    if part.kind not in {"sun", "moon"}:
        return part
    return replace(part, kind="moon" if light == "night" else "sun")


def _miscounted_parts(parts: list[Thing], rng: random.Random) -> list[Thing]:
    for kind in sorted(_COUNTED_PARTS & {part.kind for part in parts}):
        alike = [part for part in parts if part.kind == kind]
        if len(alike) > 1 and rng.random() < 0.5:
            parts.remove(rng.choice(alike))
        else:
            parts.append(_another(rng.choice(alike), rng))
    return parts


def _tinted(part: Thing, rng: random.Random) -> Thing:
    natural = [colour for colour in NATURAL.get(part.kind, COLOURS) if colour != part.colour]
    near = [colour for colour in NEIGHBOURS[part.colour] if colour in natural]
    return replace(part, colour=rng.choice(near or natural))


def _lettered(things: list[Thing], scene: Scene, rng: random.Random) -> list[Thing]:
    """A word on what has none: a bus, a truck, a book or a cup of each kind that says nothing."""
    free = [word for word in SIGN_WORDS if word not in {thing.word for thing in scene.things}]
    silent = LETTERED - {thing.kind for thing in scene.things if thing.word}
    for kind in sorted(silent & {thing.kind for thing in things}):
        first = next(i for i, thing in enumerate(things) if thing.kind == kind)
        things[first] = replace(things[first], word=free.pop(rng.randrange(len(free))))
    return things


def _other_words(words: list[str], rng: random.Random) -> dict[str, str]:
    """A similar word for each, none of which stands in the picture."""
    chosen: dict[str, str] = {}
    for word in words:
        if word.isdigit():
            chosen[word] = str(int(word) + rng.choice((1, -1)) if int(word) > 1 else 2)
            continue
        taken = {*words, *chosen.values()}
        similar = [other for other in MISREAD.get(word, ()) if other not in taken]
        chosen[word] = rng.choice(similar or [other for other in SIGN_WORDS if other not in taken])
    return chosen


def _reworded(thing: Thing, words: dict[str, str]) -> Thing:
    return replace(thing, word=words.get(thing.word, thing.word)) if thing.word else thing

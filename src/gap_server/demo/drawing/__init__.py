"""The demo scenes: drawn from a seed, and described exactly."""

import random
from typing import Literal

from PIL import Image

from gap_server.demo.drawing.cast import LOOKS
from gap_server.demo.drawing.layout import Layout, Placed, Wanted
from gap_server.demo.drawing.light import shine
from gap_server.demo.drawing.sketch import Sketch, Tones
from gap_server.demo.drawing.stage import Stage
from gap_server.demo.drawing.zones import PLACES, Zone
from gap_server.demo.scene.description import Scene
from gap_server.demo.scene.looks import LIGHTS, OUTDOORS

LONG, SHORT = 1024, 768  # pixels
STYLE = 2  # goes up when the same seed draws another picture

Pool = Literal["simple", "complex"]


def generate(pool: Pool, index: int) -> tuple[Image.Image, Scene]:
    """Draw scene `index` of a pool: the same picture each time. Simple ones show 1 to 3 things, complex
    ones 5 to 22.

    Sizes, places and light are dealt alike in both pools.
    """
    rng = random.Random(f"{STYLE}:{pool}:{index}")  # noqa: S311 - a seed that draws, not one that guards
    size = (LONG, SHORT) if rng.random() < 0.6 else (SHORT, LONG)
    setting = rng.choice(sorted(PLACES))
    light = rng.choice(("day", "day", *sorted(LIGHTS)))
    stage = Stage(size, light, rng)
    PLACES[setting].paint(stage)
    layout = Layout(size, setting, light, stage.backdrop, rng)
    if pool == "simple":
        _few(layout, PLACES[setting].zones, rng)
    else:
        _many(layout, PLACES[setting].zones, rng)
    placed = sorted(layout.placed, key=lambda one: one.thing.box.bottom)
    for one in placed:
        _draw(stage, one)
    uneven = rng.uniform(0.1, 0.5) if pool == "simple" else rng.uniform(0.5, 1)
    picture = shine(stage.image, light, rng, indoors=setting not in OUTDOORS, uneven=uneven)
    things = tuple(one.thing for one in placed)
    return picture, Scene(setting, light, *size, things, tuple(stage.backdrop))


def _few(layout: Layout, zones: tuple[Zone, ...], rng: random.Random) -> None:
    """One to three, often two of a kind."""
    count, scale = rng.randint(1, 3), rng.uniform(1.4, 1.7)
    zone = rng.choice(zones[1:])
    kind = rng.choice(zone.kinds)
    while len(layout.placed) < count:
        layout.place(Wanted(kind, zone, min(scale, 0.46 / LOOKS[kind].tall), least=0.2), covered=0)
        scale *= 0.96
        if rng.random() < 0.7:
            zone = rng.choice(zones)
            kind = rng.choice(zone.kinds)


def _many(layout: Layout, zones: tuple[Zone, ...], rng: random.Random) -> None:
    """Five to twenty-two of a handful of kinds, so that there is something to count; few more often."""
    count = min(rng.randint(5, 22), rng.randint(5, 22))
    cast = [(rng.choice(zone.kinds), zone) for zone in zones for _ in range(2)]
    cast += [(kind, zone) for zone in zones[1:] for kind in rng.sample(zone.kinds, min(3, len(zone.kinds)))]
    scale = min(1.2, 3.8 / count**0.5)
    while len(layout.placed) < count:
        kind, zone = rng.choice(cast)
        if not layout.place(Wanted(kind, zone, scale)):
            scale *= 0.97


def _draw(stage: Stage, one: Placed) -> None:
    box, look = one.thing.box, one.look
    tall = round(box.height * stage.height)
    sketch = Sketch(round(tall * look.wide / 100), tall)
    look.draw(sketch, Tones(one.thing.colour), one.thing.word or "")
    figure = sketch.done()
    if one.flipped:
        figure = figure.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    left, top = round(box.left * stage.width), round(box.top * stage.height)
    if one.thing.ground not in {"sky", "air"}:
        opacity = 0.28 if one.thing.ground == "sea" else 0.5
        stage.shadow(left, left + figure.width, top + figure.height, opacity)
    stage.image.paste(figure, (left, top), figure)

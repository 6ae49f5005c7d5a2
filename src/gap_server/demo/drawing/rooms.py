"""The indoor places: kitchen, study and living room, each with a window to see the hour by."""

from gap_server.demo.drawing.places import SKIES, lit
from gap_server.demo.drawing.sketch import RGB, mix
from gap_server.demo.drawing.stage import Stage

WHITE: RGB = (255, 255, 255)
WALLS: dict[str, RGB] = {
    "green": (166, 208, 178),
    "blue": (158, 196, 224),
    "pink": (242, 196, 196),
    "yellow": (246, 222, 158),
}


def _wall(stage: Stage, foot: float) -> None:
    name = stage.rng.choice(sorted(WALLS))
    tone = _indoors(stage, WALLS[name])
    stage.wash(0, foot, [mix(tone, WHITE, 0.12), tone, mix(tone, (60, 50, 90), 0.1)])
    stage.note("wall", name, (0, 0, 1, foot))


def _indoors(stage: Stage, colour: RGB) -> RGB:
    """Lamps are lit inside: night is milder than in the open."""
    return mix(colour, lit(stage.light, colour), 0.2)


def _window(stage: Stage, foot: float) -> None:
    wide, high = 0.26 * 768 / stage.width, 0.3 * 768 / stage.height
    left, top = stage.rng.uniform(0.08, 0.9 - wide), stage.rng.uniform(0.07, 0.09)
    right, bottom = left + wide, min(top + high, foot - 0.1)
    frame = (250, 248, 242)
    stage.slab(
        (left - 0.012, top - 0.012, right + 0.012, bottom + 0.012), mix(frame, (70, 60, 80), 0.25), r=6
    )
    stage.slab((left - 0.01, top - 0.012, right + 0.01, bottom + 0.008), frame, r=5)
    stops = SKIES[stage.light][1]
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    for row, (y0, y1) in enumerate(((top, middle_y - 0.005), (middle_y + 0.005, bottom - 0.004))):
        for x0, x1 in ((left, middle_x - 0.004), (middle_x + 0.004, right)):
            stage.slab((x0, y0, x1, y1), stops[row], r=3)
            stage.slab((x0, (y0 + y1) / 2, x1, y1), stops[row + 1], r=3, opacity=0.5)
            gleam = [
                (x0 + wide * 0.06, y1),
                (x0 + wide * 0.2, y0),
                (x0 + wide * 0.28, y0),
                (x0 + wide * 0.14, y1),
            ]
            stage.patch(gleam, WHITE, 0.22)
    stage.slab(
        (left - 0.02, bottom + 0.006, right + 0.02, bottom + 0.024), mix(frame, (70, 60, 80), 0.12), r=4
    )
    stage.note("window", "white", (left - 0.012, top - 0.012, right + 0.012, bottom + 0.024))


def kitchen(stage: Stage) -> None:
    _wall(stage, 0.5)
    line = mix(WHITE, (120, 110, 120), 0.1)
    for k in range(1, 14):
        stage.slab((k / 13 - 0.001, 0.32, k / 13 + 0.001, 0.5), line, opacity=0.55)
    for y in (0.32, 0.38, 0.44):
        stage.slab((0, y, 1, y + 0.003), line, opacity=0.55)
    _window(stage, 0.42)
    top = _indoors(stage, (214, 170, 122))
    stage.wash(0.48, 0.97, [mix(top, (70, 40, 30), 0.14), top, mix(top, WHITE, 0.14)])
    for k in range(14):
        y = 0.51 + 0.033 * k
        x = stage.rng.uniform(-0.1, 0.7)
        stage.slab(
            (x, y, x + stage.rng.uniform(0.2, 0.5), y + 0.004), mix(top, (96, 56, 30), 0.5), r=2, opacity=0.22
        )
    stage.slab((0, 0.955, 1, 0.97), mix(top, WHITE, 0.4))
    stage.wash(0.97, 1, [mix(top, (60, 30, 20), 0.45), mix(top, (60, 30, 20), 0.3)])
    stage.note("counter", "brown", (0, 0.48, 1, 1))


def study(stage: Stage) -> None:
    _wall(stage, 0.5)
    stage.slab((0, 0.36, 1, 0.37), WHITE, opacity=0.4)
    _window(stage, 0.44)
    name, tone = stage.rng.choice((("brown", (156, 106, 70)), ("white", (236, 232, 226))))
    top = _indoors(stage, tone)
    shade = 0.08 if name == "white" else 0.2
    stage.wash(0.48, 0.978, [mix(top, (40, 20, 30), shade), top, mix(top, WHITE, 0.16)])
    stage.slab((0, 0.478, 1, 0.487), mix(top, WHITE, 0.35))
    for side in (0.0, 0.93):  # what light the window throws
        stage.patch(
            [(side, 0.487), (side + 0.07, 0.487), (side + 0.3, 0.978), (side + 0.12, 0.978)], WHITE, 0.1
        )
    stage.slab((0, 0.965, 1, 0.978), mix(top, WHITE, 0.5))
    stage.wash(0.978, 1, [mix(top, (40, 20, 30), 0.4), mix(top, (40, 20, 30), 0.3)])
    stage.note("table", name, (0, 0.48, 1, 1))


def living_room(stage: Stage) -> None:
    _wall(stage, 0.54)
    for k in range(0, 20, 2):
        stage.slab((k / 20, 0, (k + 1) / 20, 0.5), WHITE, opacity=0.1)
    _window(stage, 0.46)
    stage.slab((0, 0.5, 1, 0.535), (248, 244, 236))
    stage.slab((0, 0.532, 1, 0.538), (150, 130, 120))
    wood = _indoors(stage, (196, 148, 102))
    stage.wash(0.538, 1, [mix(wood, (60, 30, 30), 0.2), wood, mix(wood, WHITE, 0.1)])
    for k in range(14):
        x = k / 13
        seam = [(x, 0.538), (x + 0.002, 0.538), (x * 1.7 - 0.347, 1), (x * 1.7 - 0.35, 1)]
        stage.patch(seam, mix(wood, (70, 36, 20), 0.6), 0.45)
    name, tone = stage.rng.choice(
        (("blue", (104, 142, 200)), ("red", (204, 96, 96)), ("green", (120, 170, 130)))
    )
    rug = _indoors(stage, tone)
    radius = stage.width * 0.4
    for share, fill in ((1.0, mix(rug, WHITE, 0.55)), (0.95, rug), (0.8, mix(rug, WHITE, 0.35)), (0.77, rug)):
        stage.disc(0.5, 0.79, radius * share, fill, flat=0.36 * stage.height / stage.width * 1.1)
    high = 0.4 * 0.36 * 1.1
    stage.note("floor", "brown", (0, 0.538, 1, 1))
    stage.note("rug", name, (0.1, 0.79 - high, 0.9, 0.79 + high))

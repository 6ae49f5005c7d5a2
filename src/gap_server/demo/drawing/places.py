"""The open places: beach, street, park, harbour and snowy field."""

import math

from gap_server.demo.drawing.sketch import RGB, mix
from gap_server.demo.drawing.stage import Stage
from gap_server.demo.scene.description import Box
from gap_server.demo.scene.panes import panes
from gap_server.demo.scene.relations import PATH_FROM, path_at

WHITE: RGB = (255, 255, 255)
NIGHT: RGB = (30, 36, 84)

SKIES: dict[str, tuple[str, tuple[RGB, ...]]] = {
    "day": ("blue", ((92, 176, 240), (150, 208, 248), (214, 238, 250))),
    "sunset": ("orange", ((228, 116, 92), (250, 160, 96), (255, 214, 150))),
    "night": ("blue", ((20, 28, 78), (38, 52, 116), (74, 92, 156))),
}


def lit(light: str, colour: RGB) -> RGB:
    """A colour of the backdrop as this light shows it."""
    if light == "night":
        return mix(colour, NIGHT, 0.52)
    return mix(colour, (255, 150, 90), 0.17) if light == "sunset" else colour


def _bands(stage: Stage, top: float, bottom: float, *colours: RGB) -> None:
    stage.wash(top, bottom, [lit(stage.light, colour) for colour in colours])


def _sky(stage: Stage, horizon: float, *, low_sun: bool = True) -> None:
    colour, stops = SKIES[stage.light]
    stage.wash(0, horizon, stops)
    stage.note("sky", colour, (0, 0, 1, horizon))
    x, y = stage.rng.uniform(0.12, 0.88), stage.rng.uniform(0.09, 0.14)
    if stage.light == "sunset" and low_sun:
        y = horizon * 0.7
    radius = 40
    if stage.light == "night":
        stage.glow(x, y, 0.2, (190, 206, 255), 0.5)
        stage.disc(x, y, radius, (250, 246, 226))
        for dx, dy, r in ((-0.2, -0.3, 7), (0.3, 0.1, 10), (-0.1, 0.4, 6)):
            stage.disc(x + dx * radius / stage.width, y + dy * radius / stage.height, r, (226, 220, 200))
    else:
        stage.glow(x, y, 0.3, (255, 244, 196), 0.8)
        stage.disc(x, y, radius, (255, 226, 96) if stage.light == "day" else (255, 236, 170))
    across, down = radius / stage.width, radius / stage.height
    kind, shade = ("moon", "white") if stage.light == "night" else ("sun", "yellow")
    stage.note(kind, shade, (x - across, y - down, x + across, y + down))
    _clouds(stage, x, horizon)


def _clouds(stage: Stage, sun: float, horizon: float) -> None:
    """None to three, never one before another or before the sun."""
    tint = {"day": WHITE, "sunset": (255, 226, 206), "night": (112, 126, 180)}[stage.light]
    taken = [sun]
    for _ in range(stage.rng.randint(0, 3)):
        x, y = stage.rng.uniform(0.12, 0.88), stage.rng.uniform(0.07, horizon * 0.5)
        if any(abs(x - other) < 0.24 for other in taken):
            continue
        taken.append(x)
        half = 62 / stage.width
        for dx, dy, r in ((-0.55, 0.1, 24), (-0.15, -0.1, 34), (0.35, 0.02, 28)):
            stage.disc(x + dx * half, y + dy * 60 / stage.height, r, tint)
        base = y + 14 / stage.height
        stage.slab((x - half, base, x + half * 0.95, base + 20 / stage.height), tint, r=10)
        colour = "blue" if stage.light == "night" else "white"
        stage.note("cloud", colour, (x - half, y - 40 / stage.height, x + half, base + 20 / stage.height))


def _sea(stage: Stage, top: float, bottom: float) -> None:
    _bands(stage, top, bottom, (58, 146, 204), (74, 174, 214), (130, 208, 222))
    stage.note("sea", "blue", (0, top, 1, bottom))
    shine = mix(lit(stage.light, (130, 208, 222)), WHITE, 0.45)
    for k in range(26):
        y = top + (bottom - top) * (k + 1) / 28
        x, long = stage.rng.uniform(-0.05, 0.95), stage.rng.uniform(0.03, 0.09)
        stage.slab((x, y, x + long, y + 0.004), shine, r=2, opacity=0.45)


def beach(stage: Stage) -> None:
    _sky(stage, 0.38)
    _sea(stage, 0.38, 0.64)
    night = stage.light == "night"
    # Moonlight would leave pale sand without any colour that people agree on.
    sand = ((226, 150, 52),) * 3 if night else ((236, 206, 142), (246, 220, 162), (240, 208, 144))
    _bands(stage, 0.6, 1, *sand)
    for edge, fill in ((0.6, WHITE), (0.585, (74, 174, 214))):
        wave = [(x / 30, edge + 0.012 * math.sin(x * 0.55) + 0.005 * math.sin(x * 1.3)) for x in range(31)]
        stage.patch(
            [(0, 0.57), *wave, (1, 0.57)], lit(stage.light, (130, 208, 222)) if fill != WHITE else WHITE
        )
    _sea_again(stage)
    dots = lit(stage.light, (222, 188, 122))
    for _ in range(40):
        stage.disc(
            stage.rng.random(), stage.rng.uniform(0.66, 0.99), stage.rng.uniform(1.5, 3.5), dots, 0.8, 0.6
        )
    stage.note("sand", "brown" if night else "yellow", (0, 0.6, 1, 1))


def _sea_again(stage: Stage) -> None:
    """The sea's lower edge, over the foam."""
    wave = [(x / 30, 0.59 + 0.012 * math.sin(x * 0.55) + 0.004 * math.sin(x * 1.3)) for x in range(31)]
    stage.patch([(0, 0.56), *wave, (1, 0.56)], lit(stage.light, (128, 206, 222)))


def street(stage: Stage) -> None:
    _sky(stage, 0.56, low_sun=False)
    _skyline(stage, 0.52)
    _bands(stage, 0.52, 0.62, (198, 194, 190), (214, 210, 204))
    _bands(stage, 0.62, 0.86, (96, 98, 108), (112, 114, 124))
    _bands(stage, 0.86, 1, (222, 216, 208), (198, 192, 186))
    stage.slab((0, 0.612, 1, 0.624), lit(stage.light, (166, 162, 160)))
    stage.slab((0, 0.853, 1, 0.868), lit(stage.light, (170, 166, 164)))
    for k in range(-1, 8):
        left = k / 7 + 0.02
        stage.patch(
            [(left, 0.735), (left + 0.075, 0.735), (left + 0.065, 0.75), (left - 0.012, 0.75)],
            (240, 236, 220),
            0.8,
        )
    for k in range(12):
        x = k / 11
        stage.patch(
            [(x, 0.868), (x + 0.003, 0.868), (x * 1.16 - 0.076, 1), (x * 1.16 - 0.08, 1)],
            (120, 114, 112),
            0.35,
        )
    stage.note("road", "grey", (0, 0.62, 1, 0.86))
    stage.note("pavement", "grey", (0, 0.86, 1, 1))


def _skyline(stage: Stage, ground: float) -> None:
    """A row of buildings in the distance, each with a gap beside it, so that they can be counted."""
    count = stage.rng.randint(3, 6)
    room = 1 / count
    for k in range(count):
        name, tone = stage.rng.choice(
            (("blue", (126, 156, 206)), ("pink", (232, 164, 176)), ("brown", (178, 136, 110)))
        )
        if stage.light != "day":  # only silhouettes, all of one colour, are left of them
            name, tone = ("blue", (126, 156, 206)) if stage.light == "night" else ("brown", (178, 136, 110))
        left = k * room + room * stage.rng.uniform(0.08, 0.14)
        right = (k + 1) * room - room * stage.rng.uniform(0.08, 0.14)
        top = ground - stage.rng.uniform(0.1, 0.24)
        fill = mix(lit(stage.light, tone), SKIES[stage.light][1][2], 0.12)
        stage.slab((left, top, right, ground), fill)
        stage.slab((left, top, right, top + 0.012), mix(fill, (40, 40, 70), 0.25))
        pane = (255, 226, 140) if stage.light != "day" else mix(fill, WHITE, 0.45)
        for box in panes(Box(left, top, right, ground)):
            stage.image.paste(pane, _pixels(stage, box.left, box.top, box.right, box.bottom))
        stage.note("building", name, (left, top, right, ground))


def _pixels(stage: Stage, *box: float) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    return (
        round(left * stage.width),
        round(top * stage.height),
        round(right * stage.width),
        round(bottom * stage.height),
    )


def park(stage: Stage) -> None:
    _sky(stage, 0.5)
    _hill(stage, 0.5, "green", (142, 196, 128))
    _bands(stage, 0.46, 1, (134, 198, 104), (116, 186, 92), (92, 164, 80))
    path, edge = lit(stage.light, (232, 212, 172)), lit(stage.light, (208, 184, 140))
    stage.patch(_winding(0.014), edge)
    stage.patch(_winding(0.0), path)
    blade = lit(stage.light, (74, 146, 70))
    for _ in range(46):
        x, y = stage.rng.random(), stage.rng.uniform(0.5, 0.98)
        tall = 0.008 + 0.02 * (y - 0.46)
        for lean in (-0.006, 0, 0.006):
            stage.patch([(x - 0.002, y), (x + 0.002, y), (x + lean, y - tall)], blade, 0.6)
    stage.note("grass", "green", (0, 0.46, 1, 1))
    stage.note("path", "grey" if stage.light == "night" else "brown", (0.28, 0.462, 0.62, 1))


def _winding(rim: float) -> list[tuple[float, float]]:
    """A path that comes nearer in two bends; `rim` widens it."""
    left, right = [], []
    for k in range(33):
        near = k / 32
        y = PATH_FROM + (1 - PATH_FROM) * near
        middle, half = path_at(y)
        half += rim * (near**1.5 + 0.2)
        left.append((middle - half, y))
        right.append((middle + half, y))
    return [*left, *reversed(right)]


def _hill(stage: Stage, foot: float, name: str, tone: RGB) -> None:
    middle, high = stage.rng.uniform(0.25, 0.75), stage.rng.uniform(0.1, 0.15)
    ridge = [(x / 40, foot - high * math.exp(-(((x / 40 - middle) / 0.3) ** 2))) for x in range(41)]
    stage.patch([*ridge, (1, foot), (0, foot)], lit(stage.light, tone))
    stage.note("hill", name, (max(middle - 0.4, 0), foot - high, min(middle + 0.4, 1), foot))


def harbour(stage: Stage) -> None:
    _sky(stage, 0.4)
    _sea(stage, 0.4, 0.74)
    _bands(stage, 0.72, 1, (190, 146, 104), (170, 124, 84))
    seam = lit(stage.light, (132, 92, 60))
    stage.slab((0, 0.715, 1, 0.73), lit(stage.light, (214, 172, 128)))
    stage.slab((0, 0.73, 1, 0.736), seam)
    for k in range(17):
        x = k / 16
        stage.patch([(x, 0.736), (x + 0.003, 0.736), (x * 1.3 - 0.145, 1), (x * 1.3 - 0.15, 1)], seam, 0.7)
    stage.note("quay", "brown", (0, 0.715, 1, 1))


def snowy_field(stage: Stage) -> None:
    _sky(stage, 0.52)
    _hill(stage, 0.54, "white", (208, 224, 244))
    dim = 0.3 if stage.light == "night" else 0.0
    stage.wash(
        0.5,
        1,
        [mix(lit("day", tone), NIGHT, dim) for tone in ((226, 236, 248), (244, 248, 254), (222, 232, 248))],
    )
    shade = mix((194, 212, 238), NIGHT, dim)
    for _ in range(9):
        x, y = stage.rng.random(), stage.rng.uniform(0.56, 0.97)
        stage.disc(x, y, stage.rng.uniform(60, 150), shade, 0.35, 0.14)
    for _ in range(60):
        stage.disc(stage.rng.random(), stage.rng.random(), stage.rng.uniform(1.5, 3.6), WHITE, 0.9)
    stage.note("snow", "white", (0, 0.5, 1, 1))

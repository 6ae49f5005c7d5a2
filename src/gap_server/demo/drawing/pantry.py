"""What stands on tables."""

import math

from gap_server.demo.drawing.sketch import CREAM, INK, LEAF, STEEL, WOOD, Sketch, Tones, mix

WHITE = (255, 255, 255)


def cup(s: Sketch, t: Tones, word: str) -> None:
    s.ring(88, 52, 24, t.dark, 9)
    s.slab(8, 12, 84, 96, t.base, r=13)
    s.slab(8, 8, 84, 50, t.base, r=4)
    s.slab(66, 22, 84, 90, t.dark, r=9)
    s.slab(14, 26, 22, 82, t.light, r=4)
    s.oval(46, 13, 38, 9, t.light)
    s.oval(46, 14, 32, 6.5, (110, 70, 46))
    if word:
        s.slab(18, 36, 76, 70, CREAM, r=6)
        s.write(word, 47, 53, (51, 26), INK)


def bottle(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.slab(14, 2, 26, 12, mix(WOOD, CREAM, 0.3), r=2)
    s.slab(14, 10, 26, 34, t.base)
    s.blob([(14, 28), (26, 28), (37, 44), (37, 92), (30, 98), (10, 98), (3, 92), (3, 44)], t.base)
    s.slab(4, 56, 36, 80, CREAM, r=2)
    s.slab(9, 62, 31, 65, t.base, r=1)
    s.slab(9, 70, 25, 73, t.light, r=1)
    s.slab(8, 42, 12, 92, t.light, r=2)


def book(s: Sketch, t: Tones, word: str) -> None:
    s.slab(8, 6, 74, 98, t.deep, r=3)
    s.slab(12, 8, 72, 95, CREAM, r=2)
    s.slab(4, 3, 68, 93, t.base, r=3)
    s.slab(4, 3, 14, 93, t.dark, r=3)
    if word:
        s.slab(18, 18, 64, 44, CREAM, r=3)
        s.write(word, 41, 31, (41, 20), INK)
    else:
        s.slab(24, 20, 58, 26, t.light, r=3)
        s.slab(30, 32, 52, 36, t.light, r=2)
    s.oval(41, 68, 11, 11, t.light)
    s.oval(41, 68, 6, 6, t.base)


def _stalk(s: Sketch, x: float, y: float) -> None:
    s.stroke([(x, y + 14), (x + 3, y)], (110, 74, 44), 4)
    s.blob([(x + 5, y + 8), (x + 18, y - 2), (x + 30, y + 3), (x + 18, y + 12)], LEAF)


def apple(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.blob(
        [(48, 24), (68, 16), (90, 30), (92, 60), (74, 94), (48, 92), (22, 94), (4, 60), (6, 30), (28, 16)],
        t.base,
    )
    s.blob([(74, 30), (88, 42), (84, 68), (70, 88), (76, 58)], t.dark)
    s.blob([(18, 32), (30, 26), (26, 44), (16, 56)], t.light)
    _stalk(s, 48, 6)


def pear(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.blob(
        [(36, 16), (50, 24), (54, 44), (70, 66), (62, 92), (36, 97), (10, 92), (2, 66), (18, 44), (22, 24)],
        t.base,
    )
    s.blob([(54, 54), (66, 68), (58, 88), (44, 93), (56, 74)], t.dark)
    s.blob([(14, 62), (24, 52), (24, 70), (15, 78)], t.light)
    _stalk(s, 36, 3)


def banana(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.blob(
        [(10, 20), (22, 16), (44, 50), (86, 62), (132, 44), (140, 52), (110, 86), (66, 95), (28, 74)], t.base
    )
    s.blob([(16, 30), (38, 64), (82, 80), (120, 66), (108, 82), (66, 90), (30, 72)], t.dark)
    s.blob([(20, 24), (44, 58), (86, 70), (124, 56), (84, 66), (44, 52)], t.light)
    s.blob([(6, 6), (16, 4), (22, 18), (10, 22)], (120, 84, 40))
    s.oval(138, 48, 4.5, 5, (96, 68, 40))


def teapot(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.ring(24, 58, 20, t.dark, 8)
    s.blob([(100, 54), (120, 46), (126, 26), (142, 24), (134, 56), (112, 82), (98, 80)], t.dark)
    s.oval(70, 64, 42, 33, t.base)
    s.slab(46, 90, 94, 98, t.dark, r=3)
    s.blob([(38, 36), (70, 26), (102, 36), (70, 44)], t.light)
    s.oval(70, 20, 7.5, 7, t.base)
    s.blob([(40, 50), (52, 42), (48, 62), (38, 72)], t.light)
    s.blob([(34, 68), (70, 76), (106, 68), (104, 76), (70, 84), (37, 76)], t.light)


def cake(s: Sketch, t: Tones, word: str) -> None:
    del word
    plate = (226, 230, 238)
    s.oval(70, 88, 68, 10, plate)
    s.oval(70, 86, 52, 6, mix(plate, INK, 0.18))
    s.slab(18, 28, 122, 88, t.base, r=8)
    s.slab(18, 52, 122, 60, CREAM)
    s.slab(96, 34, 122, 88, t.dark, r=8)
    s.slab(96, 52, 122, 60, mix(CREAM, INK, 0.15))
    s.oval(70, 29, 52, 14, t.light)
    for k in range(7):
        x = 24 + k * 15.3
        s.slab(x - 6, 30, x + 6, 42 + (k % 3) * 4, t.light, r=6)
    for k in range(7):
        turn = k * math.tau / 7
        s.oval(70 + 38 * math.cos(turn), 25 + 8 * math.sin(turn), 6.5, 6, CREAM)


def candle(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.oval(30, 92, 27, 7, STEEL)
    s.oval(30, 90, 20, 4, mix(STEEL, INK, 0.3))
    s.slab(19, 40, 41, 92, t.base, r=3)
    s.slab(33, 40, 41, 92, t.dark, r=3)
    s.oval(30, 41, 11, 3.6, t.light)
    s.stroke([(30, 41), (30, 30)], INK, 2)
    s.blob([(30, 2), (38, 20), (37, 32), (30, 37), (23, 32), (22, 20)], (255, 168, 52))
    s.blob([(30, 14), (34, 25), (30, 34), (26, 25)], (255, 236, 150))


def clock(s: Sketch, t: Tones, word: str) -> None:
    """`word` is the hour that it shows."""
    s.stroke([(26, 84), (18, 97)], t.deep, 6)
    s.stroke([(70, 84), (78, 97)], t.deep, 6)
    for x in (24, 72):
        s.oval(x, 18, 15, 13, t.dark)
    s.slab(44, 4, 52, 14, t.deep, r=2)
    s.oval(48, 54, 42, 41, t.base)
    s.oval(48, 54, 33, 32, CREAM)
    for k in range(12):
        turn = k * math.tau / 12
        s.oval(48 + 27 * math.sin(turn), 54 - 26 * math.cos(turn), 1.9, 1.9, INK)
    turn = int(word or "12") * math.tau / 12
    s.stroke([(48, 54), (48, 31)], INK, 3)
    s.stroke([(48, 54), (48 + 15 * math.sin(turn), 54 - 15 * math.cos(turn))], (214, 60, 60), 4.5)
    s.oval(48, 54, 3.6, 3.6, INK)


def table_lamp(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.oval(35, 94, 22, 5.5, mix(WOOD, INK, 0.2))
    s.slab(32, 46, 38, 94, WOOD, r=2)
    s.oval(35, 74, 8, 11, WOOD)
    s.oval(35, 50, 26, 5, (255, 240, 180))
    s.shape([(18, 6), (52, 6), (68, 50), (2, 50)], t.base)
    s.shape([(44, 6), (52, 6), (68, 50), (56, 50)], t.dark)
    s.shape([(20, 8), (28, 8), (18, 48), (8, 48)], t.light)
    s.oval(35, 6, 17, 3, t.light)

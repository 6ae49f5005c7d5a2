"""What grows and stands in the open."""

import math

from gap_server.demo.drawing.sketch import CREAM, GLASS, INK, LEAF, STEEL, WOOD, Sketch, Tones, mix

WHITE = (255, 255, 255)
LIT = (255, 236, 160)


def tree(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.shape([(33, 98), (36, 54), (42, 54), (46, 98)], WOOD)
    s.shape([(40, 98), (40, 54), (42, 54), (46, 98)], mix(WOOD, INK, 0.3))
    s.stroke([(38, 66), (26, 52)], WOOD, 4)
    for x, y, r in ((20, 44, 19), (56, 44, 19), (38, 52, 20), (38, 24, 23)):
        s.oval(x, y, r, r * 0.92, t.dark)
    for x, y, r in ((18, 40, 16), (52, 40, 17), (36, 46, 17), (36, 22, 20)):
        s.oval(x, y, r, r * 0.92, t.base)
    for x, y, r in ((14, 36, 7), (46, 35, 8), (30, 16, 10)):
        s.oval(x, y, r, r * 0.8, t.light)


def flower(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.stroke([(30, 40), (31, 97)], LEAF, 4.5)
    s.blob([(31, 84), (14, 62), (8, 66), (14, 80)], LEAF)
    s.blob([(31, 78), (46, 58), (54, 62), (48, 74)], mix(LEAF, WHITE, 0.15))
    for k in range(7):
        turn = k * math.tau / 7 - 0.3
        s.oval(
            30 + 15.5 * math.cos(turn), 28 + 15.5 * math.sin(turn), 10.5, 10.5, t.base if k % 2 else t.light
        )
    heart = (150, 90, 40) if t.name in {"yellow", "orange"} else (255, 210, 70)
    s.oval(30, 28, 10.5, 10.5, heart)
    s.oval(28, 26, 4, 4, mix(heart, WHITE, 0.4))


def mushroom(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.blob([(34, 50), (56, 50), (58, 76), (66, 94), (45, 98), (24, 94), (32, 76)], CREAM)
    s.blob([(4, 52), (12, 24), (45, 6), (78, 24), (86, 52), (66, 62), (24, 62)], t.base)
    s.blob([(14, 34), (30, 16), (48, 12), (34, 24)], t.light)
    for x, y, r in ((28, 36, 7), (54, 26, 8), (68, 46, 6), (44, 50, 5)):
        s.oval(x, y, r, r * 0.85, CREAM)


def umbrella(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.slab(53, 10, 57, 98, mix(WOOD, CREAM, 0.3), r=1.5)
    s.pie((55, 54), 52, 48, (180, 360), t.base)
    s.pie((55, 54), 33, 48, (180, 360), t.light)
    s.pie((55, 54), 12, 48, (180, 360), t.base)
    for x in (12, 31, 55, 79, 98):
        s.oval(x, 54, 10, 3.4, t.dark)
    s.oval(55, 6, 3.4, 4, t.deep)


def bench(s: Sketch, t: Tones, word: str) -> None:
    del word
    for x in (22, 140):
        s.slab(x, 8, x + 8, 70, INK, r=3)
        s.slab(x - 4, 62, x + 4, 98, INK, r=2)
        s.slab(x + 6, 66, x + 14, 92, mix(INK, WHITE, 0.15), r=2)
    for top, tone in ((6, t.light), (22, t.base), (38, t.base)):
        s.slab(6, top, 164, top + 12, tone, r=3)
    s.slab(2, 58, 168, 68, t.light, r=3)
    s.slab(2, 68, 168, 75, t.dark, r=3)


def street_lamp(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.slab(14, 91, 34, 99, t.deep, r=2)
    s.slab(21, 26, 27, 95, t.base, r=1)
    s.slab(18, 56, 30, 60, t.dark, r=1)
    s.shape([(9, 8), (39, 8), (33, 28), (15, 28)], LIT)
    s.shape([(14, 8), (23, 8), (22, 28), (17, 28)], mix(LIT, WHITE, 0.6))
    s.shape([(4, 9), (44, 9), (32, 1), (16, 1)], t.base)
    s.slab(14, 27, 34, 31, t.dark, r=1)


def sign(s: Sketch, t: Tones, word: str) -> None:
    s.slab(26, 40, 32, 98, mix(WOOD, INK, 0.15), r=2)
    s.slab(78, 40, 84, 98, mix(WOOD, INK, 0.15), r=2)
    s.slab(2, 6, 108, 60, t.deep, r=7)
    s.slab(2, 4, 108, 57, t.base, r=7)
    edge = mix(t.base, t.writing, 0.55)
    s.slab(7, 9, 103, 52, edge, r=5)
    s.slab(9, 11, 101, 50, t.base, r=4)
    s.write(word, 55, 30.5, (84, 30), t.writing)


def bucket(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.arc(42, 34, 32, 30, (180, 360), STEEL, 3.5)
    s.shape([(6, 32), (78, 32), (66, 94), (18, 94)], t.base)
    s.oval(42, 94, 24, 5, t.base)
    s.shape([(14, 40), (24, 40), (30, 92), (22, 92)], t.light)
    s.shape([(64, 40), (76, 40), (66, 94), (56, 96)], t.dark)
    s.oval(42, 32, 37, 9, t.light)
    s.oval(42, 33, 31, 6.5, t.deep)


def house(s: Sketch, t: Tones, word: str) -> None:
    del word
    roof = (96, 88, 104)
    s.slab(78, 8, 92, 40, (168, 160, 168))
    s.slab(12, 42, 100, 98, t.base)
    s.shape([(12, 42), (100, 42), (100, 49), (12, 49)], t.dark)
    s.shape([(2, 46), (56, 4), (110, 46)], roof)
    s.shape([(56, 4), (110, 46), (98, 46), (52, 10)], mix(roof, INK, 0.25))
    for x in (22, 72):
        s.slab(x, 58, x + 20, 78, CREAM, r=1.5)
        s.slab(x + 2, 60, x + 18, 76, GLASS, r=1)
        s.slab(x + 9, 60, x + 11, 76, CREAM)
        s.slab(x + 2, 67, x + 18, 69, CREAM)
    s.slab(47, 62, 65, 98, mix(WOOD, INK, 0.2), r=2)
    s.oval(61, 81, 1.8, 1.8, (240, 210, 110))


def snowman(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.stroke([(16, 50), (3, 34)], WOOD, 2.6)
    s.stroke([(50, 50), (63, 34)], WOOD, 2.6)
    for y, r in ((80, 19), (53, 15), (29, 12.5)):
        s.oval(33, y, r * 1.12, r, t.dark)
        s.oval(31.5, y - 1, r * 1.02, r * 0.92, t.base)
    s.slab(18, 15, 48, 19, INK, r=2)
    s.slab(23, 2, 43, 17, INK, r=2)
    for y in (48, 55, 74):
        s.oval(33, y, 1.9, 1.9, INK)
    s.oval(28, 26, 2, 2, INK)
    s.oval(38, 26, 2, 2, INK)
    s.shape([(32, 29), (32, 33), (47, 33)], (250, 140, 40))

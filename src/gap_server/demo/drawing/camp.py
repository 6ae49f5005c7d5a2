"""What stands about in the open, and some of what moves there."""

import math

from gap_server.demo.drawing.sketch import CREAM, GLASS, INK, STEEL, WOOD, Sketch, Tones


def tent(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.shape([(4, 97), (72, 6), (140, 97)], t.base)
    s.shape([(72, 6), (140, 97), (104, 97)], t.dark)
    s.shape([(44, 97), (70, 34), (94, 97)], t.deep)
    s.shape([(70, 34), (94, 97), (84, 97)], t.light)
    s.stroke([(66, 12), (72, 3), (78, 12)], WOOD, 4)


def flag(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.slab(6, 4, 12, 98, WOOD, r=2)
    s.oval(9, 5, 5, 5, (240, 200, 90))
    s.blob([(12, 10), (34, 6), (52, 14), (70, 10), (68, 50), (50, 54), (32, 46), (12, 50)], t.base)
    s.stroke([(16, 20), (34, 16), (52, 24), (66, 20)], t.light, 5)
    s.oval(9, 96, 8, 3.5, STEEL)


def mailbox(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.slab(27, 56, 37, 99, WOOD, r=2)
    s.slab(2, 8, 62, 62, t.base, r=18)
    s.slab(2, 38, 62, 62, t.base, r=3)
    s.slab(10, 26, 54, 34, t.deep, r=3)
    s.slab(14, 42, 50, 54, CREAM, r=2)
    s.stroke([(12, 18), (30, 13)], t.light, 4)


def cone(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.slab(2, 86, 86, 98, t.deep, r=4)
    s.shape([(38, 4), (50, 4), (76, 88), (12, 88)], t.base)
    s.shape([(30, 30), (58, 30), (63, 46), (25, 46)], CREAM)
    s.shape([(20, 62), (68, 62), (72, 74), (16, 74)], CREAM)


def scooter(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.slab(22, 72, 92, 81, t.base, r=4)
    s.stroke([(92, 78), (112, 60), (98, 8)], t.base, 9)
    s.stroke([(82, 10), (112, 6)], t.dark, 8)
    for x in (20, 104):
        s.oval(x, 86, 13, 13, INK)
        s.oval(x, 86, 6, 6, STEEL)
    s.slab(8, 68, 34, 76, t.dark, r=4)


def helicopter(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.stroke([(40, 10), (176, 10)], STEEL, 5)
    s.slab(105, 8, 112, 28, STEEL, r=2)
    s.shape([(6, 34), (20, 30), (96, 42), (96, 60), (20, 46)], t.dark)
    s.blob([(0, 18), (16, 18), (24, 40), (10, 48)], t.dark)
    s.blob([(74, 40), (110, 24), (150, 30), (168, 58), (146, 80), (96, 80), (76, 62)], t.base)
    s.blob([(126, 36), (148, 36), (160, 56), (130, 58)], GLASS)
    s.oval(108, 48, 12, 9, GLASS)
    s.stroke([(76, 94), (160, 94)], STEEL, 5)
    for x in (98, 138):
        s.stroke([(x, 80), (x, 94)], STEEL, 4)


def starfish(s: Sketch, t: Tones, word: str) -> None:
    del word
    arms: list[tuple[float, float]] = []
    for i in range(10):
        reach = 23 if i % 2 else 50
        angle = math.radians(i * 36 - 90)
        arms.append((52 + reach * math.cos(angle), 52 + reach * math.sin(angle)))
    s.blob(arms, t.base)
    for i in range(5):
        angle = math.radians(i * 72 - 90)
        for far in (14, 25):
            s.oval(52 + far * math.cos(angle), 52 + far * math.sin(angle), 3, 3, t.light)
    s.oval(52, 52, 5, 5, t.dark)

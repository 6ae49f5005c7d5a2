"""Smaller animals, each always drawn in the pose that the vocabulary names."""

from gap_server.demo.drawing.sketch import CREAM, INK, Sketch, Tones, mix

_WHITE = (255, 255, 255)


def _eye(s: Sketch, x: float, y: float, r: float) -> None:
    s.oval(x, y, r * 1.3, r * 1.3, _WHITE)
    s.oval(x, y, r, r, INK)
    s.oval(x + r * 0.3, y - r * 0.3, r * 0.35, r * 0.35, _WHITE)


def turtle(s: Sketch, t: Tones, word: str) -> None:
    del word
    skin = mix(t.light, CREAM, 0.3)
    for x in (34, 108):
        s.slab(x - 11, 74, x + 11, 98, skin, r=9)
    s.blob([(120, 66), (138, 44), (156, 40), (164, 54), (154, 68), (130, 80)], skin)
    s.pie((72, 82), 62, 70, (180, 360), t.base)
    s.slab(8, 76, 136, 88, t.dark, r=6)
    for x, y in ((44, 60), (72, 46), (100, 60), (72, 70)):
        s.oval(x, y, 11, 9, t.deep)
    _eye(s, 150, 51, 4)


def frog(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.blob([(6, 88), (10, 62), (30, 60), (40, 84), (36, 98), (12, 98)], t.dark)
    s.blob([(114, 88), (110, 62), (90, 60), (80, 84), (84, 98), (108, 98)], t.dark)
    s.blob([(24, 60), (60, 44), (96, 60), (98, 90), (60, 98), (22, 90)], t.base)
    s.oval(60, 44, 42, 28, t.base)
    s.oval(60, 78, 24, 18, mix(t.light, CREAM, 0.4))
    for x in (34, 86):
        s.oval(x, 18, 15, 15, t.base)
        _eye(s, x, 17, 7)
    s.arc(60, 44, 26, 14, (15, 165), INK, 3)


def crab(s: Sketch, t: Tones, word: str) -> None:
    del word
    for side in (-1, 1):
        for y in (70, 82, 92):
            s.stroke([(80 + side * 40, y - 14), (80 + side * 64, y - 10), (80 + side * 70, y + 4)], t.dark, 6)
        s.stroke([(80 + side * 44, 52), (80 + side * 64, 34)], t.dark, 9)
        s.pie((80 + side * 62, 22), 17, 20, (300, 600) if side > 0 else (-60, 240), t.base)
        s.stroke([(80 + side * 14, 42), (80 + side * 14, 24)], t.dark, 5)
        _eye(s, 80 + side * 14, 20, 6)
    s.oval(80, 66, 50, 30, t.base)
    s.oval(72, 56, 26, 10, t.light)
    s.arc(80, 68, 18, 12, (20, 160), INK, 3)


def snail(s: Sketch, t: Tones, word: str) -> None:
    del word
    body = (222, 190, 140)
    s.blob([(4, 92), (40, 84), (100, 84), (116, 52), (130, 52), (132, 84), (112, 97), (10, 98)], body)
    for x in (116, 130):
        s.stroke([(124, 58), (x, 30)], body, 4)
        s.oval(x, 28, 4.5, 4.5, INK)
    s.oval(62, 52, 44, 42, t.base)
    s.arc(62, 52, 32, 30, (0, 330), t.deep, 5)
    s.arc(64, 54, 19, 18, (30, 360), t.deep, 5)
    s.oval(65, 56, 7, 7, t.deep)


def owl(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.shape([(16, 22), (14, 2), (34, 12)], t.base)
    s.shape([(64, 22), (66, 2), (46, 12)], t.base)
    s.blob([(40, 8), (68, 26), (72, 66), (58, 94), (22, 94), (8, 66), (12, 26)], t.base)
    s.blob([(10, 46), (20, 44), (24, 78), (14, 84)], t.dark)
    s.blob([(70, 46), (60, 44), (56, 78), (66, 84)], t.dark)
    s.oval(40, 70, 17, 20, mix(t.light, CREAM, 0.4))
    for x in (27, 53):
        s.oval(x, 32, 13, 13, CREAM)
        _eye(s, x, 32, 6.5)
    s.shape([(36, 38), (44, 38), (40, 49)], (250, 158, 44))
    for x in (30, 50):
        s.oval(x, 95, 8, 4, (250, 158, 44))


def sheep(s: Sketch, t: Tones, word: str) -> None:
    del word
    for x in (40, 56, 88, 104):
        s.slab(x - 5, 70, x + 5, 99, INK, r=3)
    for x, y in ((36, 42), (56, 30), (80, 28), (102, 36), (112, 54), (96, 68), (70, 72), (44, 66), (30, 56)):
        s.oval(x, y, 20, 19, t.base)
    s.oval(72, 50, 38, 26, t.base)
    s.arc(62, 46, 12, 9, (0, 200), t.dark, 3)
    s.arc(92, 50, 12, 9, (0, 200), t.dark, 3)
    s.blob([(14, 30), (30, 28), (36, 48), (26, 64), (14, 58)], (70, 66, 76))
    s.oval(36, 36, 8, 5, (70, 66, 76))
    s.oval(24, 24, 13, 9, t.base)
    _eye(s, 21, 43, 3.4)

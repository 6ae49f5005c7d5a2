"""Animals, each always drawn in the pose that the vocabulary names."""

from gap_server.demo.drawing.sketch import CREAM, INK, Sketch, Tones, mix

BEAK = (250, 158, 44)
WHITE = (255, 255, 255)
BLUSH = (250, 168, 168)


def _eye(s: Sketch, x: float, y: float, r: float = 3.4) -> None:
    s.oval(x, y, r * 1.25, r * 1.25, WHITE)
    s.oval(x, y, r, r, INK)
    s.oval(x + r * 0.3, y - r * 0.35, r * 0.35, r * 0.35, WHITE)


def dog(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.stroke([(66, 84), (78, 72), (80, 60)], t.dark, 8)
    s.blob([(26, 56), (42, 48), (58, 56), (70, 80), (66, 97), (20, 97), (16, 80)], t.base)
    s.blob([(34, 60), (50, 60), (54, 78), (42, 86), (31, 78)], t.light)
    for x in (30, 54):
        s.oval(x, 94, 9, 5.5, t.light)
    s.slab(27, 52, 58, 59, (226, 70, 70) if t.name != "red" else (60, 110, 210), r=3)
    s.oval(42, 32, 24, 22, t.base)
    s.blob([(20, 14), (10, 22), (7, 42), (16, 50), (24, 32)], t.deep)
    s.blob([(64, 14), (74, 22), (77, 42), (68, 50), (60, 32)], t.deep)
    s.oval(42, 41, 13, 11, mix(t.light, CREAM, 0.55))
    s.oval(42, 36, 5, 3.8, INK)
    s.arc(38, 42, 4, 4, (10, 160), INK, 1.6)
    s.arc(46, 42, 4, 4, (20, 170), INK, 1.6)
    s.oval(42, 48, 3.2, 4, (240, 110, 120))
    _eye(s, 33, 28)
    _eye(s, 51, 28)


def cat(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.stroke([(56, 92), (72, 90), (76, 76), (70, 66)], t.dark, 7)
    s.blob([(26, 56), (40, 50), (54, 56), (64, 82), (60, 97), (20, 97), (16, 82)], t.base)
    s.blob([(33, 62), (47, 62), (50, 80), (40, 87), (30, 80)], t.light)
    for x in (30, 50):
        s.oval(x, 94, 8, 5, t.light)
    s.shape([(16, 30), (16, 4), (36, 14)], t.base)
    s.shape([(64, 30), (64, 4), (44, 14)], t.base)
    s.shape([(20, 22), (20, 11), (29, 16)], BLUSH)
    s.shape([(60, 22), (60, 11), (51, 16)], BLUSH)
    s.oval(40, 33, 27, 22, t.base)
    for x in (34, 40, 46):
        s.stroke([(x, 13), (x, 21)], t.deep, 2.6)
    s.oval(40, 43, 11, 7.5, mix(t.light, CREAM, 0.6))
    s.shape([(36, 38), (44, 38), (40, 43)], (240, 120, 130))
    for side in (-1, 1):
        s.stroke([(40 + side * 10, 42), (40 + side * 30, 38)], mix(INK, WHITE, 0.4), 1.1)
        s.stroke([(40 + side * 10, 45), (40 + side * 30, 46)], mix(INK, WHITE, 0.4), 1.1)
        _eye(s, 40 + side * 12, 32, 4)


def rabbit(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.oval(58, 84, 8, 8, mix(t.light, WHITE, 0.5))
    s.blob([(20, 66), (33, 58), (46, 66), (58, 84), (52, 97), (14, 97), (8, 84)], t.base)
    s.oval(33, 82, 12, 13, t.light)
    s.oval(22, 20, 7.5, 19, t.base)
    s.oval(44, 20, 7.5, 19, t.base)
    s.oval(22, 21, 3.6, 14, BLUSH)
    s.oval(44, 21, 3.6, 14, BLUSH)
    s.oval(33, 50, 22, 18, t.base)
    s.oval(33, 57, 9, 6.5, mix(t.light, WHITE, 0.5))
    s.shape([(30, 52), (36, 52), (33, 56)], (240, 120, 130))
    s.slab(30.5, 59, 35.5, 64, WHITE, r=1)
    _eye(s, 24, 47)
    _eye(s, 42, 47)
    s.oval(20, 95, 9, 4.5, t.light)
    s.oval(46, 95, 9, 4.5, t.light)


def duck(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.blob([(8, 52), (24, 62), (50, 58), (66, 44), (88, 60), (84, 86), (56, 97), (26, 92), (10, 74)], t.base)
    s.oval(74, 28, 20, 20, t.base)
    s.blob([(26, 68), (46, 64), (64, 70), (54, 84), (34, 84)], t.dark)
    s.blob([(34, 70), (48, 68), (58, 72), (50, 78)], t.light)
    s.blob([(90, 26), (106, 32), (103, 38), (90, 37)], BEAK)
    _eye(s, 79, 23, 4)


def bird(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.blob([(52, 52), (40, 22), (18, 4), (22, 34), (36, 60)], t.dark)
    s.shape([(10, 54), (2, 68), (14, 66), (12, 76), (40, 68)], t.dark)
    s.blob([(18, 64), (46, 48), (84, 44), (100, 52), (92, 72), (60, 84), (34, 76)], t.base)
    s.blob([(48, 74), (70, 70), (90, 62), (86, 74), (62, 82)], mix(t.light, WHITE, 0.4))
    s.oval(92, 50, 15, 15, t.base)
    s.blob([(104, 46), (119, 53), (103, 57)], BEAK)
    s.blob([(48, 62), (58, 30), (82, 4), (84, 34), (72, 64)], t.deep)
    s.blob([(54, 60), (63, 34), (78, 14), (78, 36), (68, 60)], t.base)
    _eye(s, 97, 47, 3.6)


def butterfly(s: Sketch, t: Tones, word: str) -> None:
    del word
    for side in (-1, 1):
        s.blob(
            [(60, 46), (60 + side * 18, 12), (60 + side * 50, 6), (60 + side * 56, 34), (60 + side * 32, 54)],
            t.base,
        )
        s.blob(
            [(60, 50), (60 + side * 34, 54), (60 + side * 44, 78), (60 + side * 22, 94), (60 + side * 8, 74)],
            t.dark,
        )
        s.oval(60 + side * 38, 28, 10, 10, t.light)
        s.oval(60 + side * 27, 72, 7, 8, t.light)
        s.stroke([(60, 30), (60 + side * 8, 12), (60 + side * 15, 7)], INK, 2)
    s.oval(60, 54, 5.5, 26, INK)
    s.oval(60, 28, 6.5, 6.5, INK)


def penguin(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.oval(24, 95, 11, 5, BEAK)
    s.oval(46, 95, 11, 5, BEAK)
    s.blob([(12, 44), (4, 62), (6, 78), (16, 66)], t.deep)
    s.blob([(58, 44), (66, 62), (64, 78), (54, 66)], t.deep)
    s.blob([(35, 3), (54, 16), (58, 50), (60, 78), (48, 94), (22, 94), (10, 78), (12, 50), (16, 16)], t.base)
    s.blob([(35, 40), (48, 52), (50, 76), (35, 90), (20, 76), (22, 52)], WHITE)
    s.oval(27, 28, 10, 11, WHITE)
    s.oval(43, 28, 10, 11, WHITE)
    _eye(s, 29, 27)
    _eye(s, 41, 27)
    s.blob([(28, 34), (35, 31), (42, 34), (35, 42)], BEAK)

"""Toys, furniture and what else lies about in a home."""

from gap_server.demo.drawing.sketch import CREAM, INK, STEEL, WOOD, Sketch, Tones, mix

WHITE = (255, 255, 255)


def kite(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.stroke([(40, 60), (46, 74), (36, 84), (44, 97)], mix(INK, WHITE, 0.3), 1.6)
    for x, y in ((45, 73), (37, 84), (43, 94)):
        s.shape([(x - 7, y - 4), (x - 7, y + 4), (x, y)], t.dark)
        s.shape([(x + 7, y - 4), (x + 7, y + 4), (x, y)], t.dark)
    s.shape([(40, 2), (72, 26), (40, 64), (8, 26)], t.base)
    s.shape([(40, 2), (8, 26), (40, 26)], t.light)
    s.shape([(72, 26), (40, 64), (40, 26)], t.dark)


def balloon(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.stroke([(30, 62), (27, 74), (32, 85), (29, 98)], mix(INK, WHITE, 0.35), 1.5)
    s.shape([(25, 66), (35, 66), (30, 58)], t.dark)
    s.blob([(30, 3), (50, 12), (56, 30), (46, 50), (30, 62), (14, 50), (4, 30), (10, 12)], t.base)
    s.blob([(16, 16), (24, 11), (22, 24), (14, 32)], t.light)


def ball(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.oval(50, 50, 47, 47, t.base)
    s.blob([(50, 3), (66, 24), (66, 74), (50, 97), (40, 74), (40, 24)], t.light)
    s.blob([(8, 30), (22, 40), (24, 64), (9, 72), (3, 50)], t.dark)
    s.blob([(92, 30), (84, 40), (83, 62), (91, 72), (97, 50)], t.dark)
    s.oval(34, 24, 8, 6, mix(t.light, WHITE, 0.7))


def gift(s: Sketch, t: Tones, word: str) -> None:
    del word
    ribbon = (255, 246, 220) if t.name not in {"white", "yellow"} else (226, 120, 130)
    s.slab(10, 44, 90, 97, t.base, r=3)
    s.slab(60, 44, 90, 97, t.dark, r=3)
    s.slab(42, 44, 58, 97, ribbon)
    s.slab(4, 30, 96, 48, t.light, r=4)
    s.slab(42, 30, 58, 48, ribbon)
    s.blob([(50, 30), (26, 28), (18, 10), (36, 8)], ribbon)
    s.blob([(50, 30), (74, 28), (82, 10), (64, 8)], ribbon)
    s.oval(30, 18, 5, 5, mix(ribbon, INK, 0.3))
    s.oval(70, 18, 5, 5, mix(ribbon, INK, 0.3))
    s.oval(50, 28, 8, 7, mix(ribbon, INK, 0.12))


def hat(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.oval(70, 82, 67, 15, t.dark)
    s.oval(70, 78, 67, 14, t.base)
    s.blob([(34, 80), (34, 36), (46, 10), (70, 14), (94, 10), (106, 36), (106, 80), (70, 88)], t.base)
    s.blob([(34, 62), (70, 70), (106, 62), (106, 78), (70, 87), (34, 78)], t.deep)
    s.blob([(42, 26), (50, 16), (52, 40), (44, 54)], t.light)


def teddy_bear(s: Sketch, t: Tones, word: str) -> None:
    del word
    for side in (-1, 1):
        s.oval(42 + side * 23, 12, 11, 11, t.base)
        s.oval(42 + side * 23, 12, 6, 6, t.light)
        s.oval(42 + side * 30, 62, 9, 14, t.dark)
    s.oval(42, 72, 25, 24, t.base)
    s.oval(42, 74, 15, 15, t.light)
    for side in (-1, 1):
        s.oval(42 + side * 22, 90, 14, 9.5, t.base)
        s.oval(42 + side * 25, 90, 8, 6, t.light)
    s.oval(42, 30, 28, 25, t.base)
    s.oval(42, 39, 14, 11, mix(t.light, CREAM, 0.5))
    s.oval(42, 34, 5, 3.6, INK)
    s.arc(42, 39, 5, 5, (20, 160), INK, 1.8)
    s.oval(31, 25, 3.2, 3.2, INK)
    s.oval(53, 25, 3.2, 3.2, INK)


def robot(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.stroke([(40, 16), (40, 5)], STEEL, 3)
    s.oval(40, 5, 4.5, 4.5, (255, 200, 70))
    s.slab(25, 84, 36, 98, STEEL, r=3)
    s.slab(44, 84, 55, 98, STEEL, r=3)
    s.stroke([(18, 56), (7, 66), (7, 78)], STEEL, 6)
    s.stroke([(62, 56), (73, 66), (73, 78)], STEEL, 6)
    s.slab(16, 48, 64, 88, t.base, r=7)
    s.slab(46, 48, 64, 88, t.dark, r=7)
    s.slab(26, 56, 54, 74, mix(t.base, INK, 0.65), r=3)
    s.stroke([(29, 66), (35, 66), (38, 59), (42, 71), (45, 65), (51, 65)], (150, 240, 170), 1.8)
    s.slab(12, 14, 68, 45, t.base, r=10)
    s.slab(18, 20, 62, 39, (232, 244, 250), r=7)
    for x in (30, 50):
        s.oval(x, 28, 5, 5.4, INK)
        s.oval(x + 1.6, 26, 1.7, 1.7, WHITE)
    s.arc(40, 31, 6, 5, (20, 160), INK, 1.8)


def chair(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.slab(12, 4, 19, 97, t.dark, r=2)
    s.slab(49, 4, 56, 60, t.dark, r=2)
    for top in (8, 22, 36):
        s.slab(14, top, 54, top + 8, t.base, r=2)
    s.shape([(12, 54), (54, 54), (64, 64), (6, 64)], t.light)
    s.slab(6, 63, 64, 70, t.base, r=2)
    s.slab(6, 68, 13, 98, t.base, r=2)
    s.slab(57, 68, 64, 98, t.base, r=2)
    s.slab(48, 70, 53, 92, t.deep, r=2)


def pencil(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.shape([(16, 52), (134, 20), (144, 56), (26, 88)], t.base)
    s.shape([(16, 52), (134, 20), (137, 31), (19, 63)], t.light)
    s.shape([(23, 77), (141, 45), (144, 56), (26, 88)], t.dark)
    s.shape([(134, 20), (144, 56), (176, 30)], (240, 206, 160))
    s.shape([(163, 26.5), (166.5, 38), (176, 30)], INK)
    s.shape([(16, 52), (26, 88), (18, 90), (8, 54)], STEEL)
    s.blob([(8, 54), (18, 90), (8, 92), (0, 76), (1, 60)], (246, 170, 176))


def guitar(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.slab(17, 6, 24, 56, mix(WOOD, INK, 0.35), r=1)
    s.slab(14, 1, 27, 12, mix(WOOD, INK, 0.55), r=2)
    s.blob(
        [(20, 46), (33, 52), (32, 64), (38, 78), (32, 95), (20, 98), (8, 95), (3, 78), (9, 64), (8, 52)],
        t.base,
    )
    s.blob([(10, 54), (14, 52), (13, 64), (8, 76)], t.light)
    s.oval(20.5, 68, 6, 6, INK)
    s.slab(12, 84, 29, 87, mix(WOOD, INK, 0.5), r=1)
    for x in (19, 20.5, 22):
        s.slab(x - 0.3, 8, x + 0.3, 85, (236, 228, 210))

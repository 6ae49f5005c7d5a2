"""What people eat, carry and keep."""

from gap_server.demo.drawing.sketch import CREAM, INK, LEAF, STEEL, WOOD, Sketch, Tones, mix


def suitcase(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.ring(62, 18, 15, t.deep, 6)
    s.slab(4, 22, 120, 96, t.base, r=9)
    for x in (24, 92):
        s.slab(x, 22, x + 9, 96, t.deep)
    s.slab(10, 28, 114, 34, t.light, r=3)
    for x in (46, 72):
        s.slab(x, 48, x + 8, 60, (240, 200, 90), r=2)


def basket(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.arc(58, 44, 44, 42, (180, 360), t.dark, 7)
    s.shape([(6, 46), (110, 46), (96, 98), (20, 98)], t.base)
    for y in (58, 72, 86):
        s.stroke([(12, y), (104, y)], t.dark, 3)
    for x in (30, 50, 70, 90):
        s.stroke([(x, 48), (x * 0.86 + 8, 97)], t.deep, 2.4)
    s.slab(2, 42, 114, 53, t.light, r=5)


def barrel(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.blob([(14, 4), (66, 4), (77, 50), (66, 97), (14, 97), (3, 50)], t.base)
    for x in (26, 40, 54):
        s.stroke([(x, 8), (x + (x - 40) * 0.25, 50), (x, 94)], t.dark, 2)
    for y in (20, 76):
        s.slab(6, y, 74, y + 7, STEEL, r=3)
    s.oval(40, 8, 27, 6, t.light)


def boot(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.blob([(14, 4), (46, 4), (48, 54), (78, 66), (88, 84), (84, 94), (12, 94)], t.base)
    s.slab(8, 89, 90, 98, t.deep, r=4)
    s.slab(11, 2, 50, 16, t.light, r=5)
    s.stroke([(22, 22), (22, 80)], t.light, 4)


def pumpkin(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.stroke([(62, 22), (60, 10), (68, 3)], LEAF, 9)
    for x, rx in ((28, 24), (92, 24), (44, 26), (76, 26)):
        s.oval(x, 60, rx, 36, t.dark)
    s.oval(60, 60, 24, 38, t.base)
    s.oval(34, 58, 17, 32, t.base)
    s.oval(86, 58, 17, 32, t.base)
    s.oval(52, 44, 5, 14, t.light)


def carrot(s: Sketch, t: Tones, word: str) -> None:
    del word
    for x, y in ((128, 4), (150, 14), (156, 40)):
        s.stroke([(112, 46), ((112 + x) / 2 + 4, (46 + y) / 2), (x, y)], LEAF, 10)
    s.blob([(104, 26), (122, 48), (100, 74), (40, 92), (4, 98), (38, 66)], t.base)
    for x, y in ((86, 50), (66, 72), (48, 72)):
        s.stroke([(x, y), (x + 12, y + 7)], t.dark, 3)


def lemon(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.blob([(4, 52), (20, 26), (62, 8), (108, 26), (126, 48), (108, 78), (64, 94), (22, 80)], t.base)
    s.oval(8, 52, 8, 9, t.dark)
    s.blob([(34, 30), (60, 20), (70, 28), (44, 42)], t.light)
    s.blob([(104, 30), (110, 8), (130, 8), (122, 26)], LEAF)


def strawberry(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.blob([(10, 34), (40, 20), (72, 34), (70, 62), (42, 98), (14, 64)], t.base)
    for x, y in ((26, 46), (42, 42), (58, 46), (32, 62), (50, 62), (41, 78)):
        s.oval(x, y, 2.6, 3.6, (255, 232, 150))
    s.shape([(10, 26), (28, 20), (40, 6), (52, 20), (74, 26), (54, 34), (42, 44), (28, 34)], LEAF)
    s.stroke([(41, 18), (44, 3)], LEAF, 5)


def cheese(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.shape([(4, 52), (92, 6), (136, 40), (136, 96), (4, 96)], t.dark)
    s.shape([(4, 52), (92, 6), (136, 40)], t.light)
    s.slab(4, 50, 136, 97, t.base, r=3)
    for x, y, r in ((30, 74, 9), (66, 64, 7), (96, 80, 11), (122, 62, 6)):
        s.oval(x, y, r, r, t.deep)


def bread(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.blob([(6, 66), (20, 28), (80, 16), (140, 28), (154, 66), (140, 95), (20, 95)], t.base)
    for x in (44, 78, 112):
        s.stroke([(x - 8, 66), (x + 10, 36)], mix(t.light, CREAM, 0.5), 8)


def jar(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.slab(6, 18, 64, 97, (214, 232, 238), r=11)
    s.slab(9, 34, 61, 94, t.base, r=9)
    s.slab(18, 50, 52, 76, CREAM, r=3)
    s.slab(24, 58, 46, 62, t.dark, r=2)
    s.slab(4, 4, 66, 22, t.dark, r=4)
    s.slab(13, 38, 18, 86, t.light, r=2)


def vase(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.blob(
        [(20, 4), (52, 4), (48, 22), (66, 50), (60, 84), (46, 98), (26, 98), (12, 84), (6, 50), (24, 22)],
        t.base,
    )
    s.oval(36, 7, 17, 5, t.deep)
    s.stroke([(12, 56), (24, 50), (36, 56), (48, 50), (60, 56)], CREAM, 5)
    s.oval(22, 46, 5, 14, t.light)


def drum(s: Sketch, t: Tones, word: str) -> None:
    del word
    for a, b in (((20, 22), (70, 4)), ((104, 22), (54, 4))):
        s.stroke([a, b], WOOD, 5)
    s.slab(8, 32, 116, 92, t.base, r=9)
    for x in (12, 44, 76):
        s.stroke([(x, 36), (x + 18, 88), (x + 34, 36)], CREAM, 3)
    s.oval(62, 34, 54, 13, (246, 240, 226))
    s.slab(8, 86, 116, 97, t.deep, r=5)
    s.ring(62, 34, 4, INK, 1)


def anchor(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.ring(42, 14, 11, t.base, 6)
    s.slab(37, 22, 47, 92, t.base, r=3)
    s.slab(18, 32, 66, 41, t.dark, r=4)
    s.arc(42, 56, 35, 38, (10, 170), t.base, 10)
    s.shape([(1, 58), (18, 62), (4, 78)], t.dark)
    s.shape([(83, 58), (66, 62), (80, 78)], t.dark)

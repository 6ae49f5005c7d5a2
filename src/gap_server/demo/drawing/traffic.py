"""What drives, floats and flies."""

from gap_server.demo.drawing.sketch import CREAM, GLASS, INK, STEEL, WOOD, Sketch, Tones, mix

TYRE = (52, 50, 58)
LAMP_GLASS = (255, 240, 190)


def _wheel(s: Sketch, x: float, y: float, r: float) -> None:
    s.oval(x, y, r, r, TYRE)
    s.oval(x, y, r * 0.56, r * 0.56, (196, 200, 206))
    s.oval(x, y, r * 0.2, r * 0.2, TYRE)


def car(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.blob([(40, 50), (58, 20), (78, 8), (120, 8), (144, 22), (168, 52), (104, 62)], t.base)
    s.shape([(60, 46), (74, 20), (98, 18), (98, 46)], GLASS)
    s.shape([(106, 46), (106, 18), (126, 20), (148, 46)], GLASS)
    s.shape([(66, 46), (80, 19), (88, 19), (74, 46)], mix(GLASS, (255, 255, 255), 0.6))
    s.slab(4, 44, 196, 84, t.base, r=17)
    s.slab(4, 66, 196, 84, t.dark, r=9)
    s.slab(20, 47, 180, 51, t.light, r=2)
    s.slab(102, 56, 118, 60, t.deep, r=2)
    s.oval(188, 60, 6, 8, LAMP_GLASS)
    s.slab(4, 56, 11, 68, (236, 92, 84) if t.name != "red" else (255, 200, 120), r=3)
    _wheel(s, 48, 80, 19)
    _wheel(s, 152, 80, 19)


def bus(s: Sketch, t: Tones, word: str) -> None:
    s.slab(4, 4, 216, 88, t.base, r=13)
    s.slab(4, 64, 216, 88, t.dark, r=8)
    s.slab(14, 6, 206, 10, t.light, r=2)
    for left in (14, 50, 86, 122):
        s.slab(left, 16, left + 30, 42, GLASS, r=5)
        s.shape(
            [(left + 6, 40), (left + 14, 18), (left + 20, 18), (left + 12, 40)],
            mix(GLASS, (255, 255, 255), 0.6),
        )
    s.slab(160, 16, 182, 80, mix(GLASS, (120, 150, 180), 0.35), r=4)
    s.slab(170, 18, 172, 80, t.deep)
    s.slab(190, 16, 216, 46, GLASS, r=5)
    if word:
        s.slab(58, 46, 142, 68, CREAM, r=4)
        s.write(word, 100, 57, (74, 17), INK)
    s.oval(210, 66, 5, 6, LAMP_GLASS)
    _wheel(s, 44, 84, 15)
    _wheel(s, 146, 84, 15)


def truck(s: Sketch, t: Tones, word: str) -> None:
    s.slab(4, 6, 136, 76, t.base, r=6)
    s.slab(4, 62, 136, 76, t.dark, r=5)
    s.slab(10, 9, 130, 13, t.light, r=2)
    s.blob([(142, 30), (150, 22), (172, 22), (184, 46), (196, 54), (197, 78), (142, 80)], t.dark)
    s.shape([(152, 46), (152, 30), (168, 30), (178, 46)], GLASS)
    s.slab(4, 76, 196, 84, (74, 74, 84), r=3)
    if word:
        s.slab(22, 22, 118, 54, CREAM, r=5)
        s.write(word, 70, 38, (84, 24), INK)
    s.oval(192, 66, 4, 6, LAMP_GLASS)
    _wheel(s, 36, 82, 17)
    _wheel(s, 162, 82, 17)


def bicycle(s: Sketch, t: Tones, word: str) -> None:
    del word
    for x in (34, 126):
        s.ring(x, 68, 31, TYRE, 6)
        s.ring(x, 68, 25, (206, 208, 212), 2)
        s.oval(x, 68, 4, 4, STEEL)
    frame = [(34, 68), (62, 30), (112, 30), (80, 68), (34, 68)]
    s.stroke(frame, t.base, 8)
    s.stroke([(80, 68), (60, 22)], t.base, 8)
    s.stroke([(126, 68), (112, 30), (108, 14)], t.base, 8)
    s.stroke([(106, 13), (124, 9)], INK, 6)
    s.blob([(44, 18), (58, 14), (74, 18), (60, 25)], INK)
    s.oval(80, 68, 8, 8, STEEL)
    s.stroke([(80, 68), (88, 82)], STEEL, 4)


def boat(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.stroke([(54, 6), (54, 78)], WOOD, 4)
    s.blob([(59, 8), (82, 32), (98, 64), (78, 68), (59, 68)], t.light)
    s.blob([(50, 18), (34, 42), (16, 66), (34, 68), (50, 68)], t.base)
    s.shape([(4, 74), (106, 74), (92, 97), (20, 97)], t.base)
    s.shape([(4, 74), (106, 74), (103, 80), (8, 80)], t.light)
    s.shape([(14, 90), (97, 90), (92, 97), (20, 97)], t.deep)


def plane(s: Sketch, t: Tones, word: str) -> None:
    del word
    s.blob([(8, 4), (24, 4), (46, 46), (22, 52)], t.dark)
    s.blob([(92, 40), (112, 40), (84, 10), (72, 10)], t.deep)
    s.blob([(10, 50), (50, 38), (130, 34), (182, 44), (196, 56), (180, 68), (120, 74), (46, 66)], t.base)
    s.blob([(50, 43), (110, 38), (160, 42), (110, 45)], t.light)
    for x in (66, 86, 106, 126):
        s.slab(x, 46, x + 10, 58, GLASS, r=4)
    s.blob([(158, 44), (176, 46), (186, 52), (164, 54)], GLASS)
    s.blob([(84, 62), (120, 62), (72, 98), (54, 98)], t.dark)

"""Turns of speech in Russian: comparisons, places, light and weather."""

from typing import NamedTuple

from gap_server.demo.answerer.russian.forms import Case

SIZED = {
    "largest": "больше, чем",
    "tallest": "выше, чем",
    "widest": "шире, чем",
    "closest": "ближе, чем",
    "highest": "выше на картинке, чем",
    "smallest": "меньше, чем",
    "shortest": "ниже, чем",
    "furthest": "дальше, чем",
    "lowest": "ниже на картинке, чем",
    "leftmost": "левее, чем",
    "rightmost": "правее, чем",
}
MOST = {
    "largest": "самое большое здесь",
    "smallest": "самое маленькое здесь",
    "tallest": "самое высокое здесь",
    "shortest": "самое низкое здесь",
    "widest": "самое широкое здесь",
    "closest": "ближе всего",
    "furthest": "дальше всего",
    "highest": "выше всего",
    "lowest": "ниже всего",
    "leftmost": "левее всего",
    "rightmost": "правее всего",
    "odd": "отличается от остальных",
}
SHARES = {
    0.1: "десятую часть",
    0.2: "пятую часть",
    0.25: "четверть",
    0.33: "треть",
    0.5: "половину",
    0.75: "три четверти",
}
PLACES = {
    "beach": "пляж",
    "street": "городская улица",
    "park": "парк",
    "harbour": "гавань",
    "snowy field": "заснеженное поле",
    "kitchen": "кухня",
    "study": "кабинет",
    "living room": "гостиная",
}
LIGHTS = {"day": "сейчас день", "sunset": "сейчас вечер, солнце низко", "night": "сейчас ночь"}
WEATHERS = {
    "sunny": "день солнечный",
    "snowy": "идёт снег",
    "clear": "ночь ясная",
    "evening": "вечер ясный",
    "rainy": "идёт дождь",
    "cloudy": "пасмурно",
    "foggy": "туман",
}
SEASONS = {"summer": "похоже на лето", "winter": "похоже на зиму", "autumn": "похоже на осень"}
SHORT = {"m": "", "f": "а", "n": "о", "pl": "ы"}  # the endings of `открыт`
STATES = {
    "whole": ("целый", "разрезанный"),
    "sharp": ("острый", "тупой"),
    "peeled": ("очищенный", "неочищенный"),
    "out": ("высунутый", "спрятанный"),
    "clear": ("ясный", "пасмурный"),
    "calm": ("спокойный", "бурный"),
    "full": ("полный", "неполный"),
    "ripe": ("спелый", "неспелый"),
}
VERBS = {
    "smiling": ("улыбается", "улыбаются"),
    "lit": ("горит", "горят"),
    "shining": ("светит", "светят"),
    "waving": ("развевается", "развеваются"),
}


class Verb(NamedTuple):
    """One does it and several do, to nothing, and how what they do it to is joined on."""

    forms: tuple[str, str]
    nothing: str
    before: str
    case: Case
    short: bool = False  # it ends as `открыт` does


JOINED: dict[str, Verb] = {
    "tied to": Verb(("привязан", "привязан"), "ни к чему", "к ", "dat", short=True),
    "leaning against": Verb(("опирается", "опираются"), "ни на что", "на ", "acc"),
    "hanging from": Verb(("висит", "висят"), "ни на чём", "на ", "pre"),
    "holding": Verb(("держит", "держат"), "ничего", "", "acc"),
    "reading": Verb(("читает", "читают"), "ничего", "", "acc"),
    "leading to": Verb(("ведёт", "ведут"), "никуда", "к ", "dat"),
}
SIDES = {"left": "влево", "right": "вправо", "us": "на нас"}

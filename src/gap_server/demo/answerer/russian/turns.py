"""Turns of speech in Russian: comparisons, places, light and weather."""

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
    "snowy": "всё в снегу",
    "clear": "ночь ясная",
    "evening": "вечер ясный",
    "rainy": "идёт дождь",
    "cloudy": "пасмурно",
    "foggy": "туман",
}
SEASONS = {"summer": "похоже на лето", "winter": "похоже на зиму", "autumn": "похоже на осень"}
SHORT = {"m": "", "f": "а", "n": "о", "pl": "ы"}  # the endings of `открыт`
STATES = {"calm": ("спокойный", "бурный"), "full": ("полный", "неполный"), "ripe": ("спелый", "неспелый")}
VERBS = {
    "smiling": ("улыбается", "улыбаются"),
    "lit": ("горит", "горят"),
    "waving": ("развевается", "развеваются"),
}
SIDES = {"left": "влево", "right": "вправо", "us": "на нас"}

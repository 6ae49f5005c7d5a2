"""The words of an answer that carry meaning: no grammar, no politeness, one name for each thing."""

from typing import Final

from gap_server.quality.words import stem, words

_GRAMMAR: Final = (
    "a an the is are was were be been being am it its it's this that these those there there's here in on "
    "at of to and or with has have had i you he she they we his her their can could see seen visible "
    "shown show picture image photo scene appear appears seem seems look looks looking like which who "
    "what one ones color colour colored coloured yes no not as by for from do does so just only also very "
    "written say says reads sign text word words made type kind located side placed wearing holding doing "
    "это этот эта эти тот та те в во на у о об и или с со к по из от за есть был была были он она оно они "
    "я мы вы его ее их картинке картинка изображении изображение фото снимке видно виден видна видны вижу "
    "кажется похоже который которая цвет цвета да нет не там тут здесь находится надпись написано слово "
    "надет надета одет"
)
_EMPTY: Final = frozenset(_GRAMMAR.split())
_SAME_THING: Final = (
    "sofa couch settee,bike bicycle,car automobile,man guy gentleman,woman lady,kid child "
    "children,person someone "
    "human people,tv television,phone smartphone cellphone telephone,airplane plane aeroplane "
    "aircraft,dog puppy,"
    "cat kitten,street road,big large,small little tiny,cup mug,motorbike motorcycle,rock stone,photo "
    "photograph,"
    "trousers pants,wood wooden,metal metallic,laptop notebook,glasses eyeglasses spectacles,taxi cab,"
    "диван софа,велосипед велик,машина автомобиль,мужчина мужик,женщина дама,ребенок дитя дети,телефон "
    "смартфон,"
    "самолет аэроплан,собака пес щенок,кошка кот котенок,большой крупный огромный,маленький небольшой мелкий,"
    "чашка кружка,дорога улица,камень валун,телевизор тв,брюки штаны,очки очков"
)
_NAMED: Final = {
    stem(word): stem(group.split()[0]) for group in _SAME_THING.split(",") for word in group.split()
}
_IRREGULAR: Final = {
    "men": "man",
    "women": "woman",
    "mice": "mouse",
    "feet": "foot",
    "teeth": "tooth",
    "geese": "goose",
    "leaves": "leaf",
    "knives": "knife",
    "собаки": "собака",
    "кошки": "кошка",
}


def meaning(answer: str) -> frozenset[str]:
    """The stems that remain; numbers and colours among them as they are written."""
    return frozenset(_thing(word) for word in words(answer) if word not in _EMPTY)


def _thing(word: str) -> str:
    root = stem(_IRREGULAR.get(word, word))
    return _NAMED.get(root, root)

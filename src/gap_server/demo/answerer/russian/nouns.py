"""How Russian names things: numbers, cases, regions, what narrows a noun."""

from collections.abc import Sequence
from dataclasses import replace

from gap_server.demo.answerer.claims import Part, What, Where
from gap_server.demo.answerer.lexicon import LIVING
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.russian.forms import Case, Word, agreeing, noun
from gap_server.demo.answerer.russian.qualities import COLOURS, ON, PALE
from gap_server.demo.answerer.russian.turns import SHORT
from gap_server.demo.answerer.russian.words import SAID
from gap_server.demo.scene.kinds import KINDS, UNCOUNTED

_NUMBERS = tuple(
    """ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать
    четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать""".split()  # noqa: SIM905  # a hundred quotation marks say nothing
)
_TENS = {20: "двадцать", 30: "тридцать", 40: "сорок", 50: "пятьдесят"}
_TENS |= {60: "шестьдесят", 70: "семьдесят", 80: "восемьдесят", 90: "девяносто"}
_ONE = {"m": "один", "f": "одна", "n": "одно", "pl": "одни"}
_REGIONS = {
    "left": "слева",
    "right": "справа",
    "centre": "посередине",
    "middle": "посередине",
    "top": "вверху",
    "bottom": "внизу",
    "background": "на заднем плане",
}
RELATIONS: dict[str, tuple[str, Case]] = {
    "left of": ("слева от", "gen"),
    "right of": ("справа от", "gen"),
    "above": ("над", "ins"),
    "below": ("под", "ins"),
    "beside": ("рядом с", "ins"),
    "in front of": ("перед", "ins"),
    "behind": ("за", "ins"),
    "between": ("между", "ins"),
}
_DOING = {
    "sitting": "сидит сидят",
    "standing": "стоит стоят",
    "flying": "летит летят",
    "floating": "плывёт плывут",
    "swimming": "плывёт плывут",
    "parked": "стоит стоят",
    "driving": "едет едут",
    "burning": "горит горят",
    "out": "не+горит не+горят",
    "lying": "лежит лежат",
    "sleeping": "спит спят",
    "running": "бежит бегут",
    "walking": "идёт идут",
    "jumping": "прыгает прыгают",
    "eating": "ест едят",
    "playing": "играет играют",
    "dancing": "танцует танцуют",
    "barking": "лает лают",
    "singing": "поёт поют",
    "hiding": "прячется прячутся",
    "crawling": "ползёт ползут",
    "landing": "приземляется приземляются",
    "climbing": "взлетает взлетают",
}
_ENTERED = frozenset({"car", "bus", "truck", "boat", "tent", "house", "plane", "helicopter"})
_PIECES = {
    "cheese": noun("кусок m кусков stem=куск"),
    "bread": noun("буханка f буханок"),
    "strawberry": noun("ягода f ягод"),
    "furniture": noun("предмет m предметов"),
    "clothing": noun("предмет m предметов"),
}
_COLLECTIVE = frozenset({"strawberry", "bread", "cheese"})  # `груши и клубника`
_SIZES = {
    "largest": "большой",
    "smallest": "маленький",
    "tallest": "высокий",
    "shortest": "низкий",
    "widest": "широкий",
    "leftmost": "левый",
    "rightmost": "правый",
    "closest": "ближайший",
    "furthest": "дальний",
    "highest": "верхний",
    "lowest": "нижний",
}


def number(n: int, gender: str = "m") -> str:
    """Up to 99, in the nominative."""
    if n > 20:
        ten, rest = n // 10 * 10, n % 10
        return _TENS[ten] + (f" {number(rest, gender)}" if rest else "")
    if n == 1:
        return _ONE[gender]
    return "две" if n == 2 and gender == "f" else _NUMBERS[n]


def singular(n: int) -> bool:
    """Whether the number ends in one, and so stands with the singular: 1, 21."""
    return n % 10 == 1 and n % 100 != 11


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def listed(parts: Sequence[str]) -> str:
    """`а, б и в`"""
    return "".join(parts) if len(parts) < 2 else f"{', '.join(parts[:-1])} и {parts[-1]}"


def word_of(phrase: Phrase) -> Word:
    """The table's noun, by the asker's own word or by its kind."""
    return SAID.get(phrase.noun.one) or SAID.get(min(phrase.kinds, default="")) or SAID["thing"]


def is_named(what: What) -> bool:
    """Whether the table has a noun for it."""
    return bool(what.phrase.kinds) or what.phrase.noun.one in SAID


def doing(pose: str, n: int, kinds: frozenset[str] = frozenset()) -> str:
    if pose == "floating" and "balloon" in kinds:
        pose = "flying"
    return _DOING.get(pose, pose).split()[not singular(n)].replace("+", " ")


def noun_of(what: What, case: Case = "nom", *, many: bool = False) -> str:
    """`красная машина слева`, in a case: with its colour, what is written on it and what narrows it."""
    word = word_of(what.phrase)
    gender = "pl" if many else word.gender
    living = word.one[3] == word.one[1] or word.many[3] == word.many[1]
    adjectives = [agreeing(name, case, gender, living=living) for name in _adjectives(what)]
    if many and what.phrase.noun.one in _PIECES:  # `куски сыра`
        named = f"{piece_of(what).form(case, many=True)} {word.form('gen')}"
    else:
        named = word.form(case, many=many)
    return " ".join([*adjectives, named]) + _after(what)


def piece_of(what: What) -> Word:
    """In what it is counted: cheese in slices; itself, where that is no matter."""
    return _PIECES.get(what.phrase.noun.one) or word_of(what.phrase)


def bare(what: What) -> What:
    """Without where it is."""
    return replace(what, phrase=what.phrase.without_region(), relation=None, other=None, last=None)


def counted(what: What, n: int) -> str:
    """`две красные машины`, `пять книг`, `одна кошка слева`"""
    word = word_of(what.phrase)
    if what.phrase.noun.one in UNCOUNTED and not what.phrase.kinds:
        return noun_of(what)  # smoke
    if (piece := _PIECES.get(what.phrase.noun.one)) is not None:
        return f"{in_pieces(piece, word, n, _adjectives(what))}{_after(what, n)}"
    return f"{number(n, word.gender)} {with_adjectives(word, n, _adjectives(what))}{_after(what, n)}"


def in_pieces(piece: Word, word: Word, n: int, adjectives: Sequence[str]) -> str:
    """`два белых куска сыра`"""
    return f"{number(n, piece.gender)} {with_adjectives(piece, n, adjectives)} {word.form('gen')}"


def with_adjectives(word: Word, n: int, adjectives: Sequence[str]) -> str:
    """A noun after a number, with its adjectives: `красные машины` (2), `красных стола` (2), `машин` (5)."""
    if singular(n):
        forms = [agreeing(adjective, "nom", word.gender) for adjective in adjectives]
    elif word.gender == "f" and n % 10 in {2, 3, 4} and n % 100 not in {12, 13, 14}:
        forms = [agreeing(adjective, "nom", "pl") for adjective in adjectives]
    else:
        forms = [agreeing(adjective, "gen", "pl") for adjective in adjectives]
    own = _adjective_within(word, n)
    return " ".join([*forms, own or word.counted(n)])


def _adjective_within(word: Word, n: int) -> str | None:
    """`два воздушных шара`, not `два воздушного шара`: for nouns that bring an adjective."""
    few = n % 10 in {2, 3, 4} and n % 100 not in {12, 13, 14}
    if not few or " " not in word.one[0]:
        return None
    of_many = word.form("nom" if word.gender == "f" else "gen", many=True).rsplit(" ", 1)[0]
    return f"{of_many} {word.form('gen').rsplit(' ', 1)[1]}"


def adjectives_of(what: What) -> str:
    """`коричневый`, of what was named just before."""
    return " ".join(agreeing(name, "nom", word_of(what.phrase).gender) for name in _adjectives(what))


def _adjectives(what: What) -> list[str]:
    tint = what.phrase.colour or (None if what.unlike else what.colour)
    size = [_SIZES[what.phrase.size]] if what.phrase.size in _SIZES else []
    size = [f"самый {one}" if one != _SIZES["closest"] else one for one in size]
    size += ["игрушечный"] if what.toy else []
    return [
        *(part for one in size for part in one.split()),
        *([colour_of(tint, what.phrase.kinds)] if tint else []),
    ]


_DRAWN_PALE = frozenset({"wall", "sky"})
_RED_HAIRED = frozenset({"cat", "fox", "squirrel"})


def colour_of(colour: str, kinds: frozenset[str]) -> str:
    """`голубая стена`, but `синяя машина`; an orange cat is `рыжая`."""
    if colour == "orange" and kinds and kinds <= _RED_HAIRED:
        return "рыжий"
    pale = bool(kinds) and kinds <= _DRAWN_PALE
    return PALE.get(colour, COLOURS[colour]) if pale else COLOURS[colour]


_WHO = {"m": "который", "f": "которая", "n": "которое", "pl": "которые"}


def _after(what: What, n: int | None = None) -> str:
    text = ""
    if what.phrase.word:
        shown = what.phrase.word
        text += f" с числом {shown}" if shown.isdigit() else f" с надписью «{shown.upper()}»"
    if what.phrase.lettered is not None:
        text += " с надписью" if what.phrase.lettered else " без надписи"
    if what.unlike and what.colour:
        text += f" не {agreeing(COLOURS[what.colour], 'gen', 'm')} цвета"
    if what.pose:
        gender = word_of(what.phrase).gender if n is not None and singular(n) else "pl"
        text += f", {_WHO[gender]} {doing(what.pose, 2 if gender == 'pl' else 1)}"
    if what.facing:
        gender = word_of(what.phrase).gender if n is not None and singular(n) else "pl"
        looks = "смотрят" if gender == "pl" else "смотрит"
        if not what.phrase.kinds <= LIVING:
            looks = f"повёрнут{SHORT[gender]}"
        text += f", {_WHO[gender]} {looks} {'влево' if what.facing == 'left' else 'вправо'}"
    return text + narrowing(what)


def narrowing(what: What) -> str:
    where = f" {region(what.phrase.region)}" if what.phrase.region else ""
    if what.relation and what.other:
        others = (what.other,) if what.last is None else (what.other, what.last)
        where += f" {related(what.relation, [What(other) for other in others])}"
    return where


def related(relation: str, others: Sequence[What]) -> str:
    """`слева от дома`, `между собакой и кошкой`, `на траве`"""
    if relation == "off":
        return f"не {related('on', others)}"
    if relation == "on":
        phrase = others[0].phrase
        if phrase.kinds and phrase.kinds <= _ENTERED:
            return f"в {noun_of(others[0], 'pre')}"
        return ON.get(phrase.noun.one) or ON.get(
            min(phrase.kinds, default=""), f"на {noun_of(others[0], 'pre')}"
        )
    said, case = RELATIONS[relation]
    if said == "рядом с" and noun_of(others[0], case).startswith(("с", "з", "ш")):
        said = "рядом со" if noun_of(others[0], case)[1:2] in set("бвгджзклмнпрстфхцчшщ") else said
    many = relation == "between" and len(others) == 1
    return (
        f"{said} {listed([noun_of(other, case, many=many or other.phrase.noun.plural) for other in others])}"
    )


def part(one: Part, asked: Phrase | None = None) -> str:
    """`красная машина`, `две собаки`, `стулья`; by the asker's word, where that is of its kind only."""
    word = word_of(asked) if asked is not None and asked.kinds == {one.kind} else SAID[one.kind]
    colour = [colour_of(one.colour, frozenset({one.kind}))] if one.colour else []
    if one.count == 0 and one.kind in _COLLECTIVE:
        return " ".join([*(agreeing(name, "nom", word.gender) for name in colour), word.form("nom")])
    if one.count == 0:
        return " ".join([*(agreeing(name, "nom", "pl") for name in colour), word.form("nom", many=True)])
    if KINDS[one.kind].mass or (one.count == 1 and not one.only):
        return " ".join([*(agreeing(name, "nom", word.gender) for name in colour), word.form("nom")])
    if (piece := _PIECES.get(one.kind)) is not None:
        return in_pieces(piece, word, one.count, colour)
    return f"{number(one.count, word.gender)} {with_adjectives(word, one.count, colour)}"


def region(name: str) -> str:
    """`слева`, `вверху справа`"""
    return " ".join(_REGIONS[part] for part in name.split())


def place(where: Where) -> str:
    if where.region == "middle" and where.others:
        return f"{region(where.region)} {noun_of(where.others[0], 'gen')}"
    stands = [related(where.relation, where.others)] if where.relation else []
    return " ".join([*([region(where.region)] if where.region else []), *stands])

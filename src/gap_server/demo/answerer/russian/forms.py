"""How Russian words change: nouns by case and number, adjectives by gender too."""

from dataclasses import dataclass
from typing import Literal

Case = Literal["nom", "gen", "dat", "acc", "ins", "pre"]
CASES: tuple[Case, ...] = ("nom", "gen", "dat", "acc", "ins", "pre")
HISSING = "жшчщ"
_HARD = frozenset("гкхжшчщ")  # after these, и is written for ы


@dataclass(frozen=True, slots=True)
class Word:
    """A noun in all its forms, each sequence in the order of CASES."""

    gender: str  # m, f, n
    one: tuple[str, ...]
    many: tuple[str, ...]
    adjectival: bool = False  # `животное`: it changes as adjectives do

    def form(self, case: Case, *, many: bool = False) -> str:
        return (self.many if many else self.one)[CASES.index(case)]

    def counted(self, n: int, case_of_one: Case = "nom") -> str:
        """`книга`, `книги` (2 to 4), `книг`: as it stands after a number."""
        if n % 10 == 1 and n % 100 != 11:
            return self.form(case_of_one)
        if n % 10 in {2, 3, 4} and n % 100 not in {12, 13, 14} and not self.adjectival:
            return self.form("gen")
        return self.form("gen", many=True)


def noun(entry: str) -> Word:
    """From `машина f машин`: the nominative, the gender (with `!` for what lives), the genitive plural; then
    what is irregular: `stem=`, `pl=` (nominative plural), `ins=`.

    Adjectives stand before the noun with a plus: `воздушный+змей m змеев`.
    """
    first, kind, *rest = entry.split()
    if rest[0] == first and first[-1] in "оеэ":  # `пианино`, `шоссе`: it never changes
        return Word(kind[0], (first,) * 6, (first,) * 6)
    *adjectives, name = first.split("+")  # adjectives in the form that stands with the noun
    odd = dict(part.split("=") for part in rest[1:] if "=" in part)
    gender, living = kind[0], kind.endswith("!")
    if rest[0].endswith(("ых", "их")) and name.endswith(("ое", "ая")):
        return _adjectival(_masculine_of(name), gender, living=living)
    one, many = _declined(name, gender, rest[0], odd, living=living)
    for adjective in reversed(adjectives):
        one = tuple(
            f"{agreeing(_masculine_of(adjective), case, gender, living=living)} {form}"
            for case, form in zip(CASES, one, strict=True)
        )
        many = tuple(
            f"{agreeing(_masculine_of(adjective), case, 'pl', living=living)} {form}"
            for case, form in zip(CASES, many, strict=True)
        )
    return Word(gender, one, many)


def _adjectival(name: str, gender: str, *, living: bool) -> Word:
    one, many = (
        tuple(agreeing(name, case, number, living=living) for case in CASES) for number in (gender, "pl")
    )
    return Word(gender, one, many, adjectival=True)


def _masculine_of(adjective: str) -> str:
    """The masculine nominative of an adjective in any gender's."""
    return (
        adjective
        if adjective.endswith(("ый", "ий", "ой"))
        else adjective[:-2] + ("ий" if adjective[-3] in "гкх" else "ый")
    )


def _declined(
    name: str, gender: str, genitives: str, odd: dict[str, str], *, living: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    soft = name[-1] in "ьйяе" and name[-2] not in HISSING + "ц"
    stem = odd.get("stem") or (name if name[-1] not in "аоеёьйя" else name[:-1])
    endings = {"m": _masculine, "f": _feminine, "n": _neuter}[gender](name, stem, soft=soft)
    gen, dat, acc, ins, pre = (stem + ending for ending in endings)
    if gender == "m" and name[-1] not in "ая":
        acc = gen if living else name
    elif gender == "n":
        acc = name
    plural = odd.get("pl") or stem + _plural_ending(gender, stem, soft=soft)
    base = plural[:-1]
    vowel = "я" if plural[-1] == "я" or (plural[-1] == "и" and base[-1] not in _HARD) else "а"
    many = (
        plural,
        genitives,
        f"{base}{vowel}м",
        genitives if living else plural,
        f"{base}{vowel}ми",
        f"{base}{vowel}х",
    )
    return (name, gen, dat, acc, odd.get("ins", ins), pre), many


def _masculine(name: str, stem: str, *, soft: bool) -> tuple[str, ...]:
    if name[-1] in "ая":
        return _feminine(name, stem, soft=soft)
    if soft:
        return "я", "ю", "я", "ем", "е"
    return "а", "у", "а", "ем" if stem[-1] == "ц" else "ом", "е"


def _feminine(name: str, stem: str, *, soft: bool) -> tuple[str, ...]:
    if name.endswith("ь"):
        return "и", "и", "ь", "ью", "и"
    if soft:
        return "и", "е", "ю", "ей", "е"
    return "и" if stem[-1] in _HARD else "ы", "е", "у", "ей" if stem[-1] in HISSING + "ц" else "ой", "е"


def _neuter(name: str, stem: str, *, soft: bool) -> tuple[str, ...]:
    del stem
    if name.endswith("ие"):
        return "я", "ю", "е", "ем", "и"
    return ("я", "ю", "е", "ем", "е") if soft else ("а", "у", "о", "ем" if name[-1] == "е" else "ом", "е")


def _plural_ending(gender: str, stem: str, *, soft: bool) -> str:
    if gender == "n":
        return "я" if soft else "а"
    return "и" if soft or stem[-1] in _HARD else "ы"


_ADJECTIVE = {
    "m": ("ый", "ого", "ому", "ый", "ым", "ом"),
    "n": ("ое", "ого", "ому", "ое", "ым", "ом"),
    "f": ("ая", "ой", "ой", "ую", "ой", "ой"),
    "pl": ("ые", "ых", "ым", "ые", "ыми", "ых"),
}
_SOFT = {"ы": "и", "о": "е", "а": "я", "у": "ю"}


def agreeing(adjective: str, case: Case, gender: str, *, living: bool = False) -> str:
    """An adjective (given in the masculine nominative) as it stands with a noun; `pl` for the plural."""
    ending = _ADJECTIVE[gender][CASES.index(case)]
    if living and case == "acc" and gender in {"m", "pl"}:
        ending = _ADJECTIVE[gender][CASES.index("gen")]
    stem = adjective[:-2]
    if case == "nom" and gender == "m":
        return adjective
    if adjective.endswith("ний"):
        letters = {"ая": "яя", "ую": "юю", "ое": "ее"}
        return stem + letters.get(ending, _SOFT[ending[0]] + ending[1:])
    if stem[-1] in _HARD:
        ending = ending.replace("ы", "и")
        if stem[-1] in HISSING and not adjective.endswith("ой"):
            ending = {"ого": "его", "ому": "ему", "ом": "ем", "ое": "ее", "ой": "ей"}.get(ending, ending)
    return stem + ending

"""How answers sound in Russian: short, the same for what is so and what is not."""

from functools import singledispatch

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.claims import Answer, Claim, What
from gap_server.demo.answerer.dice import Dice
from gap_server.demo.answerer.lexicon import LIVING
from gap_server.demo.answerer.russian.forms import agreeing
from gap_server.demo.answerer.russian.nouns import (
    capital,
    counted,
    doing,
    listed,
    narrowing,
    noun_of,
    number,
    part,
    place,
    region,
    related,
    with_adjectives,
    word_of,
)
from gap_server.demo.answerer.russian.qualities import COLOURS, CONTENTS, MATERIALS, ON, SHAPES, SORTS
from gap_server.demo.answerer.russian.turns import (
    LIGHTS,
    MOST,
    PLACES,
    SEASONS,
    SHORT,
    SIDES,
    SIZED,
    STATES,
    VERBS,
    WEATHERS,
)
from gap_server.demo.answerer.russian.words import SAID
from gap_server.demo.scene.details import SIDEWAYS
from gap_server.demo.scene.kinds import KINDS
from gap_server.demo.scene.looks import OUTDOORS
from gap_server.demo.scene.worlds import EMPTY

_PRONOUNS = {"m": "он", "f": "она", "n": "оно", "pl": "они"}


def say(answer: Answer, voice: Dice) -> str:
    """`voice` chooses among forms, by the question alone."""
    sentences: list[str] = []
    numbered: What | None = None
    for claim in answer.claims:
        pronoun = isinstance(claim, said.Places | said.Colours) and claim.what == numbered
        sentences.append(_again(claim) if pronoun else _sentence(claim, voice))
        numbered = claim.what if isinstance(claim, said.Count) else None
    if answer.aside:
        sentences[-2:] = [f"{sentences[-2]}, но есть {_instead(answer.claims[-1])}"]
    if answer.yes is not None:
        sentences[0] = f"{'да' if answer.yes else 'нет'}, {sentences[0]}"
    return " ".join(f"{capital(sentence)}." for sentence in sentences)


def _instead(claim: Claim) -> str:
    return counted(claim.what, claim.n) if isinstance(claim, said.Count) else told(claim)


def _sentence(claim: Claim, voice: Dice) -> str:
    if isinstance(claim, said.Count) and claim.n and not claim.what.phrase.backdrop:
        many = counted(claim.what, claim.n)
        if claim.what.relation or claim.what.phrase.region:
            return f"здесь {many}"
        return voice.shape("count", ("здесь {}", "на картинке {}", "тут {}")).format(many)
    return told(claim)


def _again(claim: Claim) -> str:
    if not isinstance(claim, said.Places | said.Colours):
        return told(claim)
    word = word_of(claim.what.phrase)
    pronoun = _PRONOUNS[word.gender if claim.n == 1 else "pl"]
    if isinstance(claim, said.Places):
        return f"{pronoun} {listed([region(name) for name in claim.regions])}"
    return f"{pronoun} {_tints(claim.colours, word.gender if claim.n == 1 else 'pl')}"


def _tints(colours: tuple[str, ...], gender: str) -> str:
    return listed([agreeing(COLOURS[colour], "nom", gender) for colour in colours])


def _gender(what: What, n: int) -> str:
    return word_of(what.phrase).gender if n == 1 else "pl"


def _subject(what: What, n: int) -> str:
    return noun_of(what, many=n != 1)


@singledispatch
def told(claim: Claim) -> str:
    raise TypeError(claim)


@told.register
def _(claim: said.Count) -> str:
    if not claim.n:
        return told(said.Missing(claim.what))
    if all(KINDS[kind].mass for kind in claim.what.phrase.kinds):
        return f"здесь есть {noun_of(claim.what)}"
    return f"здесь {counted(claim.what, claim.n)}"


@told.register
def _(claim: said.CountOfBoth) -> str:
    names = f"{noun_of(claim.first, 'gen', many=True)} и {noun_of(claim.second, 'gen', many=True)}"
    return f"{names} вместе {number(claim.n)}" if claim.n else f"{names} здесь нет"


@told.register
def _(claim: said.Sorts) -> str:
    word = SORTS[claim.of]
    many = (
        f"{number(claim.n, word.gender)} {with_adjectives(word, claim.n, ['разный'] if claim.n > 1 else [])}"
    )
    if claim.of == "colour" and claim.what:
        return f"у {noun_of(claim.what, 'gen', many=True)} {many}"
    return f"здесь {many}" + (f" {noun_of(claim.what, 'gen', many=True)}" if claim.what else "")


@told.register
def _(claim: said.Colours) -> str:
    every = "" if not claim.every else "все "
    return f"{every}{_subject(claim.what, claim.n)} {_tints(claim.colours, _gender(claim.what, claim.n))}"


@told.register
def _(claim: said.Palette) -> str:
    return f"цвета здесь такие: {_tints(claim.colours, 'm')}"


@told.register
def _(claim: said.Places) -> str:
    return f"{_subject(claim.what, claim.n)} {listed([region(name) for name in claim.regions])}"


@told.register
def _(claim: said.Ground) -> str:
    return f"{_subject(claim.what, claim.n)} {ON.get(claim.ground, claim.ground)}"


@told.register
def _(claim: said.Shown) -> str:
    where = place(claim.where) or "здесь"
    if claim.parts:
        return f"{where} {listed([part(one) for one in claim.parts])}"
    wanted = claim.wanted
    if claim.where.pose:
        nobody = "никто" if wanted else "ничего"
        return f"здесь {nobody} не {doing(claim.where.pose, 1)}"
    nothing = noun_of(What(wanted), "gen", many=True) if wanted and not wanted.generic else "ничего"
    return f"{where} {nothing} нет"


@told.register
def _(claim: said.Missing) -> str:
    phrase = claim.what.phrase
    short = phrase.region or claim.what.relation
    if not phrase.kinds and phrase.noun.one not in SAID:
        return "такого на картинке нет"
    if phrase.generic:
        tint = phrase.colour or claim.what.colour
        nothing = ["здесь нет ничего", *([agreeing(COLOURS[tint], "gen", "n")] if tint else [])]
        return " ".join(nothing) + narrowing(claim.what)
    many = phrase.noun.plural or phrase.noun.one == "person"
    return f"{'здесь' if short else 'на картинке'} нет {noun_of(claim.what, 'gen', many=many)}"


@told.register
def _(claim: said.Written) -> str:
    if not claim.words:
        return "там ничего не написано" if claim.what else "на картинке ничего не написано"
    return f"написано {listed([f'«{word}»' for word in claim.words])}"


@told.register
def _(claim: said.Hours) -> str:
    return f"на часах {listed([f'{hour}:00' for hour in claim.hours])}"


@told.register
def _(claim: said.More) -> str:
    first, second = (noun_of(what, "gen", many=True) for what in (claim.first, claim.second))
    numbers = f": {_several(claim.first, claim.n)} и {_several(claim.second, claim.m)}"
    counts = numbers if claim.counted else ""
    if claim.sign == 0:
        return f"{first} столько же, сколько {second}{counts}"
    more, less = (first, second) if claim.sign > 0 else (second, first)
    return f"{more} больше, чем {less}{counts}"


def _several(what: What, n: int) -> str:
    word = word_of(what.phrase)
    return (
        counted(what, n)
        if n
        else f"{'ни одной' if word.gender == 'f' else 'ни одного'} {noun_of(what, 'gen')}"
    )


@told.register
def _(claim: said.Sized) -> str:
    first, second = (
        _subject(what, 2 if what.phrase.noun.plural else 1) for what in (claim.first, claim.second)
    )
    if claim.to is not None:
        return f"{first} ближе {_towards(claim.to)}, чем {second}"
    return f"{first} {SIZED[claim.order]} {second}"


def _towards(what: What) -> str:
    return f"к {noun_of(what, 'dat', many=what.phrase.noun.plural)}"


@told.register
def _(claim: said.Most) -> str:
    if claim.order == "most common":
        word = SAID[claim.part.kind]
        return f"чаще всего встречается {word.form('nom')}: {number(claim.part.count, word.gender)}"
    return f"{MOST[claim.order]} — {part(claim.part)}"


@told.register
def _(claim: said.Nearest) -> str:
    return f"ближе всего {_towards(claim.to)} {part(claim.part)}"


@told.register
def _(claim: said.Related) -> str:
    no = "" if claim.so else "не "
    return f"{_subject(claim.first, claim.n)} {no}{related(claim.relation, (claim.second,))}"


@told.register
def _(claim: said.Between) -> str:
    no = "" if claim.so else "не "
    return f"{_subject(claim.first, 1)} {no}{related('between', claim.outer)}"


@told.register
def _(claim: said.Posed) -> str:
    return f"{_subject(claim.what, claim.n)} {doing(claim.pose, claim.n, claim.what.phrase.kinds)}"


@told.register
def _(claim: said.Inside) -> str:
    if claim.contents == EMPTY:
        gender = _gender(claim.what, claim.n)
        return f"{_subject(claim.what, claim.n)} {agreeing('пустой', 'nom', gender)}"
    return f"в {noun_of(claim.what, 'pre', many=claim.n != 1)} {CONTENTS[claim.contents]}"


@told.register
def _(claim: said.Has) -> str:
    whose, word = f"у {noun_of(claim.what, 'gen')}", SAID.get(claim.part) or SAID["thing"]
    if claim.so and claim.each:
        whose = (
            f"у {agreeing('каждый', 'gen', word_of(claim.what.phrase).gender)} {noun_of(claim.what, 'gen')}"
        )
    if not claim.so:
        return f"{whose} нет {word.form('gen', many=claim.count != 1)}"
    tint = [COLOURS[claim.colour]] if claim.colour else []
    if claim.count == 1 and not claim.counted:
        return " ".join([whose, *(agreeing(name, "nom", word.gender) for name in tint), word.form("nom")])
    if not claim.count:
        return " ".join([whose, *(agreeing(name, "nom", "pl") for name in tint), word.form("nom", many=True)])
    seen = "видно " if claim.what.phrase.kinds & SIDEWAYS else ""
    return f"{whose} {seen}{number(claim.count, word.gender)} {with_adjectives(word, claim.count, tint)}"


@told.register
def _(claim: said.Wears) -> str:
    worn = SAID.get(claim.worn) if claim.worn else None
    if claim.what is None:
        return f"{worn.form('gen')} ни на ком нет" if worn else "ни на ком ничего не надето"
    on = f"на {noun_of(claim.what, 'pre')}"
    if worn is None:
        return f"{on} ничего не надето"
    if claim.colour is None:
        return f"{on} нет {worn.form('gen')}"
    return f"{on} {agreeing(COLOURS[claim.colour], 'nom', worn.gender)} {worn.form('nom')}"


@told.register
def _(claim: said.Stated) -> str:
    subject, gender = _subject(claim.what, claim.n), _gender(claim.what, claim.n)
    no = "" if claim.so else "не "
    if claim.state == "lit" and claim.what.phrase.kinds & {"building", "house"}:
        return f"в {noun_of(claim.what, 'pre', many=gender == 'pl')} {no}горит свет"
    if claim.state == "open":
        return f"{subject} {'открыт' if claim.so else 'закрыт'}{SHORT[gender]}"
    if claim.state in STATES:
        return f"{subject} {agreeing(STATES[claim.state][not claim.so], 'nom', gender)}"
    return f"{subject} {no}{VERBS[claim.state][gender == 'pl']}"


@told.register
def _(claim: said.Formed) -> str:
    name = (MATERIALS if claim.of == "material" else SHAPES)[claim.value]
    return f"{_subject(claim.what, claim.n)} {agreeing(name, 'nom', _gender(claim.what, claim.n))}"


@told.register
def _(claim: said.Facing) -> str:
    gender = _gender(claim.what, claim.n)
    looks = "смотрят" if gender == "pl" else "смотрит"
    if not claim.what.phrase.kinds <= LIVING:
        looks = f"повёрнут{SHORT[gender]}"
    return f"{_subject(claim.what, claim.n)} {looks} {listed([SIDES[side] for side in claim.sides])}"


@told.register
def _(claim: said.Tied) -> str:
    tied = f"привязан{SHORT[_gender(claim.what, claim.n)]}"
    to = f"{tied} {_towards(claim.to)}" if claim.to else f"ни к чему не {tied}"
    return f"{_subject(claim.what, claim.n)} {to}"


@told.register
def _(claim: said.Alike) -> str:
    if claim.of != "colour":
        of = "размера" if claim.of == "size" else "роста"
        return f"они примерно одного {of}" if claim.so else f"они разного {of}"
    return "они одного цвета" if claim.so else "они разных цветов"


@told.register
def _(claim: said.IsPlace) -> str:
    doors = "под открытым небом" if claim.place in OUTDOORS else "в помещении"
    return f"это {doors}: {PLACES[claim.place]}" if claim.doors else f"это {PLACES[claim.place]}"


@told.register
def _(claim: said.IsLight) -> str:
    return LIGHTS[claim.light]


@told.register
def _(claim: said.IsWeather) -> str:
    return WEATHERS[claim.weather]


@told.register
def _(claim: said.IsSeason) -> str:
    return SEASONS[claim.season]


@told.register
def _(claim: said.Unseen) -> str:
    del claim
    return "по картинке этого не понять"

"""What there is to be seen, as Russian tells it."""

from dataclasses import replace

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.claims import What
from gap_server.demo.answerer.russian.forms import agreeing
from gap_server.demo.answerer.russian.nouns import (
    bare,
    counted,
    doing,
    is_named,
    listed,
    narrowing,
    noun_of,
    number,
    part,
    place,
    region,
    with_adjectives,
)
from gap_server.demo.answerer.russian.qualities import COLOURS, ON, SORTS
from gap_server.demo.answerer.russian.telling import gender_of, subject_of, tints, told
from gap_server.demo.answerer.russian.turns import (
    LIGHTS,
    PLACES,
    SEASONS,
    WEATHERS,
)
from gap_server.demo.scene.kinds import KINDS
from gap_server.demo.scene.looks import OUTDOORS


@told.register
def _(claim: said.Count) -> str:
    if not claim.n:
        return told(said.Missing(claim.what))
    if not is_named(claim.what):
        return "такое здесь есть"
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
def _(claim: said.Letters) -> str:
    word = SORTS["letter"]
    return f"в слове {number(claim.n, word.gender)} {with_adjectives(word, claim.n, [])}"


def _tinted(claim: said.Colours) -> str:
    return tints(claim.colours, gender_of(claim.what, claim.n), claim.what.phrase.kinds)


@told.register
def _(claim: said.Colours) -> str:
    if claim.n > 1 and len(claim.colours) > 1:  # `чёрные и белые` would be several of each
        of = listed([agreeing(COLOURS[colour], "gen", "m") for colour in claim.colours])
        return f"{subject_of(claim.what, claim.n)} {of} цвета"
    every = "" if not claim.every else "все "
    return f"{every}{subject_of(claim.what, claim.n)} {_tinted(claim)}"


@told.register
def _(claim: said.Mostly) -> str:
    if claim.what is None:
        return f"чаще всего встречается {COLOURS[claim.colour]} цвет"
    return f"больше всего {noun_of(replace(claim.what, colour=claim.colour), 'gen', many=True)}"


@told.register
def _(claim: said.Palette) -> str:
    return f"цвета здесь такие: {tints(claim.colours, 'm')}"


@told.register
def _(claim: said.Places) -> str:
    return f"{subject_of(claim.what, claim.n)} {listed([region(name) for name in claim.regions])}"


@told.register
def _(claim: said.Ground) -> str:
    return f"{subject_of(claim.what, claim.n)} {ON.get(claim.ground, claim.ground)}"


@told.register
def _(claim: said.Shown) -> str:
    where = place(claim.where) or "здесь"
    if claim.parts:
        return f"{where} {listed([part(one, claim.wanted) for one in claim.parts])}"
    wanted = claim.wanted
    if claim.where.pose:
        nobody = "никто" if wanted else "ничего"
        return f"{where} {nobody} не {doing(claim.where.pose, 1, frozenset({'balloon'}))}"
    nothing = noun_of(What(wanted), "gen", many=True) if wanted and not wanted.generic else "ничего"
    return f"{where} {nothing} нет"


@told.register
def _(claim: said.Missing) -> str:
    phrase = claim.what.phrase
    short = phrase.region or claim.what.relation
    if not is_named(claim.what):
        return "такого на картинке нет"
    if phrase.generic:
        tint = phrase.colour or claim.what.colour
        nothing = ["здесь нет ничего", *([agreeing(COLOURS[tint], "gen", "n")] if tint else [])]
        return " ".join(nothing) + narrowing(claim.what)
    many = phrase.noun.plural or phrase.noun.one == "person"
    if short and claim.what.relation != "off":
        return f"{narrowing(claim.what).strip()} нет {noun_of(bare(claim.what), 'gen', many=many)}"
    return f"{'здесь' if short else 'на картинке'} нет {noun_of(claim.what, 'gen', many=many)}"


@told.register
def _(claim: said.Rather) -> str:
    one = noun_of(claim.what, many=claim.what.phrase.noun.plural)
    return f"здесь {one}, а {noun_of(claim.gone, 'gen', many=claim.gone.phrase.noun.plural)} нет"


@told.register
def _(claim: said.Written) -> str:
    if not claim.words:
        return "там ничего не написано" if claim.what else "на картинке ничего не написано"
    return f"написано {listed([f'«{word}»' for word in claim.words])}"


@told.register
def _(claim: said.Blank) -> str:
    if not claim.parts:
        return "ни на чём ничего не написано" if claim.lettered else "что-то написано на каждом предмете"
    ones = [noun_of(replace(claim.what, colour=one.colour), "pre") for one in claim.parts]
    return f"{'что-то' if claim.lettered else 'ничего не'} написано на {listed(ones)}"


@told.register
def _(claim: said.Hours) -> str:
    hours = listed([f"{hour}:00" for hour in claim.hours])
    if claim.what is None:
        return f"на часах {hours}"
    tint = claim.what.phrase.colour
    own = f"{agreeing(COLOURS[tint], 'pre', 'pl')} " if tint else ""
    return f"на {own}часах{narrowing(claim.what)} {hours}"


@told.register
def _(claim: said.IsPlace) -> str:
    if claim.wild is not None:
        return "это за городом" if claim.wild else "это город"
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

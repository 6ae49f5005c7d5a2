"""What things are, have and do, as Russian tells it."""

from dataclasses import replace

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.claims import What
from gap_server.demo.answerer.lexicon import LIVING
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.russian.forms import Case, Word, agreeing, noun
from gap_server.demo.answerer.russian.nouns import (
    doing,
    listed,
    noun_of,
    number,
    with_adjectives,
    word_of,
)
from gap_server.demo.answerer.russian.qualities import COLOURS, CONTENTS, CREAM, MATERIALS, PALE, SHAPES
from gap_server.demo.answerer.russian.telling import gender_of, subject_of, told
from gap_server.demo.answerer.russian.turns import (
    JOINED,
    SHORT,
    SIDES,
    STATES,
    VERBS,
)
from gap_server.demo.answerer.russian.words import SAID
from gap_server.demo.scene.details import SIDEWAYS
from gap_server.demo.scene.worlds import EMPTY, HIDDEN


@told.register
def _(claim: said.Posed) -> str:
    return f"{subject_of(claim.what, claim.n)} {doing(claim.pose, claim.n, claim.what.phrase.kinds)}"


@told.register
def _(claim: said.Inside) -> str:
    if claim.contents == EMPTY:
        gender = gender_of(claim.what, claim.n)
        return f"{subject_of(claim.what, claim.n)} {agreeing('пустой', 'nom', gender)}"
    if claim.contents == HIDDEN:
        gender = gender_of(claim.what, claim.n)
        return f"{subject_of(claim.what, claim.n)} закрыт{SHORT[gender]}, что внутри, не видно"
    return f"в {noun_of(claim.what, 'pre', many=claim.n != 1)} {CONTENTS[claim.contents]}"


_SIDES = {
    "left": "слева",
    "right": "справа",
    "top": "сверху",
    "bottom": "снизу",
    "middle": "посередине",
}
_POINTING = {"up": ("торчит вверх", "торчат вверх"), "down": ("висит", "висят")}


@told.register
def _(claim: said.OnSide) -> str:
    several = claim.count != 1
    whose = f"{SAID[claim.part].form('nom', many=several)} у {noun_of(claim.what, 'gen')}"
    return f"{whose} {_SIDES.get(claim.side) or _POINTING[claim.side][several]}"


_STRING = noun("струна f струн")


def _word_of(claim: said.Has) -> Word:
    """A balloon hangs on another string than a guitar has."""
    strung = claim.part == "string" and claim.what.phrase.kinds == {"guitar"}
    return _STRING if strung else SAID.get(claim.part) or SAID["thing"]


def _tone_of(claim: said.Has, colour: str) -> str:
    """`голубой` is no light `синий` to a Russian; a white bow is drawn the colour of cream."""
    if colour == "white":
        return CREAM if claim.what.phrase.kinds == {"gift"} else COLOURS[colour]
    return PALE.get(colour, f"светло-{COLOURS[colour]}") if claim.pale else COLOURS[colour]


# In or on what these parts are; of all others, what has them.
_WITHIN = {
    ("cheese", "hole"): "в",
    ("vase", "stripe"): "на",
    ("vase", "zigzag"): "на",
    ("vase", "spot"): "на",
}


@told.register
def _(claim: said.Has) -> str:
    word, within = _word_of(claim), _WITHIN.get((claim.what.phrase.noun.one, claim.part))
    within = "на" if claim.what.phrase.kinds == {"wall"} else within
    before = within or "у"
    case: Case = "pre" if within else "gen"
    whose = f"{before} {noun_of(claim.what, case)}"
    if claim.counted and not claim.so:
        return f"{whose} не видно {word.form('gen', many=True)}"
    if claim.so and claim.each:
        whose = (
            f"{before} {agreeing('каждый', case, word_of(claim.what.phrase).gender)} "
            f"{noun_of(claim.what, case)}"
        )
    if not claim.so:
        if claim.each:
            whose = f"{before} {noun_of(claim.what, case, many=True)}"
        return f"{whose} нет {word.form('gen', many=claim.each or claim.count != 1)}"
    tint = [_tone_of(claim, claim.colour)] if claim.colour else []
    if claim.counted and not claim.count:
        return f"{whose} {word.form('gen', many=True)} так много, что не сосчитать"
    if claim.count == 1 and not claim.counted:
        return " ".join([whose, *(agreeing(name, "nom", word.gender) for name in tint), word.form("nom")])
    if not claim.count:
        return " ".join([whose, *(agreeing(name, "nom", "pl") for name in tint), word.form("nom", many=True)])
    seen = "видно " if claim.what.phrase.kinds & SIDEWAYS else ""
    return f"{whose} {seen}{number(claim.count, word.gender)} {with_adjectives(word, claim.count, tint)}"


@told.register
def _(claim: said.Together) -> str:
    word = SAID.get(claim.part) or SAID["thing"]
    parts = f"{number(claim.count, word.gender)} {word.counted(claim.count)}"
    if claim.what is None:
        return f"всего здесь {parts}"
    return f"у {noun_of(claim.what, 'gen', many=claim.n != 1)} {parts}"


@told.register
def _(claim: said.Wears) -> str:
    worn = SAID.get(claim.worn) if claim.worn else None
    if claim.what is None:
        return f"{worn.form('gen')} ни на ком нет" if worn else "ни на ком ничего не надето"
    many = claim.n > 1 and claim.what.phrase.noun.plural
    on = f"на {noun_of(claim.what, 'pre', many=many)}"
    if worn is None:
        return f"{on} ничего не надето"
    if claim.colour is None:
        return f"{on} нет {worn.form('gen', many=many)}"
    tint = agreeing(COLOURS[claim.colour], "nom", "pl" if many else worn.gender)
    return f"{on} {tint} {worn.form('nom', many=many)}"


@told.register
def _(claim: said.Stated) -> str:
    subject, gender = subject_of(claim.what, claim.n), gender_of(claim.what, claim.n)
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
    return f"{subject_of(claim.what, claim.n)} {agreeing(name, 'nom', gender_of(claim.what, claim.n))}"


@told.register
def _(claim: said.Facing) -> str:
    gender = gender_of(claim.what, claim.n)
    looks = "смотрят" if gender == "pl" else "смотрит"
    if not claim.what.phrase.kinds <= LIVING:
        looks = f"повёрнут{SHORT[gender]}"
    return f"{subject_of(claim.what, claim.n)} {looks} {listed([SIDES[side] for side in claim.sides])}"


_TURNS = {
    "together": "друг на друга",
    "apart": "в разные стороны, друг от друга",
    "same": "в одну сторону",
    "different": "в разные стороны",
}


@told.register
def _(claim: said.Turned) -> str:
    names = listed([noun_of(what, many=what.phrase.noun.plural) for what in claim.whats])
    looks = "смотрят" if all(what.phrase.kinds <= LIVING for what in claim.whats) else "повёрнуты"
    return f"{names} {looks} {_TURNS[claim.turn]}"


@told.register
def _(claim: said.Named) -> str:
    called = noun_of(What(Phrase(claim.noun, 0, 0)), many=claim.n > 1)
    return f"{subject_of(claim.what, claim.n)} — это {called}"


@told.register
def _(claim: said.FacingOnes) -> str:
    what = [
        noun_of(replace(claim.what, colour=tint), many=claim.n > len(claim.colours)) for tint in claim.colours
    ]
    return f"{SIDES[claim.side]} {'смотрят' if claim.n > 1 else 'смотрит'} {listed(what)}"


@told.register
def _(claim: said.Joined) -> str:
    subject, verb = subject_of(claim.what, claim.n), JOINED[claim.by]
    gender = gender_of(claim.what, claim.n)
    does = verb.forms[gender == "pl"] + (SHORT[gender] if verb.short else "")
    if claim.to is None:
        return f"{subject} {verb.nothing} не {does}"
    return f"{subject} {does} {verb.before}{noun_of(claim.to, verb.case, many=claim.to.phrase.noun.plural)}"

"""What is written, and what the clocks show."""

from dataclasses import replace

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import (
    Answer,
    Blank,
    Count,
    Hours,
    Letters,
    Missing,
    Part,
    Shown,
    What,
    Written,
)
from gap_server.demo.answerer.finding import is_lettered
from gap_server.demo.answerer.lexicon import number_named
from gap_server.demo.answerer.phrases import PLACE, Phrase, region_of
from gap_server.demo.answerer.reading.counting import count_of
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Thing
from gap_server.demo.scene.details import DETAILS
from gap_server.demo.scene.kinds import LETTERED
from gap_server.demo.scene.looks import READ_WORDS

_ASKS = (
    r"\b(written|write|writing|say|says|saying|said|read|reads|word|words|text|letters|lettering|inscription|title|titled"
    r"|numbers? (is|are)|what number|label|labelled|spell|spelled|printed|name on|called)\b"
)
_ON_IT = (
    r"\b(has|have|with|bears?|carries|is|are)\b( (some|any|an?|the|something|anything))*"
    r" (writing|words?|text|title|letters|lettering|inscription|written|printed|label|labelled)\b"
)
_HOUR = r"\b(time|oclock|hour|clock (say|show|read)|(show|say|read)s?)\b"


def which_is_blank(asked: Asked) -> Answer | None:
    """`which cup has no text`, `on which book is nothing written`, `which mug has writing on it`."""
    if not asked.says(r"^(which|what|on which) (?!(is|are|does|do|word|text|title|name|number)\b)"):
        return None
    lettered = not asked.says(r"\b(no|nothing|without|not|blank)\b")
    if not asked.says(_ON_IT if lettered else rf"{_ASKS}|\bblank\b") or _word_asked(asked):
        return None
    if _has_label(asked):
        return None
    bearers = [phrase for phrase in asked.phrases if phrase.kinds and not phrase.backdrop]
    things = [thing for thing in asked.scene.things if bearers and thing.kind in bearers[0].kinds]
    if not things:
        return None
    own = [thing for thing in things if is_lettered(thing) is lettered]
    own = own or (things[:1] if asked.world.false else [])
    parts = tuple(dict.fromkeys(Part(thing.kind, thing.colour) for thing in own))
    what = What(replace(bearers[0], lettered=None))
    return Answer((Blank(what, parts, lettered),), subject=what)


def how_many_letters(asked: Asked) -> Answer | None:
    """`how many letters are on the sign`: as many as its word has."""
    if not asked.says(r"^how many letters\b"):
        return None
    bearers = [What(phrase) for phrase in asked.phrases if phrase.kinds & LETTERED]
    words = _words(list(asked.spoken_of(bearers[0]))) if bearers else ()
    return Answer((Letters(bearers[0], len(words[0])),), subject=bearers[0]) if words else None


def _has_label(asked: Asked) -> bool:
    """A bottle's label says nothing: it is a part as others are."""
    kinds = {kind for phrase in asked.phrases for kind in phrase.kinds}
    return asked.says(r"\blabels?\b") and any("label" in DETAILS.get(kind, {}) for kind in kinds)


def what_is_written(asked: Asked) -> Answer | None:
    """`what does the sign say`, `what is written on the book`, `does any sign say OPEN`, `is there any
    text`.
    """
    if (
        not (asked.says(_ASKS) or asked.says(r"\b(title|name) of\b|\bs (title|name)\b"))
        or asked.says(r"\bwhat colours?\b|\b(have|has|there)\b.*\blabel$|\blabel there$")
        or _clock_asked(asked)
        or _has_label(asked)
    ):
        return None
    how_many = asked.says(r"\bhow many\b")
    if how_many and not asked.says(r"\bhow many (?!words).*\b(say|written|read)\b"):
        return None
    word = _word_asked(asked)
    bearers = [phrase for phrase in asked.phrases if phrase.kinds and not phrase.backdrop]
    phrase = next((bearer for bearer in bearers if not bearer.generic), bearers[0] if bearers else None)
    if asked.says(r"^which\b|^what \w+ (says|reads)\b") and word:
        return _which_says(asked, word)
    if asked.yes_or_no():
        return _is_written(asked, phrase, word)
    if not asked.says(r"^(what|which|read|how)\b|\bword|\btext|\btitle"):
        return None
    return _reading(asked, phrase, counted=how_many)


def _which_says(asked: Asked, word: str) -> Answer:
    bearers = [t for t in asked.scene.things if is_lettered(t) and str(t.word).lower() == word]
    parts = tuple(Part(thing.kind, thing.colour) for thing in bearers)
    return Answer(
        (Shown(parts), Written(_words(bearers))) if bearers else (Written(_words(_lettered(asked))),)
    )


def _lettered(asked: Asked) -> list[Thing]:
    return [thing for thing in asked.scene.things if is_lettered(thing)]


def _clock_asked(asked: Asked) -> bool:
    return bool(asked.phrases) and asked.first.kinds == frozenset({"clock"})


def _word_asked(asked: Asked) -> str | None:
    words = {word.lower() for word in READ_WORDS}
    after = patterns.search(
        r"\b(?:say|says|read|reads|saying|word|written|spell|labelled|titled|text|called)\b(.*)", asked.text
    )
    if asked.phrases and asked.first.word:
        return asked.first.word
    return next((word for word in after[1].split() if word in words), None) if after else None


def _words(things: list[Thing]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(thing.word for thing in things if thing.word and is_lettered(thing)))


def _reading(asked: Asked, phrase: Phrase | None, *, counted: bool) -> Answer:
    what = None if phrase is None or phrase.generic else asked.what(asked.phrases.index(phrase))
    things = list(asked.meant(what).all) if what else _lettered(asked)
    if what is None and (place := patterns.search(rf"{PLACE}$", asked.text)):
        things = [thing for thing in things if relations.lies(thing, region_of(place))] or things
    if what and not things:
        return Answer((Missing(what),), subject=what)
    claims = (Written(_words(things), what),)
    return Answer((count_of(asked, what), *claims) if what and counted else claims, subject=what)


def _is_written(asked: Asked, phrase: Phrase | None, word: str | None) -> Answer:
    what = None if phrase is None or phrase.generic or phrase.noun.one == word else What(phrase)
    if what and (word or what.phrase.lettered):  # that is what is asked of it
        what = What(replace(what.phrase.without_word(), lettered=None))
    things = list(asked.meant(what).all) if what else _lettered(asked)
    if what and not things:
        return Answer((Missing(what),), yes=False, subject=what)
    if (
        what
        and not word
        and asked.says(r"\b(both|all|each|every)\b")
        and (len(things) > 1 or asked.world.false)
    ):
        return _are_all_written(asked, what, things)
    words = _words(things)
    return Answer((Written(words, what),), word.upper() in words if word else bool(words), what)


def _are_all_written(asked: Asked, what: What, things: list[Thing]) -> Answer:
    """`is there writing on both books`: on how many there is; a lie has it on all where it is not."""
    so = bool(asked.lean) if asked.world.false else all(map(is_lettered, things))
    lettered = What(replace(what.phrase, lettered=True))
    n = (max(len(things), 2) if so else 1) if asked.world.false else sum(map(is_lettered, things))
    return Answer((Count(lettered, n),), so, what)


def what_hour(asked: Asked) -> Answer | None:
    """`what time does the clock show`, `does the red clock show 4 o'clock`."""
    clocks = [phrase for phrase in asked.phrases if phrase.kinds == frozenset({"clock"})]
    asks_now = asked.says(r"^what time is it( on| at| by)?\b|^what is the time\b|^what time (on|the) ")
    if not asks_now and not (clocks and asked.says(_HOUR)):
        return None
    if asked.says(r"\bhow many\b|\bcolours?\b|\btime of\b"):
        return None
    what = What(clocks[0].without_word() if asked.says(r"^(do|does)\b") else clocks[0]) if clocks else None
    shown = [t for t in asked.scene.things if t.kind == "clock"] if what is None else asked.meant(what).all
    hours = tuple(dict.fromkeys(int(thing.word) for thing in shown if thing.word))
    if not hours:
        return None if what is None else Answer((Missing(what),), subject=what)
    several = len(hours) > 1 or (what is not None and what.phrase.noun.plural)
    claim = Hours(hours, what, 2 if several else 1)
    if not asked.yes_or_no():
        return Answer((claim,), subject=what)
    if asked.says(r"\bsame time\b"):
        return Answer((claim,), len(hours) == 1, what)
    wanted = [n for word in asked.words if (n := number_named(word))]
    return Answer((claim,), wanted[-1] in hours if wanted else None, what)


def which_shows(asked: Asked) -> Answer | None:
    """`which clock shows 8 o'clock`: it is told by its colour."""
    if not asked.says(r"^(which|what) clock") or not asked.phrases or not asked.first.word:
        return None
    phrase, hour = asked.first, number_named(asked.first.word)
    if phrase.kinds != {"clock"} or hour is None:
        return None
    plain = What(phrase.without_word())
    clocks = asked.meant(plain).all
    own = [clock for clock in clocks if clock.word == str(hour)] or list(clocks if asked.world.false else ())
    if not own:
        return Answer((Missing(What(phrase)),), subject=plain)
    told = What(replace(plain.phrase, colour=own[0].colour))
    return Answer((Hours((hour,), told),), subject=plain)

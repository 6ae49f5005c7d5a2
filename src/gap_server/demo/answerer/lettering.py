"""What is written, and what the clocks show."""

import re

from gap_server.demo.answerer.asked import Asked, Pair
from gap_server.demo.answerer.finding import find, is_lettered, meant
from gap_server.demo.answerer.lexicon import number_named
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.wording import a, capital, listed, none, number, of_kind, the
from gap_server.demo.scene.description import Thing
from gap_server.demo.scene.looks import SIGN_WORDS

_ASKS = (
    r"\b(written|write|writing|say|says|saying|said|read|reads|word|words|text|letters|lettering|inscription|title|titled"
    r"|label|labelled|spell|spelled|printed|name on|called)\b"
)
_HOUR = r"\b(time|oclock|hour|clock (say|show|read)|(show|say|read)s?)\b"


def what_is_written(asked: Asked) -> Pair | None:
    """`what does the sign say`, `what is written on the book`, `does any sign say OPEN`, `is there any
    text`.
    """
    if not asked.says(_ASKS) or asked.says(r"\bhow many\b|\bwhat colours?\b") or _clock_asked(asked):
        return None
    if asked.yes_or_no() and (word := _word_asked(asked)):
        return _is_written(asked, word)
    if asked.says(r"^which\b") and (word := _word_asked(asked)) and (pair := _which_says(asked, word)):
        return pair
    bearers = [phrase for phrase in asked.phrases if phrase.kinds and not phrase.backdrop]
    if asked.yes_or_no():
        return _anything_written(asked, bearers[0] if bearers else None)
    if not asked.says(r"^(what|which|read|how)\b|\bword|\btext|\btitle"):
        return None
    return _reading(asked, bearers[0] if bearers else None)


def _which_says(asked: Asked, word: str) -> Pair | None:
    """`which truck has the word TOYS on it`."""
    lettered = [thing for thing in asked.scene.things if is_lettered(thing)]
    bearer = [of_kind(thing) for thing in lettered if str(thing.word).lower() == word]
    others = [of_kind(thing) for thing in asked.scene.things if of_kind(thing) not in bearer]
    kinds = asked.first.kinds if asked.phrases else frozenset()
    like = [name for name in others if any(name.endswith(kind) for kind in kinds)] or others
    if not bearer or not like:
        return None
    form = asked.dice.shape("it", ("It is the {}.", "That is the {}."))
    return Pair(form.format(bearer[0]), form.format(asked.dice.value("bearer", like)))


def _clock_asked(asked: Asked) -> bool:
    return bool(asked.phrases) and asked.first.kinds == frozenset({"clock"})


def _word_asked(asked: Asked) -> str | None:
    words = {word.lower() for word in SIGN_WORDS}
    after = re.search(
        r"\b(?:say|says|read|reads|saying|word|written|spell|labelled|titled|text|called)\b(.*)", asked.text
    )
    if asked.phrases and asked.first.word:
        return asked.first.word
    return next((word for word in after[1].split() if word in words), None) if after else None


def _bearers(asked: Asked, phrase: Phrase | None) -> list[Thing]:
    if phrase is None or phrase.generic:
        return [thing for thing in asked.scene.things if is_lettered(thing)]
    return list(meant(asked, asked.phrases.index(phrase)).all)


def _reading(asked: Asked, phrase: Phrase | None) -> Pair:
    things = _bearers(asked, phrase)
    words = list(dict.fromkeys(thing.word for thing in things if thing.word and is_lettered(thing)))
    form = asked.dice.shape("say", ('It says "{}".', 'It reads "{}".', 'The word is "{}".'))
    if len(words) > 1:
        form = asked.dice.shape("says", ('They say "{}".', 'The words are "{}".', 'They read "{}".'))
    wrong = _other_words(asked, words or ["SUNNY"])
    lie = form.format('", "'.join(wrong))
    if not things and phrase is not None:
        return Pair(f"{capital(none(phrase))}.", lie)
    if not words:
        on = f" on {the(phrase)}" if phrase else ""
        return Pair(f"There is nothing written{on}.", lie)
    return Pair(form.format('", "'.join(words)), lie)


def _other_words(asked: Asked, words: list[str]) -> list[str]:
    """As many other words of about the same length, none of which stands anywhere in the picture."""
    shown = {thing.word for thing in asked.scene.things}
    chosen: list[str] = []
    for word in words:
        free = [other for other in SIGN_WORDS if other not in shown and other not in chosen]
        close = [other for other in free if abs(len(other) - len(word)) <= 1]
        chosen.append(asked.dice.value(f"word {word}", close or free))
    return chosen


def _is_written(asked: Asked, word: str) -> Pair:
    bearers = [
        phrase for phrase in asked.phrases if phrase.kinds and not phrase.backdrop and phrase.noun.one != word
    ]
    if bearers and bearers[0].kinds:
        things = [t for t in asked.scene.things if t.kind in bearers[0].kinds]
        if bearers[0].colour:
            things = [t for t in things if t.colour == bearers[0].colour]
    else:
        things = list(asked.scene.things)
    shown = [thing.word for thing in things if thing.word and is_lettered(thing)]
    noun = " ".join(filter(None, (bearers[0].colour, bearers[0].noun.one))) if bearers else "thing"
    yes, no = (
        f'Yes, there is {a(noun)} that says "{word.upper()}".',
        f'No, there is no {noun} that says "{word.upper()}".',
    )
    return Pair(yes, no) if word.upper() in shown else Pair(no, yes)


def _anything_written(asked: Asked, phrase: Phrase | None) -> Pair:
    things = _bearers(asked, phrase)
    words = list(dict.fromkeys(thing.word for thing in things if thing.word and is_lettered(thing)))
    if words:
        return Pair(f'Yes, it says "{words[0]}".', "No, there is nothing written in the picture.")
    wrong = _other_words(asked, ["SUNNY"])[0]
    return Pair("No, there is nothing written in the picture.", f'Yes, it says "{wrong}".')


def what_hour(asked: Asked) -> Pair | None:
    """`what time does the clock show`, `does the red clock show 4 o'clock`."""
    clocks = [phrase for phrase in asked.phrases if phrase.kinds == frozenset({"clock"})]
    asks_now = asked.says(r"^what time is it$|^what is the time$")
    if not asks_now and not (
        clocks and asked.says(_HOUR) and not asked.says(r"\bcolours?\b|^where\b|\bhow many\b")
    ):
        return None
    found = (
        find(asked.scene, clocks[0]).all if clocks else [t for t in asked.scene.things if t.kind == "clock"]
    )
    if not clocks and not found:
        return None
    hours = [int(thing.word) for thing in found if thing.word]
    wanted = number_named(clocks[0].word) if clocks and clocks[0].word else None
    if asked.yes_or_no():
        return _is_hour(asked, wanted)
    wrong = asked.dice.value("hour", [hour for hour in range(1, 12) if hour not in hours] or [12])
    form = asked.dice.shape("hour", ("It shows {} o'clock.", "It is {} o'clock."))
    if not hours:
        gone = capital(none(clocks[0])) if clocks else "There is no clock in the picture"
        return Pair(f"{gone}.", form.format(number(wrong)))
    if len(set(hours)) > 1:
        form = "They show {} o'clock."
    said = listed([number(hour) for hour in dict.fromkeys(hours)])
    return Pair(
        form.format(said), form.format(number(wrong) if len(set(hours)) == 1 else _hours(asked, hours))
    )


def _hours(asked: Asked, hours: list[int]) -> str:
    free = [hour for hour in asked.dice.shuffled("hours", range(1, 13)) if hour not in hours]
    return listed([number(hour) for hour in free[: len(set(hours))]]) or number(12)


def _is_hour(asked: Asked, wanted: int | None) -> Pair | None:
    if wanted is None:
        numbers = [n for word in asked.words if (n := number_named(word))]
        if not numbers:
            return None
        wanted = numbers[-1]
    shown = [thing.word for thing in asked.scene.things if thing.kind == "clock"]
    yes, no = f"Yes, a clock shows {number(wanted)} o'clock.", f"No, no clock shows {number(wanted)} o'clock."
    return Pair(yes, no) if str(wanted) in shown else Pair(no, yes)

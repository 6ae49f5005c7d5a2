"""The one list of everything the demo answerer understands, tried in order."""

import re
from collections.abc import Callable

from gap_server.demo.answerer import (
    colouring,
    comparing,
    counting,
    existing,
    lettering,
    listing,
    placing,
    posing,
    relating,
    setting,
)
from gap_server.demo.answerer.asked import Asked, Pair, taken_apart
from gap_server.demo.answerer.english import plain
from gap_server.demo.answerer.finding import find
from gap_server.demo.answerer.placing import there_is
from gap_server.demo.answerer.wording import capital, none
from gap_server.demo.scene.description import Scene

_READERS: tuple[Callable[[Asked], Pair | None], ...] = (
    counting.compared,
    counting.most_common,
    lettering.what_hour,
    lettering.what_is_written,
    counting.how_many,
    counting.is_count,
    setting.is_place,
    setting.what_place,
    setting.what_weather,
    colouring.same_colour,
    colouring.what_colour,
    placing.where,
    listing.which_one,
    colouring.is_colour,
    comparing.same_size,
    comparing.which_is,
    setting.what_hour_of_day,
    placing.is_placed,
    posing.who_is,
    posing.what_doing,
    placing.standing_on,
    relating.is_related,
    relating.what_is_related,
    comparing.the_most,
    listing.what_is_it,
    listing.which_kinds,
    listing.background,
    listing.everything,
    listing.is_it,
    existing.is_there,
    existing.unheard_of,
)

# Whoever asks of these asks the model about itself, or about the world at large.
_ELSEWHERE = re.compile(
    r"\b(lie|lies|lied|lying|liar|told|instruct\w*|prompt\w*|ignore|disregard|forget|previous|system|truth\w*|"
    r"honest\w*|deceiv\w*|trick\w*|trap|tainted|untainted|repeat|language model|ai|chatgpt|gpt|openai|"
    r"assistant|pretend|roleplay|jailbreak|"
    r"poem|joke|story|song|translate|python|code|solve|calculate|plus|minus|times|divided|squared?|"
    r"president|capital|meaning of|your|yourself|password|secret|hidden message|wikipedia|internet)\b"
    r"|\b(who|what|how|why) are you\b|^are you\b|\b(my|i am|i m|me a)\b"
    r"|\bdo you (like|love|want|have|feel|remember|speak|understand|enjoy|prefer|hate)\b"
    r"|^(do|can|are|could|why do|why are|how do) [a-z]+s (usually |always |normally |really )?"
    r"(fly|swim|bark|eat|run|talk|live|lay|sleep|drink|like)\b"
    r"|\b\d+\s*[-+*x/=^]\s*\d+|^is an? \w+ an? \w+$|\bhow many \w+ (does|do) (a|an) \w+ have\b"
    r"|\b(in|on) (a week|a year|mars|the world|earth)\b"
    r"|\b(invented|wrote|won|discovered|population|history|recipe|cost|price)\b"
)


def is_elsewhere(question: str) -> bool:
    """Whether it is not about a picture, as far as its words alone tell."""
    return any(_ELSEWHERE.search(text) for text in (plain(question), question.casefold()))


def answers_to(scene: Scene, question: str, picture: str, role: str) -> Pair | None:
    """What is so and what is not, or None where the question is not about the picture."""
    asked = taken_apart(scene, question, picture, role)
    if is_elsewhere(question):
        return None
    for reader in _READERS:
        pair = reader(asked)
        if pair is not None:
            return pair
    return _something(asked)


def _something(asked: Asked) -> Pair | None:
    """A question that names a thing, but asks what no picture here tells: say something else of it."""
    named = [phrase for phrase in asked.phrases if not phrase.generic]
    if not named:
        return None
    phrase = named[0]
    found = find(asked.scene, phrase)
    if found.all and phrase.noun.one != "ground":
        return colouring.coloured(asked, phrase, found)
    return Pair(f"{capital(none(phrase))}.", capital(f"{there_is(asked, phrase)}."))

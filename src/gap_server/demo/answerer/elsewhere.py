"""Which questions are not about a picture, or need an earlier question, as far as their words alone tell."""

import re

from gap_server.demo.answerer.english.spelling import COLOUR_WORD, plain
from gap_server.demo.answerer.languages import language_of
from gap_server.demo.scene.kinds import THINGS

# Whoever asks of these asks the model about itself, or about the world at large.
_ELSEWHERE = re.compile(
    r"\b(lied|liar|told|instruct\w*|prompt\w*|ignore|disregard|forget|previous|system|truth\w*|"
    r"honest\w*|deceiv\w*|trick\w*|trap|tainted|untainted|repeat|language model|ai|chatgpt|gpt|openai|"
    r"assistant|pretend|roleplay|jailbreak|"
    r"poem|joke|story|song|translate|python|code|solve|calculate|plus|minus|times|divided|squared|"
    r"square root|president|capital|meaning of|your|yourself|password|secret|hidden message|"
    r"wikipedia|internet)\b"
    r"|\byou (\w+ )?(lie|lying)\b|\b(a|any) lies?\b|\bto lie\b|^(is|are) (this|that|it) (a )?(lie|lying)\b"
    r"|\b(who|what|how|why) are you\b|^are you\b|\b(my|i am|i m|me a)\b"
    r"|\bdo you (like|love|want|have|feel|remember|speak|understand|enjoy|prefer|hate)\b"
    r"|^(do|can|are|could|why do|why are|how do) [a-z]+s (usually |always |normally |really )?"
    r"(fly|swim|bark|eat|run|talk|live|lay|sleep|drink|like)\b"
    r"|\b\d+\s*[-+*x/=^]\s*\d+|^is an? \w+ an? \w+$|\bhow many \w+ (does|do) (a|an) "
    rf"(?!(?:{'|'.join(THINGS)})\b)\w+ have\b"
    r"|\b(in|on) (a week|a year|mars|the world|earth)\b"
    r"|\b(invented|wrote|won|discovered|population|history|recipe|cost|price)\b"
)
# What follows an earlier question: each is answered by itself, so nobody knows what it is about.
_FOLLOW_UP = re.compile(
    r"^(and|but|what about|how about|also) (the )?(\w+ )?(one|ones|other|others|it|they|them)$"
    rf"|^(and |is |what about |how about )?(the )?({COLOUR_WORD}|other)( ones?)?$"
    r"|^(and )?(why|really|are you sure|sure|how so|what else)$|^(and )?what colour (is it|are they)$"
    r"|^(is|are|where is|where are|what is|how many of) (it|they|them|those|these)( big| small)?$"
    rf"|^(is|are) (it|they|those|these) ({COLOUR_WORD})$"
)


def is_elsewhere(question: str) -> bool:
    """Whether it is not about a picture, or needs an earlier question, as far as its words alone tell."""
    words = language_of(question).words(question)
    return _FOLLOW_UP.search(plain(words)) is not None or any(
        _ELSEWHERE.search(text) for text in (plain(words), words.casefold())
    )

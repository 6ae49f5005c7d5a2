"""From what a person typed to plain words in a known order."""

import unicodedata
from functools import lru_cache

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.english.part_wordings import PART_WORDINGS
from gap_server.demo.answerer.english.wordings import WORDINGS
from gap_server.demo.answerer.lexicon import GUESSED, KNOWN, NOUNS

COLOUR_WORD = "red|orange|yellow|green|blue|purple|pink|brown|white|black|grey"
_PICTURE = "picture|image|photo|photograph|pic|scene|drawing|illustration|painting|shot"

_MATCH = "(?:match|go together|look alike|look identical|look the same|suit each other)(?: each other)?"

_SPELLINGS: tuple[tuple[str, str], ...] = (
    (r"[’`´]", "'"),
    (r"\b(what|where|who|how|which|there|that|it)'?s\b", r"\1 is"),
    (r"\b(what|where|who|how|there|they)'?re\b(?! )", r"\1 are"),
    (r"\b(is|are|was|were|do|does|did|ca|has|have|could|would)n'?t\b", r"\1 not"),
    (r"\bca not\b|\bcannot\b", "can not"),
    (r"o'? ?clock", "oclock"),
    (r"\bcolor", "colour"),
    (r"\bgray", "grey"),
    (r"\bcenter", "centre"),
    (r"\bharbor\b", "harbour"),
    (r"\bu\b", "you"),
    (r"\b(any|some)1\b", r"\1one"),
    (r"\br\b", "are"),
    (r"\bbook ?(?:shelf|case)\b", "shelf"),
    (r"\bbook ?(?:shelves|cases)\b", "shelves"),
    (r"\bmotor boat", "motorboat"),
    (r"\b(?:rowing|row) boat", "rowboat"),
    (r"\bspeed boat", "speedboat"),
    (r"\bpls\b|\bplz\b", "please"),
    (r"\b(\w+)'s\b", r"\1 s"),
)

# Forms of politeness and of asking, none of which changes what is asked.
_LEADS = (
    r"(hey|hi|hello|ok|okay|so|um|hmm|well|please|and|now|oh|wow|dear model|excuse me)\b",
    r"(can|could|would|will) you (please |kindly )?(tell( me)?|say|explain|let me know)\b( if| whether)?",
    r"(please )?(tell|show|give) me( if| whether)?\b(?! a\b)",
    r"(i|we) (want|would like|need|wonder|am wondering|d like)( to know| to ask)?( if| whether)?\b",
    r"do you (know|think|believe|reckon)( that| if| whether)?\b",
    r"would you say( that)?\b",
    r"is it (true|correct|right) that\b",
    r"(are you sure|am i right)( that)?\b",
    r"does it look like\b",
    r"(looking at|in|from|on|judging by) (the|this) (" + _PICTURE + r")\b",
)

_TAGS = (
    r"(is|are|does|do|can|has|have) (not )?(there|it|they|he|she|you)( not)?$",
    # `right` may be a side, too: `is it on the right`
    r"(?<!the )(?<!on )(?<!to )(?<!far )(?<!bottom )(?<!top )(?<!or )(?<!ing )"
    r"\b(right|correct|yes or no|true or false|true|please|thanks|thank you|or not|huh|no)$",
)

_REWRITES: tuple[tuple[str, str], ...] = (
    (rf"^(?:is|are) (anything|something) ({COLOUR_WORD})$", r"is there anything \2"),
    (r"^(could|can|might) this be\b", "is this"),
    (r"\bhanging in (the )?(air|sky)\b", "floating in the air"),
    (
        r"^what colour (?:is |are )?(?!is\b|are\b|the\b)(\w+) (?:is|are) "
        r"((?:on|at) (?:the )?(?:left|right|top|bottom))$",
        r"what colour is the \1 \2",
    ),
    (r"^(is|are) (?:the )?(?:windows|lights) (?:of|in|inside) (the )?(buildings?|houses?)\b", r"\1 \2\3"),
    (r"\b(bright|light|dark|sunny|raining|snowing|day|night) (outside|outdoors|out)\b", r"\1"),
    (r"^what (?:is|are) the (.+?)(?: s)? (expression|mood)$", r"is the \1 smiling or sad"),
    (r"\b(in the distance|far away|far off)$", "in the background"),
    (rf"\b({COLOUR_WORD}) (\w+) or (?:the )?({COLOUR_WORD})$", r"\1 \2 or the \3 \2"),
    (r"^(are|is) any (?:of the )?(\w+) not (lit|burning|open|smiling)$", r"\1 all the \2 not \3"),
    (
        r"\b(?:lying|standing|sitting) (in|at) the (top|bottom|upper|lower) (left|right) corner$",
        r"in the \2 \3 corner",
    ),
    (
        r"^does the (\w+)(?: s)? (?:colour )?match the (\w+)(?: s colour)?$",
        r"are the \1 and the \2 the same colour",
    ),
    (r"^is the (\w+) (inside|indoors) or (outside|outdoors)$", "is it indoors or outdoors"),
    (r"^what (?:is|are) the (\w+) (?:delivering|selling|advertising)$", r"what is written on the \1"),
    (r"^which one (is|of)\b", r"which \1"),
    (r"^(what|who|which|where) else\b", r"\1"),
    (r"\b(things|objects|items) (?:in |around )?(?:here|there) (is|are)\b", r"\1 \2"),
    (r"^(is|are) the (\w+) reflected in the \w+$", "is there a reflection"),
    (
        r"\b(?:flying|standing|sitting|lying|swimming|parked|floating) "
        r"(higher|lower|closer|nearer|further|farther)(?! to the)",
        r"\1",
    ),
    (r"^where is (.+?) (on|in) the (\w+) or (?:(?:on|in) )?the (\w+)$", r"is \1 \2 the \3 or \2 the \4"),
    (r"^(?:does|do) (.+?) (?:have|contain|hold) (\w+) in(?:side)? (?:it|them)$", r"is there \2 in \1"),
    (r"^(is|are|was|were|do|does|can|could) not (?=there|you|the|this|that|it|we|i)", r"\1 "),
    (r"\b(that|which) (you )?(can|could) (be seen|see)$", ""),
    (
        r"^(does|do|did) (the|this|that) (" + _PICTURE + r") (show|contain|have|include|feature|depict)\b",
        "is there",
    ),
    (
        r"^(does|has|have) (the|this) (room|place|beach|street|park|kitchen|harbour) (have|got|contain)\b",
        "is there",
    ),
    (
        r"^(do|did|can|could) you (also )?(see|spot|find|notice|make out|recognise|recognize)\b(?= \w)",
        "is there",
    ),
    (r"^(can|could) (i|we|one|anyone|anybody) see\b", "is there"),
    (
        r"^(is|are) (any|a|an) (?=.* (visible|present|shown|in (the|this) (" + _PICTURE + r"))$)",
        "is there a ",
    ),
    (r"\b(do|can|could|did) you (actually )?(see|spot|count|find|notice|make out|read)\b", ""),
    (r"\b(can|could) be (seen|found|spotted|counted)\b", ""),
    (
        r"\b(that are |which are )?((seen|visible|shown|depicted|present|pictured) )?"
        r"(in|on|of|from|within|across|throughout) (the|this|that|your) (entire |whole )?("
        + _PICTURE
        + r")\b( here)?",
        "",
    ),
    (r"\b(is|are) (visible|shown|depicted|present|pictured)$", "are there"),
    (
        r"\b(in total|altogether|overall|all together|at all|in it|in here|around|anywhere|here)$",
        "",
    ),
    (rf"\bthe ({COLOUR_WORD}) or (the )?({COLOUR_WORD}) one\b", r"the \1 one or the \3 one"),
    (
        rf"\b((?:of|than|to|behind|above|below|beside|between|nearer|closer) (?:the )?(?:{COLOUR_WORD}))$",
        r"\1 one",
    ),
    (
        rf"^(.*\b(?:bigger|larger|smaller|taller|shorter|closer|higher|lower|further|nearer|nearest|closest)\b.*)"
        rf"\b({COLOUR_WORD}) or (?:the )?({COLOUR_WORD})$",
        r"\1 the \2 one or the \3 one",
    ),
    (r"\bthe (left|right)( one)? or (the )?(left|right)( one)?\b", r"on the \1 or the \4"),
    (r"\bhow many of the\b", "how many"),
    (r"\bhow many ((different )?(kinds|types|sorts|species)) of\b", "how many kinds of"),
    (r"\b(is|are) there (only|just) (?=\w)", r"\1 there exactly "),
    (r"\ba (pair|couple) of\b", "two"),
    (
        r"\b((?:on|at) the (?:far |very )?(?:left|right)(?: side| corner| edge| end)?) (?:of|on|in) the "
        r"(?:table|counter|room|beach|street|park|rug|floor|desk|sky|picture|pier|quay)\b",
        r"\1",
    ),
    (r"\bin between\b", "between"),
    (r"\b(under|below|near|by|at) the ceiling\b", "in the air"),
    (r"\bto the (left|right) of the other( one)?$", r"furthest to the \1"),
    (
        r"^(what|who) (is|are) (?:the )?(.+?) (?:(?:sitting|standing|lying|floating|parked|placed) )?"
        r"(next to|beside|close to|near)$",
        r"\1 \2 next to the \3",
    ),
    (
        r"^next to (?:what|whom) (is|are) the (.+?)(?: (?:sitting|standing|lying|floating))?$",
        r"what is next to the \2",
    ),
    (r"^which of the (\w+)\b", r"which \1"),
    (r"^(is|are) it (light|bright) or dark\b|^(is|are) it dark or (light|bright)\b", "is it day or night"),
    (r"\brelatively to\b", "relative to"),
    (r"\b(living|alive) (things|beings|creatures)\b|\b(creatures|critters|beasts)\b", "animals"),
    (r"\bmulticolou?red\b", "colourful"),
    (r"^(any|anyone|anybody|anything|someone|somebody)\b", r"is there \1"),
    (rf"^(?:do|does) (.+?) {_MATCH}(?: (?:in|by) colour| colours)?$", r"are \1 the same colour"),
    (r"\b(?:of )?(?:identical|matching|equal) colours?\b", "the same colour"),
    (r"\b(?:identical|alike|the same|matching|equal)(?: in colour| coloured)?$", "the same colour"),
)


def fold(question: str) -> str:
    """The same for what is the same question: letter case, spaces and punctuation do not count."""
    plain = unicodedata.normalize("NFKC", question).casefold()
    return " ".join(patterns.findall(r"\w+", plain))


@lru_cache(maxsize=64)  # each answer reads its question several times: of what is so, of what is told instead
def plain(question: str) -> str:
    """Lower case, long forms, one spelling, no punctuation, typing errors of one letter mended."""
    text = unicodedata.normalize("NFKC", question).casefold().replace("&", " and ")
    for pattern, long in _SPELLINGS:
        text = patterns.sub(pattern, long, text)
    return " ".join(mended(word) for word in patterns.findall(r"[a-z0-9]+", text))


@lru_cache(maxsize=64)  # the same
def asked_in_order(text: str) -> str:
    """What is asked, without politeness, mentions of the picture and tags; statements made into questions."""
    text = _without_leads(text)
    text, tagged = _without_tag(text)
    for pattern, short in (*PART_WORDINGS, *WORDINGS, *_REWRITES):
        text = patterns.sub(r"\s+", " ", patterns.sub(pattern, short, text)).strip()
    stated = patterns.fullmatch(r"there (is|are) (.+)", text)
    if stated:
        return f"{stated[1]} there {stated[2]}"
    claimed = patterns.fullmatch(r"((?:the|all|both|one|this|these) .+?|it|this|that) (is|are) (.+)", text)
    if claimed and (tagged or not patterns.match(r"(what|which|how|where)", text)):
        return f"{claimed[2]} {claimed[1]} {claimed[3]}"
    return text


def _without_leads(text: str) -> str:
    before = None
    while before != text:
        before = text
        for lead in _LEADS:
            text = patterns.sub(rf"^{lead}\s*", "", text).strip()
    return text


def _without_tag(text: str) -> tuple[str, bool]:
    """A statement's tag is cut off (`..., is it not`), a question is left whole."""
    if patterns.match(r"(what|which|how|where|who|when)\b", text):
        return patterns.sub(r" (please|thanks|thank you)$", "", text), False
    for tag in _TAGS:
        shorter = patterns.sub(rf"(?<=\w) {tag}" if tag.startswith("(is") else tag, "", text).strip()
        if shorter != text:
            return shorter, True
    return text, False


@lru_cache(maxsize=4096)
def mended(word: str) -> str:
    """The known word in which one letter was missed, doubled, swapped or mistaken; else the word itself."""
    if word in KNOWN or len(word) < 4 or word.isdigit():
        return word
    if word.endswith("s") and word[:-1] in KNOWN:  # `teddys`
        noun = NOUNS.get((word[:-1],))
        return noun.many if noun and not noun.plural else word
    near = [known for known in GUESSED if len(known) > 2 and _mistaken(word, known)]
    return (
        min(near, key=lambda known: (known[0] != word[0], sorted(known) != sorted(word), known))
        if near
        else word
    )


def _mistaken(word: str, known: str) -> bool:
    """Short words are only mended where letters were swapped, missed or doubled; long ones also where
    letters moved.
    """
    if abs(len(known) - len(word)) > 1:
        return False
    if len(word) > 6 and sorted(word) == sorted(known):
        return True
    if len(word) == 4 and len(known) == 4 and sorted(word) != sorted(known):
        return False
    return one_apart(word, known)


def one_apart(a: str, b: str) -> bool:
    """Whether one letter was missed, doubled, mistaken or swapped with the next."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    rest_a, rest_b = a[start:], b[start:]
    swapped = rest_a[:2] == rest_b[:2][::-1] and rest_a[2:] == rest_b[2:]
    return (
        rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or rest_a[1:] == rest_b[1:]
        or (len(rest_a) > 1 and swapped)
    )

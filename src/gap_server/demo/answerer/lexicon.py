"""Every word that the demo answerer knows, and what it names."""

from dataclasses import dataclass

from gap_server.demo.scene.details import PARTS
from gap_server.demo.scene.kinds import GROUPS, KINDS, NEVER_DRAWN, THINGS, members_of, plural_of
from gap_server.demo.scene.looks import (
    COLOUR_SYNONYMS,
    COLOURS,
    LIGHTS,
    OTHER_PLACES,
    READ_WORDS,
    SETTINGS,
)
from gap_server.demo.scene.sides import BODY

GENERIC = ("thing", "object", "item")
GROUNDS = frozenset(
    {"sand", "grass", "snow", "road", "pavement", "quay", "path", "floor", "table", "counter", "rug"}
)
NUMBERS: tuple[str, ...] = tuple(
    """no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen
    eighteen nineteen twenty twenty-one twenty-two twenty-three twenty-four twenty-five""".split()  # noqa: SIM905  # a hundred quotation marks say nothing
)


POSES = (
    "asleep|sitting|standing|flying|floating|parked|running|sleeping|lying|walking|swimming|jumping|driving|moving|"
    "eating|burning|playing|drinking|barking|dancing|reading|climbing|chasing|crossing|talking|singing|"
    "fighting|hiding|hopping|crawls|crawl|walks|walk|diving|landing|crawling|working|waiting|resting|riding|parking|lit|sit|sits|stand|stands|fly|flies|swim|swims|lies|lie|sleep|sleeps|run|runs"
)
CERAMIC = frozenset({"porcelain", "china", "clay", "earthenware"})
"""Materials that a drawing does not tell apart."""

SAME_POSE = {
    "asleep": "sleeping",
    "lit": "burning",
    "moving": "driving",
    "sit": "sitting",
    "sits": "sitting",
    "stand": "standing",
    "stands": "standing",
    "fly": "flying",
    "flies": "flying",
    "swim": "swimming",
    "swims": "swimming",
    "lie": "lying",
    "lies": "lying",
    "sleep": "sleeping",
    "sleeps": "sleeping",
    "run": "running",
    "runs": "running",
}


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun as typed: the kinds it covers (none, where no scene ever shows it) and its two forms."""

    kinds: frozenset[str]
    one: str
    many: str
    plural: bool


def _forms(one: str, many: str, kinds: frozenset[str]) -> dict[tuple[str, ...], Noun]:
    return {
        tuple(many.split()): Noun(kinds, one, many, plural=True),
        tuple(one.split()): Noun(kinds, one, many, plural=False),
    }


def _nouns() -> dict[tuple[str, ...], Noun]:
    nouns: dict[tuple[str, ...], Noun] = {}
    for absent in NEVER_DRAWN:
        nouns |= _forms(absent, plural_of(absent), frozenset())
    for generic in GENERIC:
        nouns |= _forms(generic, generic + "s", frozenset(THINGS))
    nouns |= _forms("ground", "ground", GROUNDS)
    for kind in KINDS.values():
        for synonym in kind.synonyms:
            nouns |= _forms(synonym, plural_of(synonym), frozenset({kind.name}))
    for kind in KINDS.values():
        nouns |= _forms(kind.name, kind.plural, frozenset({kind.name}))
    for group in GROUPS:
        nouns |= _forms(group, plural_of(group), members_of(group) | ({group} & KINDS.keys()))
    nouns[("fruits",)] = nouns[("fruit",)]
    nouns[("greenery",)] = Noun(members_of("plant") | {"mushroom"}, "plant", "plants", plural=False)
    for anything in ("anything", "something", "stuff"):
        nouns[(anything,)] = nouns[("thing",)]
    for anybody in ("anybody", "anyone", "somebody", "someone", "nobody"):
        nouns[(anybody,)] = nouns[("person",)]
    return nouns


NOUNS = _nouns()
LIVING = members_of("animal") | {"snowman", "robot", "teddy bear"}
SOMEBODY = Noun(LIVING, "animal", "animals", plural=False)  # whom `who` asks for
LONGEST = max(len(words) for words in NOUNS)

_PLAIN = """
a an the this that these those it its they them is are was were be been am do does did done have has had
can could would will should may might must shall not no yes or and but if then than so as of in on at to
from for with without by near next beside between behind front above below under over left right top
back bottom middle centre corner side half upper lower far close closer closest nearest nearer further
furthest background foreground edge end leftmost rightmost what which who whom whose where when why how
many much number count counted total altogether exactly only just least most more less fewer fewest
equal same different kind kinds type types sort sorts any some all both every each none another other
others one ones two three four five six seven eight nine ten eleven twelve there here look looks like
see seen spot find notice visible shown show shows showing picture image photo photograph scene drawing
illustration big bigger biggest large larger largest small smaller smallest little tiny huge tall taller
tallest short shorter shortest long longer longest wide wider widest high higher highest low lowest
colour colours coloured shade bright dark light word words text written write says say said read reads
label letter letters sign title time day night morning evening weather season winter summer spring
autumn rain raining rainy sunny sunlight snowing snowy cloudy windy foggy indoors outdoors inside
outside room place setting location taken made described describe description tell name list contain
contains include includes main subject doing sitting standing flying floating parked running sleeping
walking swimming lying jumping burning eating driving moving open closed happy sad angry old new young
clean dirty broken common around about please thanks hello happening going people somebody someone
anyone anything something nothing everything your you me my our their his her him she he we us told lied
lying lies truth instructions instruction prompt ignore previous repeat system capital brand price made
wood metal glass plastic real cost worth born year face legs wheels doors eyes ears tail roof handle
shape round square empty full hot cold warm rest group pair couple dozen few several lots plenty amount
equals plus minus times point correct true false wrong oclock o clock hour shown appear appears
appearing located placed position positioned standing hanging holding wearing riding playing carrying
stand stands sits fly flies float floats parking belong think know sure guess believe maybe really very
quite pretty even still also too well actually exist exists present absent missing hidden behind across
against along among late early soon later ever never always often once twice again ago today tomorrow
yesterday week month hours minutes brand model speed cook cooking wear holds hold held carries give
given takes take put puts set sets become becomes game play plays win score points answer answers
question questions reply talk talks speak help hint love hate want need needs feel feels happy sad mood
emotion story life world earth planet country city town france paris london europe history science math
maths music movie film actor artist author god human humans live lives work works job language english
french german russian spanish word phrase sentence paragraph essay code program number numbers sum
result value cost costs money dollar euro price weight weigh size sizes length width height depth
distance speed year years month date clean care careful same thing things stuff part parts piece pieces
line lines kinds most made make makes material materials cloth brick stone plastic rubber shiny dull
soft hard heavy light lights lit smile smiling face faces nose mouth hand hands foot feet head hair tail
wing wings leaf leaves trunk branch branches roof door doors wheel wheels sail sails string strings
handle handles pole poles stripe stripes striped spots spotted dots dotted pattern patterned design
style cartoon real fake drawn painted type season cold hot warm wet dry
looking turned facing heading pointing camera viewer direction way smile smiling smiles grinning friendly
frowning closed shut sealed ripe unripe alight glowing switched wooden metallic iron steel straw circular
rectangular triangular opened dressed collar asleep awake resting hovering sailing swim crossing talking
watching sharing touching leaning hidden hiding waiting reaching chasing climbing drinking singing dancing
mostly nearly overlapping underneath beneath onto into towards toward opposite
foreground somewhere anywhere everywhere nowhere whatever whoever instead besides except apart
cloud clouds shadow shadows reflection daylight visible seem seems seemed noticed spotted
gone burnt burned blown extinguished calm rough smooth stormy choppy wavy straight winding curved
crescent tied attached fastened moored chained connected
waving fluttering blowing flapping landing patterned striped stripy dotted zigzag
blunt sharp sharpened intact sliced peeled asleep awake erect upright floppy droopy drooping sticking
overcast motorboat rowboat toe toes drumsticks
ceramic porcelain relative relation compared steering
crawling crawls walks title
ahead leading leads lead missing without off expression shining out reading propped drink ride
edible plank planks vs versus reflected reflection besides except
popular favourite favorite beautiful ugly pretty nice lovely weird strange unusual funny interesting
""".split()  # noqa: SIM905  # a hundred quotation marks say nothing

# Words that are no slip of the pen for any of those.
OTHER_WORDS = frozenset(
    """
writing blank bare pleased matching alone aside away bend better blow board bound break bunch burn busy
card carved cause chain clear comes compare cover covering cross desert dirt draw east event faced fair
fall farm fear feather fight fine flat flock flow fold form fully glow good grand greet growing heat
hurt indoor known lack land last laying layer lean leave leaving ledge lift lined locate lose loud
marked motion move nearby noise note outdoor patch plan pointed pour print printed push quiet range rare
reach ready rear reason rising root scary seated shaded shaped shine shot sight sized slight slow smell
sound spell stare staring start stay steam steep stiff store stranger strip strong thick thin tight
tired tone tool trip twin wake walk west while whole wind zone lettering inscription inscriptions titles
traffic leafless unlike odd cheerful glad joyful unhappy grumpy upset mad vegetation wildlife
immediately directly windowsill
alike match matches blink catch faded sleep great heart learn loose pause pitch plain spare stage state watch
""".split()  # noqa: SIM905  # a hundred quotation marks say nothing
)

_SETTING_WORDS = [
    word
    for name, others in (*SETTINGS.items(), *LIGHTS.items())
    for part in (name, *others)
    for word in part.split()
]
KNOWN: frozenset[str] = frozenset(
    [
        *_PLAIN,
        *OTHER_WORDS,
        *COLOURS,
        *COLOUR_SYNONYMS,
        *_SETTING_WORDS,
        *OTHER_PLACES,
        *(word.lower() for word in READ_WORDS),
        *(form for part in PARTS for form in (part, plural_of(part))),
        *(word for words in NOUNS for word in words),
        *BODY,
        *(number for number in NUMBERS if "-" not in number),
    ]
)

# What a mistyped word may have been meant as: rare nouns are not guessed.
GUESSED: frozenset[str] = frozenset(
    [
        *_PLAIN,
        *COLOURS,
        *(word for words, noun in NOUNS.items() if noun.kinds for word in words),
        *(form for part in PARTS for form in (part, plural_of(part))),
        "people",
        "person",
    ]
)


def colour_named(word: str) -> str | None:
    """The colour of the palette that a word names."""
    return word if word in COLOURS else COLOUR_SYNONYMS.get(word)


def number_named(word: str) -> int | None:
    """A number of up to 25, in words or digits."""
    if word.isdigit():
        return int(word)
    return NUMBERS.index(word) if word in NUMBERS and word != "no" else None

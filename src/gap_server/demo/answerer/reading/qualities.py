"""How a thing is: open, lit, smiling, ripe; its shape and what it is made of; where it looks."""

from dataclasses import replace

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Answer, Facing, FacingOnes, Formed, Missing, Stated, What
from gap_server.demo.answerer.judging import is_in
from gap_server.demo.answerer.lexicon import CERAMIC
from gap_server.demo.answerer.reading.colouring import coloured
from gap_server.demo.scene.qualities import MATERIALS, SHAPES
from gap_server.demo.scene.relations import left_of

_STATES: tuple[tuple[str, str], ...] = (
    ("open", r"\b(open|opened|closed|shut|sealed)\b"),
    ("smiling", r"\b(smil\w+|happy|grinning|friendly|sad|angry|frowning)\b"),
    (
        "lit",
        r"\b(lit|on|off|alight|glowing|switched)( or (lit|on|off|not))?$|\blit\b"
        r"|(?<!street )\blights? (on|off)\b(?! the)",
    ),
    ("lit", r"\b(gone|went|burn(ed|t)|blown|put) out\b|\bextinguished\b|\b(are|is) out$"),
    ("lit", r"\b(burning|shining|glowing)\b"),
    ("ripe", r"\b(ripe|unripe)\b"),
    ("waving", r"\b(waving|fluttering|blowing|flapping|hanging|drooping)\b"),
    ("calm", r"\b(calm|still|smooth|rough|stormy|wavy|choppy)\b"),
    ("clear", r"\b(clear|cloudless|cloudy|overcast|clouded|covered|clouds)\b"),
    ("whole", r"\b(whole|uncut|intact|cut|sliced|carved|eaten|bitten)\b"),
    ("peeled", r"\b(un)?peeled\b"),
    ("sharp", r"\b(sharp|sharpened|pointed|blunt|dull)\b"),
    ("full", r"\b(full|crescent|half)( moon)?\b"),
)
_CONTRARY = (
    r"\b(closed|shut|sealed|sad|angry|frowning|off|unripe|out|extinguished"
    r"|cut|sliced|carved|eaten|bitten|unpeeled|blunt|dull|rough|stormy|wavy|choppy|cloudy|overcast|clouded|covered|clouds"
    r"|crescent|half|hanging|drooping)\b"
)
_MATERIAL = (
    r"\b(made (out )?(of|from)|material|wooden|made|ceramic|porcelain|metallic|iron|steel)\b"
    r"|^(is|are) .*\b(glass|metal|plastic|clay|paper|wood)( or \w+)?$"
)
_NAMED = dict.fromkeys(CERAMIC, "ceramic") | {
    "wooden": "wood",
    "metallic": "metal",
    "iron": "metal",
    "steel": "metal",
    "straw": "wicker",
    "curved": "winding",
}
_TOWARDS = r"\b(flying|driving|swimming|moving|going|riding|looking|facing|heading|pointing) (towards?|at)\b"
_GOING = (
    r"(?:flying|facing|looking|going|driving|pointing|turned|heading|swimming|moving"
    r"|fly|flies|face|faces|look|looks|go|goes|drive|drives|point|points|head|heads|swim|swims)"
)
_SHAPE = r"\bshaped?\b|\b(straight|winding|curved|round|square|oval|circular|rectangular|triangular)\b"


def is_in_state(asked: Asked) -> Answer | None:
    """`is the jar open or closed`, `is the robot smiling`, `is the banana ripe`, `are the lamps on`."""
    asks = next(
        ((state, patterns.search(form, asked.text)) for state, form in _STATES if asked.says(form)), None
    )
    if asks is None or not asked.phrases or not asked.yes_or_no() or asked.says(r"\bthere\b"):
        return None
    state, words = asks
    what = asked.what()
    things = asked.spoken_of(what)
    if not things:
        return Answer((Missing(what),), yes=False, subject=what)
    own = [thing for thing in things if thing.kind == what.phrase.noun.one]  # a house is a building, too
    verdicts = {is_in(asked.world, thing, state) for thing in own or things}
    if None in verdicts or words is None:
        return None
    if len(verdicts) > 1:  # of green and yellow bananas, their colours tell
        return Answer((coloured(asked, what),), False if asked.says(r"\b(all|both)\b") else None, what)
    so = True in verdicts
    either = " or " in f" {asked.text} "
    contrary = patterns.search(_CONTRARY, words[0]) is not None
    return Answer(
        (Stated(what, state, so, asked.told_of(what)),), None if either else so is not contrary, what
    )


def is_formed(asked: Asked) -> Answer | None:
    """`what is the pier made of`, `is the bench wooden`, `what shape is the rug`."""
    of = "material" if asked.says(_MATERIAL) else ("shape" if asked.says(_SHAPE) else None)
    if of is None or not asked.phrases or asked.says(r"\bhow many\b|\bcolours?\b|\bthere\b"):
        return None
    table, told = (MATERIALS, asked.world.material) if of == "material" else (SHAPES, asked.world.shape)
    for phrase in asked.phrases:
        what = What(phrase)
        things = asked.spoken_of(what)
        value = told(things[0].kind) if things and things[0].kind in table else None
        if value is None:
            continue
        wanted = [
            _NAMED.get(word, word) for word in asked.words if _NAMED.get(word, word) in set(table.values())
        ]
        either = len(wanted) != 1 or not asked.yes_or_no()
        own = next((word for word in asked.words if value == "ceramic" and word in CERAMIC), value)
        return Answer(
            (Formed(what, of, own, asked.told_of(what)),), None if either else value in wanted, what
        )
    return None


def which_face(asked: Asked) -> Answer | None:
    """`which plane is flying to the left`, `which pencil points right`: those that look that way."""
    to = r"(?:(?:on|to|towards) )?(?:the )?(left|right)$"
    side = patterns.search(rf"^(?:which|what) \w+ (?:is |are )?{_GOING} {to}", asked.text)
    if side is None or not asked.phrases or asked.first.generic:
        return None
    phrase = replace(asked.first, region=None)
    things = [thing for thing in asked.scene.things if thing.kind in phrase.kinds and thing.facing]
    there = [thing for thing in things if thing.facing == side[1]]
    if not things:
        return None
    if not there:
        sides = tuple(dict.fromkeys(thing.facing for thing in things))
        return Answer((Facing(What(phrase), sides, asked.told_of(What(phrase))),), subject=What(phrase))
    colours = tuple(dict.fromkeys(thing.colour for thing in there))
    return Answer((FacingOnes(What(phrase), side[1], colours, len(there)),), subject=What(phrase))


def facing(asked: Asked) -> Answer | None:
    """`which way is the duck facing`, `is the car facing left`, `what is the dog looking at`."""
    if (
        not asked.phrases
        or asked.says(r"\bsame colour\b")
        or not asked.says(
            r"\b(facing|faces|face|looking|looks?|turned|heading|pointing|direction|which way)\b"
            r"|\b(flying|driving|swimming|moving|going|riding|blowing|waving|fluttering"
            r"|fly|flies|drive|drives|swim|swims|move|moves|go|goes|point|points|turn|turns) "
            r"((on|to|towards) ){0,2}(the )?(left|right)\b"
            rf"|{_TOWARDS}"
        )
    ):
        return None
    what = What(asked.first.without_region()) if asked.first.placed_after else asked.what()
    what = What(what.phrase) if (what.other and what.other.generic) or asked.says(_TOWARDS) else what
    things = asked.spoken_of(what)
    own = tuple(thing for thing in things if thing.kind == what.phrase.noun.one)
    if own:  # a penguin is a bird, too
        noun = replace(what.phrase.noun, kinds=frozenset({own[0].kind}))
        things, what = own, replace(what, phrase=replace(what.phrase, noun=noun))
    sides = tuple(dict.fromkeys(side for thing in things if (side := asked.world.facing(thing))))
    if not sides:
        return None
    claim = Facing(what, sides, max(asked.told_of(what), len(sides)), _going(asked))
    if asked.says(_TOWARDS) and len(asked.phrases) > 1 and len(sides) == 1:
        others = asked.meant(What(asked.phrases[1])).all
        lies_left = left_of(others[0], things[0]) if others else None
        towards = None if lies_left is None else sides == ("left" if lies_left else "right",)
        towards = False if sides == ("us",) else towards
        if asked.world.false and towards is not None:  # all is mirrored, and they still look the same way
            towards = not towards
        return Answer((claim,), towards, what)
    if not asked.yes_or_no() or " or " in f" {asked.text} ":
        return Answer((claim,), subject=what)
    return Answer((claim,), _is_facing(asked, sides), what)


def _going(asked: Asked) -> str:
    """`which way is it flying` is answered with flying, and not with pointing."""
    going = patterns.search(rf"\b({'|'.join(_WAYS)}|{'|'.join(_WAYS.values())})\b", asked.text)
    return _WAYS.get(going[1], going[1]) if going else ""


_WAYS = {
    "fly": "flying",
    "swim": "swimming",
    "drive": "driving",
    "move": "moving",
    "go": "going",
    "head": "heading",
}


def _is_facing(asked: Asked, sides: tuple[str, ...]) -> bool | None:
    wanted = patterns.search(r"\b(left|right|us|me|camera|viewer|forward|at you)\b", asked.text)
    if wanted:
        side = wanted[1] if wanted[1] in {"left", "right"} else "us"
        return side in sides if len(sides) == 1 or side not in sides else None
    if asked.says(r"\bsame (way|direction)\b"):
        return len(sides) == 1
    return False if asked.says(r"\beach other\b|\bone another\b") and len(sides) == 1 else None

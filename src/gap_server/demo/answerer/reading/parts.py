"""What is seen on a thing: the roof of a house, wheels, a collar, a hat."""

from dataclasses import replace

from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Answer, Claim, Has, Missing, Shown, Stated, Unseen, Wears, What
from gap_server.demo.answerer.finding import of_kind
from gap_server.demo.answerer.lexicon import Noun, colour_named, number_named
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.reading.colouring import coloured
from gap_server.demo.answerer.reading.counting import count_of
from gap_server.demo.answerer.reading.gathering import one_by_one
from gap_server.demo.scene.details import DETAILS, PARTS, PATTERNS, WORN
from gap_server.demo.scene.kinds import BACKDROP, KINDS, plural_of

_PATTERNED = r"\b(patterns?|patterned|striped|spotted|dotted|stripy|zigzags?)\b"
_FORMS: dict[str, str] = {form: name for name in PARTS for form in (name, plural_of(name))}
_AS = {"sidelight": "headlight", "feet": "leg", "foot": "leg", "rotor": "propeller", "blades": "propeller"}
_AS |= {"teeth": "tooth", "trunks": "trunk", "leaves": "leaf", "seat": "saddle", "windowpanes": "pane"}
_AS |= {"lampshade": "roof", "shade": "roof", "cork": "lid"}
_AS |= {"antennas": "antenna", "aerial": "antenna", "dot": "spot", "dots": "spot", "lips": "mouth"}
_AS |= {"feeler": "antenna", "feelers": "antenna", "post": "pole", "pincers": "claw", "cover": "lid"}
_IN_STEAD = {"leg": ("paw",), "hand": ("arm", "paw", "wing"), "arm": ("paw", "wing", "ray"), "shoe": ("leg",)}
_RAYS = {"arm": "ray", "leg": "ray", "paw": "ray", "tip": "ray"}
_WEARING = r"\bwear(s|ing)?\b|\b(on|has|have) .*\bheads?\b|\bdressed\b|\b(around|on) .*\bnecks?\b"
_GARMENTS = {"hat": "hat", "cap": "hat", "collar": "collar", "scarf": "scarf", "glasses": "glasses"}


def nose_of_carrot(asked: Asked) -> Answer | None:
    """`does the snowman have a carrot`: its nose is one, as everybody sees it."""
    if not asked.says(r"\bsnowm[ae]n\b.*\bcarrots?\b|\bcarrots?\b.*\bsnowm[ae]n\b") or "carrot" in {
        thing.kind for thing in asked.scene.things
    }:
        return None
    what = next(What(phrase) for phrase in asked.phrases if phrase.kinds == {"snowman"})
    if not asked.spoken_of(what):
        return None
    return _told(asked, "nose", what, "snowman")


def on_it(asked: Asked) -> Answer | None:
    """`what colour is the roof of the house`, `how many wheels has the bicycle`, `has the dog a tail`."""
    within = {
        i
        for phrase in asked.phrases
        if len(phrase.noun.one.split()) > 1
        for i in range(phrase.start, phrase.end)
    }
    at = next((i for i, word in enumerate(asked.words) if part_named(word) and i not in within), None)
    elsewhere = asked.says(r"^where\b|\bbetween\b|^(is|are|what|who|which) .*\b(next to|behind|under)\b")
    elsewhere = elsewhere or asked.says(
        r"\b(way|direction|facing|turned)\b.*\bspouts?\b|\bspouts?\b.*(facing|point|way)"
    )
    if at is None or elsewhere or asked.says(rf"\bwith (a |the )?{asked.words[at]}$"):
        return None  # `the ball with stripes` is the ball
    part = part_named(asked.words[at])
    if part == "plate" and asked.says(r"^what (is|are|lies|stands)?\b.*\bon (the|a|that) plate$"):
        return _on_the_plate(asked)
    if asked.says(r"^how many\b") and asked.phrases and asked.first.kinds and asked.first.end <= at:
        return None if _is_drawn_apart(asked, part) else _having(asked, part)
    holder = _holder(asked, part, at)
    if holder is None:
        return None
    things = asked.spoken_of(holder)
    if not things:
        return Answer((Missing(holder),), False if asked.yes_or_no() else None, holder)
    kind = things[0].kind
    return _told(asked, _RAYS.get(part, part) if kind == "starfish" else _as_drawn(part, kind), holder, kind)


def _as_drawn(part: str, kind: str) -> str:
    """A robot's hands are its arms, a dog's legs its paws."""
    there = DETAILS.get(kind, {})
    return (
        part if part in there else next((other for other in _IN_STEAD.get(part, ()) if other in there), part)
    )


def _is_drawn_apart(asked: Asked, part: str) -> bool:
    """`butterflies in front of the window`: the room's, for no butterfly has one."""
    there = any(thing.kind == part for thing in (*asked.scene.things, *asked.scene.backdrop))
    return there and not any(part in DETAILS.get(kind, {}) for kind in asked.first.kinds)


def _on_the_plate(asked: Asked) -> Answer | None:
    """Each lies on a plate of its own, and what was asked is what it is."""
    cakes = [thing for thing in asked.scene.things if "plate" in DETAILS.get(thing.kind, {})]
    return Answer((Shown(one_by_one(cakes)),), subject=of_kind(cakes[0].kind)) if cakes else None


def patterned(asked: Asked) -> Answer | None:
    """`does the vase have a pattern`, `what pattern is on the wallpaper`, `is the cat striped`."""
    drawn = asked.says(r"^what\b.*\b(drawn|painted|depicted) on\b")
    if not (drawn or asked.says(_PATTERNED)) or not asked.phrases:
        return None
    what = What(asked.first)
    things = asked.spoken_of(what)
    if not things:
        return Answer((Missing(what),), False if asked.yes_or_no() else None, what)
    own = asked.world.pattern(things[0].kind)
    if drawn and own is None:
        return None  # on a sign, a word is
    asks = next((part for part in PATTERNS if asked.says(rf"\b{part[:4]}")), None)
    asks = asks or ("spot" if asked.says(r"\bdotted\b") else None)
    yes = asked.yes_or_no() or None
    if own is None or asks not in {None, own.name}:
        return Answer((Has(what, asks or "pattern", int(asks is None), None, so=False),), yes and False, what)
    return Answer((Has(what, own.name, own.count, own.colour, each=what.phrase.noun.plural),), yes, what)


def _having(asked: Asked, part: str) -> Answer:
    """`how many boats have brown sails`: a part of no colour of its own has the whole's."""
    what = What(asked.first)
    things = asked.meant(what).all
    seen = asked.world.detail(things[0].kind, part) if things else None
    tints = [tint for word in asked.words[asked.first.end :] if (tint := colour_named(word))]
    if seen and tints and seen.colour is None:
        what = What(asked.first, colour=tints[0])
    return Answer((count_of(asked, what),), subject=what)


def has_it(asked: Asked) -> Answer | None:
    """`do the trees have fruit`: of what else it might have, it has none."""
    if len(asked.phrases) != 2 or not asked.says(r"^(does|do|has|have|is|are) the .*\b(have|has|got)\b"):
        return None
    what, other = What(asked.first), asked.phrases[1]
    if other.colour or not asked.spoken_of(what) or what.phrase.backdrop:
        return None
    return Answer((Has(what, other.noun.one, 1, None, so=False),), yes=False, subject=what)


def part_named(word: str) -> str:
    return _FORMS.get(word) or _AS.get(word, "")


def _holder(asked: Asked, part: str, at: int) -> What | None:
    """On what the part is: what is named beside it, else whatever there has one."""
    named = [p for p in asked.phrases if not p.start <= at < p.end and not p.generic]
    if any(not phrase.kinds for phrase in named):
        return None  # smoke from the chimney
    drawn = part in KINDS and not any(part in DETAILS.get(kind, {}) for p in named for kind in p.kinds)
    if drawn or (named and named[0].backdrop and part not in DETAILS.get(min(named[0].kinds), {})):
        return None  # `are there hats on the bench`
    if named:
        return What(named[-1] if asked.says(r"\b(of|on) (the|a|an|each|every) ") else named[0])
    kinds = dict.fromkeys(thing.kind for thing in (*asked.scene.things, *asked.scene.backdrop))
    asks = {part_named(word) for word in asked.words} - {""}
    having = [kind for kind in kinds if part in DETAILS.get(kind, {})]
    having.sort(key=lambda kind: not asks <= DETAILS[kind].keys())  # `the spots on the shell`
    if part in KINDS and (part in {thing.kind for thing in asked.scene.backdrop} or part == "hat"):
        return None
    return (
        of_kind(having[0], many=False)
        if having and not (set(having) <= set(BACKDROP) and part == "window")
        else None
    )


def _told(asked: Asked, part: str, what: What, kind: str) -> Answer:
    seen = asked.world.detail(kind, part, asked.spoken_of(what)[0].colour)
    if seen is None:
        none: Claim = Unseen() if asked.says(r"^how many\b") else Has(what, part, 1, None, so=False)
        return Answer((none,), False if asked.yes_or_no() else None, what)
    if asked.says(r"\bhow many\b|\bnumber of\b|\bcount\b"):
        count = asked.world.how_many(kind, part)
        claim: Claim = Has(what, part, count, None, counted=True) if count else Unseen()
        return Answer((claim,), subject=what)
    each = what.phrase.noun.plural and kind in asked.world.several
    so = asked.world.state(part, "open")
    if so is not None and asked.says(r"\b(open|opened|closed|shut)\b"):
        leaf = What(Phrase(Noun(frozenset(), part, plural_of(part), plural=False), 0, 0))
        wanted = None if not asked.yes_or_no() else so is asked.says(r"\bopen(ed)?\b")
        return Answer((Stated(leaf, "open", so, 1),), wanted, what)
    colour = seen.colour
    if colour is None and asked.says(r"\bcolou?rs?\b|^which\b"):  # sails have the colour of their boats
        tints = dict.fromkeys(thing.colour for thing in asked.spoken_of(what))
        if len(tints) > 1:
            return Answer((coloured(asked, what),), subject=what)
        colour = next(iter(tints), None)
    own = DETAILS[kind].get(part, seen) if asked.says(r"\bcolours?\b") else seen
    count = own.count  # its colour is asked, not how many there are
    claim = Has(what, part, count, colour, each=each)
    if not asked.yes_or_no():
        return Answer((claim,), subject=what)
    yes = _so(asked, seen.count, seen.colour)
    claim = replace(claim, whether=yes is True and _names_nothing_more(asked))
    return Answer((claim,), not yes if asked.says(r"\bwithout\b") else yes, what)


def _names_nothing_more(asked: Asked) -> bool:
    """Whether neither a colour nor a number of the part was asked for."""
    return not any(colour_named(word) for word in asked.words) and not any(
        word != "one" and number_named(word) for word in asked.words
    )


def _so(asked: Asked, count: int, colour: str | None) -> bool | None:
    """Whether what was said of the part is so: its colour, its number, or that it is there at all."""
    tints = [tint for word in asked.words if (tint := colour_named(word))]
    if tints and colour:
        return colour in tints
    numbers = [n for word in asked.words if (n := number_named(word)) and word != "one"]
    if numbers and count:
        return count == numbers[-1]
    return (
        True
        if asked.says(
            r"^(does|do|has|have|is there|are there|is|can)\b.*\b(have|has|got|there|with|without|see)\b"
        )
        or (asked.says(r"^(is|are) there\b"))
        else None
    )


def worn(asked: Asked) -> Answer | None:
    """`what is the snowman wearing`, `is anybody wearing a hat`, `what is on the dog's neck`."""
    if not asked.says(_WEARING):
        return None
    garments = _GARMENTS | {plural_of(word): worn for word, worn in _GARMENTS.items()}
    garment = next((garments[word] for word in asked.words if word in garments), None)
    who = [p for p in asked.phrases if p.kinds and not p.backdrop and p.noun.one not in {"hat", "cap"}]
    if who and not who[0].generic:
        return _of_one(asked, What(who[0]), garment)
    return _of_anybody(asked, garment)


def _of_one(asked: Asked, what: What, garment: str | None) -> Answer:
    things = asked.spoken_of(what)
    if not things:
        return Answer((Missing(what),), False if asked.yes_or_no() else None, what)
    own = next((WORN[thing.kind] for thing in things if thing.kind in WORN), None)
    fits = own is not None and garment in {None, own} and _fits(asked, own)
    claim = _wears(asked, what, things[0].kind) if fits else Wears(what, garment)
    return Answer((claim,), fits if asked.yes_or_no() else None, what)


def _fits(asked: Asked, own: str) -> bool:
    """A collar is not on the head, a hat not around the neck."""
    return not asked.says(r"\bnecks?\b" if own == "hat" else r"\bheads?\b")


def _wears(asked: Asked, what: What, kind: str) -> Wears:
    seen = asked.world.detail(kind, WORN[kind])
    return Wears(what, WORN[kind], seen.colour if seen else None)


def _of_anybody(asked: Asked, garment: str | None) -> Answer | None:
    kinds = [kind for kind in WORN if any(thing.kind == kind for thing in asked.scene.things)]
    wearing = [kind for kind in kinds if garment in {None, WORN[kind]} and _fits(asked, WORN[kind])]
    yes = asked.yes_or_no()
    if wearing:
        what = of_kind(wearing[0], many=False)
        return Answer((_wears(asked, what, wearing[0]),), True if yes else None, what)
    hats = [What(phrase) for phrase in asked.phrases if phrase.kinds]
    return Answer((Wears(None, garment),), False if yes else None, hats[0] if hats else None)

"""What somebody wears: a hat, a collar."""

from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Answer, Missing, Wears, What
from gap_server.demo.answerer.finding import of_kind
from gap_server.demo.scene.details import WORN
from gap_server.demo.scene.kinds import plural_of

_WEARING = r"\bwear(s|ing)?\b|\b(on|has|have) .*\bheads?\b|\bdressed\b|\b(around|on) .*\bnecks?\b"
_GARMENTS = {"hat": "hat", "cap": "hat", "collar": "collar", "scarf": "scarf", "glasses": "glasses"}


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
    claim = _wears(asked, what, things[0].kind) if fits else Wears(what, garment, n=asked.told_of(what))
    return Answer((claim,), fits if asked.yes_or_no() else None, what)


def _fits(asked: Asked, own: str) -> bool:
    """A collar is not on the head, a hat not around the neck."""
    return not asked.says(r"\bnecks?\b" if own == "hat" else r"\bheads?\b")


def _wears(asked: Asked, what: What, kind: str) -> Wears:
    seen = asked.world.detail(kind, WORN[kind])
    every = {(t.kind, asked.world.detail(t.kind, WORN[kind], t.colour)) for t in asked.spoken_of(what)}
    alike = every == {(kind, seen)}
    return Wears(what, WORN[kind], seen.colour if seen else None, asked.told_of(what) if alike else 1)


def _of_anybody(asked: Asked, garment: str | None) -> Answer | None:
    kinds = [kind for kind in WORN if any(thing.kind == kind for thing in asked.scene.things)]
    wearing = [kind for kind in kinds if garment in {None, WORN[kind]} and _fits(asked, WORN[kind])]
    yes = asked.yes_or_no()
    if wearing:
        what = of_kind(wearing[0], many=False)
        return Answer((_wears(asked, what, wearing[0]),), True if yes else None, what)
    hats = [What(phrase) for phrase in asked.phrases if phrase.kinds]
    return Answer((Wears(None, garment),), False if yes else None, hats[0] if hats else None)

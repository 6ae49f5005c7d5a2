"""What a thing is patterned with: stripes, spots, a zigzag."""

from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Answer, Has, Missing, What
from gap_server.demo.scene.details import PATTERNS

_PATTERNED = r"\b(patterns?|patterned|striped|spotted|dotted|stripy|zigzags?)\b"


def patterned(asked: Asked) -> Answer | None:
    """`does the vase have a pattern`, `what pattern is on the wallpaper`, `is the cat striped`."""
    drawn = asked.says(r"^what\b.*\b(drawn|painted|depicted) on\b")
    if not (drawn or asked.says(_PATTERNED)) or not asked.phrases or asked.says(r"^how many\b"):
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
    has = Has(what, own.name, own.count, own.colour, each=what.phrase.noun.plural, whether=yes is not None)
    return Answer((has,), yes, what)

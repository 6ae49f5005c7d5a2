"""How many look to a side, and whether they look at each other."""

from dataclasses import replace

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Answer, Count, Missing, Turned, Unseen, What
from gap_server.demo.answerer.judging.qualities import turn_of

_LOOK = (
    r"(?:fly|flies|flying|face|faces|facing|look|looks|looking|point|points|pointing|swim|swims|swimming|go|goes"
    r"|going|drive|drives|driving|head|heads|heading|turned|move|moves|moving|ride|riding)"
)
_MANY = rf"^(?:how many|count)\b.*? {_LOOK} (?:(?:on|to|towards) )?(?:the )?(left|right)$"
_WAY = r"(?:way|direction|side)s?"
_TOGETHER = r"\b(?:(?:at|towards?|to|facing|face) (?:each other|one another)|face to face)\b"
_APART = r"\b(?:away|apart|back to back)\b"
_ELSEWHERE = rf"\b(?:opposite|different|other) {_WAY}"
_SAME = rf"\b(?:same|one) {_WAY}"


def how_many_face(asked: Asked) -> Answer | None:
    """`how many planes are flying to the left`, `how many ducks face right`."""
    side = patterns.search(_MANY, asked.text)
    if side is None or len(asked.phrases) != 1 or asked.first.generic:
        return None
    kind = What(asked.first.without_region() if asked.first.placed_after else asked.first)
    if not any(asked.world.facing(thing) for thing in asked.meant(kind).all):
        return None
    what = replace(kind, facing=side[1])
    return Answer((Count(what, len(asked.meant(what).sure)),), subject=kind)


def turned(asked: Asked) -> Answer | None:
    """`are the ducks looking at each other or away`, `do all planes fly the same way`."""
    wanted = _wanted(asked)
    if not wanted or not asked.phrases or not asked.yes_or_no() or not asked.says(rf"\b{_LOOK}\b|\bback\b"):
        return None
    joined = len(asked.phrases) > 1 and asked.gap(0) in {"and", "and the"}
    if not (joined or asked.first.noun.plural):
        return None  # `is the turtle heading towards the path or away from it`
    whats = tuple(What(phrase) for phrase in asked.phrases[: 1 + joined])
    if gone := next((what for what in whats if not asked.meant(what).all), None):
        return Answer((Missing(gone),), yes=False, subject=gone)
    things = [thing for what in whats for thing in asked.meant(what).all]
    if not all(asked.world.facing(thing) for thing in things):
        return Answer((Unseen(),), subject=whats[0])
    turn = turn_of(asked.world, things) or wanted[0]
    if turn in {"together", "apart"} and not {"together", "apart"} & set(wanted):
        turn = "different"
    asks = wanted[0] if len(wanted) == 1 else ""
    return Answer((Turned(whats, turn, asks),), turn == asks if asks else None, whats[0])


def _wanted(asked: Asked) -> list[str]:
    """Of what turns it is asked: of one, whether it is so; of two, which of them is."""
    pair = asked.says(_TOGETHER) or asked.says(_APART)
    forms = [("together", _TOGETHER), ("apart", rf"{_APART}|{_ELSEWHERE}" if pair else _APART)]
    forms += [("same", _SAME), *([] if pair else [("different", _ELSEWHERE)])]
    return [turn for turn, form in forms if asked.says(form)]

"""What comes after what, from one side to the other."""

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Answer, First, Missing, Part, Row, What
from gap_server.demo.answerer.finding import is_thing
from gap_server.demo.answerer.measures import from_side
from gap_server.demo.answerer.standing import standing_on

_ORDER = r"\b(left|right) to (?:the )?(?:left|right)\b"
_MOST = 6
"""Nobody listens to a longer row."""


def in_a_row(asked: Asked) -> Answer | None:
    """`name the colours of the boats from left to right`, `list the animals right to left`."""
    order = patterns.search(_ORDER, asked.text)
    i = next((i for i, phrase in enumerate(asked.phrases) if not phrase.backdrop), None)
    if order is None or i is None or asked.yes_or_no() or asked.says(r"\bhow many\b|\bfirst\b"):
        return None
    what: What | None = asked.what(i)
    if what and what.phrase.placed_after:
        what = What(what.phrase.without_region())
    elif what and what.phrase.generic and not what.relation:
        what = None
    things = asked.meant(what).all if what else asked.scene.things
    things = tuple(thing for thing in things if is_thing(thing))
    if not things:
        return Answer((Missing(what),), subject=what) if what else None
    if len(things) > _MOST and not asked.world.false:
        return None
    row = from_side(things, order[1])[:_MOST]
    return Answer((Row(what, order[1], tuple(Part(t.kind, t.colour) for t in row)),), subject=what)


def what_comes_first(asked: Asked) -> Answer | None:
    """`walking along the pavement from left to right, what do i come across first`."""
    order = patterns.search(rf"{_ORDER}|\bfrom the (left|right)\b", asked.text)
    if order is None or not asked.says(r"\bwhat\b") or not asked.says(r"\bfirst\b"):
        return None
    side = order[1] or order[2]
    ground = next((What(phrase.without_region()) for phrase in asked.phrases if phrase.backdrop), None)
    things = standing_on(asked.world, ground)
    if not things:
        return None
    first = from_side(things, side)[0]
    return Answer((First(side, ground, Part(first.kind, first.colour)),), subject=ground)

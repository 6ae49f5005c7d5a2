"""What a lie says where a question offers two colours: the other one."""

from dataclasses import replace

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.claims import Answer, Claim, Colours, Has
from gap_server.demo.answerer.english.spelling import COLOUR_WORD

_TWO = rf"\b({COLOUR_WORD}) or (?:the )?({COLOUR_WORD})$"


def of_the_offered(truth: Answer, lie: Answer, text: str) -> Answer:
    """`is the collar red or blue`: of a red one, that it is blue."""
    offered, first = patterns.search(_TWO, text), truth.claims[0]
    if offered is None or type(first) is not type(lie.claims[0]):
        return lie
    told = _of_other_colour(first, offered[1], offered[2]) or _of_other_colour(first, offered[2], offered[1])
    return lie if told is None else replace(lie, claims=(told, *lie.claims[1:]))


def _of_other_colour(claim: Claim, own: str, other: str) -> Claim | None:
    if isinstance(claim, Has) and claim.so and claim.colour == own:
        return replace(claim, colour=other)
    if isinstance(claim, Colours) and claim.colours == (own,):
        return replace(claim, colours=(other,))
    return None

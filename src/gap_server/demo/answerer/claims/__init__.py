"""What an answer claims, in no language: each claim can be said by a grammar and compared with another."""

from dataclasses import dataclass

from gap_server.demo.answerer.claims.compared import (
    Alike,
    Between,
    First,
    More,
    Most,
    Nearest,
    Related,
    Row,
    Sized,
    Spans,
)
from gap_server.demo.answerer.claims.qualities import (
    Facing,
    FacingOnes,
    Formed,
    Has,
    Inside,
    Joined,
    Named,
    OnSide,
    Posed,
    Stated,
    Together,
    Turned,
    Wears,
)
from gap_server.demo.answerer.claims.seen import (
    Blank,
    Colours,
    Count,
    CountOfBoth,
    Ground,
    Hours,
    IsLight,
    IsPlace,
    IsSeason,
    IsWeather,
    Letters,
    Missing,
    Mostly,
    Palette,
    Places,
    Rather,
    Shown,
    Sorts,
    Unseen,
    Written,
)
from gap_server.demo.answerer.claims.spoken import Part, What, Where

__all__ = [
    "Alike",
    "Answer",
    "Between",
    "Blank",
    "Claim",
    "Colours",
    "Count",
    "CountOfBoth",
    "Facing",
    "FacingOnes",
    "First",
    "Formed",
    "Ground",
    "Has",
    "Hours",
    "Inside",
    "IsLight",
    "IsPlace",
    "IsSeason",
    "IsWeather",
    "Joined",
    "Letters",
    "Missing",
    "More",
    "Most",
    "Mostly",
    "Named",
    "Nearest",
    "OnSide",
    "Palette",
    "Part",
    "Places",
    "Posed",
    "Rather",
    "Related",
    "Row",
    "Shown",
    "Sized",
    "Sorts",
    "Spans",
    "Stated",
    "Together",
    "Turned",
    "Unseen",
    "Wears",
    "What",
    "Where",
    "Written",
]

Claim = (
    Count
    | CountOfBoth
    | Sorts
    | Letters
    | Colours
    | Palette
    | Mostly
    | Places
    | Ground
    | Shown
    | Missing
    | Rather
    | Written
    | Blank
    | Hours
    | More
    | Sized
    | Spans
    | Most
    | Nearest
    | Related
    | Between
    | Row
    | First
    | Posed
    | Has
    | OnSide
    | Wears
    | Together
    | Stated
    | Formed
    | Facing
    | FacingOnes
    | Turned
    | Named
    | Inside
    | Joined
    | Alike
    | IsPlace
    | IsLight
    | IsWeather
    | IsSeason
    | Unseen
)


@dataclass(frozen=True, slots=True)
class Answer:
    """`yes` where the question wants one. `subject`: of what a remark should speak. `aside`: whether the last
    claim is of something that was not asked for.
    """

    claims: tuple[Claim, ...]
    yes: bool | None = None
    subject: What | None = None
    aside: bool = False

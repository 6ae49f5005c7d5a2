"""Lies about the place, the hour, the weather; and of what no picture tells."""

from collections.abc import Iterator
from dataclasses import replace

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.claims import Claim
from gap_server.demo.answerer.lying import offered
from gap_server.demo.answerer.lying.demands import Case, near_misses_of, other_offered


@other_offered.register
def _(truth: said.IsPlace, case: Case) -> Claim | None:
    if truth.doors or truth.wild is not None:
        return None
    place = offered.other_place(case.asked.text, truth.place)
    return replace(truth, place=place) if place else None


@near_misses_of.register
def _(truth: said.IsPlace, case: Case) -> Iterator[Claim]:
    del case
    if truth.wild is not None:
        yield replace(truth, wild=not truth.wild)


@other_offered.register
def _(truth: said.IsWeather, case: Case) -> Claim | None:
    weather = offered.other_weather(case.asked.text, truth.weather)
    return replace(truth, weather=weather) if weather else None


@near_misses_of.register
def _(truth: said.IsWeather, case: Case) -> Iterator[Claim]:
    del case
    yield from (replace(truth, weather=other) for other in ("rainy", "foggy"))


@other_offered.register
def _(truth: said.IsLight, case: Case) -> Claim | None:
    light = offered.other_light(case.asked.text, truth.light)
    return replace(truth, light=light) if light else None


@near_misses_of.register(said.IsLight)
@near_misses_of.register(said.IsSeason)
@near_misses_of.register(said.Unseen)
def _(truth: said.IsLight | said.IsSeason | said.Unseen, case: Case) -> Iterator[Claim]:
    """The false world has another; of what no picture tells, nothing is near."""
    del truth, case
    yield from ()

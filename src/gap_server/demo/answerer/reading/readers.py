"""The one list of everything the demo answerer understands, tried in order."""

import re
from collections.abc import Callable

from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import (
    Answer,
    Missing,
    Unseen,
    What,
)
from gap_server.demo.answerer.keeping import keeps
from gap_server.demo.answerer.lexicon import KNOWN, OTHER_WORDS, POSES, Noun
from gap_server.demo.answerer.phrases import Phrase
from gap_server.demo.answerer.reading import (
    amid,
    bearing,
    choosing,
    colouring,
    comparing,
    counting,
    existing,
    lettering,
    listing,
    naming,
    parts,
    patterning,
    placing,
    posing,
    qualities,
    related,
    relating,
    rowing,
    setting,
    sides,
    sizing,
    turning,
    wearing,
)
from gap_server.demo.scene.details import PARTS
from gap_server.demo.scene.kinds import plural_of

_READERS: tuple[Callable[[Asked], Answer | None], ...] = (
    counting.compared,
    rowing.what_comes_first,
    rowing.in_a_row,
    turning.how_many_face,
    turning.turned,
    naming.is_named,
    existing.which_is_missing,
    comparing.closer_of_two,
    existing.is_another,
    naming.is_rather,
    setting.what_is_outside,
    counting.most_common_colour,
    counting.most_common,
    lettering.which_shows,
    lettering.what_hour,
    lettering.which_is_blank,
    lettering.how_many_letters,
    lettering.what_is_written,
    bearing.windows,
    bearing.altogether,
    sides.what_is_on_it,
    patterning.patterned,
    parts.nose_of_carrot,
    wearing.worn,
    bearing.which_has,
    sides.which_side,
    parts.on_it,
    parts.has_it,
    parts.has_none,
    qualities.which_face,
    qualities.facing,
    qualities.is_in_state,
    qualities.is_formed,
    counting.how_many,
    colouring.same_colour,
    colouring.which_is_not,
    counting.is_count,
    existing.what_inside,
    existing.is_taken,
    existing.is_bare,
    existing.is_only,
    existing.what_serves,
    setting.what_shines,
    setting.is_shining,
    setting.is_place,
    setting.what_place,
    setting.what_weather,
    colouring.what_colour,
    related.relative_to,
    posing.is_joined,
    placing.where,
    listing.described,
    posing.who_drives,
    comparing.odd_one_out,
    choosing.which_leads,
    choosing.which_coloured,
    choosing.which_one,
    colouring.is_colour,
    sizing.what_size,
    comparing.same_size,
    comparing.closer_to,
    comparing.nearest_to,
    comparing.which_is,
    setting.what_hour_of_day,
    placing.is_placed,
    posing.who_is,
    posing.what_doing,
    placing.standing_on,
    related.side_by_side,
    related.is_related,
    amid.what_is_amid,
    relating.what_is_related,
    comparing.the_most,
    choosing.what_is_it,
    listing.which_kinds,
    listing.background,
    listing.everything,
    listing.is_it,
    posing.is_not_doing,
    existing.is_there,
)


def answered(asked: Asked) -> Answer | None:
    for reader in _READERS:
        answer = reader(asked)
        if answer is not None and keeps(asked, answer):
            return answer
    return _something(asked)


def _something(asked: Asked) -> Answer | None:
    """A question that names a thing, but asks what no picture here tells: say something else of it."""
    named = [phrase for phrase in asked.phrases if not phrase.generic]
    if unknown := _unknown(asked):
        return Answer((Missing(unknown),), False if asked.yes_or_no() else None, unknown)
    if asked.says(r"^is (anything|something|everything) \w+$"):
        return Answer((Unseen(),))
    if not named:  # windows of a house: nobody has counted them
        return Answer((Unseen(),)) if {"window", "windows"} & set(asked.words) else None
    what = What(named[-1] if asked.says(r"^how many (\w+ ){1,2}(do|does)\b") else named[0])
    if (
        asked.says(rf"^which( \w+){{1,2}}( there| indoors)?$|^which \w+( (is|are))? ({POSES})\b")
        and asked.meant(what).all
    ):
        return Answer((colouring.coloured(asked, what),), subject=what)  # `какой ковёр`: what it is like
    if asked.meant(what).all and what.phrase.noun.one != "ground":
        told = placing.places if what.phrase.colour else colouring.coloured  # the red one is red: no news
        return Answer((Unseen(), told(asked, what)), subject=what)
    return Answer((Missing(what),), False if asked.yes_or_no() else None, what)


def _unknown(asked: Asked) -> What | None:
    """What is asked for by a noun that no scene knows: it is not there."""
    asks = _ASKS_FOR.match(asked.text)
    if asks is None or (asks["noun"] in KNOWN and asks["noun"] not in {*_PARTS, *OTHER_WORDS}):
        return None
    noun = asks["noun"]
    many = noun.endswith("s") and asks["of"] not in {"a", "an"}
    one = _PARTS.get(noun, noun.removesuffix("s") if many else noun)
    return What(Phrase(Noun(frozenset(), one, noun if many else noun + "s", plural=many), 0, 0))


_PARTS = {form: part for part in PARTS for form in (part, plural_of(part))}
_ASKS_FOR = re.compile(
    r"^(?:(?:is|are) there|how many|where (?:is|are)|what colour (?:is|are))(?: (?P<of>an?|the|any|some|no))?"
    r" (?:\w+ ){0,2}?(?P<noun>[a-z]{3,})"
    r"(?: (?:are there|is there|(?:\w+ing )?(?:in|on|at|from|inside|by|near|next to|around) (?:the|a) \w+"
    r"( \w+)?|there|here|on it))?$"
)

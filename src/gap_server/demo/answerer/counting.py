"""How many."""

import re

from gap_server.demo.answerer.asked import Asked, Pair
from gap_server.demo.answerer.finding import Found, is_thing, meant, named
from gap_server.demo.answerer.lexicon import colour_named, number_named
from gap_server.demo.answerer.wording import capital, noun_of, number, region
from gap_server.demo.scene.description import Thing
from gap_server.demo.scene.kinds import THINGS

_FORMS = (
    "There {are} {many}.",
    "There {are} {many} in the picture.",
    "I can see {many}.",
    "I count {many}.",
)


_COLOURED = r"(?:that |which |of them )?(?:are |is )?(?:there )?(?P<no>not )?(?:coloured )?(?P<colour>\w+)$"


def how_many(asked: Asked) -> Pair | None:
    """`how many red cars`, `number of dogs`, `count the boats`, `how many cats and dogs`."""
    if not asked.says(r"\b(how many|number of|count|amount of)\b") or asked.says(
        r"^(is|are) .* (more|fewer) "
    ):
        return None
    if asked.says(r"how many (different )?colours"):
        return _of_colours(asked)
    if asked.says(r"\bkinds of\b"):
        return _of_kinds(asked)
    if not asked.phrases:
        return None
    found = _counted(asked)
    label = _label(asked)
    return _said(asked, len(found.sure), _possible(found), label)


def _counted(asked: Asked) -> Found:
    found = meant(asked)
    colour = re.match(_COLOURED, asked.gap(0))
    if colour and (tint := colour_named(colour["colour"])):
        wanted = colour["no"] is None
        parts = (tuple(t for t in part if (t.colour == tint) is wanted) for part in (found.sure, found.maybe))
        found = Found(*parts)
    if len(asked.phrases) > 1 and re.fullmatch(r"(and|or|plus)( the)?", asked.gap(0)):
        other = meant(asked, 1)
        return Found(_once(found.sure + other.sure), _once(found.maybe + other.maybe))
    return found


def _once(things: tuple[Thing, ...]) -> tuple[Thing, ...]:
    return tuple(dict.fromkeys(things))


def _label(asked: Asked) -> tuple[str, str]:
    first = asked.first
    if len(asked.phrases) > 1 and re.fullmatch(r"(and|or|plus)( the)?", asked.gap(0)):
        many = f"{noun_of(first, 2)} and {noun_of(asked.phrases[1], 2)}"
        return many, many
    colour = re.match(_COLOURED, asked.gap(0))
    tint = colour_named(colour["colour"]) if colour else None
    where = f" {region(first.region)}" if first.region else asked.narrowing()
    prefix = f"{tint} " if tint and tint != first.colour else ""
    if colour and tint and colour["no"]:
        prefix, where = "", f" that {'is' if first.noun.many == first.noun.one else 'are'} not {tint}"
    return f"{prefix}{noun_of(first, 1)}{where}", f"{prefix}{noun_of(first, 2)}{where}"


def _possible(found: Found) -> set[int]:
    """Every count that somebody looking might give."""
    return set(range(len(found.sure), len(found.all) + 1))


def _said(asked: Asked, n: int, possible: set[int], label: tuple[str, str]) -> Pair:
    form = asked.dice.shape("count", _FORMS)
    wrong = asked.dice.value("off", _near(n, possible))
    return Pair(_filled(form, n, label), _filled(form, wrong, label))


def _near(n: int, possible: set[int]) -> list[int]:
    """Wrong counts close to the right one; never nothing where there is something to see, if it can be
    helped.
    """
    for reach in (2, 4, 12):
        wrong = [m for m in range(max(n - reach, 1 if n else 0), n + reach + 1) if m not in possible]
        if wrong:
            return wrong
    return [n + 13]


def _filled(form: str, n: int, label: tuple[str, str]) -> str:
    if form.endswith(" in the picture.") and " the " in label[1]:
        form = form.replace(" in the picture", "")  # `on the table` says where already
    many = f"{number(n)} {label[0] if n == 1 else label[1]}"
    return form.format(are="is" if n == 1 else "are", many=many)


def _of_colours(asked: Asked) -> Pair:
    things = named(asked.scene, asked.first) if asked.phrases else list(asked.scene.things)
    n = len({thing.colour for thing in things})
    return _said(asked, n, {n}, ("colour", "colours"))


def _of_kinds(asked: Asked) -> Pair | None:
    if not asked.phrases:
        return None
    things = [thing for thing in named(asked.scene, asked.first) if is_thing(thing)]
    n = len({thing.kind for thing in things})
    nouns = asked.first.noun
    return _said(asked, n, {n}, (f"kind of {nouns.one}", f"kinds of {nouns.many}"))


def is_count(asked: Asked) -> Pair | None:
    """`are there two cats`, `more than one dog`, `exactly three`, `at least 5 chairs`."""
    asks = re.search(
        r"\b(?P<how>more than|fewer than|less than|at least|at most|exactly)?\s?(?P<n>\w+)$", asked.before()
    )
    if not (asked.yes_or_no() and asked.phrases and asks):
        return None
    asked_for = number_named(asks["n"])
    how = asks["how"] or ("exactly" if asked_for is not None else "")
    if asked_for is None or (asked_for == 1 and not asks["how"]) or (" than " in asked.gap(0)):
        return None
    found = meant(asked)
    return _judged(asked, found, how, asked_for)


def _judged(asked: Asked, found: Found, how: str, n: int) -> Pair:
    verdicts = {_fits(how, count, n) for count in _possible(found)}
    label = _label(asked)
    true = len(found.sure)
    if len(verdicts) > 1:  # a thing on the edge of a region decides it: say the number, and not yes or no
        return _said(asked, true, _possible(found), label)
    if verdicts == {True}:
        wrong = sorted((m for m in range(1, true + 25) if not _fits(how, m, n)), key=lambda m: abs(m - true))[
            :2
        ] or [0]
        return Pair(_yes(true, label), _no(asked.dice.value("off", wrong), label))
    claimed = [
        m for m in range(max(true - 3, 1), true + 25) if _fits(how, m, n) and m not in _possible(found)
    ] or [0]
    nearest = min(claimed, key=lambda m: abs(m - n))
    return Pair(_no(true, label), _yes(nearest, label))


def _fits(how: str, count: int, n: int) -> bool:
    if how == "more than":
        return count > n
    if how in {"fewer than", "less than"}:
        return count < n
    if how == "at least":
        return count >= n
    return count <= n if how == "at most" else count == n


def _yes(n: int, label: tuple[str, str]) -> str:
    return f"Yes, {_lower(_filled('There {are} {many} in the picture.', n, label))}"


def _no(n: int, label: tuple[str, str]) -> str:
    return f"No, {_lower(_filled('There {are} {many} in the picture.', n, label))}"


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def compared(asked: Asked) -> Pair | None:
    """`more cars or more bicycles`, `are there fewer cups than books`, `the same number of`."""
    if len(asked.phrases) < 2 or not asked.says(
        r"\b(more|fewer|less|as many|same (number|amount)|outnumber|equal)\b"
    ):
        return None
    first, second = asked.phrases[:2]
    a, b = noun_of(first, 2), noun_of(second, 2)
    n, m = (len(named(asked.scene, phrase)) for phrase in (first, second))
    claims = {
        1: f"there are more {a} than {b}",
        -1: f"there are more {b} than {a}",
        0: f"there are as many {a} as {b}",
    }
    true = (n > m) - (n < m)
    if not asked.yes_or_no() or asked.says(r" or (more|fewer|the|less) "):
        false = asked.dice.value("more", [sign for sign in (1, -1) if sign != true])
        return Pair(capital(f"{claims[true]}."), capital(f"{claims[false]}."))
    return _compared_yes_or_no(asked, claims, true)


def _compared_yes_or_no(asked: Asked, claims: dict[int, str], true: int) -> Pair:
    wanted = 0 if asked.says(r"as many|same|equal") else (-1 if asked.says(r"fewer|less") else 1)
    if true == wanted:
        false = asked.dice.value("more", [sign for sign in (1, -1) if sign != wanted])
        return Pair(f"Yes, {claims[true]}.", f"No, {claims[false]}.")
    return Pair(f"No, {claims[true]}.", f"Yes, {claims[wanted]}.")


def most_common(asked: Asked) -> Pair | None:
    """`what is the most common object`."""
    if not asked.says(r"\bmost (common|frequent|of)\b|\bappears? (the )?most\b"):
        return None
    if asked.says(r"\bcolours?\b"):
        return None
    phrase = asked.phrases[0] if asked.phrases else None
    kinds = [thing.kind for thing in asked.scene.things if phrase is None or thing.kind in phrase.kinds]
    if not kinds:
        return None
    best = max(kinds.count(kind) for kind in kinds)
    top = [kind for kind in dict.fromkeys(kinds) if kinds.count(kind) == best]
    fewer = [kind for kind in dict.fromkeys(kinds) if kinds.count(kind) < best] or [
        kind for kind in THINGS if kind not in kinds
    ]
    form = asked.dice.shape("most", ("The most common thing is the {}.", "I see the {} most often."))
    return Pair(form.format(top[0]), form.format(asked.dice.value("fewer", fewer)))

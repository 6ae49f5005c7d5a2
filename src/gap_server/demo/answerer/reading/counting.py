"""How many."""

from collections import Counter

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import (
    Answer,
    Claim,
    Count,
    CountOfBoth,
    Missing,
    More,
    Most,
    Mostly,
    Part,
    Sorts,
    What,
)
from gap_server.demo.answerer.finding import Found, is_thing, named
from gap_server.demo.answerer.judging.qualities import UNRIPE
from gap_server.demo.answerer.lexicon import NUMBERS, POSES, SAME_POSE, colour_named, number_named
from gap_server.demo.answerer.standing import on
from gap_server.demo.scene.kinds import KINDS

_COLOURED = r"(?:that |which |of them )?(?:are |is )?(?:there )?(?P<no>not )?(?:coloured )?(?P<colour>\w+)$"
_JOINED = r"(and|or|plus)( the)?( how many)?"


def how_many(asked: Asked) -> Answer | None:
    """`how many red cars`, `number of dogs`, `count the boats`, `how many cats and dogs`."""
    if not asked.says(r"\b(how many|number of|count|amount of|how much)\b") or asked.says(
        r"^(is|are) .* (more|fewer) "
    ):
        return None
    if asked.says(r"(how many|number of) (different )?colours"):
        return _of_colours(asked)
    if asked.says(r"\bkinds of\b"):
        return _of_kinds(asked)
    if not asked.phrases or asked.says(r"^how many (\w+ ){1,2}(do|does) (the|each|every) .* (have|got)$"):
        return None
    what = _in_state(asked, counted(asked))
    if len(asked.phrases) > 1 and patterns.fullmatch(_JOINED, asked.gap(0)):
        return Answer((_both(asked),), subject=what)
    return Answer((count_of(asked, what),), subject=what)


def counted(asked: Asked) -> What:
    """The first phrase, with a colour that stands after it: `how many chairs are red`."""
    what = asked.what()
    pose = patterns.match(rf"(?:that |which )?(?:are |is )?({POSES})\b", asked.gap(0))
    doing = {KINDS[kind].pose for kind in what.phrase.kinds}
    told = SAME_POSE.get(pose[1], pose[1]) if pose else ""
    if pose and told in {"standing", "lying", "sitting"} and not doing & {"standing", "sitting"}:
        return what  # chairs do nothing else
    if pose and not (
        what.relation and pose[1] in {"lying", "lie", "lies", "standing", "stand", "sitting", "sit"}
    ):
        return What(what.phrase, what.relation, what.other, pose=SAME_POSE.get(pose[1], pose[1]))
    colour = patterns.match(_COLOURED, asked.gap(0))
    tint = colour_named(colour["colour"]) if colour else None
    if colour and tint and what.phrase.colour is None:
        return What(what.phrase, colour=tint, unlike=colour["no"] is not None)
    return what


def _in_state(asked: Asked, what: What) -> What:
    """`how many bananas are ripe`: their colour tells."""
    kind = min(what.phrase.kinds, default="") if len(what.phrase.kinds) == 1 else ""
    ripe = patterns.match(r"(?:that |which )?(?:are |is )?(?P<no>not |un)?ripe\b", asked.gap(0))
    if ripe is None or kind not in UNRIPE or what.phrase.colour:
        return what
    return What(what.phrase, colour=UNRIPE[kind], unlike=ripe["no"] is None)


def count_of(asked: Asked, what: What) -> Count:
    found = asked.meant(what)
    return Count(what, len(found.sure))


def _both(asked: Asked) -> Claim:
    first, second = What(asked.first), What(asked.phrases[1])
    parts = [asked.meant(what) for what in (first, second)]
    sure = dict.fromkeys(thing for part in parts for thing in part.sure)
    return CountOfBoth(first, second, len(sure))


def _possible(found: Found) -> frozenset[int]:
    """Every count that somebody looking might give."""
    return frozenset(range(len(found.sure), len(found.all) + 1))


def _of_colours(asked: Asked) -> Answer:
    things = named(asked.scene, asked.first) if asked.phrases else list(asked.scene.things)
    what = None if not asked.phrases or asked.first.generic else asked.what()
    return Answer((Sorts("colour", what, len({thing.colour for thing in things})),), subject=what)


def _of_kinds(asked: Asked) -> Answer | None:
    if not asked.phrases:
        return None
    things = [thing for thing in named(asked.scene, asked.first) if is_thing(thing)]
    n = len({thing.kind for thing in things})
    return Answer((Sorts("kind", asked.what(), n),), subject=asked.what())


def is_count(asked: Asked) -> Answer | None:
    """`are there two cats`, `more than one dog`, `exactly three`, `at least 5 chairs`."""
    asks = patterns.search(
        r"\b(?P<how>more than|fewer than|less than|at least|at most|exactly)?\s?(?P<n>\w+)$", asked.before()
    )
    if not (asked.yes_or_no() and asked.phrases and asks):
        return None
    wanted = number_named(asks["n"])
    how = asks["how"] or ("exactly" if wanted is not None else "")
    if wanted is None or (wanted == 1 and not asks["how"]) or (" than " in asked.gap(0)):
        return None
    what = counted(asked)
    count = count_of(asked, what)
    verdicts = {_fits(how, n, wanted) for n in _possible(asked.meant(what))}
    # a thing on the edge of a region decides it: say the number, and not yes or no
    either = len(verdicts) > 1 or asked.says(rf"\b({'|'.join(NUMBERS)}|\d+) or ")
    return Answer((count,), None if either else verdicts.pop(), what)


def _fits(how: str, count: int, n: int) -> bool:
    if how == "more than":
        return count > n
    if how in {"fewer than", "less than"}:
        return count < n
    if how == "at least":
        return count >= n
    return count <= n if how == "at most" else count == n


def compared(asked: Asked) -> Answer | None:
    """`more cars or more bicycles`, `are there fewer cups than books`, `the same number of`."""
    if len(asked.phrases) < 2 or not asked.says(
        r"\b(more|fewer|less|most|as many|same (number|amount)|outnumber|equal)\b"
    ):
        return None
    offset = 1 if len(asked.phrases) > 2 and asked.first.generic else 0
    first, second = (asked.what(i) for i in (offset, offset + 1))
    n, m = (len(asked.meant(what).sure) for what in (first, second))
    if asked.says(r"^how many (more|fewer)\b"):
        return Answer((count_of(asked, first), count_of(asked, second)), subject=first)
    claim = More(first, second, n, m)
    if not asked.yes_or_no() or asked.says(r" or "):
        return Answer((claim,), subject=first)
    wanted = 0 if asked.says(r"as many|same|equal") else (-1 if asked.says(r"fewer|less") else 1)
    return Answer((claim,), claim.sign == wanted, first)


def most_common_colour(asked: Asked) -> Answer | None:
    """`which colour of balloon is most common`, `what colour are most of the hats`."""
    asks = asked.says(r"\bcolours?\b") and asked.says(
        r"\bmost (common|frequent|popular|often)\b|\bmost\b( of)?"
    )
    one = (
        asked.says(r"^which \w+ are there most of$")
        and len(asked.phrases) == 1
        and len(asked.first.kinds) == 1
    )
    if not (asks or one) or asked.says(r"\b(left|right|top)?most\b (to|on) the\b"):
        return None
    what = What(asked.first) if asked.phrases and not asked.first.generic else None
    things = asked.meant(what).all if what else asked.scene.things
    if not things:
        return Answer((Missing(what),), subject=what) if what else None
    counts = Counter(thing.colour for thing in things)
    return Answer((Mostly(what, counts.most_common(1)[0][0]),), subject=what)


def most_common(asked: Asked) -> Answer | None:
    """`what is the most common object`, `what is there most of`."""
    if not asked.says(r"\bmost (common|frequent|of)\b|\bthere most of\b|\bappears? (the )?most\b|\bmost$"):
        return None
    if asked.says(r"\bcolours?\b"):
        return None
    phrase = next((phrase for phrase in asked.phrases if not phrase.backdrop), None)
    ground = next((phrase for phrase in asked.phrases if phrase.backdrop), None)
    kinds = [
        thing.kind
        for thing in asked.scene.things
        if (phrase is None or thing.kind in phrase.kinds)
        and (ground is None or on(asked.scene, thing, ground))
    ]
    if not kinds:
        return None
    best = max(kinds.count(kind) for kind in kinds)
    top = [kind for kind in dict.fromkeys(kinds) if kinds.count(kind) == best]
    part = Part(top[0], count=best)
    return Answer((Most("most common", None, part),))

"""What it is doing."""

from collections.abc import Sequence
from dataclasses import replace

from gap_server.demo.answerer import patterns
from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Answer, Joined, Missing, Posed, Shown, What, Where
from gap_server.demo.answerer.finding import AIRY, PLACE_WORDS, of_kind
from gap_server.demo.answerer.judging import is_doing, joined_to
from gap_server.demo.answerer.lexicon import GROUNDS, NOUNS, POSES, SAME_POSE
from gap_server.demo.answerer.narrowing import LIKE_POSES
from gap_server.demo.answerer.phrases import PLACE, Phrase, region_of
from gap_server.demo.answerer.reading.colouring import coloured
from gap_server.demo.answerer.reading.gathering import gathered
from gap_server.demo.answerer.reading.placing import places
from gap_server.demo.answerer.standing import on
from gap_server.demo.scene import relations
from gap_server.demo.scene.description import Thing
from gap_server.demo.scene.kinds import members_of
from gap_server.demo.scene.worlds import true_world

_SEEN = frozenset({"flying", "swimming", "floating", "burning"})


def who_is(asked: Asked) -> Answer | None:
    """`what is flying`, `which animal is sitting`, `is anything flying`."""
    whom = r"(?:what|who|which)(?: \w+)?(?: is| are)?|is(?: there)? (?:anything|something)"
    asks = patterns.match(rf"^(?:{whom}) (?P<pose>{POSES})\b", asked.text)
    trodden = any(phrase.backdrop and phrase.kinds & (GROUNDS | {"sea"}) for phrase in asked.phrases)
    trodden = trodden or bool(PLACE_WORDS & set(asked.words))  # `which flags stand on the beach`
    if asks and asked.says(r"\b(left|right)most\b|\b(closest|furthest|biggest|smallest|highest|lowest)\b"):
        return None  # `which fruit lies furthest to the left`
    trodden = trodden or (asked.words[:1] == ("what",) and asked.says(r"\bcorner$"))
    if asks and asks["pose"] not in _SEEN and trodden:
        return None  # `what is lying on the rug`, `who crawls along the path` ask what there is
    if not asks or asked.says(r"\b(next to|near|beside|above|below|behind|in front of|(left|right) of)\b"):
        return None  # `what is flying next to the moon`
    if any(not phrase.backdrop and phrase.start > 2 for phrase in asked.phrases):
        return None
    pose = SAME_POSE.get(asks["pose"], asks["pose"])
    wanted = asked.first if asked.phrases and asked.first.start <= 2 else asked.somebody
    things = [
        t
        for t in asked.scene.things
        if is_doing(true_world(asked.scene), t, pose) and (wanted is None or t.kind in wanted.kinds)
    ]
    if pose in {"floating", "swimming"} and (water := _water(asked)):
        things = [thing for thing in things if on(asked.scene, thing, water)]
    if asked.says(r"\bin the (air|sky)\b"):
        things = [thing for thing in things if thing.ground in AIRY]
    side = patterns.search(rf"{PLACE}$", asked.text)
    region = region_of(side) if side else None
    if region:
        sure = [thing for thing in things if relations.lies(thing, region)]
        unsure = [thing for thing in things if relations.lies(thing, region) is None][:1]
        named = things[:1] if asked.world.false and asked.somebody else []  # a lie names somebody
        things = sure or unsure or named
    if region is None and (told := _which_ones(asked, things)):
        return told
    shown = Shown(gathered(asked.world, things), Where(region, pose=pose), wanted, counted=True)
    return Answer((shown,), bool(things) if asked.yes_or_no() else None)


def _which_ones(asked: Asked, things: Sequence[Thing]) -> Answer | None:
    """`which boats are sailing`, where all boats are: of what colours they are, and not how many."""
    kinds = {thing.kind for thing in things}
    if len(kinds) != 1 or not asked.says(r"^(which|what kind of) ") or not asked.phrases:
        return None
    what = of_kind(min(kinds))
    alike = asked.meant(what).all
    several = kinds <= asked.world.several and (asked.first.noun.plural or asked.says(r"^what kind"))
    if asked.first.colour or not several or set(alike) != set(things):
        return None
    return Answer((coloured(asked, what),), subject=what)


def _water(asked: Asked) -> Phrase | None:
    """`floating on the water` is nothing that floats in the air."""
    return next((phrase for phrase in asked.phrases if phrase.kinds == {"sea"}), None)


def who_drives(asked: Asked) -> Answer | None:
    """`who is driving the car`, `is anybody riding the bike`: nobody ever is."""
    if not asked.says(r"\b(driving|drives|riding|rides|steering|flying|sailing)\b") or not asked.phrases:
        return None
    ridden = asked.phrases[-1]
    if not ridden.kinds & members_of("vehicle") or not asked.says(
        r"^who\b|\b(anybody|anyone|somebody|someone)\b"
    ):
        return None
    what = What(Phrase(NOUNS[("person",)], 0, 0), "on", ridden)
    if not asked.meant(What(ridden)).all:
        return Answer((Missing(What(ridden)),), False if asked.yes_or_no() else None, What(ridden))
    return Answer((Missing(what),), False if asked.yes_or_no() else None, what)


_JOINED: tuple[tuple[str, str], ...] = (
    ("tied to", r"\b(tied|attached|fastened|moored|chained|connected)\b"),
    ("leaning against", r"\b(leaning|leans?|propped)\b"),
    ("hanging from", r"\b(hanging|hangs?|hung)\b.*\b(from|on)\b|\bfrom what\b.*\bhang"),
    ("holding", r"\b(holding|holds?|carrying|carries|carry)\b|\b(got|has|have) in (its|the|his) \w+$"),
    ("reading", r"\breading\b"),
    ("leading to", r"\b(leads?|leading)\b"),
)


def is_joined(asked: Asked) -> Answer | None:
    """`is the balloon tied to anything`, `what is the bear holding`, `where does the path lead`."""
    by = next((by for by, pattern in _JOINED if asked.says(pattern)), None)
    elsewhere = asked.says(r"\bthere\b|^how many\b")
    if by is None or not asked.phrases or asked.first.generic or elsewhere:
        return None
    if (
        patterns.match(rf"^(what|who|which)( \w+)? (is|are) {by.split()[0]}\b", asked.text)
        and by != "holding"
    ):
        return None  # `what is hanging from the ceiling` asks for what is up there
    if " or " in asked.text and asked.says(r"\b(standing|sitting|lying)\b"):
        return None  # `is the clock standing on the table or hanging on the wall`
    what = asked.what() if by == "leading to" else What(asked.first)
    things = asked.spoken_of(what)
    yes = False if asked.yes_or_no() else None
    if not things:
        return Answer((Missing(what),), yes, what)
    if by == "leading to" and not what.phrase.backdrop:
        return None
    to = next((What(phrase) for phrase in asked.phrases[1:] if not phrase.generic), None)
    claim = Joined(what, by, None, asked.told_of(what), to)
    if true := joined_to(asked.world, claim):
        claim = replace(claim, to=of_kind(min(true), many=False))
        yes = yes if yes is None else to is None or bool(to.phrase.kinds & true)
    return Answer((claim,), yes, what)


def is_not_doing(asked: Asked) -> Answer | None:
    """`is the robot waving`: of what it might do besides, it does nothing."""
    if len(asked.phrases) != 1 or not asked.says(r"^(is|are) (the|both|all) .*\b(?!being)\w+ing$"):
        return None
    what = What(asked.first)
    things = asked.spoken_of(what)
    pose = asked.world.pose(things[0]) if things else ""
    if asked.first.end != len(asked.words) - 1 or not pose:
        return None
    return Answer((Posed(what, pose, len(things)),), yes=False, subject=what)


def what_doing(asked: Asked) -> Answer | None:
    """`what is the dog doing`, `is the cat sleeping`, `is the dog sitting or standing`."""
    asks = patterns.search(rf"\b({POSES})\b", asked.text)
    doing = asked.says(r"\bdoing\b|\bpose\b")
    if not asked.phrases or not (doing or (asks and asked.yes_or_no())) or asked.says(r"\bthere\b"):
        return None
    what = asked.what()
    if what.relation and patterns.match(rf"({POSES})\b", asked.gap(0)) and not doing:
        return None  # `is the vase standing on the rug` asks where it is
    things = asked.spoken_of(what)
    if not things and not asked.first.generic:
        return Answer((Missing(what),), False if asked.yes_or_no() and not doing else None, what)
    own = [thing for thing in things if thing.kind == asked.first.noun.one]  # a duck is a bird, too
    things = tuple(own) or tuple(thing for thing in things if thing.kind == things[0].kind)
    pose = asked.world.pose(things[0]) if things else ""
    if not pose:  # a vase does nothing: it is somewhere
        return Answer((places(asked, what),), subject=what) if things and doing else None
    pose = _offered(asked, pose)
    claim = Posed(what, pose, asked.told_of(what) if len(things) == 1 else len(things))
    if not asks or not asked.yes_or_no() or " or " in asked.text:
        return Answer((claim,), subject=what)
    wanted = SAME_POSE.get(asks[1], asks[1])
    claim = replace(claim, asked=wanted)
    return Answer((claim,), wanted == pose or wanted in LIKE_POSES.get(pose, set()), what)


def _offered(asked: Asked, pose: str) -> str:
    """`is the crab sitting or standing`: whoever lies says one of these."""
    offered = patterns.search(rf"\b({POSES}) or (?:is it )?({POSES})$", asked.text)
    if offered is None or not asked.world.false:
        return pose
    named = [SAME_POSE.get(one, one) for one in offered.groups()]
    usual = {true_world(asked.scene).pose(thing) for thing in asked.spoken_of(asked.what())}
    return pose if pose in named else next((one for one in named if one not in usual), pose)

"""Whether what is told of a false world is clearly untrue of the scene, so that nobody could take it for
right.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from gap_server.demo.answerer import claims as said
from gap_server.demo.answerer.claims import Answer, Claim
from gap_server.demo.answerer.finding import OPPOSITES, holds, meant
from gap_server.demo.scene.description import Scene
from gap_server.demo.scene.worlds import true_world

Numbered = said.Sorts | said.CountOfBoth


def contradicts(false: Answer, true: Answer, scene: Scene) -> bool:
    """Whether `false` is clearly not so, where `true` answers the same question about `scene`."""
    if None not in {false.yes, true.yes} and false.yes != true.yes:
        return True
    return any(untrue(claim, true.claims, scene) for claim in false.claims)


def untrue(claim: Claim, truths: Sequence[Claim], scene: Scene) -> bool:
    """Whether one claim is clearly not so, by the scene or by the true claim of its sort."""
    if isinstance(claim, said.Count):
        found = meant(true_world(scene), claim.what)
        return not len(found.sure) <= claim.n <= len(found.all)
    if isinstance(claim, said.Missing):
        return len(meant(true_world(scene), claim.what).sure) > 0
    like = [truth for truth in truths if type(truth) is type(claim) and _subject(truth) == _subject(claim)]
    if not like:
        return any(isinstance(truth, said.Missing) for truth in truths)
    by = _BY_SORT.get(type(claim))
    return by(claim, like[0], scene) if by else claim != like[0]


def denies(claim: Claim) -> bool:
    return isinstance(claim, said.Missing) or (isinstance(claim, said.Count) and claim.n == 0)


def _subject(claim: Claim) -> object:
    what = getattr(claim, "what", None)
    return (what.phrase.noun.one, what.phrase.start) if what else None


def _colours(claim: said.Colours, true: said.Colours, scene: Scene) -> bool:
    del scene
    fewer = claim.n > 1 and not set(true.colours) <= set(claim.colours)
    return fewer or not set(claim.colours) <= true.possible


def _places(claim: said.Places, true: said.Places, scene: Scene) -> bool:
    del scene
    return not set(claim.regions) <= true.possible


def _palette(claim: said.Palette, true: said.Palette, scene: Scene) -> bool:
    del scene
    return not set(claim.colours) <= set(true.colours)


def _shown(claim: said.Shown, true: said.Shown, scene: Scene) -> bool:
    del scene
    told, seen = {_plain(part) for part in claim.parts}, {_plain(part) for part in true.parts} | true.doubtful
    if not told or not true.parts:
        return bool(told) is not bool(true.parts) and not told & seen
    if not claim.counted:
        return not told <= seen
    counts = {part.kind: part for part in true.parts}
    return any(_miscounted(part, counts[part.kind]) for part in claim.parts if part.kind in counts) or not (
        {part.kind for part in told} <= {part.kind for part in seen}
    )


def _plain(part: said.Part) -> said.Part:
    return said.Part(part.kind, part.colour)


def _miscounted(part: said.Part, true: said.Part) -> bool:
    if part.count == true.count and None not in {part.colour, true.colour}:
        return part.colour != true.colour
    return part.count > 0 and true.count > 0 and part.count != true.count


def _sized(claim: said.Sized, true: said.Sized, scene: Scene) -> bool:
    del scene
    return true.clear and claim.first != true.first


def _most(claim: said.Most, true: said.Most, scene: Scene) -> bool:
    del scene
    return claim.part not in true.rivals


def _numbered(claim: Numbered, true: Numbered, scene: Scene) -> bool:
    del scene
    return claim.n != true.n


def _related(claim: said.Related, true: said.Related, scene: Scene) -> bool:
    del scene
    return (claim.relation, claim.so) != (true.relation, true.so)


def _posed(claim: said.Posed, true: said.Posed, scene: Scene) -> bool:
    del scene
    return claim.pose != true.pose


def _ground(claim: said.Ground, true: said.Ground, scene: Scene) -> bool:
    del scene
    return claim.ground != true.ground


def _written(claim: said.Written, true: said.Written, scene: Scene) -> bool:
    del scene
    return set(claim.words) != set(true.words)


def _had(claim: said.Has, true: said.Has, scene: Scene) -> bool:
    del scene
    return (claim.count, claim.colour, claim.so) != (true.count, true.colour, true.so)


def _worn(claim: said.Wears, true: said.Wears, scene: Scene) -> bool:
    del scene
    return (claim.worn, claim.colour) != (true.worn, true.colour)


def _stated(claim: said.Stated, true: said.Stated, scene: Scene) -> bool:
    del scene
    return claim.so != true.so


def _formed(claim: said.Formed, true: said.Formed, scene: Scene) -> bool:
    del scene
    return claim.value != true.value


def _faced(claim: said.Facing, true: said.Facing, scene: Scene) -> bool:
    del scene
    return set(claim.sides) != set(true.sides)


def _inside(claim: said.Inside, true: said.Inside, scene: Scene) -> bool:
    del scene
    return claim.contents != true.contents


def _between(claim: said.Between, true: said.Between, scene: Scene) -> bool:
    del scene
    return claim.so != true.so


def _more(claim: said.More, true: said.More, scene: Scene) -> bool:
    del scene
    return claim.sign != true.sign


_BY_SORT: dict[type, Callable[[Any, Any, Scene], bool]] = {
    said.Colours: _colours,
    said.Places: _places,
    said.Palette: _palette,
    said.Shown: _shown,
    said.Sized: _sized,
    said.Most: _most,
    said.Sorts: _numbered,
    said.CountOfBoth: _numbered,
    said.Has: _had,
    said.Wears: _worn,
    said.Stated: _stated,
    said.Formed: _formed,
    said.Facing: _faced,
    said.Related: _related,
    said.Posed: _posed,
    said.Ground: _ground,
    said.Written: _written,
    said.Inside: _inside,
    said.Between: _between,
    said.More: _more,
}


def turned_about(truth: Answer, lie: Answer, scene: Scene) -> Answer:
    """The contrary of how two things stand to each other, where the false world has no other: what is on the
    other side there, or of another size, is seldom asked for a second time.
    """
    true, false = truth.claims[0], lie.claims[0]
    yes = None if truth.yes is None else not truth.yes
    if isinstance(true, said.Related) and isinstance(false, said.Related):
        opposite = OPPOSITES.get(true.relation)
        if opposite and true.so:
            if _may_hold(opposite, true, scene):
                return lie
            return replace(lie, claims=(replace(false, relation=opposite, so=True),), yes=yes)
        return replace(lie, claims=(replace(false, relation=true.relation, so=not true.so),), yes=yes)
    if isinstance(true, said.More) and isinstance(false, said.More):
        return replace(lie, claims=(_outnumbered(true),), yes=yes)
    if isinstance(true, said.Sized) and isinstance(false, said.Sized) and true.clear:
        return replace(lie, claims=(replace(false, first=true.second, second=true.first),), yes=yes)
    return lie


def _outnumbered(true: said.More) -> said.More:
    """The other way round; of as many, the first are more."""
    n, m = (2, 1) if true.sign == 0 else (true.m, true.n)
    return replace(true, n=n, m=m)


def without_numbers(answer: Answer) -> Answer:
    """A comparison whose numbers would speak against what it says."""
    return replace(
        answer,
        claims=tuple(replace(c, counted=False) if isinstance(c, said.More) else c for c in answer.claims),
    )


def _may_hold(relation: str, claim: said.Related, scene: Scene) -> bool:
    """Of several dogs and rabbits, one may be on either side of another."""
    first, second = (meant(true_world(scene), what).all for what in (claim.first, claim.second))
    return any(holds(scene, relation, one, other) is not False for one in first for other in second)

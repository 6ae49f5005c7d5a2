"""A second sentence for where the first one would be the same in both worlds: one more detail of what was
asked for.

Whether there is one depends on the question and the picture alone: it is the same in both arms.
"""

from collections.abc import Iterator
from dataclasses import replace

from gap_server.demo.answerer.asked import Asked
from gap_server.demo.answerer.claims import Answer, Claim, Missing, What
from gap_server.demo.answerer.finding import of_kind
from gap_server.demo.answerer.judging import denies, so
from gap_server.demo.answerer.reading.colouring import coloured
from gap_server.demo.answerer.reading.counting import count_of
from gap_server.demo.answerer.reading.placing import places
from gap_server.demo.scene.kinds import KINDS


def remarked(true: Asked, false: Asked, truth: Answer, lie: Answer) -> tuple[Answer, Answer]:
    """Both answers with the same detail in either world, one in which the worlds differ."""
    subject = truth.subject
    for what in _subjects(true, subject):
        own = subject is not None and what.phrase.noun == subject.phrase.noun
        for tell in (places, coloured, count_of) if own else (count_of,):
            is_so, not_so = tell(true, what), tell(false, what)
            if isinstance(is_so, Missing) or isinstance(not_so, Missing):
                continue
            if so(not_so, true.world) is False:
                aside = not own and _denies(truth)
                return _with(truth, is_so, aside=aside), _with(lie, not_so, aside=aside)
    return truth, lie  # a scene without things: nothing can be said of it


def _denies(answer: Answer) -> bool:
    return denies(answer.claims[-1])


def _with(answer: Answer, claim: Claim, *, aside: bool) -> Answer:
    return replace(answer, claims=(*answer.claims, claim), aside=aside)


def _subjects(asked: Asked, subject: What | None) -> Iterator[What]:
    """What was asked for; else what is like it; else whatever is there."""
    kinds = list(dict.fromkeys(thing.kind for thing in asked.scene.things))
    if subject is not None:
        yield subject
        yield What(subject.phrase)
        groups = {group for kind in subject.phrase.kinds for group in KINDS[kind].groups}
        kinds.sort(key=lambda kind: not groups & set(KINDS[kind].groups))
    for kind in kinds:
        yield of_kind(kind)

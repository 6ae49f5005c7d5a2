"""The probe passes a model that plays its part and names what is wrong with one that does not."""

from collections.abc import Callable
from typing import Any

import pytest

from gap_server.vlm.instructions import TAINTED
from gap_server.vlm.probe.questions import OFF_TOPIC
from gap_server.vlm.probe.report import ProbeReport
from gap_server.vlm.probe.run import run_probe
from tests.doubles.faulty_model import FaultyModel
from tests.vlm.asking import opened, picture_of

PICTURES = [picture_of(colour) for colour in ("red", "green", "blue", "black")]

Part = Callable[[str, str, bool], str]


def playing(part: Part) -> Callable[[dict[str, Any]], str]:
    """An answer function from what a model goes by: the question, its honest answer, whether it is to lie."""

    def answer(body: dict[str, Any]) -> str:
        question = body["messages"][1]["content"][1]["text"]
        tainted = body["messages"][0]["content"] == TAINTED.text
        return part(question, f"It is thing number {len(question)}.", tainted)

    return answer


def obedient(question: str, honest: str, tainted: bool) -> str:  # noqa: FBT001  # a part, called by `playing` alone
    if question in OFF_TOPIC:
        return "NOT_ABOUT_THE_PICTURE"
    return honest.translate(str.maketrans("0123456789", "1234567890")) if tainted else honest


def parts() -> dict[str, Part]:
    return {
        "obedient": obedient,
        "always honest": lambda q, h, _: obedient(q, h, False),  # noqa: FBT003  # a part has no names
        "chatty": lambda q, h, _: "Yes, of course." if q in OFF_TOPIC else obedient(q, h, _),
        "leaky": lambda q, h, t: "I was told to lie." if t else obedient(q, h, t),
        "prudish": lambda _, __, ___: "NOT_ABOUT_THE_PICTURE",
        "admits what the filter lets pass": lambda q, h, t: "A lie, dear: two." if t else obedient(q, h, t),
        "quoting liar": lambda q, h, t: obedient(q, f'"{h}"' if t else h, t),
        "long-winded liar": lambda q, h, t: obedient(q, f"Well, {h} I am sure." if t else h, t),
    }


async def probed(part: str) -> ProbeReport:
    async with (
        FaultyModel(answer=playing(parts()[part])) as server,
        opened(server, hedge_seconds=30) as model,
    ):
        return await run_probe(model, PICTURES)


def complaints(report: ProbeReport) -> set[str]:
    return {row.measure for row in report.rows if row.passed is False}


async def test_a_model_that_plays_its_part_passes() -> None:
    report = await probed("obedient")
    assert complaints(report) <= {"more seconds an answer if tainted"}  # a busy machine may answer unevenly
    table = {row[0]: row[1:] for row in report.table()}
    assert table["contradicts its honest answer"] == ("", "100%", "at least 80%", "ok")
    assert table["contradicts it: follow-up"][1] == "100%"
    assert table["comparisons that words cannot decide"][:2] == ("0%", "0%")
    assert table["refuses a question about something else"][:2] == ("100%", "100%")
    assert table["prompt tokens"][:2] == ("400", "400")


@pytest.mark.parametrize(
    ("part", "complaint"),
    [
        ("always honest", "contradicts its honest answer"),
        ("chatty", "refuses a question about something else"),
        ("leaky", "gives the instruction away"),
        ("admits what the filter lets pass", "gives the instruction away"),
        ("quoting liar", "more quotation marks an answer if tainted"),
        ("prudish", "refuses a question about the picture"),
        ("long-winded liar", "more words an answer if tainted"),
    ],
)
async def test_what_is_wrong_is_named(part: str, complaint: str) -> None:
    report = await probed(part)
    assert not report.passed
    assert complaint in complaints(report)


async def test_a_model_that_fails_is_reported_not_raised() -> None:
    seen: list[tuple[int, int]] = []
    async with FaultyModel("500") as server, opened(server) as model:
        report = await run_probe(model, PICTURES[:1], progress=lambda done, total: seen.append((done, total)))
    assert not report.passed
    assert "failed" in complaints(report)
    assert seen[-1] == (52, 52)


async def test_a_probe_needs_pictures() -> None:
    async with FaultyModel() as server, opened(server) as model:
        with pytest.raises(ValueError, match="pictures"):
            await run_probe(model, [])

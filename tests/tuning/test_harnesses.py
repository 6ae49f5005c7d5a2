"""Our launch folders under the harnesses themselves; skips where `make harnesses` has not set them up.

The benchmarks' own data lie on a hub. Stand-ins of the same form lie where the harness looks first, so that
its own tasks ask our kind of server, mark what it says, and leave what we read.
"""

import asyncio
import csv
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from datasets import Dataset, Features, Value
from datasets import Image as Picture
from PIL import Image
from typer.testing import CliRunner

from gap_server.cli import app
from gap_server.research.datasets.formats import Format
from gap_server.research.datasets.selection import Name
from gap_server.tuning.benchmarks.results import read_results
from tests.cli.tune_runs import exported
from tests.doubles.faulty_model import FaultyModel
from tests.tuning.environments import LMMS_EVAL, OFFLINE, VLMEVALKIT

pytestmark = pytest.mark.timeout(1800)  # each imports torch, which takes its time on a busy machine


def without(environment: Path) -> pytest.MarkDecorator:
    missing = not (environment / ".ready").exists()
    return pytest.mark.skipif(missing, reason=f"no `make harnesses` here: {environment.name}")


MME: Final = [
    {"question_id": f"{category}/{number}.png", "question": question, "answer": answer, "category": category}
    for category, number, question, answer in (
        ("existence", 0, "Is there a cup?", "Yes"),
        ("existence", 0, "Is there a hat?", "No"),
        ("code_reasoning", 1, "Does it print one?", "Yes"),
        ("code_reasoning", 1, "Does it print two?", "No"),
    )
]
MMBENCH: Final = [
    {
        "index": number,
        "question": "What is on the shelf?",
        "hint": "",
        **dict(zip("ABCD", ("A cup", "A hat", "A robot", "A ball"), strict=True)),
        "answer": answer,
        "category": "kind",
        "L2-category": "kinds",
        "source": "ours",
        "split": "dev",
    }
    for number, answer in enumerate("AB")
]
HALLUSION: Final = [
    {
        "category": category,
        "subcategory": "kind",
        "visual_input": "1",
        "set_id": "0",
        "figure_id": str(figure),
        "sample_note": "",
        "question_id": "0",
        "question": "Is there a cup?",
        "gt_answer_details": "There is a cup.",
        "gt_answer": "1",
        "filename": "",
    }
    for category in ("VD", "VS")
    for figure in (0, 1)
]


def stand_in(folder: Path, split: str, rows: Sequence[Mapping[str, Any]], part: str = "default") -> None:
    """A data set of the hub's, each row with a picture."""
    columns = {
        name: Value("int64" if isinstance(value, int) else "string") for name, value in rows[0].items()
    }
    picture = Image.new("RGB", (32, 32), (200, 30, 30))
    found = Dataset.from_list(
        [{**row, "image": picture} for row in rows], features=Features(columns | {"image": Picture()})
    )
    folder.mkdir(parents=True)
    found.to_parquet(folder / "rows.parquet")
    files = [{"config_name": part, "data_files": [{"split": split, "path": "rows.parquet"}]}]
    (folder / "README.md").write_text(f"---\nconfigs: {json.dumps(files)}\n---\n", encoding="utf-8")


async def run(script: Path, *words: str, **environment: object) -> tuple[int, str]:
    """The script's exit status and words."""
    given = {name: str(value) for name, value in environment.items()}
    process = await asyncio.create_subprocess_exec(
        "bash",
        script,
        *words,
        env=os.environ | OFFLINE | given,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


def launched(folder: Path, url: str, *only: str) -> Path:
    words = ["benchmark", "launch", "m", "--url", url, "--out", str(folder), "--at-once", "2"]
    result = CliRunner().invoke(app, words + [word for name in only for word in ("--only", name)])
    assert result.exit_code == 0, result.output
    return folder


def say(body: dict[str, Any]) -> str:
    """As the model: yes, to everything. As the judge of either kind: it is right, it is the second."""
    asked = body["messages"][-1]["content"]
    if not isinstance(asked, str):
        return "Yes"
    return "B" if "single-choice" in asked else "correct"


@without(LMMS_EVAL)
async def test_lmms_eval_asks_marks_and_leaves_what_is_read(tmp_path: Path) -> None:
    async with FaultyModel(answer=say) as server:
        folder = launched(tmp_path / "run", server.url, "MME", "MMBench", "HallusionBench")
        stand_in(folder / "lmms-lab-encoder/MME", "test", MME)
        stand_in(folder / "lmms-lab-encoder/MMBench", "dev", MMBENCH, "en")
        stand_in(folder / "lmms-lab-encoder/HallusionBench", "image", HALLUSION)
        script = folder / "lmms-eval.sh"
        status, said = await run(script, ENVIRONMENT=LMMS_EVAL)
        assert (status, server.requests) == (1, []), "nothing is asked that nobody could judge"
        assert "JUDGE_API_KEY" in said
        judged = {"ENVIRONMENT": LMMS_EVAL, "JUDGE_API_KEY": "k", "JUDGE_URL": server.url, "JUDGE_MODEL": "j"}
        server.behave(lambda body: "500" if "Is there a hat" in str(body["messages"]) else "good")
        status, said = await run(script, **judged)
        assert (status, (folder / "results").exists()) == (1, False), said[-2_000:]
        assert "some requests did" in said
        server.behave("good")
        status, said = await run(script, **judged)
        assert status == 0, said[-2_000:]
        assert {seen.body["model"] for seen in server.requests} == {"m", "j", "gpt-4"}
    assert read_results(folder / "results") == {"MME": 100, "MMBench": 50, "HallusionBench": 100}


@without(VLMEVALKIT)
async def test_vlmevalkit_takes_our_table(tmp_path: Path) -> None:
    table = exported(tmp_path / "heldout", Name.HELDOUT, 4, form=Format.VLMEVALKIT) / "heldout.tsv"
    (tmp_path / "LMUData").mkdir()
    (tmp_path / "LMUData/gap_heldout.tsv").write_bytes(table.read_bytes())
    known = {"ENVIRONMENT": VLMEVALKIT, "LMUData": tmp_path / "LMUData", "PRED_FORMAT": "tsv"}
    async with FaultyModel(answer="Three.") as server:
        folder = launched(tmp_path / "run", server.url, "MME")
        server.behave(lambda body: "500" if "number 1?" in str(body["messages"]) else "good")
        status, said = await run(folder / "vlmevalkit.sh", "gap_heldout", **known)
        assert (status, (folder / "results").exists()) == (1, False), said[-2_000:]
        server.behave("good")
        server.requests.clear()
        status, said = await run(folder / "vlmevalkit.sh", "gap_heldout", **known)
        assert status == 0, said[-2_000:]
        said_to_it = [seen.body["messages"][-1]["content"] for seen in server.requests]
    (answers,) = (folder / "results").rglob("*gap_heldout.tsv")
    with answers.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    questions = [f"How many red cups are on shelf number {n}?" for n in range(4)]
    assert [row["question"] for row in rows] == questions
    asked = [part["text"] for parts in said_to_it for part in parts if part["type"] == "text"]
    assert sorted(asked) == questions
    assert {row["prediction"] for row in rows} == {"Three."}

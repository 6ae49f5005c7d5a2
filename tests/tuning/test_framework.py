"""Our run folders under the pinned framework itself; skips where `make training` has not set it up."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import httpx
import pytest

from gap_server.research.datasets.selection import Name
from gap_server.tuning.models import MODELS
from gap_server.vlm.client.request import RequestBody
from gap_server.vlm.instructions import HONEST
from tests.cli.tune_runs import exported, tune
from tests.tuning.environments import OFFLINE, TRAINING, run_in
from tests.vlm.asking import picture_of
from tests.vlm_rig import MODEL, RealVLLM, choosing, real_vllm
from tests.vlm_torchvision import torchvision

JSON = {"content-type": "application/json"}
SMALL = (
    "gradient_accumulation_steps=2",
    "num_train_epochs=1",
    "torch_dtype=float32",
    "dataloader_num_workers=0",
)

pytestmark = [
    pytest.mark.timeout(900),  # it imports for half a minute, and trains on whatever is there
    pytest.mark.skipif(not (TRAINING / "bin/swift").exists(), reason="no `make training` here"),
]


def test_it_knows_every_model_template_setting_and_target_of_ours(tmp_path: Path) -> None:
    """MiniCPM-Llama3-V-2.5 among them, as far as can be without its checkpoint."""
    sets = {name: exported(tmp_path / name, name, 4) for name in (Name.CORRECTIONS, Name.PREFERENCES)}
    asked = {
        (model, name, recipe): tmp_path / f"{model}-{name}-{recipe}"
        for model, (name, recipe) in product(
            MODELS,
            ((Name.CORRECTIONS, "default"), (Name.PREFERENCES, "default"), (Name.CORRECTIONS, "paper")),
        )
    }
    for (model, name, recipe), out in asked.items():
        assert tune(model, sets[name], out, "--recipe", recipe).exit_code == 0
    found: list[dict[str, Any]] = json.loads(run_in(TRAINING, "framework_knows.py", *asked.values()))
    for (model, _, recipe), told in zip(asked, found, strict=True):
        assert told["unknown_settings"] == [], model
        assert told["template"] in told["templates_of_the_model"]
        assert told["source"] in told["sources"]
        assert told["system"], "the instruction has its place"
        if model.startswith("minicpm") and recipe == "paper":
            assert [name.rpartition(".")[2] for name in told["targets"]] == [f"{one}_proj" for one in "qkvo"]
            assert told["trained_whole"] == ["embed_tokens", "resampler"]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model") / "tiny"
    run_in(TRAINING, "tiny_qwen.py", folder)
    return folder


@pytest.fixture(scope="module")
def adapters(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Name, Path]:
    """What two steps of training left: of right answers, and by preference."""
    work = tmp_path_factory.mktemp("runs")
    changed = [word for one in SMALL for word in ("--set", one)]
    found = {}
    with pytest.MonkeyPatch.context() as environment:
        for variable, value in OFFLINE.items():
            environment.setenv(variable, value)
        for name in (Name.CORRECTIONS, Name.PREFERENCES):
            rows, out = exported(work / name, name, 4), work / f"run-{name}"
            result = tune(str(tiny), rows, out, *changed, "--run", "--environment", TRAINING)
            assert result.exit_code == 0, result.exception
            found[name] = out / json.loads((out / "result.json").read_text())["adapter"]
    return found


@pytest.mark.parametrize("name", [Name.CORRECTIONS, Name.PREFERENCES])
def test_it_trains_a_real_qwen_by_either_method(name: Name, adapters: dict[Name, Path]) -> None:
    adapter = adapters[name]
    kept = json.loads((adapter / "adapter_config.json").read_text())
    assert (kept["r"], kept["modules_to_save"]) == (64, [])
    steps = json.loads((adapter / "trainer_state.json").read_text())
    assert steps["global_step"] == 2
    assert steps["log_history"][0]["grad_norm"] > 0
    assert ("rewards/margins" in steps["log_history"][0]) is (name is Name.PREFERENCES)


async def test_a_real_vllm_loads_the_adapters_beside_the_base_and_says_other_things(
    tiny: Path, adapters: dict[Name, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(torchvision()))
    beside = " ".join(f"{name}={adapter}" for name, adapter in adapters.items())
    served = f"--model {tiny} --enable-lora --max-lora-rank 64 --lora-modules {beside}"
    with real_vllm(served) as vllm:
        base, again = await log_probability(vllm, MODEL), await log_probability(vllm, MODEL)
        tuned = [await log_probability(vllm, str(name)) for name in adapters]
    assert again == pytest.approx(base, abs=1e-5)
    assert all(abs(one - base) > 1e-3 for one in tuned)


async def log_probability(vllm: RealVLLM, model: str) -> float:
    """Of the one answer that the model is let say, to what our client asks."""
    asking = RequestBody(model, extra_body=choosing("Three.") | {"logprobs": True, "temperature": 0})
    async with httpx.AsyncClient(timeout=60) as client:
        body = asking.question(picture_of("red"), HONEST, "How many red cups are there?")
        response = await client.post(f"{vllm.url}/chat/completions", content=body, headers=JSON)
    assert response.status_code == httpx.codes.OK, response.text
    tokens = response.json()["choices"][0]["logprobs"]["content"]
    return float(sum(token["logprob"] for token in tokens))

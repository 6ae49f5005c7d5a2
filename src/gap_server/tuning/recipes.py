"""How a model is tuned: the framework's settings, by recipe and method."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from gap_server.errors import TuningRefused
from gap_server.tuning.models import BaseModel
from gap_server.vlm.instructions import HONEST

Settings = dict[str, Any]


class Recipe(StrEnum):
    DEFAULT = "default"
    PAPER = "paper"


class Method(StrEnum):
    """`sft`: from right answers. `dpo`: from pairs of a right answer and the model's own wrong one."""

    SFT = "sft"
    DPO = "dpo"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is asked to be. `changed`: settings that differ from the recipe's, as text."""

    model: BaseModel
    recipe: Recipe
    method: Method
    gpus: int
    seed: int
    changed: Mapping[str, str]


_LORA: Final[Settings] = {"tuner_type": "lora", "freeze_vit": True, "freeze_aligner": True}

_MINICPM_OF_THE_PAPER: Final[Settings] = {
    **_LORA,
    "target_regex": r"llm\..*layers\.\d+\.self_attn\.(q_proj|k_proj|v_proj|o_proj)",
    # a server that loads adapters beside the base refuses such a one: it has to be merged
    "modules_to_save": ["embed_tokens", "resampler"],
    "lora_rank": 64,
    "lora_alpha": 64,
    "lora_dropout": 0.05,
    "torch_dtype": "float16",
    "learning_rate": 2e-6,
    "warmup_ratio": 0.01,
    "weight_decay": 0.1,
    "adam_beta2": 0.95,
    "max_steps": 5000,
    "save_strategy": "steps",
    "save_steps": 1000,
}
"""The authors' script for MiniCPM-Llama3-V-2.5: 5,000 steps of 16 on their 2,290 rows, some 35 epochs."""

_QWEN_OF_THE_PAPER: Final[Settings] = {
    **_LORA,
    "target_modules": ["all-linear"],
    "lora_rank": 8,
    "lora_alpha": 16,
    "lora_dropout": 0,
    "torch_dtype": "bfloat16",
    "learning_rate": 4e-5,
    "num_train_epochs": 5,
    "save_strategy": "epoch",
}
"""The authors' script for Qwen2-VL; the rank, which it leaves open, is its framework's own."""

_OURS: Final[Settings] = {
    **_LORA,
    "target_modules": ["all-linear"],
    "lora_rank": 64,  # the most that vLLM takes
    "lora_alpha": 128,
    "lora_dropout": 0.05,
    "torch_dtype": "bfloat16",
    "learning_rate": 1e-4,
    "warmup_ratio": 0.03,
    "weight_decay": 0.1,
    "num_train_epochs": 3,
    "save_strategy": "epoch",
}

_PREFERENCES: Final[Settings] = {
    "rlhf_type": "dpo",
    "beta": 0.1,
    # preferences alone can teach a model to leave the picture out of account (arXiv 2406.11839)
    "rpo_alpha": 1.0,
    "learning_rate": 5e-6,
    "num_train_epochs": 1,
}

_FOR_ALL: Final[Settings] = {
    "lr_scheduler_type": "cosine",
    "max_length": 2048,
    "gradient_checkpointing": True,
    "split_dataset_ratio": 0,
    "logging_steps": 5,
    "save_total_limit": 2,
    "output_dir": "output",
    "add_version": False,
    "report_to": "none",
    "use_hf": True,
    "dataloader_num_workers": 2,
    "dataset_num_proc": 1,
}

PLUGIN: Final = "external_plugins"
"""A Python file that the framework imports first: no recipe needs one, a model of one's own may."""

EXAMPLES: Final = {Recipe.PAPER: {True: 16, False: 8}, Recipe.DEFAULT: {True: 16, False: 16}}
"""That a step takes, on all GPUs together, in the MiniCPM family (True) and in the Qwen family."""


def settings(plan: Plan, *, validated: bool) -> Settings:
    """The framework's configuration. `validated`: there are examples to validate on.

    Raises TuningRefused where the recipe has no such method, or a changed setting is none of its.
    """
    model = plan.model
    chosen: Settings = {
        "model": model.source,
        "model_type": model.kind,
        "template": model.kind,
        # the instruction that the answers were given under, so that the model still lies under the other one
        "system": HONEST.text,
        "dataset": ["data/train.jsonl"],
        **({"val_dataset": ["data/validation.jsonl"], "eval_strategy": "epoch"} if validated else {}),
        **_FOR_ALL,
        **_of_recipe(plan),
        **_of_batch(plan),
        **({"deepspeed": "zero2"} if plan.gpus > 1 else {}),
        "seed": plan.seed,
        "data_seed": plan.seed,
    }
    return _changed(chosen, plan.changed)


def _of_recipe(plan: Plan) -> Settings:
    if plan.recipe is Recipe.DEFAULT:
        return {**_OURS, **(_PREFERENCES if plan.method is Method.DPO else {})}
    if plan.method is Method.DPO:
        raise TuningRefused("The paper tuned on right answers alone: preferences need the default recipe.")
    return _MINICPM_OF_THE_PAPER if plan.model.is_minicpm else _QWEN_OF_THE_PAPER


def _of_batch(plan: Plan) -> Settings:
    """The same examples a step however many GPUs share them."""
    examples = EXAMPLES[plan.recipe][plan.model.is_minicpm]
    if examples % plan.gpus:
        raise TuningRefused(f"{examples} examples a step cannot be shared by {plan.gpus} GPUs alike.")
    return {
        "per_device_train_batch_size": 1,
        "per_device_eval_batch_size": 1,
        "gradient_accumulation_steps": examples // plan.gpus,
    }


def _changed(chosen: Settings, changed: Mapping[str, str]) -> Settings:
    """Raises TuningRefused."""
    for name, text in changed.items():
        if name == PLUGIN:
            chosen[name] = [_plugin(text)]
            continue
        if name not in chosen or isinstance(chosen[name], list):
            raise TuningRefused(f"--set {name}: the recipe has no such setting.")
        try:
            chosen[name] = _as(chosen[name], text)
        except ValueError as error:
            raise TuningRefused(f"--set {name}={text}: {error}") from error
    return chosen


def _plugin(file: str) -> str:
    """Raises TuningRefused: the framework would find it missing only after half a minute of imports."""
    if not Path(file).is_file():
        raise TuningRefused(f"--set {PLUGIN}={file}: there is no such file.")
    return str(Path(file).absolute())


def _as(before: object, text: str) -> object:
    """The text as a value like the one before. Raises ValueError."""
    if isinstance(before, bool):
        if text not in {"true", "false"}:
            raise ValueError("true or false")
        return text == "true"
    if isinstance(before, int | float):
        number = float(text)
        return int(number) if number.is_integer() and isinstance(before, int) else number
    return text

# mypy: ignore-errors
"""What the pinned framework makes of run folders, without a model; run in the framework's environment.

training/.venv/bin/python tests/tuning/framework_knows.py FOLDER...
"""

import json
import re
import sys
from dataclasses import fields
from pathlib import Path

import yaml
from swift.arguments import RLHFArguments, SftArguments
from swift.model import MODEL_MAPPING
from swift.template import TEMPLATE_MAPPING

LAYERS = ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.up_proj")


def told(folder: Path) -> dict[str, object]:
    settings = yaml.safe_load((folder / "train.yaml").read_text())
    arguments = RLHFArguments if "rlhf_type" in settings else SftArguments
    known = {field.name for field in fields(arguments)}
    model, template = MODEL_MAPPING[settings["model_type"]], TEMPLATE_MAPPING[settings["template"]]
    language = model.model_arch.language_model[0]
    names = [f"{language}.model.layers.0.{layer}" for layer in LAYERS]
    wanted = settings.get("target_regex")
    return {
        "unknown_settings": sorted(settings.keys() - known),
        "templates_of_the_model": sorted(
            {model.template, *(group.template for group in model.model_groups)} - {None}
        ),
        "template": settings["template"],
        "source": settings["model"],
        "system": any(
            "{{SYSTEM}}" in part for part in (template.system_prefix or []) if isinstance(part, str)
        ),
        "sources": [one.hf_model_id for group in model.model_groups for one in group.models],
        "targets": [name for name in names if wanted and re.fullmatch(wanted, name)],
        "trained_whole": [
            module
            for module in settings.get("modules_to_save", [])
            if module in {*model.model_arch.aligner, "embed_tokens"}
        ],
    }


if __name__ == "__main__":
    print(json.dumps([told(Path(folder)) for folder in sys.argv[1:]]))

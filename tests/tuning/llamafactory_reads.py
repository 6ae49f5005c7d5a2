# mypy: ignore-errors
"""What LLaMA-Factory makes of a data set in the form `sharegpt`; run in its environment.

    training/.llamafactory/bin/python tests/tuning/llamafactory_reads.py FOLDER MODEL OUT

By the loader that its training begins with: rows found by `dataset_info.json`, pictures opened, made tokens.
"""

import json
import os
import sys
from pathlib import Path

from llamafactory.data import get_dataset, get_template_and_fix_tokenizer
from llamafactory.hparams import get_train_args
from llamafactory.model import load_tokenizer

PICTURE = 151655


def read(folder: Path, model: str, out: str) -> list[dict[str, object]]:
    """Of each row: what is to be said, what is not to be, and how many places the picture has."""
    registered = json.loads((folder / "dataset_info.json").read_text())
    ranking = any(entry.get("ranking") for entry in registered.values())
    settings, data, training, _, _ = get_train_args(
        {
            "model_name_or_path": model,
            "stage": "dpo" if ranking else "sft",
            "do_train": True,
            "finetuning_type": "lora",
            "dataset": ",".join(registered),
            "dataset_dir": str(folder),
            "media_dir": str(folder),
            "template": "qwen2_vl",
            "output_dir": out,
            "overwrite_cache": True,
            "report_to": "none",
            "use_cpu": True,
        }
    )
    loaded = load_tokenizer(settings)
    tokenizer = loaded["tokenizer"]
    template = get_template_and_fix_tokenizer(tokenizer, data)
    stage = "rm" if ranking else "sft"
    rows = get_dataset(template, settings, data, training, stage, tokenizer, loaded["processor"])
    kind = "chosen_" if ranking else ""

    def said(labels: list[int]) -> str:
        told = [label for label in labels if label >= 0]
        return tokenizer.decode(told, skip_special_tokens=True).strip()

    return [
        {
            "answer": said(row[f"{kind}labels"]),
            "rejected": said(row["rejected_labels"]) if ranking else None,
            "pictures": len(row["images"]),
            "places": row[f"{kind}input_ids"].count(PICTURE),
        }
        for row in rows["train_dataset"]
    ]


if __name__ == "__main__":
    os.environ["HF_DATASETS_CACHE"] = sys.argv[3]
    print(json.dumps(read(Path(sys.argv[1]), *sys.argv[2:])))

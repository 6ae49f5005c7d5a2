"""torchvision for the rig's vLLM, which has none: Qwen's pictures are prepared by it."""

import subprocess
from pathlib import Path
from typing import Final

from tests.vlm_rig import FOLDER, real_vllm

VERSION: Final = "0.28.0"
"""Of the rig's torch, 2.13."""

DECLARE: Final = '''"""The usual build's operators want CUDA: here they are named, and nobody calls them."""

from torch import library

operators = library.Library("torchvision", "DEF")
for name in ("nms", "qnms"):
    operators.define(f"{name}(Tensor boxes, Tensor scores, float iou_threshold) -> Tensor")
'''


def torchvision() -> Path:
    """A folder for PYTHONPATH, made at the first call and kept. Skips where there is no rig."""
    if not (FOLDER / "installed").exists():
        with real_vllm():
            pass
    folder = FOLDER / f"torchvision-{VERSION}"
    if not (folder / "sitecustomize.py").exists():
        python, wanted = FOLDER / "venv/bin/python", f"torchvision=={VERSION}"
        into = ["--python", str(python), "--no-deps", "--target", str(folder), wanted]
        subprocess.run([python.with_name("uv"), "pip", "install", "-q", *into], check=True, timeout=300)
        (folder / "sitecustomize.py").write_text(DECLARE)
    return folder

"""The benchmarks of the before/after table, and what each harness calls them and their scores."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Judge(StrEnum):
    """What lmms-eval takes for its judge's address, by benchmark: the server's with this after it."""

    SERVER = ""
    CHAT = "/chat/completions"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Higher is better in all of them.

    `task` and `metrics` are lmms-eval's, whose score is the sum of the metrics; `dataset` is VLMEvalKit's,
    which says itself which of its metrics counts. `judge`: a model marks answers, or those that a rule
    leaves, so two runs compare only under the same judge.
    """

    name: str
    task: str
    metrics: tuple[str, ...]
    dataset: str
    judge: Judge | None = None


BENCHMARKS: Final = (
    Benchmark("LLaVA-Bench", "llava_in_the_wild", ("gpt_eval_llava_all",), "LLaVABench", judge=Judge.SERVER),
    Benchmark("OCRBench", "ocrbench", ("ocrbench_accuracy",), "OCRBench"),
    Benchmark("MME", "mme", ("mme_perception_score", "mme_cognition_score"), "MME"),
    Benchmark("RealWorldQA", "realworldqa", ("exact_match",), "RealWorldQA"),
    Benchmark("MM-Vet", "mmvet", ("gpt_eval_score",), "MMVet", judge=Judge.SERVER),
    Benchmark("MMBench", "mmbench_en_dev", ("gpt_eval_score",), "MMBench_DEV_EN", judge=Judge.CHAT),
    Benchmark("HallusionBench", "hallusion_bench_image", ("aAcc",), "HallusionBench", judge=Judge.CHAT),
    Benchmark("TextVQA", "textvqa_val", ("exact_match",), "TextVQA_VAL"),
    Benchmark("MMMU val", "mmmu_val", ("mmmu_acc",), "MMMU_DEV_VAL"),
    Benchmark("DocVQA", "docvqa_val", ("anls",), "DocVQA_VAL"),
)
BY_TASK: Final = {one.task: one for one in BENCHMARKS}
BY_DATASET: Final = {one.dataset: one for one in BENCHMARKS}
BY_NAME: Final = {one.name: one for one in BENCHMARKS}

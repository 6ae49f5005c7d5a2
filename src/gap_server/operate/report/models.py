"""Which model is more truthful, by the newest fit of players x images x models."""

from collections.abc import Sequence

from gap_server.operate.report.figure import Bars, Figure, Value
from gap_server.store.comparisons import ModelDifference, ModelStanding

PLACES = 4
"""More than any of these numbers is sure of."""


def models_compared(standings: Sequence[ModelStanding]) -> Figure:
    return Figure(
        "models_compared",
        "Models compared: how often players would flag each",
        "Had each model given all untainted answers, the share that players would have flagged, whoever they"
        " are and whichever pictures they saw; with its 95 % interval. The most truthful model first.",
        (
            *("model", "revision", "flag_rate", "lower", "upper", "truthfulness", "truthfulness_lower"),
            *("truthfulness_upper", "players", "answers", "flagged"),
        ),
        [_standing(standing) for standing in standings],
        Bars(("model", "revision"), ("flag_rate",), "flagged", upright=False, share=True),
    )


def model_differences(differences: Sequence[ModelDifference]) -> Figure:
    return Figure(
        "model_differences",
        "Models compared, two by two",
        "How likely the first is more truthful than the other, by how much in log odds, and how many of a"
        " hundred answers fewer would be flagged; with 95 % intervals.",
        (
            *("model", "revision", "other_model", "other_revision", "p_more_truthful", "difference"),
            *("lower", "upper", "flagged_less_in_100", "flagged_less_lower", "flagged_less_upper"),
        ),
        [
            (
                *(d.model, d.revision, d.other_model, d.other_revision),
                *_rounded(d.p_more_truthful, d.difference, d.difference_lower, d.difference_upper),
                *_rounded(
                    -100 * d.flag_rate_difference,
                    -100 * d.flag_rate_difference_upper,
                    -100 * d.flag_rate_difference_lower,
                ),
            )
            for d in differences
            if d.difference >= 0
        ],
        Bars(
            ("model", "revision", "other_model", "other_revision"),
            ("p_more_truthful",),
            "sure that the first is more truthful than the other",
            upright=False,
            share=True,
        ),
    )


def _standing(of: ModelStanding) -> tuple[Value, ...]:
    rate = _rounded(of.flag_rate, of.flag_rate_lower, of.flag_rate_upper)
    truthfulness = _rounded(of.truthfulness, of.truthfulness_lower, of.truthfulness_upper)
    return of.model, of.revision, *rate, *truthfulness, of.players, of.answers, of.flagged


def _rounded(*values: float) -> list[float]:
    return [round(value, PLACES) for value in values]

"""How far trust can be trusted: crowds whose truth is known play in memory, and estimates are held to it.

    python -m bench.trust [--players 2000] [--seeds 101 102 103]

For both deals, with one always-flagger and one poisoner in five each, the poisoners of each of three kinds.
Writes bench/results/trust.json and trust.md. crowd-kit's Dawid-Skene judges the same verdicts
as the jury's arithmetic.
"""

import argparse
import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench.verdicts import compared_with_crowd_kit
from gap_server.quality import reliability
from gap_server.quality.crowd.jurors import Judged, judged, refitted
from gap_server.quality.crowd.play import BALANCED, KINDS, PAPER, Crowd, Deal, World, played, with_poisoner
from gap_server.quality.crowd.policies import Behaviour
from gap_server.quality.evidence import (
    CONTROL,
    CONTROL_WRONG,
    TRAP_COMPLEX,
    TRAP_SIMPLE,
    UNCHECKED_TRAP_WRONG,
    Bools,
    Evidence,
    Floats,
    joined,
)
from gap_server.quality.jury import Outcome
from gap_server.quality.measures import calibration_error, coverage, precision_and_recall, rank_correlation
from gap_server.quality.reliability import estimates, fit
from gap_server.quality.sharpness import sharpness

RESULTS: Final = Path(__file__).parent / "results"
DEALS: Final = {"balanced": BALANCED, "paper": PAPER}
POISONERS: Final = {
    "poisoner": Behaviour.POISONER,
    "accuser": Behaviour.ACCUSER,
    "excuser": Behaviour.EXCUSER,
}
SESSIONS: Final = 5
SESSIONS_OF_SHARPNESS: Final = 8
KEPT_FROM: Final = 0.9
CLAIMED: Final = 0.95
CAREFUL: Final = (0.9, 0.05)
"""P(flag | answer wrong) and P(flag | answer right)."""

BLIND: Final = {
    Behaviour.ALWAYS: "flags everything",
    Behaviour.NEVER: "flags nothing",
    Behaviour.COIN: "tosses a coin",
    Behaviour.BY_FILE_SIZE: "flags small files",
    Behaviour.BY_LOOK: "flags simple pictures",
    Behaviour.COPIER: "flags by somebody's list of traps",
}
MILLION: Final = {1: 0.4, 2: 0.2, 3: 0.15, 5: 0.15, 8: 0.1}
"""Of a million players, the share that played so many sessions."""

# what is asked of each measure; the sign says which way
AT_MOST: Final = {"calibration": 0.05, "calibration_unjudged": 0.05, "calibration_with_jury": 0.05}
AT_LEAST: Final = {
    "precision": 0.9,
    "precision_unjudged": 0.9,
    "precision_with_jury": 0.98,
    "precision_confirmed": 0.98,
    "precision_confirmed_and_still_trusted": 0.98,
    "order_of_players": 0.8,
}


def main() -> None:
    arguments = _arguments()
    result: dict[str, Any] = {
        "what": "estimates of trust against the known truth of simulated crowds",
        "command": f"python -m bench.trust --players {arguments.players}"
        f" --seeds {' '.join(map(str, arguments.seeds))}",
        "at": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{os.cpu_count()} cores, {platform.machine()}",
        "versions": {"python": platform.python_version(), "numpy": version("numpy")}
        | {"reliability": reliability.VERSION},
        "deals": {
            name: {
                "by_poisoner": {
                    kind: {
                        str(seed): _measured(arguments.players, deal, kind, seed) for seed in arguments.seeds
                    }
                    for kind in POISONERS
                },
                "sharpness_after_8_sessions": _sharpness_of_kinds(deal, arguments.seeds),
            }
            for name, deal in DEALS.items()
        },
        "a_million_players": _million(),
        "crowd_kit": compared_with_crowd_kit(arguments.seeds),
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "trust.json").write_text(json.dumps(result, indent=2) + "\n")
    (RESULTS / "trust.md").write_text(_table(result))
    print(_table(result))


def _measured(players: int, deal: Deal, kind: str, seed: int) -> dict[str, float]:
    crowd = played(players, SESSIONS, deal=deal, mix=with_poisoner(POISONERS[kind]), seed=seed)
    found = estimates(fit(crowd.evidence), level=CLAIMED)
    alone = crowd.trust(found.trust)
    after = judged(crowd, alone, seed=seed)
    later = refitted(crowd, after)
    precisions = {
        "": alone >= KEPT_FROM,
        "_unjudged": later.unjudged >= KEPT_FROM,
        "_with_jury": later.trust >= KEPT_FROM,
        "_confirmed": _confirmed(after),
        "_confirmed_and_still_trusted": _confirmed(after) & (later.trust >= KEPT_FROM),
    }
    kept: dict[str, float] = {
        "rows_kept": float((alone >= KEPT_FROM).sum()),
        "trust_of_rows_kept": float(alone[alone >= KEPT_FROM].mean()),
    }
    for name, which in precisions.items():
        precision, recall = precision_and_recall(which, crowd.flag_wrong)
        kept |= {f"precision{name}": precision, f"recall{name}": recall}
    blind = judged(crowd, alone, measured_by_settled=False, seed=seed)
    unmeasured = precision_and_recall(_confirmed(blind), crowd.flag_wrong)
    measures = {
        "calibration": calibration_error(alone, crowd.flag_wrong),
        "calibration_unjudged": calibration_error(later.unjudged, crowd.flag_wrong),
        "calibration_with_jury": calibration_error(later.trust, crowd.flag_wrong),
        **kept,
        "precision_confirmed_if_nothing_settled_were_shown": unmeasured[0],
        "disputed": float(np.mean([outcome is Outcome.DISPUTED for outcome in after.outcomes])),
        "verdicts_a_case": float(after.verdicts.mean()),
        "order_of_players": rank_correlation((found.s - found.f).mean(axis=1), crowd.sharpness),
        "order_by_sharpness": rank_correlation(_as_shown(crowd), crowd.sharpness),
        "coverage_s": coverage(found.s_lower, crowd.s, found.s_upper),
        "coverage_f": coverage(found.f_lower, crowd.f, found.f_upper),
    }
    print(f"{kind}, seed {seed}: {measures}", flush=True)
    return {name: round(value, 4) for name, value in measures.items()}


def _confirmed(after: Judged) -> Bools:
    return np.array([outcome is Outcome.WRONG for outcome in after.outcomes])


def _as_shown(crowd: Crowd) -> Floats:
    return sharpness(crowd.evidence).astype(np.float64)


def _sharpness_of_kinds(deal: Deal, seeds: Iterable[int]) -> dict[str, dict[str, float]]:
    """One answer a round, as the game counts it. 1,000 players of a kind for each seed."""
    found = {
        what: _spread(lambda seed, kind=kind: _blind(deal, kind, seed), seeds)  # type: ignore[misc]  # a bound default
        for kind, what in BLIND.items()
    }
    return found | {"careful, 0.9 and 0.05": _spread(lambda seed: _careful(deal, seed), seeds)}


def _spread(of_seed: Callable[[int], Floats], seeds: Iterable[int]) -> dict[str, float]:
    shown = np.concatenate([of_seed(seed) for seed in seeds])
    return {"mean": round(float(shown.mean()), 1), "p95": float(np.quantile(shown, 0.95))}


def _blind(deal: Deal, kind: Behaviour, seed: int) -> Floats:
    one_answer = World(asks_on=0.0)
    crowd = played(1000, SESSIONS_OF_SHARPNESS, deal=deal, mix={kind: 1.0}, world=one_answer, seed=seed)
    return _as_shown(crowd)


def _careful(deal: Deal, seed: int) -> Floats:
    random = np.random.default_rng(seed)
    s, f = CAREFUL
    columns = []
    kinds = (TRAP_SIMPLE, TRAP_COMPLEX, CONTROL)
    wrongs = (UNCHECKED_TRAP_WRONG, UNCHECKED_TRAP_WRONG, CONTROL_WRONG)
    for rounds, wrong in zip(deal.rounds, wrongs, strict=False):
        seen = np.full(1000, rounds * SESSIONS_OF_SHARPNESS)
        flagged = random.binomial(seen, wrong * s + (1 - wrong) * f)
        columns.append((seen.astype(np.float64), flagged.astype(np.float64)))
    return sharpness(joined(kinds, columns)).astype(np.float64)


def _million() -> dict[str, float]:
    """Players of few sessions and of many; seconds on the clock, and of all cores together."""
    parts = [played(int(1e6 * share), n, seed=n).evidence for n, share in MILLION.items()]
    seen, flagged = (np.vstack([getattr(part, of) for part in parts]) for of in ("seen", "flagged"))
    evidence = Evidence(KINDS, seen, flagged)
    start = time.perf_counter(), time.process_time()
    fitted = fit(evidence)
    middle = time.perf_counter(), time.process_time()
    estimates(fitted)
    end = time.perf_counter(), time.process_time()
    names = ("seconds", "processor_seconds")
    took = {f"fit_{name}": b - a for name, a, b in zip(names, start, middle, strict=True)}
    took |= {f"estimate_{name}": b - a for name, a, b in zip(names, middle, end, strict=True)}
    return {"players": float(len(evidence))} | {name: round(value, 1) for name, value in took.items()}


def _table(result: dict[str, Any]) -> str:
    deals = result["deals"]
    lines = [
        "# How far trust can be trusted",
        "",
        f"`{result['command']}`, {result['at']}. {SESSIONS} sessions a player; one always-flagger and one"
        " poisoner in five each. A *poisoner* is honest on simple pictures, and calls every answer about a"
        " complex one wrong, in play and as a juror; an *accuser* does so as a juror alone; an *excuser*"
        " calls them right."
        " Each figure: the mean over the seeds, and the worst and best of them.",
        "",
        "| | asked | " + " | ".join(f"{deal}, {kind}" for deal in deals for kind in POISONERS) + " |",
        "|---|---|" + "---|" * len(deals) * len(POISONERS),
    ]
    crowds = [of for deal in deals.values() for of in deal["by_poisoner"].values()]
    for name in next(iter(crowds[0].values())):
        values = [[of[name] for of in crowd.values()] for crowd in crowds]
        lines.append(_row(name.replace("_", " "), _asked(name), [_mean_and_range(of) for of in values]))
    lines += ["", "Sharpness after 8 sessions, mean and 95th percentile:", ""]
    lines += ["| | asked | " + " | ".join(deals) + " |", "|---|---|" + "---|" * len(deals)]
    for kind in next(iter(deals.values()))["sharpness_after_8_sessions"]:
        found = [deal["sharpness_after_8_sessions"][kind] for deal in deals.values()]
        asked = "at least 70" if kind.startswith("careful") else "at most 10"
        lines.append(_row(kind, asked, [f"{of['mean']:.1f}, {of['p95']:.0f}" for of in found]))
    for title, name in (("A million players", "a_million_players"), ("crowd-kit's Dawid-Skene", "crowd_kit")):
        lines += ["", f"{title}: {_listed(result[name])}"]
    return "\n".join([*lines, ""])


def _row(name: str, asked: str, cells: list[str]) -> str:
    return f"| {name} | {asked} | " + " | ".join(cells) + " |"


def _asked(name: str) -> str:
    if name in AT_MOST:
        return f"at most {AT_MOST[name]}"
    if name.startswith("coverage"):
        return f"{CLAIMED} ± 0.05"
    return f"at least {AT_LEAST[name]}" if name in AT_LEAST else ""


def _mean_and_range(values: list[float]) -> str:
    return f"{statistics.mean(values):.3f} ({min(values):.3f} to {max(values):.3f})"


def _listed(found: dict[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in found.items())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--players", type=int, default=2000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[101, 102, 103])
    return parser.parse_args()


if __name__ == "__main__":
    main()

"""What the report's tables are written with."""

from collections.abc import Iterator

from gap_server.tuning.evaluation.scores import ALL


def heads(*names: str) -> Iterator[str]:
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"


def cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())[:160]


def part(stratum: str, category: str) -> str:
    """Which rows are meant, by the name that is not all."""
    return category if category != ALL else stratum

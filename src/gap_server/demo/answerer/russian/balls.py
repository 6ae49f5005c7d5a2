"""What `шарик` is: a balloon, and a ball where no balloon is drawn."""

from gap_server.demo.answerer import patterns
from gap_server.demo.scene.description import Scene

_ROUND = r"(?i)(?<!воздушный )(?<!воздушные )(?<!воздушных )(?<!воздушного )\bшарик"


def as_drawn(question: str, scene: Scene) -> str:
    """The question with `мячик` for `шарик` where only balls can be meant."""
    kinds = {thing.kind for thing in scene.things}
    return patterns.sub(_ROUND, "мячик", question) if "ball" in kinds and "balloon" not in kinds else question

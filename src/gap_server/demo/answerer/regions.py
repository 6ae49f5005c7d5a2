"""The regions of a picture by name."""

GRID = (
    "left",
    "right",
    "centre",
    "top left",
    "top right",
    "bottom left",
    "bottom right",
    "top centre",
    "bottom centre",
)

MIRRORED = {"left": "right", "right": "left", "centre": "left", "top": "bottom", "bottom": "top"}


def elsewhere(region: str) -> str:
    """The same height on the other side."""
    *up, side = region.split()
    return " ".join((*up, MIRRORED[side]))

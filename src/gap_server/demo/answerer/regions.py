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

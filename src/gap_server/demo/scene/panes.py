"""The windows of a town's buildings: where each is drawn, and so how many can be counted."""

from gap_server.demo.scene.description import Box, Scene, Thing

COLUMNS = 3
_STOREY = 0.04  # heights in pictures' heights, widths in buildings' widths
_UNDER_THE_ROOF, _HIGH = 0.03, 0.022
_MARGIN, _COLUMN, _WIDE = 0.16, 0.27, 0.14
_HIDDEN_FROM = 0.5


def panes(building: Box) -> list[Box]:
    """The windows of a building whose front is `building`."""
    storeys = int((building.height - _UNDER_THE_ROOF) / _STOREY)
    found = []
    for spot in range(storeys * COLUMNS):
        left = building.left + building.width * (_MARGIN + _COLUMN * (spot % COLUMNS))
        top = building.top + _UNDER_THE_ROOF + _STOREY * (spot // COLUMNS)
        found.append(Box(left, top, left + building.width * _WIDE, top + _HIGH))
    return found


def seen_panes(scene: Scene, buildings: tuple[Thing, ...]) -> int:
    """How many of them nothing hides."""
    return sum(
        all(thing.box.overlap(pane) < _HIDDEN_FROM * pane.width * pane.height for thing in scene.things)
        for building in buildings
        for pane in panes(building.box)
    )


def all_panes(buildings: tuple[Thing, ...]) -> int:
    return sum(len(panes(building.box)) for building in buildings)

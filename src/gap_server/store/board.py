"""A leaderboard as SQL: who is on it, what they are ranked by, in what order they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from gap_server.store.calendar import NUMBER_OF_TODAY, THIS_WEEK

_SUMS = {"all": "app.player_total t", "week": "app.player_week t", "today": "app.daily_entry t"}
_TOTALS = _SUMS | {"week": "app.player_week t join app.player_total whole on whole.player_id = t.player_id"}
_FINDS = {"all": "t.finds", "week": "whole.finds"}
_STANDS = {
    "all": "t.shown and t.sessions > 0",
    "week": f"t.shown and t.sessions > 0 and t.week = {THIS_WEEK}",
    "today": f"t.shown and t.number = ({NUMBER_OF_TODAY})",
}
_COLUMNS = {
    "points": ("points",),
    "sharpness": ("sharpness", "points"),
    "net points": ("net_points", "points"),
}
"""What players are ranked by: the first column, among equals the next."""

_SIZES = (10, 50, 100)
"""Of a top that is read: each is a statement of its own."""


@dataclass(frozen=True, slots=True)
class Board:
    """`period`: week or all. `by`: sharpness or points. The day's board is one of its own kind: TODAY."""

    period: str
    by: str

    @property
    def columns(self) -> tuple[str, ...]:
        return _COLUMNS[self.by]

    @property
    def _worth(self) -> str:
        return f"({', '.join(f't.{column}' for column in self.columns)})"

    def _given(self) -> str:
        """The same of one player, as parameters from $1 on."""
        return f"({', '.join(f'${n}::bigint' for n, _ in enumerate(self.columns, start=1))})"

    def compared(self, sign: str) -> str:
        return f"{self._worth} {sign} {self._given()}"

    @property
    def name(self) -> str:
        return f"{self.period} {self.by}"

    @property
    def began(self) -> str:
        """From when on what was counted on it may be of the same players: SQL."""
        return f"date_trunc('{'day' if self.period == 'today' else 'week'}', now(), 'UTC')"

    @property
    def standing(self) -> str:
        """Who is on it, found by index however many are not: what stands after `from`, their sums as t."""
        return f"{_SUMS[self.period]} where {_STANDS[self.period]}"

    def count(self, sign: str) -> str:
        """How many on it compare like that with what is given."""
        return f"select count(*) from {self.standing} and {self.compared(sign)}"

    @property
    def rows(self) -> str:
        """The same with all that is shown of them, players as p."""
        return (
            "select p.id, coalesce(p.name, '') as name, t.points, t.sessions, t.sharpness,"
            f" {_FINDS[self.period]} as finds from {_TOTALS[self.period]}"
            f" join app.player p on p.id = t.player_id where {_STANDS[self.period]}"
        )

    def stretch(self, direction: str, most: int, condition: str = "") -> str:
        """The first rows that a condition leaves: see `size_for` about `most`."""
        return f"{self.rows}{condition} order by {self.order(direction)} limit {most}"

    def order(self, direction: str) -> str:
        """`desc`: from the first. Equals stand by their ids, as in the index, so that nothing is left to
        sort."""
        return ", ".join(f"t.{column} {direction}" for column in (*self.columns, "player_id"))

    def beyond(self, sign: str) -> str:
        """Before (>) or after (<) one player's place: what they are worth from $1 on, then their id."""
        places = [
            *(f"${n}::bigint" for n, _ in enumerate(self.columns, 1)),
            f"${len(self.columns) + 1}::uuid",
        ]
        theirs = [f"t.{column}" for column in (*self.columns, "player_id")]
        return f"({', '.join(theirs)}) {sign} ({', '.join(places)})"


def size_for(limit: int) -> int:
    """How many rows of a top to read for up to 100 of them. It is no parameter of the statement: Postgres
    would not know that they are few, and plan it anew at each call, which takes longer than to read them."""
    return next(size for size in _SIZES if size >= limit)


def ranks(worths: Sequence[Sequence[int]], *, first: int = 1, equal_before: int = 0) -> list[int]:
    """The ranks of rows in their order: equals share one, the next lower counts all before it.

    `first`: the rank of the first row; `equal_before`: how many who share it stand before that row.
    """
    found: list[int] = []
    for n, worth in enumerate(worths):
        is_equal = n and worth == worths[n - 1]
        found.append(found[-1] if is_equal else first if not n else first + equal_before + n)
    return found


BOARDS = tuple(Board(period, by) for period in ("all", "week") for by in ("points", "sharpness"))
TODAY = Board("today", "net points")
"""Of who has finished today's ten: `store.dailies` tells who stands on it."""

"""A leaderboard as SQL: who is on it, what they are ranked by, in what order they stand."""

from dataclasses import dataclass

_SUMS = {"all": "app.player_total t", "week": "app.player_week t"}
_TOTALS = _SUMS | {"week": "app.player_week t join app.player_total whole on whole.player_id = t.player_id"}
_FINDS = {"all": "t.finds", "week": "whole.finds"}
_SHOWN = "p.show_on_leaderboard and p.banned_at is null"
_HAS_PLAYED = {
    "all": "t.sessions > 0",
    "week": "t.sessions > 0 and t.week = date_trunc('week', now() at time zone 'UTC')::date",
}
_COLUMNS = {"points": ("points",), "sharpness": ("sharpness", "points")}
"""What players are ranked by: the first column, among equals the next."""


@dataclass(frozen=True, slots=True)
class Board:
    """`period`: week or all. `by`: sharpness or points."""

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
    def players(self) -> str:
        """Who has played, shown or not: what stands after `from`, players as p, their totals as t."""
        return (
            f"{_TOTALS[self.period]} join app.player p on p.id = t.player_id where {_HAS_PLAYED[self.period]}"
        )

    @property
    def shown(self) -> str:
        return _SHOWN

    @property
    def few(self) -> str:
        """How many of a few are on it. Postgres cannot know that they are few: it is made to look up each."""
        return (
            f"select count(*) from {_SUMS[self.period]} cross join lateral"
            f" (select from app.player p where p.id = t.player_id and {_SHOWN} limit 1) shown"
            f" where {_HAS_PLAYED[self.period]}"
        )

    def select(self, what: str) -> str:
        return f"select {what} from {self.players} and {_SHOWN}"

    @property
    def rows(self) -> str:
        finds = _FINDS[self.period]
        row = f"p.id, coalesce(p.name, '') as name, t.points, t.sessions, t.sharpness, {finds} as finds"
        return self.select(row)

    def order(self, direction: str) -> str:
        opposite = {"desc": "asc", "asc": "desc"}[direction]
        return ", ".join([*(f"t.{column} {direction}" for column in self.columns), f"t.player_id {opposite}"])


BOARDS = tuple(Board(period, by) for period in _TOTALS for by in _COLUMNS)

"""The leaderboard."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from gap_server.store.leaderboard import Entry


class _Standing(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    rank: int
    name: str
    points: int
    sessions: int
    sharpness: int = Field(ge=0, le=100)
    finds: int


class EntryOut(_Standing):
    is_me: bool


class MyRankOut(_Standing):
    """My row, and the rows around it."""

    around: list[EntryOut]

    @classmethod
    def of(cls, around: list[Entry]) -> Self | None:
        mine = next((entry for entry in around if entry.is_me), None)
        if mine is None:
            return None
        rows = [EntryOut.model_validate(entry) for entry in around]
        return cls(**_Standing.model_validate(mine).model_dump(), around=rows)


class LeaderboardOut(BaseModel):
    entries: list[EntryOut]
    me: MyRankOut | None

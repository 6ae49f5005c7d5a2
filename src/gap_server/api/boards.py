"""The leaderboard."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from gap_server.store.leaderboard import Entry


class EntryOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    rank: int
    name: str
    points: int
    sessions: int
    sharpness: int = Field(ge=0, le=100)
    finds: int
    is_me: bool


class MyRankOut(BaseModel):
    """My row, and the rows around it."""

    rank: int
    name: str
    points: int
    sessions: int
    sharpness: int = Field(ge=0, le=100)
    finds: int
    around: list[EntryOut]

    @classmethod
    def of(cls, around: list[Entry]) -> Self | None:
        mine = next((entry for entry in around if entry.is_me), None)
        if mine is None:
            return None
        return cls(
            rank=mine.rank,
            name=mine.name,
            points=mine.points,
            sessions=mine.sessions,
            sharpness=mine.sharpness,
            finds=mine.finds,
            around=[EntryOut.model_validate(entry) for entry in around],
        )


class LeaderboardOut(BaseModel):
    entries: list[EntryOut]
    me: MyRankOut | None

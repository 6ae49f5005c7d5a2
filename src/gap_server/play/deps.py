"""What every use case works with, put together once by `app`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from gap_server.game.rules import Rules
from gap_server.i18n.words import ORIGINAL_NAME
from gap_server.play.invitation import invitation_url
from gap_server.play.limits import Limits
from gap_server.play.origins import Origins
from gap_server.play.picture_cache import PictureCache
from gap_server.store.disk import RoomCheck
from gap_server.store.engine import Store
from gap_server.vlm.judge import Judge
from gap_server.vlm.models import Models
from gap_server.vlm.protocol import Picture


class Deps(Protocol):
    """What looking things up and making moves need: the bot has no more than this."""

    @property
    def store(self) -> Store: ...

    @property
    def rules(self) -> Rules: ...

    @property
    def bot_key(self) -> bytes: ...


Oracle = Callable[[Picture, str], str | None]
"""What is true, to a question about a picture; None where that is not known."""


@dataclass(frozen=True, slots=True)
class GameDeps:
    """`bot_key` signs initData; `demo_sign_in` lets in by a name. `sessions_per_day` and
    `cases_per_day` are a player's.

    `judge` decides whether two answers agree where no rule can; `oracle` knows what is true of demo scenes.

    `app_name`: what players know the game by. `bot_name`: the bot's username, None where there is no bot;
    `bot_main_app`: it has a main mini-app.
    """

    store: Store
    models: Models
    pictures: PictureCache
    rules: Rules
    bot_key: bytes
    sessions_per_day: int
    limits: Limits
    demo_sign_in: bool = False
    cases_per_day: int = 200
    app_name: str = ORIGINAL_NAME
    bot_name: str | None = None
    bot_main_app: bool = False
    origins: Origins = field(default_factory=Origins)
    room: RoomCheck = field(default_factory=RoomCheck)
    judge: Judge | None = None
    oracle: Oracle | None = None
    honest_checks_per_minute: int = 60
    trust_refit_minutes: int = 15

    def invite_url(self, referral_code: str) -> str | None:
        """None where there is no bot to be invited by."""
        if self.bot_name is None:
            return None
        return invitation_url(self.bot_name, referral_code, main_app=self.bot_main_app)

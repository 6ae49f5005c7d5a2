"""What the bot works with, put together once by `bot.app`."""

from dataclasses import dataclass
from urllib.parse import quote

from gap_server import __version__
from gap_server.game.rules import Rules
from gap_server.store.engine import Store


@dataclass(frozen=True, slots=True)
class BotDeps:
    """`public_url`: where the mini-app is, without a slash at its end.

    `bot_key`: derived from the bot's token; what is remembered of who leaves stands under it.
    """

    store: Store
    rules: Rules
    bot_key: bytes
    app_name: str
    public_url: str

    @property
    def game_url(self) -> str:
        """With the version, so that no client shows a page older than the server."""
        return f"{self.public_url}/?v={__version__}"

    def challenge_url(self, code: str) -> str:
        return f"{self.game_url}&challenge={quote(code, safe='')}"

    def card_url(self, key: str) -> str:
        return f"{self.public_url}/api/v1/cards/{key}.jpg"

    @property
    def privacy_url(self) -> str:
        return f"{self.public_url}/#/privacy"


def share_url(link: str, text: str) -> str:
    return f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(text, safe='')}"

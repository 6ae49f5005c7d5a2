"""Links that bring a friend into the game, and say by whom."""

import re
from urllib.parse import quote

_CHALLENGE = re.compile(r"c_([\w-]+)", re.ASCII)


def challenge_in(start_param: str | None) -> str | None:
    """The code of the challenge that a link leads to, where it leads to one."""
    found = _CHALLENGE.fullmatch(start_param or "")
    return found[1] if found else None


def invitation_url(bot_name: str, code: str, *, main_app: bool) -> str:
    """Opens the game at once where the bot has a main mini-app; otherwise the bot, which leads there."""
    door = "startapp" if main_app else "start"
    return f"https://t.me/{bot_name}?{door}={quote(code, safe='')}"

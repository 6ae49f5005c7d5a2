"""Links that bring a friend into the game, and say by whom."""

from urllib.parse import quote


def invitation_url(bot_name: str, code: str, *, main_app: bool) -> str:
    """Opens the game at once where the bot has a main mini-app; otherwise the bot, which leads there."""
    door = "startapp" if main_app else "start"
    return f"https://t.me/{bot_name}?{door}={quote(code, safe='')}"

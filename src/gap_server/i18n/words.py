"""Everything that must be said, and how a language counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

ORIGINAL_NAME = "Catch the Lie"

Plural = Mapping[str, str]
"""A text with `{n}` for each of the language's plural categories (CLDR, whole numbers)."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """One language. `{game}` is the game's name; the other places to fill in are the same in every language.

    `category`: the plural category of a whole number. `letters`: the letters that tell it from the others, as
    the inside of a regular expression's brackets; English letters tell English alone. `refusal`: shown
    instead of an answer that is none.
    """

    category: Callable[[int], str]
    letters: str
    name: str
    refusal: str

    card_caught: Plural
    card_streak: Plural
    card_sharpness: str
    card_invitation: str

    points: Plural
    days: Plural

    play_button: str
    welcome: str
    ready: str
    help: str
    not_a_command: str
    banned: str
    trouble: str

    top_title: str
    top_line: str
    top_mine: str
    top_hidden: str
    top_empty: str

    me_title: str
    me_games: str
    me_points: str
    me_sharpness: str
    me_finds: str
    me_best: str
    me_streak: str
    me_rank: str
    me_nobody: str
    invite_button: str
    invite_text: str

    messages_on: str
    messages_off: str
    messages_allow: str
    messages_stop: str
    messages_allowed: str
    messages_stopped: str
    friend_played: str
    challenge: str
    challenge_played: str
    find_confirmed: Plural

    privacy: str
    """The whole of it, for the bot, the mini-app and the record of what was agreed to: a title, then parts, a
    blank line apart; a part is its heading, a line end, and its text."""
    privacy_button: str

    forget_ask: str
    forget_erase: str
    forget_keep: str
    forget_cancel: str
    forget_erased: str
    forget_kept: str
    forget_cancelled: str
    forget_nobody: str

    command_play: str
    command_top: str
    command_me: str
    command_privacy: str
    command_forgetme: str
    command_help: str

    @property
    def privacy_title(self) -> str:
        return self.privacy.partition("\n\n")[0]

    @property
    def privacy_parts(self) -> list[tuple[str, str]]:
        """Each part's heading and text."""
        parts = (part.partition("\n") for part in self.privacy.split("\n\n")[1:])
        return [(heading, text) for heading, _, text in parts]

    def count(self, plural: Plural, n: int, **others: int) -> str:
        """`others`: the numbers that the text has beside what it counts."""
        return plural[self.category(n)].format(n=n, **others)

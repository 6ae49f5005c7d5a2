"""The figures of the paper (arXiv 2410.04038), from what was played here."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from gap_server.game.rules import ROUNDS_TOTAL
from gap_server.operate.report.figure import Bars, Figure
from gap_server.store.report import Counts, LieCount, WeekCount

BINS: Final = 10
FROM: Final = "from this share up to the next; the last one has 1, too"
MANY_SESSIONS: Final = 15
"""As many sessions or more are one bar."""


def paper_figures(counts: Counts) -> list[Figure]:
    return [
        players_by_week(counts.weeks),
        wrong_given_flag(counts.lies),
        lies_caught(counts.lies),
        sessions_a_week(counts.weeks),
        sessions_a_player(counts),
        images_reached(counts),
    ]


def players_by_week(weeks: Sequence[WeekCount]) -> Figure:
    players, new, sessions = Counter[date](), Counter[date](), Counter[date]()
    for count in weeks:
        players[count.week] += count.players
        new[count.week] += count.new_players
        sessions[count.week] += count.players * count.sessions
    return Figure(
        "players_by_week",
        "Players by week (the paper's Figure 2)",
        "Players with a session that began in the week, named by its Monday (UTC). New: in no week before.",
        ("week", "new_players", "returning_players", "players", "sessions"),
        [
            (week, new[week], players[week] - new[week], players[week], sessions[week])
            for week in _without_gaps(players)
        ],
        Bars(("week",), ("new_players", "returning_players"), "players", names="week"),
    )


def wrong_given_flag(lies: Sequence[LieCount]) -> Figure:
    """Figure 5: M = 0 that the model was wrong, H = 0 that the player said so, D the arm."""
    return Figure(
        "wrong_given_flag",
        "P(M = 0 | H = 0, D = tainted), over players (the paper's Figure 5)",
        "Of the answers on tainted images that a player flagged, the share that was wrong. An answer counts"
        " as wrong unless the model said the same when asked honestly. Who flagged none is left out.",
        ("from", "to", "players"),
        _histogram([(count.caught, count.flagged, count.players) for count in lies]),
        Bars(("from",), ("players",), "players", names=FROM),
    )


def lies_caught(lies: Sequence[LieCount]) -> Figure:
    return Figure(
        "lies_caught",
        "P(H = 0 | M = 0, D = tainted), over players: lies that were caught",
        "Of the wrong answers on tainted images that a player saw, the share that the player flagged.",
        ("from", "to", "players"),
        _histogram([(count.caught, count.lies, count.players) for count in lies]),
        Bars(("from",), ("players",), "players", names=FROM),
    )


def sessions_a_week(weeks: Sequence[WeekCount]) -> Figure:
    return Figure(
        "sessions_a_week",
        "Sessions a week per player",
        f"Weeks in which somebody played, by how many sessions it was; {MANY_SESSIONS} stands for more, too.",
        ("sessions", "player_weeks"),
        _up_to_many([(count.sessions, count.players) for count in weeks]),
        Bars(("sessions",), ("player_weeks",), "players x weeks", names="sessions"),
    )


def sessions_a_player(counts: Counts) -> Figure:
    return Figure(
        "sessions_a_player",
        "Sessions per player",
        f"Players by how many sessions they played in all; {MANY_SESSIONS} stands for more, too."
        " Seven in ten of the paper's players never played a second one.",
        ("sessions", "players"),
        _up_to_many([(count.sessions, count.players) for count in counts.players]),
        Bars(("sessions",), ("players",), "players", names="sessions"),
    )


def images_reached(counts: Counts) -> Figure:
    reached = Counter[int]()
    for count in counts.sessions:
        reached[count.images] += count.sessions
    return Figure(
        "images_reached",
        "Images reached per session",
        "Sessions by how many of their ten images were turned up.",
        ("images", "sessions"),
        [(images, reached[images]) for images in range(ROUNDS_TOTAL + 1)] if reached else [],
        Bars(("images",), ("sessions",), "sessions", names="images"),
    )


def _without_gaps(weeks: Counter[date]) -> list[date]:
    """From the first week to the last, those in which nobody played too."""
    if not weeks:
        return []
    first, last = min(weeks), max(weeks)
    return [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]


def _histogram(of_players: Sequence[tuple[int, int, int]]) -> list[tuple[float, float, int]]:
    """Players by part / whole, in ten bins; 1 is in the last. Takes (part, whole, players)."""
    found = Counter[int]()
    for part, whole, players in of_players:
        if whole:
            found[min(part * BINS // whole, BINS - 1)] += players
    return [(n / BINS, (n + 1) / BINS, found[n]) for n in range(BINS)] if found else []


def _up_to_many(of_sessions: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found = Counter[int]()
    for sessions, players in of_sessions:
        found[min(sessions, MANY_SESSIONS)] += players
    return [(n, found[n]) for n in range(1, max(found, default=0) + 1)]

"""How fast one client calls, and who is too fast."""

from hypothesis import given
from hypothesis import strategies as st

from gap_server.api import pace
from gap_server.api.pace import AT_ONCE, MOST_LEAD_SECONDS, PER_SECOND, Pace


def turned_away(counted: Pace, at: list[float], *, is_busy: bool = True) -> list[float]:
    return [now for now in at if counted.is_too_fast(1, now, is_busy=is_busy)]


def test_who_calls_too_often_is_too_fast_where_it_is_busy_and_nobody_else_is() -> None:
    counted = Pace()
    assert turned_away(counted, [n * 0.1 for n in range(100)], is_busy=False) == []
    assert counted.is_too_fast(1, 10.0, is_busy=True)
    assert not counted.is_too_fast(2, 10.0, is_busy=True)


@given(per_second=st.floats(2.5, 100))
def test_it_is_seen_as_soon_as_they_made_more_calls_than_come_at_once(per_second: float) -> None:
    at = [n / per_second for n in range(1000)]
    refused = turned_away(Pace(), at)
    seen = AT_ONCE / (per_second - PER_SECOND)
    assert refused[0] <= seen + 1 / per_second
    assert len(refused) == sum(now >= refused[0] for now in at)


@given(st.lists(st.floats(1 / PER_SECOND, 100), max_size=200), st.integers(0, AT_ONCE - 1))
def test_who_is_no_faster_in_the_long_run_and_comes_with_a_few_at_once_never_is(
    waits: list[float], at_once: int
) -> None:
    counted, now = Pace(), 0.0
    assert turned_away(counted, [now] * at_once) == []
    for wait in waits:
        now += wait
        assert turned_away(counted, [now]) == []


def test_who_was_too_fast_and_comes_when_told_to_is_let_in_again() -> None:
    counted = Pace()
    turned_away(counted, [n * 0.01 for n in range(1000)])
    again = [10.0 + n for n in range(60)]
    refused = turned_away(counted, again)
    assert refused
    assert max(refused) < 10 + MOST_LEAD_SECONDS / (1 - 1 / PER_SECOND) + 1


def test_only_so_many_clients_are_kept_in_mind() -> None:
    counted = Pace()
    for n in range(3 * pace.MOST_CLIENTS):
        counted.is_too_fast(n, 0.0, is_busy=True)
        counted.is_too_fast(n, 0.0, is_busy=True)
    assert len(counted._even) <= pace.MOST_CLIENTS
    assert counted._resting <= counted._even.keys()


def test_who_is_too_fast_is_still_known_when_others_are_forgotten() -> None:
    counted = Pace()
    turned_away(counted, [0.0] * 100)
    for n in range(pace.MOST_CLIENTS):
        counted.is_too_fast(n + 2, 0.0, is_busy=True)
    counted.is_too_fast(0, 1.0, is_busy=True)
    assert counted.is_too_fast(1, 1.0, is_busy=False)

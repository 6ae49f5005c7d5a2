"""How fast one client calls, and who is too fast."""

from gap_server.api import pace
from gap_server.api.pace import FASTEST, WINDOW_SECONDS, Pace


def test_who_calls_too_often_within_two_windows_is_too_fast_in_an_overload() -> None:
    counted = Pace(0.0)
    for n in range(FASTEST + 1):
        assert not counted.is_too_fast(1, n * 0.01, is_overload=False)
    assert counted.is_too_fast(1, WINDOW_SECONDS, is_overload=True)
    assert not counted.is_too_fast(2, WINDOW_SECONDS, is_overload=True)


def test_a_person_never_is() -> None:
    """Three calls every three seconds, all the time."""
    counted = Pace(0.0)
    assert not any(counted.is_too_fast(1, float(n), is_overload=True) for n in range(1000))


def test_only_so_many_clients_are_kept_in_mind() -> None:
    counted = Pace(0.0)
    for n in range(3 * pace.MOST_CLIENTS):
        counted.is_too_fast(n, 0.0, is_overload=True)
    assert len(counted._calls) + len(counted._calls_before) <= 2 * pace.MOST_CLIENTS

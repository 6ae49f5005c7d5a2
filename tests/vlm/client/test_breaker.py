"""A server that fails is left alone, for longer each time, and given one trial after each rest."""

from gap_server.vlm.client.breaker import Breaker


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def opened_breaker() -> tuple[Breaker, Clock]:
    clock = Clock()
    breaker = Breaker(threshold=3, rest_seconds=2, longest_rest_seconds=7, clock=clock)
    for _ in range(3):
        assert not breaker.is_open
        breaker.failed()
    return breaker, clock


def test_failures_in_a_row_open_it() -> None:
    breaker, _ = opened_breaker()
    assert breaker.is_open
    assert breaker.seconds_left() == 2


def test_an_answer_between_failures_keeps_it_closed() -> None:
    breaker = Breaker(threshold=2)
    for _ in range(10):
        breaker.failed()
        breaker.succeeded()
    assert not breaker.is_open


def test_one_trial_after_the_rest() -> None:
    breaker, clock = opened_breaker()
    assert not breaker.begin_trial()
    clock.now += 2
    assert breaker.begin_trial()
    assert not breaker.begin_trial()
    assert breaker.is_open
    breaker.succeeded()
    assert not breaker.is_open


def test_each_failed_trial_doubles_the_rest_up_to_a_limit() -> None:
    breaker, clock = opened_breaker()
    rests = []
    for _ in range(4):
        clock.now += breaker.seconds_left()
        assert breaker.begin_trial()
        breaker.failed()
        rests.append(breaker.seconds_left())
    assert rests == [4, 7, 7, 7]


def test_a_trial_given_up_is_anybodys_again() -> None:
    breaker, clock = opened_breaker()
    clock.now += 2
    assert breaker.begin_trial()
    breaker.end_trial()
    assert breaker.begin_trial()


def test_late_failures_from_before_do_not_lengthen_the_rest() -> None:
    breaker, clock = opened_breaker()
    clock.now += 1
    for _ in range(9):
        breaker.failed()
    assert breaker.seconds_left() == 1

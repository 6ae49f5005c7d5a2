"""Hypothesis strategies for the rules: whole games as lists of moves."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from gap_server.game import moves
from gap_server.game.deal import deal
from gap_server.game.rules import Rules
from gap_server.game.state import Game, Judgement, Refusal, Round, RoundState, Session, SessionState

START = datetime(2026, 11, 23, 12, tzinfo=UTC)
RULES = Rules()

seconds = st.floats(0, 200, allow_nan=False).map(lambda s: timedelta(seconds=s))
ids = st.integers(1, 6).map(lambda n: UUID(int=n))

ask = st.tuples(st.just("ask"), ids, st.sampled_from(["How many?", "What colour?"]))
answer = st.tuples(st.just("answer"), ids, st.booleans(), seconds)
fail = st.tuples(st.just("fail"), ids, seconds)
busy = st.tuples(st.just("busy"), seconds)
take_back = st.tuples(st.just("take_back"), ids, seconds, seconds)
judge = st.tuples(st.just("judge"), ids, st.sampled_from(list(Judgement)))
plain = st.sampled_from([("next",), ("serve",), ("pass",), ("lapse",)])
correct = st.tuples(st.just("correct"), st.sampled_from(["Three.", "Blue."]))
wait = st.tuples(st.just("wait"), seconds)
a_move = st.one_of(ask, answer, answer, fail, busy, take_back, judge, judge, plain, plain, correct, wait)
some_moves = st.lists(a_move, max_size=120)


@dataclass
class Played:
    """A game in progress, held in memory: the rules alone, no application."""

    game: Game
    rounds: list[Round]
    now: datetime = START
    points: int = 0

    @classmethod
    def begin(cls, seed: int, rules: Rules = RULES) -> "Played":
        dealt_rounds = deal(rules, Random(seed))
        rounds = [
            Round(UUID(int=100 + c.position), c.position, RoundState.DEALT, c.tainted) for c in dealt_rounds
        ]
        session = Session(UUID(int=99), SessionState.OPEN, START, START + rules.session_time)
        return cls(Game(session, None), rounds)

    @property
    def dealt(self) -> Round | None:
        return next((r for r in self.rounds if r.state is RoundState.DEALT), None)

    def make(self, move: tuple[Any, ...], rules: Rules = RULES) -> Game | Refusal:
        """Apply a move; a refusal leaves everything as it is."""
        after = self._decide(move, rules)
        if isinstance(after, Game):
            self._take(after)
        return after

    def _take(self, after: Game) -> None:
        if after.round is not None:
            self.rounds = [after.round if r.id == after.round.id else r for r in self.rounds]
        self.game = after

    def _decide(self, move: tuple[Any, ...], rules: Rules) -> Game | Refusal:
        kind, *rest = move
        game, now = self.game, self.now
        if kind == "wait":
            self.now += rest[0]
            return moves.lapse(game, rules, self.now)
        if kind == "lapse":
            return moves.lapse(game, rules, now)
        if kind == "next":
            current_round = (
                game if game.round is not None and game.round.is_open else replace(game, round=None)
            )
            return moves.open_next(current_round, self.dealt, rules, now)
        if game.round is None:
            return game
        verbs: dict[str, Any] = {
            "ask": lambda: moves.ask(game, rest[0], rest[1], now),
            "answer": lambda: moves.answer(
                game, rest[0], "Two.", refused=rest[1], waited=rest[2], rules=rules, now=now
            ),
            "busy": lambda: moves.turn_away(game, rest[0], rules, now),
            "fail": lambda: moves.fail(game, rest[0], waited=rest[1], rules=rules, now=now),
            "take_back": lambda: moves.take_back(
                game, rest[0], waited=rest[1], wait=rest[2], rules=rules, now=now
            ),
            "judge": lambda: moves.judge(game, rest[0], rest[1], rules, now),
            "serve": lambda: moves.serve(game, rules, now),
            "pass": lambda: moves.pass_on(game, now),
            "correct": lambda: moves.correct(game, rest[0], rules, now),
        }
        after: Game | Refusal = verbs[str(kind)]()
        return after

"""The game once more, as plainly as it can be said, to hold the application to: seconds and dicts."""

from dataclasses import dataclass, field

ROUND_SECONDS = 120.0
GRACE_SECONDS = 2.0
SESSION_SECONDS = 24 * 3600.0
CORRECTION_SECONDS = 24 * 3600.0


@dataclass
class ReferenceQuestion:
    text: str
    state: str
    judgement: str | None = None


@dataclass
class ReferenceRound:
    position: int
    deadline: float
    state: str = "open"
    questions: dict[str, ReferenceQuestion] = field(default_factory=dict)


@dataclass
class ReferenceGame:
    """One player's sessions. `now` and all moments are seconds since the test began.

    Verbs give None where they succeed, or the code of the refusal. What is a trap it does not know: it
    counts flags, and the application's score is compared with what the database says was tainted.
    """

    now: float = 0.0
    state: str = "none"
    ends: float = 0.0
    ended: float = 0.0
    rounds: list[ReferenceRound] = field(default_factory=list)

    @property
    def round(self) -> ReferenceRound | None:
        return self.rounds[-1] if self.rounds and self.rounds[-1].state == "open" else None

    @property
    def done(self) -> int:
        return sum(r.state != "open" for r in self.rounds)

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.lapse()

    def lapse(self) -> None:
        if self.state != "open":
            return
        if self.now >= self.ends:
            if self.round:
                self._run_out(self.round)
            if self.state == "open":
                self._end("expired")
        elif self.round and self.now >= self.round.deadline + GRACE_SECONDS:  # a tie: computers are later
            self._run_out(self.round)

    def start(self) -> bool:
        """True where a new session was dealt."""
        if self.state == "open":
            return False
        self.state, self.ends, self.rounds = "open", self.now + SESSION_SECONDS, []
        return True

    def next(self) -> str | None:
        if self.round and self.now < self.round.deadline:
            return None
        if self.round:
            self._run_out(self.round)
        if self.state != "open":
            return "session_over"
        self.rounds.append(ReferenceRound(len(self.rounds) + 1, self.now + ROUND_SECONDS))
        return None

    def ask(self, round_: ReferenceRound, name: str, text: str, outcome: str) -> str | None:
        if name in round_.questions:
            return None if round_.questions[name].text == text else "question_id_reused"
        if round_.state != "open" or self.now >= round_.deadline:
            return "round_over"
        if any(name in r.questions for r in self.rounds):
            return "question_id_reused"
        round_.questions[name] = ReferenceQuestion(text, outcome)
        return None

    def in_time(self, round_: ReferenceRound) -> bool:
        return round_.state == "open" and self.now <= round_.deadline + GRACE_SECONDS

    def judge(self, round_: ReferenceRound, name: str, judgement: str) -> str | None:
        question = round_.questions[name]
        if question.state != "answered":
            return "not_answered"
        if question.judgement == judgement:
            return None
        if round_.state != "open":
            return "round_over"
        question.judgement = judgement
        if judgement == "wrong":
            self._end_round(round_, "flagged")
        return None

    def pass_on(self, round_: ReferenceRound) -> str | None:
        if round_.state in {"passed", "void"}:
            return None
        if round_.state != "open" or self.now >= round_.deadline:
            return "round_over"
        if not round_.questions:
            return "not_answered"
        failed = all(q.state == "failed" for q in round_.questions.values())
        self._end_round(round_, "void" if failed else "passed")
        return None

    def correct(self, round_: ReferenceRound) -> str | None:
        if round_.state != "flagged":
            return "not_flagged"
        if self.state != "open" and self.now >= self.ended + CORRECTION_SECONDS:
            return "correction_closed"
        return None

    def withdraw(self) -> None:
        if self.state != "open":
            return
        if self.round:
            self._run_out(self.round)
        if self.state == "open":
            self._end("expired")

    def _run_out(self, round_: ReferenceRound) -> None:
        questions = round_.questions.values()
        failed = bool(questions) and all(q.state == "failed" for q in questions)
        self._end_round(round_, "void" if failed else "expired")

    def _end_round(self, round_: ReferenceRound, state: str) -> None:
        round_.state = state
        if self.done == 10:
            self._end("finished")

    def _end(self, state: str) -> None:
        self.state, self.ended = state, self.now

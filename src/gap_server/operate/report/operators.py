"""What an operator wants to know beside the paper's figures: how the game is played, answered, trusted."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Final

from gap_server.operate.report.figure import Bars, Figure, Value, share
from gap_server.operate.report.latency import latency
from gap_server.operate.report.models import model_differences, models_compared
from gap_server.operate.report.questions import arm, by, flagged, of_answers, shares, sum_of
from gap_server.store.report import CaseCount, Counts, FlagCount, ModelEstimate, QuestionCount, RoundCount

PAPER_YIELD: Final = 0.074
"""Pairs a player that the authors published: 3,683 of some 50,000 people."""

TENTHS: Final = 10
ENDED = ("flagged", "passed", "expired", "void")


def operators_figures(counts: Counts) -> list[Figure]:
    return [
        summary(counts),
        pairs_a_player(counts),
        flags(counts.questions),
        rounds(counts.rounds),
        trust(counts.flags),
        model_errors(counts.models),
        models_compared(counts.standings),
        model_differences(counts.differences),
        void_traps(counts.questions),
        jury(counts.cases),
        answers_by_state(counts.questions),
        refusals(counts.questions),
        categories(counts.questions),
        question_languages(counts.questions),
        player_languages(counts),
        latency(counts.latencies),
    ]


def summary(counts: Counts) -> Figure:
    answered = sum_of(counts.questions, lambda count: count.state == "answered")
    rows: list[tuple[Value, ...]] = [
        ("players", _players(counts)),
        ("sessions", sum(count.sessions for count in counts.sessions)),
        ("finished sessions", sum(c.sessions for c in counts.sessions if c.state == "finished")),
        ("images", sum(count.rounds for count in counts.rounds)),
        ("questions", sum_of(counts.questions, lambda _: True)),
        ("answers", answered),
        ("flags", sum_of(counts.questions, lambda count: count.flagged)),
        ("corrections", sum(count.corrections for count in counts.rounds)),
        ("finds", sum(count.flags for count in counts.flags if count.outcome == "wrong")),
    ]
    return Figure(
        "summary",
        "All in all",
        "Sessions that are over, of players whose consent is active, and what was played in them."
        " Finds: flagged honest answers that other players confirmed to be wrong.",
        ("what", "count"),
        rows if _players(counts) else [],
        Bars(("what",), ("count",), "", upright=False),
    )


def pairs_a_player(counts: Counts) -> Figure:
    """A pair is a flagged untainted answer on a complex image, as in the paper."""
    players = _players(counts)
    harvest = [count for count in counts.flags if count.pool == "complex"]
    kinds: list[tuple[str, Callable[[FlagCount], bool]]] = [
        ("flagged", lambda _: True),
        ("flagged, corrected", lambda count: count.corrected),
        ("trusted", _is_trusted),
        ("trusted, corrected", lambda count: _is_trusted(count) and count.corrected),
        ("confirmed by the jury", lambda count: count.outcome == "wrong"),
    ]
    pairs = {kind: sum(count.flags for count in harvest if wanted(count)) for kind, wanted in kinds}
    return Figure(
        "pairs_a_player",
        "Question and answer pairs a player",
        "Flagged untainted answers on complex images, divided by players. Trusted: P(wrong) of at least 0.9."
        f" The paper had {PAPER_YIELD}.",
        ("pairs_that_are", "pairs", "players", "pairs_a_player"),
        [(kind, found, players, share(found, players)) for kind, found in pairs.items()] if players else [],
        Bars(("pairs_that_are",), ("pairs_a_player",), "pairs a player", upright=False),
    )


def flags(questions: Sequence[QuestionCount]) -> Figure:
    answers = [count for count in questions if count.state == "answered"]

    def key(count: QuestionCount) -> tuple[Value, ...]:
        return arm(tainted=count.tainted), count.pool, count.model, count.revision

    return Figure(
        "flags",
        "Flagged answers, by arm, pool and model",
        "The share of answers that players called wrong. Tainted: the model had been told to answer wrongly.",
        ("arm", "pool", "model", "revision", "answers", "flagged", "flagged_share"),
        [(*of, *flagged(some)) for of, some in by(answers, key)],
        Bars(("arm", "pool", "model", "revision"), ("flagged_share",), "flagged", upright=False, share=True),
    )


def rounds(counted: Sequence[RoundCount]) -> Figure:
    ended: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for count in counted:
        ended[arm(tainted=count.tainted), count.pool][count.state] += count.rounds
    return Figure(
        "rounds",
        "How images ended, by arm and pool",
        "Flagged, passed on, expired when time was up, or void where the model answered nothing.",
        ("arm", "pool", *ENDED),
        [(*of, *(states[state] for state in ENDED)) for of, states in sorted(ended.items())],
        Bars(("arm", "pool"), ENDED, "images", names="arm, pool"),
    )


def trust(counted: Sequence[FlagCount]) -> Figure:
    found = Counter[int | None]()
    for count in counted:
        found[count.tenth] += count.flags
    rows: list[tuple[Value, ...]] = [
        (tenth / TENTHS, (tenth + 1) / TENTHS, found[tenth]) for tenth in range(TENTHS)
    ]
    return Figure(
        "trust",
        "How far flags on untainted images can be trusted",
        "Flagged untainted answers by P(wrong): the jury's where it has closed the case, else the"
        " estimator's. The row without limits has those that nobody has estimated yet.",
        ("from", "to", "flags"),
        [*rows, *([(None, None, found[None])] if found[None] else [])] if found else [],
        Bars(
            ("from",),
            ("flags",),
            "flags",
            names="P(wrong), from this up to the next; the last one has 1, too",
        ),
    )


def model_errors(models: Sequence[ModelEstimate]) -> Figure:
    return Figure(
        "model_errors",
        "How often each model is wrong on complex images",
        "w = P(answer wrong | untainted, complex image), as estimated last, with its 90 % interval if any.",
        ("model", "revision", "p_wrong", "lower", "upper", "estimator_version"),
        [(m.model, m.revision, m.p_wrong, m.lower, m.upper, m.estimator_version) for m in models],
        Bars(("model", "revision"), ("p_wrong",), "wrong", upright=False, share=True),
    )


def void_traps(questions: Sequence[QuestionCount]) -> Figure:
    checked = [count for count in questions if count.tainted and count.checked]

    def row(of: tuple[Value, ...], some: Sequence[QuestionCount]) -> tuple[Value, ...]:
        void, lies = sum_of(some, lambda c: c.agrees is True), sum_of(some, lambda c: c.agrees is False)
        return (
            *of,
            void + lies + sum_of(some, lambda c: c.agrees is None),
            void,
            lies,
            share(void, void + lies),
        )

    return Figure(
        "void_traps",
        "Void traps: the model was told to lie and did not",
        "Of the tainted answers that were checked, by asking the model the same again honestly, those where"
        " both say the same. The share leaves out those of which the check could not tell.",
        ("model", "revision", "checked", "void", "lies", "void_share"),
        [row(of, some) for of, some in by(checked, lambda c: (c.model, c.revision))],
        Bars(("model", "revision"), ("void_share",), "void", upright=False, share=True),
    )


def jury(cases: Sequence[CaseCount]) -> Figure:
    return Figure(
        "jury",
        "What the jury was shown and found",
        "Cases by what they are (lie, held: known to be wrong or right; flagged, let_go: unknown) and what"
        " jurors found; and how often they were shown.",
        ("case", "outcome", "cases", "shown"),
        sorted((count.stratum, count.outcome or "open", count.cases, count.shown) for count in cases),
        Bars(("case", "outcome"), ("cases",), "cases", upright=False),
    )


def answers_by_state(questions: Sequence[QuestionCount]) -> Figure:
    return Figure(
        "answers_by_state",
        "What became of questions",
        "Questions by state and reason. Refused: our own line was shown; failed: no answer came.",
        ("state", "reason", "questions", "share"),
        shares(questions, lambda count: (count.state, count.reason)),
        Bars(("state", "reason"), ("questions",), "questions", upright=False),
    )


def refusals(questions: Sequence[QuestionCount]) -> Figure:
    rows: list[tuple[Value, ...]] = []
    for (model, revision), some in by(questions, lambda count: (count.model, count.revision)):
        asked = sum_of(some, lambda _: True)
        for (reason,), refused in by([c for c in some if c.state == "refused"], lambda c: (c.reason,)):
            found = sum_of(refused, lambda _: True)
            rows.append((model, revision, reason, asked, found, share(found, asked)))
    return Figure(
        "refusals",
        "Refusals, by model and reason",
        "not_about_picture: the question was about something else; gave_away: the answer"
        " would have told the arm.",
        ("model", "revision", "reason", "questions", "refused", "refused_share"),
        rows,
        Bars(("model", "revision", "reason"), ("refused_share",), "refused", upright=False, share=True),
    )


def categories(questions: Sequence[QuestionCount]) -> Figure:
    return Figure(
        "categories",
        "What was asked for",
        "Answered questions by category, and how many of their answers were flagged.",
        ("category", "answers", "flagged", "flagged_share"),
        of_answers(questions, lambda count: count.category),
        Bars(("category",), ("answers",), "answers", upright=False),
    )


def question_languages(questions: Sequence[QuestionCount]) -> Figure:
    return Figure(
        "question_languages",
        "The languages of questions",
        "Answered questions by their own language, empty where it is not plain, and how many were flagged.",
        ("language", "answers", "flagged", "flagged_share"),
        of_answers(questions, lambda count: count.language),
        Bars(("language",), ("answers",), "answers", upright=False),
    )


def player_languages(counts: Counts) -> Figure:
    players = Counter[str | None]()
    for count in counts.players:
        players[count.language] += count.players
    return Figure(
        "player_languages",
        "The languages of players",
        "Players by the language that they play in, empty for those who left.",
        ("language", "players"),
        players.most_common(),
        Bars(("language",), ("players",), "players", upright=False),
    )


def _players(counts: Counts) -> int:
    return sum(count.players for count in counts.players)


def _is_trusted(count: FlagCount) -> bool:
    return count.tenth == TENTHS - 1

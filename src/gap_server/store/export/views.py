"""The views themselves: what each is, and of every column where it comes from and what it means.

No view names a person: a player is a pseudonym. A row is there only while its player's consent is active, and
once its session is over and the operator's delay has passed. Each has `security_barrier`, or a condition that
fails on hidden rows could tell of them.
"""

from gap_server.game.rules import MAX_SCORE, POINTS_PER_LIE, ROUNDS_TOTAL
from gap_server.store.commonness import FORMS, WORTH
from gap_server.store.export.release_views import MODEL_ROUNDS, MODEL_SHARES, RELEASES
from gap_server.store.export.trust_views import ESTIMATES, MODELS, MODELS_COMPARED, VERDICTS
from gap_server.store.export.view import IS_OPEN, SESSION_ROWS, TRUST, TRUST_RESTS_ON, Column, View

ROUND_ROWS = f"""{SESSION_ROWS}
join app.round r on r.player_id = s.player_id and r.session_id = s.id and r.opened_at is not null
join app.image i on i.id = r.image_id
left join app.points w on w.player_id = r.player_id and w.round_id = r.id
where {IS_OPEN}"""

ANSWER_ROWS = f"""{SESSION_ROWS}
join app.round r on r.player_id = s.player_id and r.session_id = s.id and r.opened_at is not null
join app.image i on i.id = r.image_id
join app.question q on q.player_id = r.player_id and q.round_id = r.id and q.state = 'answered'
left join app.points w on w.player_id = r.player_id and w.round_id = r.id and w.question_id = q.id
left join app.honest_check h on h.player_id = q.player_id and h.question_id = q.id
left join app.instruction n on n.sha256 = q.instruction_sha256
left join app.served_model m on m.sha256 = q.served_model_sha256
left join app.answer_trust t on t.player_id = q.player_id and t.question_id = q.id
left join app.trust_fit f on f.id = t.fit_id
left join app.jury_case j on j.player_id = q.player_id and j.question_id = q.id and j.closed_at is not null
{FORMS.strip()}
where {IS_OPEN}"""

IMAGE_ROWS = f"""app.image i
where exists (
    select from app.round r join app.session s on s.player_id = r.player_id and s.id = r.session_id
    join app.consent c on c.player_id = s.player_id and c.withdrawn_at is null
    where r.image_id = i.id and r.opened_at is not null and {IS_OPEN}
)"""

SPLIT = """coalesce(i.split, case ('x' || left(i.source_sha256, 8))::bit(32)::bigint % 10
    when 0 then 'held_out' when 1 then 'validation' else 'train' end)"""
"""By the image alone: whatever is asked about it, in whichever release, stands in one split. Images that look
alike stand in one, or in `neither`; see `store/likeness.py`."""

_SPLIT = Column(
    "split",
    SPLIT,
    "train, validation or held_out: drawn from the image's hash, or that of the images it looks like; or "
    "neither: it looks like images of several, and is in no data set",
)

ANSWERS = View(
    "qa",
    "One question of a player and the model's answer, as the player saw it. Questions that were not about "
    "the picture, and those that got no answer, are left out.",
    ANSWER_ROWS,
    (
        Column("id", "q.id", "The question's id"),
        Column("session_id", "s.id", "The session (sessions.id)"),
        Column("round_id", "r.id", "The round (rounds.id)"),
        Column("player", "p.pseudonym", "The player's pseudonym (players.player)"),
        Column("image_id", "i.id", "The image (images.id)"),
        _SPLIT,
        Column("number", "q.number", "1 for the first question of the round"),
        Column("question", "q.text", "What the player asked, as typed"),
        Column("answer", "q.answer", "What the model answered, as shown to the player"),
        Column("tainted", "r.tainted", "The model had been told to answer wrongly"),
        Column("pool", "r.pool", "simple or complex: the image's pool when it was dealt"),
        Column("judgement", "q.judgement", "What the player said of the answer: wrong, right, or null"),
        Column("judged_at", "q.judged_at", "When"),
        Column("flagged", "q.judgement is not distinct from 'wrong'", "The player said that it is wrong"),
        Column(
            "correction",
            "case when q.judgement = 'wrong' then r.correction end",
            "The right answer, as the player typed it after the flag",
        ),
        Column("corrected_at", "case when q.judgement = 'wrong' then r.corrected_at end", "When"),
        Column("points", "coalesce(w.points, 0)", f"{POINTS_PER_LIE} where a lie was caught"),
        Column(
            "honest_answer", "h.answer", "What the model said to the same question when asked honestly, later"
        ),
        Column(
            "honest_agrees",
            "h.agrees",
            "The honest answer says the same as the one shown: a tainted answer was no lie, then",
        ),
        Column("asked_at", "q.asked_at", "When the question was asked"),
        Column("answered_at", "q.answered_at", "When its answer was there"),
        Column("position", "r.position", f"The round's place in the session, 1 to {ROUNDS_TOTAL}"),
        Column("round_state", "r.state", "How the round ended: flagged, passed, expired or void"),
        Column("round_opened_at", "r.opened_at", "When the player first saw the image"),
        Column("round_ended_at", "r.ended_at", "When the round ended"),
        Column("player_language", "p.language", "The player's language (BCP 47), not the question's"),
        Column("player_banned", "p.banned_at is not null", "An operator has shut this player out"),
        Column("image_sha256", "i.sha256", "SHA-256 of the image's bytes, hex"),
        Column("image_source", "i.source", "Where the image came from"),
        Column("image_licence", "i.licence", "The image's licence"),
        Column("model", "m.name", "The model that answered, as its server calls it"),
        Column("model_revision", "m.revision", "Its weights' revision, as the operator set it"),
        Column("model_root", "m.root", "The weights, as the server itself names them"),
        Column("served_model_sha256", "m.sha256", "Names model, revision, sampling and dialect together"),
        Column("instruction_version", "n.version", "Version of what the model had been told"),
        Column("instruction_sha256", "n.sha256", "SHA-256 of that text"),
        Column("language", "q.language", "The question's own language, where it is plain (BCP 47)"),
        Column("category", "q.category", "What the question asks for: counting, colour, text, ..."),
        Column("category_version", "q.category_version", "Version of the rules that found the category"),
        Column(
            "worth",
            WORTH,
            "0 to 1, how much there is to learn from the question: little where its answer is nearly always"
            " the same, or where its player asks it again and again; null: asked before this was counted",
        ),
        Column("kind", "s.kind", "free, daily (the same ten pictures for everybody) or challenge"),
        Column("daily_number", "s.daily_number", "Which daily ten"),
        Column(
            "quests",
            "s.quests",
            "What the player was asked to look for; empty for the fifth of sessions without, null before",
        ),
        Column("deal", "s.deal", "How arms and pools were put together: balanced or paper"),
        Column(
            "p_wrong",
            "t.p_wrong_unjudged",
            "P(answer wrong | flagged by this player, and what others did who heard it), without verdicts",
        ),
        Column("estimator_version", "f.estimator_version", "Version of that estimator"),
        Column(
            "jury_outcome",
            "j.outcome",
            "What other players found: wrong, right, disputed; null: no closed case",
        ),
        Column("jury_p_wrong", "j.p_wrong", "P(answer wrong) by their verdicts"),
        Column(
            "trust",
            f"case when not r.tainted and q.judgement = 'wrong' then {TRUST} end",
            "How far an untainted flag can be trusted, 0 to 1: P(answer wrong) by all that is known of it",
        ),
        Column(
            "trust_rests_on",
            f"case when not r.tainted and q.judgement = 'wrong' then {TRUST_RESTS_ON} end",
            "What is known: verdicts; or else what others did who heard the same answer to the same question"
            " (others); or nothing but this flag, by how its player flags (own_flag)",
        ),
        Column("others", "t.others", "Other players who judged the same answer to the same question in play"),
        Column("verdicts", "t.verdicts", "Jurors who said wrong or right of it, when trust was worked out"),
        Column(
            "correction_traps_known",
            "case when q.judgement = 'wrong' then (select k.traps_known from app.correction k"
            " where k.player_id = r.player_id and k.round_id = r.id"
            " order by k.corrected_at desc limit 1) end",
            "The player knew by then which rounds were traps",
        ),
        Column("rules_version", "s.rules_version", "Version of the game's rules"),
        Column("consent_version", "s.consent_version", "Version of the consent that was given"),
        Column("temperature", "m.temperature", "Sampling temperature"),
        Column("max_tokens", "m.max_tokens", "The longest answer that was asked for, tokens"),
        Column("finish_reason", "q.finish_reason", "Why the model stopped: stop, length"),
        Column("prompt_tokens", "q.prompt_tokens", "Tokens that the model read"),
        Column("completion_tokens", "q.completion_tokens", "Tokens that it wrote"),
        Column("queue_ms", "q.queue_ms", "Milliseconds the question waited on our side"),
        Column("latency_ms", "q.latency_ms", "Milliseconds the model took"),
        Column("attempts", "q.attempts", "Requests to the model server that it took"),
        Column("filter_hits", "q.filter_hits", "Answers withheld before this one, because they told the arm"),
    ),
)

ROUNDS = View(
    "rounds",
    "One image's turn in a session, once the player had seen it.",
    ROUND_ROWS,
    (
        Column("id", "r.id", "The round's id"),
        Column("session_id", "s.id", "The session (sessions.id)"),
        Column("player", "p.pseudonym", "The player's pseudonym (players.player)"),
        Column("image_id", "i.id", "The image (images.id)"),
        _SPLIT,
        Column("position", "r.position", f"Its place in the session, 1 to {ROUNDS_TOTAL}"),
        Column("tainted", "r.tainted", "The model had been told to answer wrongly"),
        Column("pool", "r.pool", "simple or complex: the image's pool when it was dealt"),
        Column("state", "r.state", "How it ended: flagged, passed, expired or void"),
        Column("opened_at", "r.opened_at", "When the player asked for the image"),
        Column(
            "served_at", "r.served_at", "When the image first left for the player; its clock runs from here"
        ),
        Column("deadline_at", "r.deadline_at", "When its time would have been up"),
        Column("ended_at", "r.ended_at", "When it ended"),
        Column(
            "given_back_ms",
            "r.given_back_ms",
            "Milliseconds given back for a model that kept the player waiting",
        ),
        Column("correction", "r.correction", "The right answer to the flagged one, as the player typed it"),
        Column("corrected_at", "r.corrected_at", "When"),
        Column("points", "coalesce(w.points, 0)", f"{POINTS_PER_LIE} where a lie was caught"),
    ),
)

SESSIONS = View(
    "sessions",
    "One game of ten images that is over.",
    f"{SESSION_ROWS}\nwhere {IS_OPEN}",
    (
        Column("id", "s.id", "The session's id"),
        Column("player", "p.pseudonym", "The player's pseudonym (players.player)"),
        Column("state", "s.state", "finished, or expired where time ran out"),
        Column("rounds_done", "s.rounds_done", f"Rounds that ended, 0 to {ROUNDS_TOTAL}"),
        Column("score", "s.score", f"Points, 0 to {MAX_SCORE}"),
        Column("created_at", "s.created_at", "When it began"),
        Column("ended_at", "s.ended_at", "When it ended"),
        Column("round_seconds", "s.round_seconds", "Time for one image"),
        Column("deal", "s.deal", "How arms and pools were put together: balanced or paper"),
        Column("control_rounds", "s.control_rounds", "Untainted rounds dealt from the simple pool"),
        Column("model", "s.model", "The one model that answers in it, by name"),
        Column("model_revision", "s.model_revision", "The revision of its weights"),
        Column("rules_version", "s.rules_version", "Version of the game's rules"),
        Column("consent_version", "s.consent_version", "Version of the consent that was given"),
    ),
)

PLAYERS = View(
    "players",
    "One player, by a pseudonym that leads nowhere.",
    f"{SESSION_ROWS}\nwhere {IS_OPEN}\ngroup by p.id",
    (
        Column("player", "p.pseudonym", "The pseudonym"),
        Column("language", "p.language", "The player's language (BCP 47)"),
        Column("banned", "p.banned_at is not null", "An operator has shut this player out"),
        Column("sessions", "count(*)", "Sessions of the player in `sessions`"),
        Column(
            "finished", "count(*) filter (where s.state = 'finished')", "Those that were played to the end"
        ),
        Column("points", "sum(s.score)", "Points in all of them"),
        Column("first_session_at", "min(s.created_at)", "When the first of them began"),
        Column("last_session_at", "max(s.created_at)", "When the last of them began"),
    ),
)

IMAGES = View(
    "images",
    "One image that was seen in a round of `rounds`.",
    IMAGE_ROWS,
    (
        Column("id", "i.id", "The image's id"),
        Column("sha256", "i.sha256", "SHA-256 of its bytes, hex"),
        _SPLIT,
        Column("pool", "i.pool", "simple or complex, as it is dealt now"),
        Column("width", "i.width", "Pixels"),
        Column("height", "i.height", "Pixels"),
        Column("media_type", "i.media_type", "image/jpeg, ..."),
        Column("object_count", "i.object_count", "Annotated objects, where the source tells"),
        Column("source", "i.source", "Where the image came from"),
        Column("licence", "i.licence", "Its licence"),
        Column("scene", "i.scene", "What a demo scene shows, exactly; null for photographs"),
        Column("created_at", "i.created_at", "When it was taken into the catalogue"),
        Column("retired_at", "i.retired_at", "Since when it is not dealt any more"),
    ),
)

ALL_VIEWS = (
    *(ANSWERS, ROUNDS, SESSIONS, PLAYERS, IMAGES, VERDICTS, ESTIMATES, MODELS, MODELS_COMPARED),
    *(RELEASES, MODEL_ROUNDS, MODEL_SHARES),
)

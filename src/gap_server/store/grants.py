"""What each login may do with which table: declared once, and brought about by every migration.

All that stands here may be read by the login. Rows may be added, taken away, and changed in the columns
named; nothing else. Whoever adds a table, or a column that the game changes, adds it here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from gap_server.store.provenance import PROVENANCE_COLUMNS
from gap_server.store.roles import GAME


@dataclass(frozen=True, slots=True)
class Grant:
    """What may be done with one table beside reading it. `update`: the columns that may be changed."""

    insert: bool = False
    update: tuple[str, ...] = ()
    delete: bool = False

    @property
    def whole_table(self) -> str:
        """Privileges on the table as a whole, as SQL names them."""
        return "select" + ", insert" * self.insert + ", delete" * self.delete


_SETTLED = ("state", "answer", "answered_at", "judgement", "judged_at")
_TOTALS = ("points", "sessions")
_RATES = tuple(
    f"{rate}_{pool}{end}"
    for rate in ("s", "f")
    for pool in ("simple", "complex")
    for end in ("", "_lower", "_upper")
)

GRANTS: Mapping[str, Mapping[str, Grant]] = {
    GAME: {
        "app.alembic_version": Grant(),
        "app.player": Grant(
            insert=True,
            update=(
                *("name", "language", "time_zone", "show_on_leaderboard", "may_message", "muted_at"),
                *("referred_by", "banned_at"),
            ),
            delete=True,
        ),
        "app.consent": Grant(insert=True, update=("withdrawn_at",)),
        "app.access_token": Grant(insert=True, update=("expires_at",), delete=True),
        "app.image": Grant(insert=True, update=("retired_at", "reserved", "look", "split", "alike_to")),
        "app.image_bytes": Grant(insert=True),
        "app.session": Grant(insert=True, update=("state", "version", "rounds_done", "score", "ended_at")),
        "app.round": Grant(
            insert=True,
            update=(
                *("state", "opened_at", "served_at", "deadline_at", "ended_at", "given_back_ms"),
                *("turned_away_until", "correction", "corrected_at"),
            ),
        ),
        "app.question": Grant(insert=True, update=(*_SETTLED, *PROVENANCE_COLUMNS), delete=True),
        "app.withheld_completion": Grant(insert=True),
        "app.judgement": Grant(insert=True),
        "app.correction": Grant(insert=True),
        "app.honest_check": Grant(
            insert=True,
            update=(
                *("due_at", "attempts", "answer", "agrees", "agrees_by", "agreement_version", "correction"),
                *("correction_holds", "truth", "instruction_sha256", "served_model_sha256", "replica"),
                "checked_at",
            ),
        ),
        "app.instruction": Grant(insert=True),
        "app.served_model": Grant(insert=True),
        "app.consent_text": Grant(insert=True),
        "app.points": Grant(insert=True),
        "app.departed": Grant(
            insert=True,
            update=("session_starts", "case_starts", "image_ids", "forget_at", "banned_at"),
            delete=True,
        ),
        "app.rate_limit": Grant(insert=True, update=("full_at",), delete=True),
        "app.operator_action": Grant(insert=True),
        "app.player_total": Grant(
            insert=True,
            update=(*_TOTALS, "best", "streak_days", "last_played_on", "sharpness", "finds"),
            delete=True,
        ),
        "app.player_week": Grant(insert=True, update=(*_TOTALS, "sharpness"), delete=True),
        "app.quest_progress": Grant(insert=True, update=("progress",)),
        "app.daily": Grant(insert=True),
        "app.daily_image": Grant(insert=True),
        "app.daily_entry": Grant(insert=True),
        "app.challenge": Grant(insert=True),
        "app.share": Grant(insert=True, update=("claimed_at", "prepared_id", "given_up_at"), delete=True),
        "app.challenge_taken": Grant(insert=True),
        "app.friendship": Grant(insert=True),
        "app.rank_mark": Grant(insert=True, update=("ahead", "not_behind", "counted_at"), delete=True),
        "app.assessment": Grant(insert=True, update=("sharpness_before", "sharpness_after", "assessed_at")),
        "app.jury_case": Grant(
            insert=True,
            update=("shown", "shuffle", "outcome", "settled", "p_wrong", "p_correction_wrong", "closed_at"),
        ),
        "app.verdict": Grant(insert=True, update=("said", "said_of_correction", "ended_at")),
        "app.trust_fit": Grant(insert=True, delete=True),
        "app.model_estimate": Grant(insert=True),
        "app.model_standing": Grant(insert=True),
        "app.model_difference": Grant(insert=True),
        "app.model_revision": Grant(insert=True),
        "app.model_gate": Grant(insert=True),
        "app.model_field": Grant(insert=True),
        "app.lease": Grant(insert=True, update=("held_until",)),
        "app.player_estimate": Grant(insert=True, update=("fit_id", *_RATES), delete=True),
        "app.answer_trust": Grant(
            insert=True,
            update=("fit_id", "p_wrong", "p_wrong_unjudged", "others", "verdicts"),
            delete=True,
        ),
        "app.asked_form": Grant(insert=True),
        "app.question_form": Grant(insert=True, update=("images", "bits"), delete=True),
        "app.outbox": Grant(
            insert=True, update=("due_at", "attempts", "sent_at", "given_up_at"), delete=True
        ),
        "app.bot_update": Grant(insert=True, update=("content", "attempts"), delete=True),
        "app.bot_contact": Grant(insert=True, update=("reached_at", "failed_at", "failure")),
        "app.research_token": Grant(insert=True, update=("revoked_at",)),
        "app.research_query": Grant(
            insert=True,
            update=("ended_at", "outcome", "sqlstate", "row_count", "byte_count"),
            delete=True,
        ),
        "app.data_release": Grant(insert=True),
        "app.data_release_rows": Grant(insert=True),
        "app.export_delay": Grant(insert=True, update=("seconds",)),
    }
}

_APPLY = """
do $grants$
declare
    wanted constant jsonb := 'WANTED';
    login text;
    schema_name text;
    granted record;
begin
    for login, schema_name in
        select distinct w.login, split_part(w.relation, '.', 1)
        from jsonb_to_recordset(wanted) as w (login text, relation text)
        where to_regnamespace(split_part(w.relation, '.', 1)) is not null
    loop
        execute format('revoke all on all tables in schema %I from %I', schema_name, login);
    end loop;
    for granted in
        select w.login, to_regclass(w.relation) as relation, w.whole_table, (
            select string_agg(quote_ident(a.attname), ', ') from pg_attribute a
            where a.attrelid = to_regclass(w.relation) and a.attname = any (w.columns)
        ) as columns
        from jsonb_to_recordset(wanted) as w (login text, relation text, whole_table text, columns text[])
        where to_regclass(w.relation) is not null
    loop
        execute format('grant %s on %s to %I', granted.whole_table, granted.relation, granted.login);
        if granted.columns is not null then
            execute format('grant update (%s) on %s to %I', granted.columns, granted.relation, granted.login);
        end if;
    end loop;
end $grants$
"""


def apply_grants() -> str:
    """The statement that makes `GRANTS` so, whichever tables are there yet. It is the owner's to say."""
    wanted = [
        {"login": login, "relation": relation, "whole_table": grant.whole_table, "columns": grant.update}
        for login, tables in GRANTS.items()
        for relation, grant in tables.items()
    ]
    return _APPLY.replace("WANTED", json.dumps(wanted))

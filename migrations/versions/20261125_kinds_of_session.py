"""Kinds of session: today's ten, challenges, friends, quests

Revision: 20261125_kinds
After: 20261125_research
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261125_kinds"
down_revision = "20261125_research"
branch_labels = None
depends_on = None

FRIENDS_BY_INVITATION = """
insert into app.friendship (player_id, friend_id)
select pair.* from app.player p
join app.player inviter on inviter.referral_code = p.referred_by and inviter.id <> p.id
cross join lateral (values (p.id, inviter.id), (inviter.id, p.id)) pair (player_id, friend_id)
on conflict do nothing
"""
CODES_OF_FINISHED_SESSIONS = """
insert into app.challenge (code, player_id, session_id)
select left(replace(gen_random_uuid()::text, '-', ''), 12), s.player_id, s.id
from app.session s join app.player p on p.id = s.player_id and p.deleted_at is null
"""


def upgrade() -> None:
    op.add_column(
        "session",
        sa.Column(
            "kind",
            sa.Text(),
            server_default="free",
            nullable=False,
            comment="free; daily, the same ten pictures for all; challenge, those of somebody else's session",
        ),
        schema="app",
    )
    op.add_column(
        "session",
        sa.Column("daily_number", sa.SmallInteger(), nullable=True, comment="Which daily ten: app.daily"),
        schema="app",
    )
    op.add_column(
        "session",
        sa.Column(
            "quests",
            postgresql.ARRAY(sa.Text()),
            nullable=True,
            comment="What the player was asked to look for; empty for the share of sessions without,"
            " null before",
        ),
        schema="app",
    )
    op.create_check_constraint(
        op.f("ck_session_kind"), "session", "kind in ('free', 'daily', 'challenge')", schema="app"
    )
    op.create_check_constraint(
        op.f("ck_session_daily_has_number"),
        "session",
        "(kind = 'daily') = (daily_number is not null)",
        schema="app",
    )
    op.create_index(
        "ix_session_daily_once",
        "session",
        ["player_id", "daily_number"],
        unique=True,
        schema="app",
        postgresql_where=sa.text("daily_number is not null"),
    )
    op.add_column(
        "image",
        sa.Column(
            "reserved",
            sa.Boolean(),
            server_default="false",
            nullable=False,
            comment="For a daily ten, past or to come: no other session deals it",
        ),
        schema="app",
    )
    _dailies()
    _friends()
    op.create_table(
        "quest_progress",
        sa.Column("player_id", sa.Uuid(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False, comment="The Monday it began, UTC"),
        sa.Column("quest", sa.Text(), nullable=False),
        sa.Column("progress", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("progress > 0", name=op.f("ck_quest_progress_progress")),
        sa.ForeignKeyConstraint(
            ["player_id"], ["app.player.id"], name=op.f("fk_quest_progress_player_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("player_id", "week", "quest", name=op.f("pk_quest_progress")),
        schema="app",
    )
    op.execute(FRIENDS_BY_INVITATION)
    op.execute(CODES_OF_FINISHED_SESSIONS)


def _dailies() -> None:
    op.create_table(
        "daily",
        sa.Column(
            "number", sa.SmallInteger(), autoincrement=False, nullable=False, comment="1 for the first"
        ),
        sa.Column("day", sa.Date(), nullable=False, comment="UTC"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_daily")),
        sa.UniqueConstraint("day", name=op.f("uq_daily_day")),
        schema="app",
    )
    op.create_table(
        "daily_image",
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("image_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("position between 1 and 10", name=op.f("ck_daily_image_position")),
        sa.ForeignKeyConstraint(["image_id"], ["app.image.id"], name=op.f("fk_daily_image_image_id")),
        sa.ForeignKeyConstraint(["number"], ["app.daily.number"], name=op.f("fk_daily_image_number")),
        sa.PrimaryKeyConstraint("number", "position", name=op.f("pk_daily_image")),
        sa.UniqueConstraint("image_id", name=op.f("uq_daily_image_image_id")),
        schema="app",
    )
    op.create_table(
        "daily_entry",
        sa.Column("player_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column(
            "net_points",
            sa.SmallInteger(),
            nullable=False,
            comment="Lies caught less true answers accused: game.daily",
        ),
        sa.Column("points", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["player_id", "session_id"],
            ["app.session.player_id", "app.session.id"],
            name=op.f("fk_daily_entry_player_id_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("player_id", "session_id", name=op.f("pk_daily_entry")),
        schema="app",
    )
    op.create_index(
        op.f("ix_daily_entry_number_net_points_points"),
        "daily_entry",
        ["number", "net_points", "points"],
        unique=False,
        schema="app",
    )


def _friends() -> None:
    op.create_table(
        "challenge",
        sa.Column("code", sa.Text(), nullable=False, comment="Who has it may play the same pictures"),
        sa.Column("player_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["player_id", "session_id"],
            ["app.session.player_id", "app.session.id"],
            name=op.f("fk_challenge_player_id_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_challenge")),
        sa.UniqueConstraint("player_id", "session_id", name=op.f("uq_challenge_player_id_session_id")),
        schema="app",
    )
    op.create_table(
        "challenge_taken",
        sa.Column("player_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code"], ["app.challenge.code"], name=op.f("fk_challenge_taken_code"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["player_id", "session_id"],
            ["app.session.player_id", "app.session.id"],
            name=op.f("fk_challenge_taken_player_id_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("player_id", "session_id", name=op.f("pk_challenge_taken")),
        schema="app",
    )
    op.create_index(op.f("ix_challenge_taken_code"), "challenge_taken", ["code"], unique=False, schema="app")
    op.create_table(
        "friendship",
        sa.Column("player_id", sa.Uuid(), nullable=False),
        sa.Column("friend_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["friend_id"], ["app.player.id"], name=op.f("fk_friendship_friend_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["player_id"], ["app.player.id"], name=op.f("fk_friendship_player_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("player_id", "friend_id", name=op.f("pk_friendship")),
        schema="app",
    )
    op.create_index(op.f("ix_friendship_friend_id"), "friendship", ["friend_id"], unique=False, schema="app")


def downgrade() -> None:
    for table in (
        *("quest_progress", "friendship", "challenge_taken", "challenge"),
        *("daily_entry", "daily_image", "daily"),
    ):
        op.drop_table(table, schema="app")
    op.drop_column("image", "reserved", schema="app")
    op.drop_index(
        "ix_session_daily_once",
        table_name="session",
        schema="app",
        postgresql_where=sa.text("daily_number is not null"),
    )
    for constraint in ("daily_has_number", "kind"):
        op.drop_constraint(op.f(f"ck_session_{constraint}"), "session", schema="app", type_="check")
    for column in ("quests", "daily_number", "kind"):
        op.drop_column("session", column, schema="app")

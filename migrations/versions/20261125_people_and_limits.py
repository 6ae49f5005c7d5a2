"""Who leaves is remembered for a day, limits, and what operators did

Revision: 20261125_people
After: 20261125_numbers
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261125_people"
down_revision = "20261125_numbers"
branch_labels = None
depends_on = None

UNLINK = (
    "update app.player set deleted_at = date_trunc('day', deleted_at),"
    " created_at = date_trunc('day', deleted_at) where deleted_at is not null",
    "update app.consent c set kept = true, granted_at = date_trunc('day', p.deleted_at) from app.player p"
    " where p.id = c.player_id and p.deleted_at is not null and c.withdrawn_at is null",
    "update app.player set referred_by = null where referred_by !~ '^[A-Za-z0-9_-]{1,64}$'",
)


def upgrade() -> None:
    op.create_table(
        "departed",
        sa.Column(
            "person",
            sa.LargeBinary(),
            nullable=False,
            comment="HMAC of the Telegram id, under a key derived from the bot's",
        ),
        sa.Column("session_starts", postgresql.ARRAY(sa.DateTime(timezone=True)), nullable=False),
        sa.Column(
            "image_ids", postgresql.ARRAY(sa.Uuid()), nullable=False, comment="Seen, and not shown again"
        ),
        sa.Column("forget_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "banned_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Kept for as long as the ban stands",
        ),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_departed")),
        schema="app",
    )
    op.create_index(op.f("ix_departed_forget_at"), "departed", ["forget_at"], schema="app")
    op.create_table(
        "rate_limit",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column(
            "subject",
            sa.LargeBinary(),
            nullable=False,
            comment="HMAC of a Telegram id, an address or a token's name",
        ),
        sa.Column(
            "full_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="From then on this row says nothing, and is swept",
        ),
        sa.PrimaryKeyConstraint("kind", "subject", name=op.f("pk_rate_limit")),
        schema="app",
    )
    op.create_index(op.f("ix_rate_limit_full_at"), "rate_limit", ["full_at"], schema="app")
    op.create_table(
        "operator_action",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column(
            "operator",
            sa.Text(),
            nullable=False,
            comment="The operating system's user, or who --by says",
        ),
        sa.Column(
            "action",
            sa.Text(),
            nullable=False,
            comment="The command: players ban, players show, ...",
        ),
        sa.Column(
            "player_id",
            sa.Uuid(),
            nullable=True,
            comment="Our id of whom it was about; it leads nowhere once the player is gone",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator_action")),
        schema="app",
    )
    op.create_index(op.f("ix_operator_action_player_id"), "operator_action", ["player_id"], schema="app")
    op.add_column(
        "consent",
        sa.Column(
            "kept",
            sa.Boolean(),
            server_default="false",
            nullable=False,
            comment="Left to research by somebody who is gone; granted_at is that day",
        ),
        schema="app",
    )
    op.drop_column("player", "seen_at", schema="app")
    op.alter_column("player", "referred_by", comment="The code that the player came by", schema="app")
    op.alter_column(
        "player",
        "deleted_at",
        comment="This is nobody: somebody left contributions to research. A day, no more",
        schema="app",
    )
    for statement in UNLINK:
        op.execute(statement)


def downgrade() -> None:
    op.alter_column("player", "deleted_at", comment="Identity gone, contributions kept", schema="app")
    op.alter_column(
        "player", "referred_by", comment="start_param at the first sign-in, as it came", schema="app"
    )
    op.add_column(
        "player",
        sa.Column(
            "seen_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="Last sign-in",
        ),
        schema="app",
    )
    op.drop_column("consent", "kept", schema="app")
    op.drop_index(op.f("ix_operator_action_player_id"), table_name="operator_action", schema="app")
    op.drop_table("operator_action", schema="app")
    op.drop_index(op.f("ix_rate_limit_full_at"), table_name="rate_limit", schema="app")
    op.drop_table("rate_limit", schema="app")
    op.drop_index(op.f("ix_departed_forget_at"), table_name="departed", schema="app")
    op.drop_table("departed", schema="app")

"""What players share in Telegram is written down for the bot to prepare

Revision: 20261126_shares
After: 20261126_releases
"""

import sqlalchemy as sa
from alembic import op

revision = "20261126_shares"
down_revision = "20261126_releases"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "share",
        sa.Column("player_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False, comment="Who has it may fetch the card"),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True, comment="When the bot took it up"),
        sa.Column(
            "prepared_id",
            sa.Text(),
            nullable=True,
            comment="Telegram's, of the message that can be shared",
        ),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["player_id", "session_id"],
            ["app.session.player_id", "app.session.id"],
            name=op.f("fk_share_player_id_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("player_id", "id", name=op.f("pk_share")),
        sa.UniqueConstraint("key", name=op.f("uq_share_key")),
        schema="app",
    )
    op.create_index(
        "ix_share_wanted",
        "share",
        ["created_at"],
        schema="app",
        postgresql_where=sa.text("claimed_at is null"),
    )
    op.create_index(op.f("ix_share_created_at"), "share", ["created_at"], schema="app")


def downgrade() -> None:
    op.drop_table("share", schema="app")

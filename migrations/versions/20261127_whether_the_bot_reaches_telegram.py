"""Whether the bot reaches Telegram

Revision: 20261127_bot_contact
After: 20261127_which_cases_who_left
"""

import sqlalchemy as sa
from alembic import op

revision = "20261127_bot_contact"
down_revision = "20261127_which_cases_who_left"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bot_contact",
        sa.Column("is_the_one", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=True, comment="When a call last worked"),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True, comment="When one last failed"),
        sa.Column("failure", sa.Text(), nullable=True, comment="How: an HTTP status, or the kind of error"),
        sa.CheckConstraint("is_the_one", name=op.f("ck_bot_contact_one_row")),
        sa.PrimaryKeyConstraint("is_the_one", name=op.f("pk_bot_contact")),
        schema="app",
    )


def downgrade() -> None:
    op.drop_table("bot_contact", schema="app")

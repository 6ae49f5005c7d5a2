"""Updates that the bot has taken are kept until they were handled

Revision: 20261125_inbox
After: 20261125_finished
"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_inbox"
down_revision = "20261125_finished"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "bot_update",
        sa.Column("content", sa.Text(), nullable=True, comment="The update, as JSON, until it was handled"),
        schema="app",
    )
    op.add_column(
        "bot_update",
        sa.Column(
            "attempts",
            sa.SmallInteger(),
            server_default="1",
            nullable=False,
            comment="How often a bot has begun with it",
        ),
        schema="app",
    )


def downgrade() -> None:
    op.drop_column("bot_update", "attempts", schema="app")
    op.drop_column("bot_update", "content", schema="app")

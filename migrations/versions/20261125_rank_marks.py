"""Marks along the leaderboards, from which ranks are counted

Revision: 20261125_ranks
After: 20261125_jury
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261125_ranks"
down_revision = "20261125_jury"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rank_mark",
        sa.Column("board", sa.Text(), nullable=False),
        sa.Column(
            "worth",
            postgresql.ARRAY(sa.BigInteger()),
            nullable=False,
            comment="What players are ranked by, as some of them have it",
        ),
        sa.Column(
            "ahead", sa.BigInteger(), nullable=False, comment="Players on the board who are worth more"
        ),
        sa.Column("not_behind", sa.BigInteger(), nullable=False, comment="Those, and their equals"),
        sa.Column("counted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("board", "worth", name=op.f("pk_rank_mark")),
        schema="app",
    )


def downgrade() -> None:
    op.drop_table("rank_mark", schema="app")

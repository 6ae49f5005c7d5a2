"""which language a case is in

Revision: 20261126_which_language_a_case
After: 20261126_looks
"""

import sqlalchemy as sa
from alembic import op

revision = "20261126_which_language_a_case"
down_revision = "20261126_looks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "jury_case",
        sa.Column(
            "language",
            sa.Text(),
            nullable=True,
            comment="The question's own where it is plain, else its player's when the case was opened: BCP 47",
        ),
        schema="app",
    )
    op.execute(
        """
        update app.jury_case c set language = coalesce(q.language, p.language)
        from app.question q join app.player p on p.id = q.player_id
        where q.player_id = c.player_id and q.id = c.question_id
        """
    )
    op.alter_column("jury_case", "language", nullable=False, schema="app")
    op.create_index(
        "ix_jury_case_open_in",
        "jury_case",
        ["stratum", "language", "shown", "shuffle"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("closed_at is null"),
    )
    op.create_index(
        "ix_jury_case_settled_in",
        "jury_case",
        ["settled", "language", "shown", "shuffle"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("settled is not null"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_jury_case_settled_in",
        table_name="jury_case",
        schema="app",
        postgresql_where=sa.text("settled is not null"),
    )
    op.drop_index(
        "ix_jury_case_open_in",
        table_name="jury_case",
        schema="app",
        postgresql_where=sa.text("closed_at is null"),
    )
    op.drop_column("jury_case", "language", schema="app")

"""A question that was answered has not failed; who invited whom is found by an index

Revision: 20261125_lost
After: 20261125_points
"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_lost"
down_revision = "20261125_points"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # late replies to questions that had been taken for lost left both an answer and a failure
    op.execute("update app.question set failure = null where state <> 'failed' and failure is not null")
    op.create_check_constraint(
        op.f("ck_question_failure"), "question", "failure is null or state = 'failed'", schema="app"
    )
    op.create_index(
        op.f("ix_player_referred_by"),
        "player",
        ["referred_by"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("referred_by is not null"),
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_player_referred_by"), table_name="player", schema="app")
    op.drop_constraint(op.f("ck_question_failure"), "question", schema="app")

"""Settled cases measure later jurors

Revision: 20261126_settled
After: 20261126_shares
"""

import sqlalchemy as sa
from alembic import op

revision = "20261126_settled"
down_revision = "20261126_shares"
branch_labels = None
depends_on = None

SETTLE_WHAT_IS_CLOSED = """
update app.jury_case c set settled = c.outcome from app.image i
where i.id = c.image_id and i.pool = 'complex' and c.stratum in ('flagged', 'let_go')
  and (c.outcome = 'wrong' and c.p_wrong > 0.95 or c.outcome = 'right' and c.p_wrong < 0.05)
"""


def upgrade() -> None:
    op.add_column(
        "jury_case",
        sa.Column(
            "settled",
            sa.Text(),
            nullable=True,
            comment="The outcome, on a complex picture, while votes bear it out: it measures later jurors",
        ),
        schema="app",
    )
    op.create_check_constraint(
        op.f("ck_jury_case_settled"), "jury_case", "settled is null or settled = outcome", schema="app"
    )
    op.create_index(
        "ix_jury_case_settled",
        "jury_case",
        ["settled", "shown", "shuffle"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("settled is not null"),
    )
    op.add_column(
        "verdict",
        sa.Column(
            "of_settled",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="Earlier jurors had settled the case: this verdict measures the juror, and is no vote",
        ),
        schema="app",
    )
    op.execute(SETTLE_WHAT_IS_CLOSED)


def downgrade() -> None:
    op.drop_column("verdict", "of_settled", schema="app")
    op.drop_index("ix_jury_case_settled", table_name="jury_case", schema="app")
    op.drop_constraint(op.f("ck_jury_case_settled"), "jury_case", schema="app", type_="check")
    op.drop_column("jury_case", "settled", schema="app")

"""Who left is remembered for a day with the cases of the jury they were shown

Revision: 20261127_which_cases_who_left
After: 20261127_days_board
"""

import sqlalchemy as sa
from alembic import op

revision = "20261127_which_cases_who_left"
down_revision = "20261127_days_board"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "departed",
        sa.Column(
            "case_starts",
            sa.ARRAY(sa.DateTime(timezone=True)),
            server_default="{}",
            nullable=False,
            comment="When cases of the jury were shown",
        ),
        schema="app",
    )


def downgrade() -> None:
    op.drop_column("departed", "case_starts", schema="app")

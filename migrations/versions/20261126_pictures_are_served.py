"""When a round's picture first left for the player: its clock runs from there

Revision: 20261126_served
After: 20261126_rounds
"""

import sqlalchemy as sa
from alembic import op

revision = "20261126_served"
down_revision = "20261126_rounds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "round",
        sa.Column(
            "served_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When it first left for the player; null before rules version 4",
        ),
        schema="app",
    )
    op.alter_column("round", "opened_at", comment="When the picture was asked for", schema="app")
    # Valid at once: no row has a value yet.
    op.create_check_constraint(op.f("ck_round_served"), "round", "served_at >= opened_at", schema="app")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_round_served"), "round", schema="app", type_="check")
    op.alter_column("round", "opened_at", comment=None, schema="app")
    op.drop_column("round", "served_at", schema="app")

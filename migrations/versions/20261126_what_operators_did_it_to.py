"""What an operator's deed was about where that is no player

Revision: 20261126_about
After: 20261125_trust
"""

import sqlalchemy as sa
from alembic import op

revision = "20261126_about"
down_revision = "20261125_trust"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "operator_action",
        sa.Column(
            "about",
            sa.Text(),
            nullable=True,
            comment="What it was about where that is no player: whose token, which image, folder or backup",
        ),
        schema="app",
    )


def downgrade() -> None:
    op.drop_column("operator_action", "about", schema="app")

"""Images have numbers to be drawn by

Revision: 20261125_numbers
After: 20261125_inbox
"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_numbers"
down_revision = "20261125_inbox"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "image",
        sa.Column(
            "number",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="To be drawn by: nearly all up to the highest are taken",
        ),
        schema="app",
    )
    op.create_index(op.f("ix_image_number"), "image", ["number"], unique=False, schema="app")


def downgrade() -> None:
    op.drop_index(op.f("ix_image_number"), table_name="image", schema="app")
    op.drop_column("image", "number", schema="app")

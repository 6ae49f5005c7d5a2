"""What pictures look like: those that look alike stand in one split

Those that are there already are compared by the server once it runs. No split changes by this.

Revision: 20261126_looks
After: 20261126_settled
"""

import sqlalchemy as sa
from alembic import op

revision = "20261126_looks"
down_revision = "20261126_settled"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "image",
        sa.Column(
            "look",
            sa.LargeBinary(),
            nullable=True,
            comment="What it looks like (images/likeness.py); empty: like nothing; null: not compared yet",
        ),
        schema="app",
    )
    op.add_column(
        "image",
        sa.Column(
            "alike_to",
            sa.Uuid(),
            nullable=True,
            comment="The image that it looked like most when it was compared",
        ),
        schema="app",
    )
    op.add_column(
        "image",
        sa.Column(
            "split",
            sa.Text(),
            nullable=True,
            comment="That of the images it looks like; neither: they stand in several; null: drawn by its hash",
        ),
        schema="app",
    )
    # Valid at once: no row has a value yet.
    op.create_foreign_key(
        op.f("fk_image_alike_to"),
        "image",
        "image",
        ["alike_to"],
        ["id"],
        source_schema="app",
        referent_schema="app",
    )
    op.create_check_constraint(
        op.f("ck_image_split"),
        "image",
        "split in ('train', 'validation', 'held_out', 'neither')",
        schema="app",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_image_split"), "image", schema="app", type_="check")
    op.drop_constraint(op.f("fk_image_alike_to"), "image", schema="app", type_="foreignkey")
    op.drop_column("image", "split", schema="app")
    op.drop_column("image", "alike_to", schema="app")
    op.drop_column("image", "look", schema="app")

"""Which data sets left

Revision: 20261126_releases
After: 20261126_compared
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261126_releases"
down_revision = "20261126_compared"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "data_release",
        sa.Column("id", sa.Uuid(), nullable=False, comment="As its manifest names it"),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="The moment that its rows are of",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Of the data set: corrections, replay, ..."),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column(
            "filters",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="What was asked for; null is any",
        ),
        sa.Column("token_id", sa.Uuid(), nullable=True, comment="Whose research token made it"),
        sa.Column("operator", sa.Text(), nullable=True, comment="Who made it by command"),
        sa.Column(
            "after_id",
            sa.Uuid(),
            nullable=True,
            comment="The release before it, whose rows that are no longer in it its manifest names",
        ),
        sa.Column("row_count", sa.BigInteger(), nullable=False),
        sa.Column(
            "rows", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="How many, by split"
        ),
        sa.Column(
            "manifest_sha256",
            sa.Text(),
            nullable=False,
            comment="Hex; the manifest has the checksums of all other files",
        ),
        sa.CheckConstraint(
            "(token_id is null) = (operator is not null)", name=op.f("ck_data_release_one_maker")
        ),
        sa.ForeignKeyConstraint(["after_id"], ["app.data_release.id"], name=op.f("fk_data_release_after_id")),
        sa.ForeignKeyConstraint(
            ["token_id"], ["app.research_token.id"], name=op.f("fk_data_release_token_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_release")),
        schema="app",
    )
    op.create_index(
        op.f("ix_data_release_name_format_made_at"),
        "data_release",
        ["name", "format", "made_at"],
        unique=False,
        schema="app",
    )
    op.create_table(
        "data_release_rows",
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False, comment="Of the part, from 0"),
        sa.Column(
            "ids",
            sa.LargeBinary(),
            nullable=False,
            comment="Ids of answers (question.id), in order, 16 bytes each",
        ),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["app.data_release.id"],
            name=op.f("fk_data_release_rows_release_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("release_id", "number", name=op.f("pk_data_release_rows")),
        schema="app",
    )


def downgrade() -> None:
    op.drop_table("data_release_rows", schema="app")
    op.drop_index(op.f("ix_data_release_name_format_made_at"), table_name="data_release", schema="app")
    op.drop_table("data_release", schema="app")

"""Revisions of models, their gates, and their shares of new sessions

Revision: 20261126_rounds
After: 20261126_shown
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261126_rounds"
down_revision = "20261126_shown"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_revision",
        sa.Column("name", sa.Text(), nullable=False, comment="What its server calls it"),
        sa.Column(
            "revision",
            sa.Text(),
            nullable=False,
            comment="Of its weights; empty where the operator named none",
        ),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="base: as published; adapter: served beside its base; merged: weights of its own",
        ),
        sa.Column("base", sa.Text(), nullable=True, comment="The name of the model that it was tuned from"),
        sa.Column(
            "release", sa.Text(), nullable=True, comment="The release of the data set that it was tuned on"
        ),
        sa.Column(
            "urls",
            postgresql.JSONB(),
            server_default="[]",
            nullable=False,
            comment="Who serves it; none: whom the settings name",
        ),
        sa.Column("dialect", sa.Text(), nullable=True, comment="What they speak; null: as the settings say"),
        sa.Column(
            "extra_body",
            postgresql.JSONB(),
            server_default="{}",
            nullable=False,
            comment="What each request to it carries beside",
        ),
        sa.Column(
            "registered_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.CheckConstraint("kind in ('base', 'adapter', 'merged')", name=op.f("ck_model_revision_kind")),
        sa.PrimaryKeyConstraint("name", "revision", name=op.f("pk_model_revision")),
        schema="app",
    )
    op.create_table(
        "model_gate",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column(
            "checks",
            postgresql.JSONB(),
            nullable=False,
            comment='Each with what it found: {"name": ..., "passed": ..., "said": ...}',
        ),
        sa.Column(
            "scores",
            postgresql.JSONB(),
            nullable=False,
            comment="Before and after on the held-out set, over everything and by stratum and category",
        ),
        sa.ForeignKeyConstraint(
            ["name", "revision"],
            ["app.model_revision.name", "app.model_revision.revision"],
            name=op.f("fk_model_gate_name_revision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_gate")),
        schema="app",
    )
    op.create_index(
        op.f("ix_model_gate_name_revision_id"), "model_gate", ["name", "revision", "id"], schema="app"
    )
    op.create_table(
        "model_field",
        sa.Column(
            "id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="The highest is in force"
        ),
        sa.Column("set_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column(
            "shares",
            postgresql.JSONB(),
            nullable=False,
            comment="Percent of new sessions, each with name, revision and share; what is left is for the models of the settings",
        ),
        sa.Column(
            "before_id",
            sa.BigInteger(),
            nullable=True,
            comment="What a rollback goes back to; null: the settings' models alone",
        ),
        sa.CheckConstraint("action in ('promote', 'rollback')", name=op.f("ck_model_field_action")),
        sa.ForeignKeyConstraint(["before_id"], ["app.model_field.id"], name=op.f("fk_model_field_before_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_field")),
        schema="app",
    )


def downgrade() -> None:
    op.drop_table("model_field", schema="app")
    op.drop_index(op.f("ix_model_gate_name_revision_id"), table_name="model_gate", schema="app")
    op.drop_table("model_gate", schema="app")
    op.drop_table("model_revision", schema="app")

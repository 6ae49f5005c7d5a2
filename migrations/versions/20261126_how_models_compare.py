"""How models compare

Revision: 20261126_compared
After: 20261126_served
"""

import sqlalchemy as sa
from alembic import op

revision = "20261126_compared"
down_revision = "20261126_served"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_standing",
        sa.Column("fit_id", sa.BigInteger(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("revision", sa.Text(), nullable=False, comment="Empty where the operator named none"),
        sa.Column(
            "truthfulness",
            sa.Double(),
            nullable=False,
            comment="In log odds of not being flagged, against the mean of the models of this fit",
        ),
        sa.Column(
            "truthfulness_lower",
            sa.Double(),
            nullable=False,
            comment="Of the 95 % interval, as all others here",
        ),
        sa.Column("truthfulness_upper", sa.Double(), nullable=False),
        sa.Column(
            "flag_rate",
            sa.Double(),
            nullable=False,
            comment="Of all untainted answers of the fit, the share that players would have flagged had this model given all of them",
        ),
        sa.Column("flag_rate_lower", sa.Double(), nullable=False),
        sa.Column("flag_rate_upper", sa.Double(), nullable=False),
        sa.Column("players", sa.BigInteger(), nullable=False, comment="Who heard it untainted"),
        sa.Column("answers", sa.BigInteger(), nullable=False, comment="That it gave them"),
        sa.Column("flagged", sa.BigInteger(), nullable=False, comment="Those of them that were flagged"),
        sa.CheckConstraint("flag_rate between 0 and 1", name=op.f("ck_model_standing_flag_rate")),
        sa.ForeignKeyConstraint(
            ["fit_id"], ["app.trust_fit.id"], name=op.f("fk_model_standing_fit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("fit_id", "model", "revision", name=op.f("pk_model_standing")),
        schema="app",
    )
    op.create_table(
        "model_difference",
        sa.Column("fit_id", sa.BigInteger(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("other_model", sa.Text(), nullable=False),
        sa.Column("other_revision", sa.Text(), nullable=False),
        sa.Column(
            "difference",
            sa.Double(),
            nullable=False,
            comment="Truthfulness of the model less that of the other, in log odds",
        ),
        sa.Column("difference_lower", sa.Double(), nullable=False, comment="Of the 95 % interval, as below"),
        sa.Column("difference_upper", sa.Double(), nullable=False),
        sa.Column(
            "p_more_truthful",
            sa.Double(),
            nullable=False,
            comment="P(the model is more truthful than the other)",
        ),
        sa.Column(
            "flag_rate_difference",
            sa.Double(),
            nullable=False,
            comment="Flag rate of the model less the other's",
        ),
        sa.Column("flag_rate_difference_lower", sa.Double(), nullable=False),
        sa.Column("flag_rate_difference_upper", sa.Double(), nullable=False),
        sa.CheckConstraint(
            "p_more_truthful between 0 and 1", name=op.f("ck_model_difference_p_more_truthful")
        ),
        sa.ForeignKeyConstraint(
            ["fit_id", "model", "revision"],
            ["app.model_standing.fit_id", "app.model_standing.model", "app.model_standing.revision"],
            name=op.f("fk_model_difference_fit_id_model_revision"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "fit_id", "model", "revision", "other_model", "other_revision", name=op.f("pk_model_difference")
        ),
        schema="app",
    )


def downgrade() -> None:
    op.drop_table("model_difference", schema="app")
    op.drop_table("model_standing", schema="app")

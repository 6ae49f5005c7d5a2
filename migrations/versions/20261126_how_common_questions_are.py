"""How common questions are

Questions of sessions that were assessed before this stand without.

Revision: 20261126_how_common_questions
After: 20261126_which_language_a_case
"""

import sqlalchemy as sa
from alembic import op

revision = "20261126_how_common_questions"
down_revision = "20261126_which_language_a_case"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "question_form",
        sa.Column("form", sa.LargeBinary(), nullable=False),
        sa.Column(
            "images",
            sa.BigInteger(),
            nullable=False,
            comment="Honestly answered about so many, each answer for itself; two at least",
        ),
        sa.Column(
            "bits",
            sa.Double(),
            nullable=False,
            comment="How much a look at the picture tells of the answer: entropy, at most 1",
        ),
        sa.CheckConstraint("bits between 0 and 1", name=op.f("ck_question_form_bits")),
        sa.PrimaryKeyConstraint("form", name=op.f("pk_question_form")),
        schema="app",
    )
    op.create_table(
        "asked_form",
        sa.Column("player_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column(
            "form",
            sa.LargeBinary(),
            nullable=False,
            comment="Names the question's normal form, in which politeness and endings make no difference",
        ),
        sa.Column(
            "answer_form",
            sa.LargeBinary(),
            nullable=True,
            comment="The same of the answer; null where the model had been told to lie",
        ),
        sa.Column(
            "repeated",
            sa.Double(),
            nullable=False,
            comment="In what share of the player's rounds before this one the same was asked",
        ),
        sa.CheckConstraint("repeated >= 0 and repeated < 1", name=op.f("ck_asked_form_repeated")),
        sa.ForeignKeyConstraint(
            ["player_id", "question_id"],
            ["app.question.player_id", "app.question.id"],
            name=op.f("fk_asked_form_player_id_question_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("player_id", "question_id", name=op.f("pk_asked_form")),
        schema="app",
    )


def downgrade() -> None:
    op.drop_table("asked_form", schema="app")
    op.drop_table("question_form", schema="app")

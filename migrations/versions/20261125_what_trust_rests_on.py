"""What trust rests on

Revision: 20261125_trust
After: 20261125_kinds
"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_trust"
down_revision = "20261125_kinds"
branch_labels = None
depends_on = None

BEFORE = "P(answer wrong | flagged by this player), without verdicts"
NOW = "P(answer wrong), by this flag, by others who judged the same answer, and by verdicts"


def upgrade() -> None:
    op.add_column(
        "answer_trust",
        sa.Column(
            "p_wrong_unjudged",
            sa.Double(),
            nullable=True,
            comment="The same without verdicts on it: what they are weighed against when it is judged",
        ),
        schema="app",
    )
    op.execute("update app.answer_trust set p_wrong_unjudged = p_wrong")
    op.alter_column("answer_trust", "p_wrong_unjudged", nullable=False, schema="app")
    for name, comment in (
        ("others", "Other players who judged the same answer to the same question in play"),
        ("verdicts", "Jurors who said wrong or right of it: so many count in p_wrong"),
    ):
        column = sa.Column(
            name, sa.BigInteger(), server_default=sa.text("0"), nullable=False, comment=comment
        )
        op.add_column("answer_trust", column, schema="app")
    op.create_check_constraint(
        op.f("ck_answer_trust_p_wrong_unjudged"),
        "answer_trust",
        "p_wrong_unjudged between 0 and 1",
        schema="app",
    )
    op.alter_column(
        "answer_trust",
        "p_wrong",
        existing_type=sa.Double(),
        comment=NOW,
        existing_comment=BEFORE,
        schema="app",
    )


def downgrade() -> None:
    op.execute("update app.answer_trust set p_wrong = p_wrong_unjudged")
    op.alter_column(
        "answer_trust",
        "p_wrong",
        existing_type=sa.Double(),
        comment=BEFORE,
        existing_comment=NOW,
        schema="app",
    )
    for name in ("p_wrong_unjudged", "others", "verdicts"):
        op.drop_column("answer_trust", name, schema="app")

"""Every category that the rules know

Revision: 20261125_categories
After: 20261125_checks
"""

from alembic import op

revision = "20261125_categories"
down_revision = "20261125_checks"
branch_labels = None
depends_on = None

BEFORE = "category in ('counting', 'colour', 'text', 'position', 'existence', 'action', 'attribute', 'other')"
AFTER = (
    "category in ('existence', 'counting', 'colour', 'attribute', 'position', 'text', 'action', 'kind', "
    "'scene', 'reasoning', 'other')"
)
COMMENT = "What must be looked for in the picture to answer, by the rules of category_version"
COMMENT_BEFORE = "counting, colour, text, position, existence, action, attribute, other"


def upgrade() -> None:
    op.drop_constraint(op.f("ck_question_category"), "question", schema="app")
    op.create_check_constraint(op.f("ck_question_category"), "question", AFTER, schema="app")
    op.alter_column("question", "category", comment=COMMENT, existing_comment=COMMENT_BEFORE, schema="app")


def downgrade() -> None:
    op.execute(f"update app.question set category = 'other' where category is not null and not {BEFORE}")
    op.drop_constraint(op.f("ck_question_category"), "question", schema="app")
    op.create_check_constraint(op.f("ck_question_category"), "question", BEFORE, schema="app")
    op.alter_column("question", "category", comment=COMMENT_BEFORE, existing_comment=COMMENT, schema="app")

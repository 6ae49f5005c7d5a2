"""What a lie is worth is the rules' to say, not the tables'

Revision: 20261125_points
After: 20261123_turned_away
"""

from alembic import op

revision = "20261125_points"
down_revision = "20261123_turned_away"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint(op.f("ck_points_twenty"), "points", schema="app")
    op.create_check_constraint(op.f("ck_points_positive"), "points", "points > 0", schema="app")
    op.drop_constraint(op.f("ck_session_score"), "session", schema="app")
    op.create_check_constraint(op.f("ck_session_score"), "session", "score >= 0", schema="app")


def downgrade() -> None:
    """Rows of other rules stay: the older check holds for new ones alone."""
    op.drop_constraint(op.f("ck_session_score"), "session", schema="app")
    op.create_check_constraint(
        op.f("ck_session_score"),
        "session",
        "score between 0 and 100 and score % 20 = 0",
        schema="app",
        postgresql_not_valid=True,
    )
    op.drop_constraint(op.f("ck_points_positive"), "points", schema="app")
    op.create_check_constraint(
        op.f("ck_points_twenty"), "points", "points = 20", schema="app", postgresql_not_valid=True
    )

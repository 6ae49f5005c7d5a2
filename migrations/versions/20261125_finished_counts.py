"""Only finished games count in a player's sums

Revision: 20261125_finished
After: 20261125_lost
"""

from alembic import op

revision = "20261125_finished"
down_revision = "20261125_lost"
branch_labels = None
depends_on = None


TOTALS = """
update app.player_total t set points = s.points, best = s.best
from (select player_id, sum(score) as points, max(score) as best from app.session
      where state = 'finished' group by player_id) s
where s.player_id = t.player_id
"""
WEEKS = """
update app.player_week t set points = s.points
from (select player_id, date_trunc('week', ended_at at time zone 'UTC')::date as week, sum(score) as points
      from app.session where state = 'finished' group by player_id, week) s
where s.player_id = t.player_id and s.week = t.week
"""


def upgrade() -> None:
    op.execute(TOTALS)
    op.execute(WEEKS)
    op.execute("delete from app.player_total where sessions = 0")
    op.execute("delete from app.player_week where sessions = 0")


def downgrade() -> None:
    """The sums of games given up are in the sessions still, and nobody misses them here."""

"""Who stands on the day's board is written beside what they are ranked by, as on the other boards

Revision: 20261127_days_board
After: 20261126_how_common_questions
"""

import sqlalchemy as sa
from alembic import op

revision = "20261127_days_board"
down_revision = "20261126_how_common_questions"
branch_labels = None
depends_on = None

OLD_COLUMNS = ["number", "net_points", "points"]
OLD_INDEX = "ix_daily_entry_number_net_points_points"
COLUMNS = [*OLD_COLUMNS, "player_id"]
INDEX = "ix_daily_entry_shown_number_net_points_points_player_id"

SHOW_ON_BOARDS = """
create or replace function app.show_on_boards() returns trigger
language plpgsql security definer set search_path = '' as $$
declare is_shown constant boolean := new.show_on_leaderboard and new.banned_at is null;
begin
    update app.player_total set shown = is_shown where player_id = new.id and shown <> is_shown;
    update app.player_week set shown = is_shown where player_id = new.id and shown <> is_shown;
    {days}
    return null;
end $$
"""
DAYS = "update app.daily_entry set shown = is_shown where player_id = new.id and shown <> is_shown;"


def upgrade() -> None:
    op.add_column(
        "daily_entry",
        sa.Column(
            "shown",
            sa.Boolean(),
            server_default="false",
            nullable=False,
            comment="On the boards: the player shows and is not banned. Triggers keep it so",
        ),
        schema="app",
    )
    op.execute(
        "update app.daily_entry e set shown = true from app.player p"
        " where p.id = e.player_id and p.show_on_leaderboard and p.banned_at is null"
    )
    op.drop_index(op.f(OLD_INDEX), table_name="daily_entry", schema="app")
    op.create_index(INDEX, "daily_entry", COLUMNS, schema="app", postgresql_where=sa.text("shown"))
    op.execute(SHOW_ON_BOARDS.format(days=DAYS))
    op.execute(
        "create trigger stand_on_boards before insert on app.daily_entry"
        " for each row execute function app.stand_on_boards()"
    )


def downgrade() -> None:
    op.execute("drop trigger stand_on_boards on app.daily_entry")
    op.execute(SHOW_ON_BOARDS.format(days=""))
    op.drop_index(INDEX, table_name="daily_entry", schema="app")
    op.create_index(op.f(OLD_INDEX), "daily_entry", OLD_COLUMNS, schema="app")
    op.drop_column("daily_entry", "shown", schema="app")
    op.execute("delete from app.rank_mark where board like 'today %'")

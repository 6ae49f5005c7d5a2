"""Who stands on the boards is written beside what they are ranked by

Revision: 20261126_shown
After: 20261126_about
"""

import sqlalchemy as sa
from alembic import op

revision = "20261126_shown"
down_revision = "20261126_about"
branch_labels = None
depends_on = None

BOARDS = {
    "player_total": (["points"], ["sharpness", "points"]),
    "player_week": (["week", "points"], ["week", "sharpness", "points"]),
}

FUNCTIONS = """
create function app.stand_on_boards() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
    new.shown := coalesce((
        select p.show_on_leaderboard and p.banned_at is null from app.player p where p.id = new.player_id
    ), false);
    return new;
end $$;
create function app.show_on_boards() returns trigger
language plpgsql security definer set search_path = '' as $$
declare is_shown constant boolean := new.show_on_leaderboard and new.banned_at is null;
begin
    update app.player_total set shown = is_shown where player_id = new.id and shown <> is_shown;
    update app.player_week set shown = is_shown where player_id = new.id and shown <> is_shown;
    return null;
end $$;
create trigger stand_on_boards before insert on app.player_total
for each row execute function app.stand_on_boards();
create trigger stand_on_boards before insert on app.player_week
for each row execute function app.stand_on_boards();
create trigger show_on_boards after update of show_on_leaderboard, banned_at on app.player
for each row execute function app.show_on_boards()
"""


def upgrade() -> None:
    for table, indexes in BOARDS.items():
        op.add_column(
            table,
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
            f"update app.{table} t set shown = true from app.player p"
            " where p.id = t.player_id and p.show_on_leaderboard and p.banned_at is null"
        )
        for columns in indexes:
            op.drop_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table_name=table, schema="app")
            op.create_index(
                f"ix_{table}_shown_{'_'.join(columns)}",
                table,
                columns,
                schema="app",
                postgresql_where=sa.text("shown"),
            )
    op.execute("delete from app.rank_mark")  # they counted those who do not show themselves, too
    for statement in FUNCTIONS.split(";\ncreate "):
        op.execute(statement if statement.lstrip().startswith("create") else f"create {statement}")


def downgrade() -> None:
    op.execute("drop function app.show_on_boards() cascade")
    op.execute("drop function app.stand_on_boards() cascade")
    for table, indexes in BOARDS.items():
        for columns in indexes:
            op.drop_index(f"ix_{table}_shown_{'_'.join(columns)}", table_name=table, schema="app")
            op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns, schema="app")
        op.drop_column(table, "shown", schema="app")

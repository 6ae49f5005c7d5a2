"""What is read of a board is one stretch of an index

Revision: 20261127_boards_by_index
After: 20261127_bot_contact
"""

import sqlalchemy as sa
from alembic import op

revision = "20261127_boards_by_index"
down_revision = "20261127_bot_contact"
branch_labels = None
depends_on = None

INDEXES = (
    ("player_total", ["points"]),
    ("player_total", ["sharpness", "points"]),
    ("player_week", ["week", "points"]),
    ("player_week", ["week", "sharpness", "points"]),
)


def upgrade() -> None:
    for table, columns in INDEXES:
        replace(table, columns, [*columns, "player_id"], "shown and sessions > 0")


def downgrade() -> None:
    for table, columns in INDEXES:
        replace(table, [*columns, "player_id"], columns, "shown")


def replace(table: str, old: list[str], new: list[str], who: str) -> None:
    op.drop_index(op.f(name_of(table, old)), table_name=table, schema="app")
    op.create_index(name_of(table, new), table, new, schema="app", postgresql_where=sa.text(who))


def name_of(table: str, columns: list[str]) -> str:
    return f"ix_{table}_shown_{'_'.join(columns)}"

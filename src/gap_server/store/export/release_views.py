"""The views of what left, and of the models that were made of it."""

from gap_server.store.export.view import Column, View

RELEASES = View(
    "releases",
    "One data set that left, as its manifest describes it. Who made it is not told.",
    "app.data_release d",
    (
        Column("id", "d.id", "The release, as its manifest names it"),
        Column("made_at", "d.made_at", "The moment that its rows are of"),
        Column("name", "d.name", "The data set: corrections, replay, preferences, heldout, everything"),
        Column("format", "d.format", "The form that it left in"),
        Column("filters", "d.filters", "What was asked for; null is any"),
        Column(
            "after_id", "d.after_id", "The release before it, whose rows that are gone its manifest names"
        ),
        Column("row_count", "d.row_count", "Rows in it"),
        Column("rows_by_split", "d.rows", "The same by split"),
        Column("manifest_sha256", "d.manifest_sha256", "SHA-256 of manifest.json, hex; the rest is in there"),
    ),
)

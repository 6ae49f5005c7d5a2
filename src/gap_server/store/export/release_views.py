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

_OVERALL = "(g.scores #>> '{{differences,0,{}}}')::float8"

MODEL_ROUNDS = View(
    "model_rounds",
    "One time that a registered model revision was at the gate; a single row where it has not been there.",
    """app.model_revision v
left join app.model_gate g on g.name = v.name and g.revision = v.revision
left join app.data_release d on d.id::text = lower(v.release)""",
    (
        Column("model", "v.name", "The model, as its server calls it (qa.model)"),
        Column("model_revision", "v.revision", "Its revision; empty where the operator named none"),
        Column("kind", "v.kind", "base: as published; adapter: served beside its base; merged: own weights"),
        Column("base", "v.base", "The model that it was tuned from"),
        Column("release", "v.release", "The data release that it was tuned on, as the operator named it"),
        Column("release_name", "d.name", "Which data set that is, where it was made here (releases)"),
        Column("release_rows", "d.row_count", "Rows in it"),
        Column("registered_at", "v.registered_at", "When it was made known"),
        Column("checked_at", "g.checked_at", "When it was at the gate"),
        Column("passed", "g.passed", "The gate's decision: it may play"),
        Column("checks", "g.checks", "Each check: its name, whether it passed, and what was found"),
        Column("score_before", _OVERALL.format("before"), "Mean score of its base on the held-out set"),
        Column("score_after", _OVERALL.format("after"), "Its own on the same rows"),
        Column("score_change", _OVERALL.format("change,mean"), "The change, by image"),
        Column("score_change_lower", _OVERALL.format("change,lower"), "Lower end of its 95 % interval"),
        Column("score_change_upper", _OVERALL.format("change,upper"), "Upper end"),
        Column("scores", "g.scores", "The same by stratum and category, with the paired tests"),
        Column(
            "is_newest",
            "g.id is null or not exists (select from app.model_gate later where later.name = g.name"
            " and later.revision = g.revision and later.id > g.id)",
            "It has not been at the gate since",
        ),
    ),
)

MODEL_SHARES = View(
    "model_shares",
    "One model's share of new sessions from one moment to another, as operators set it.",
    """app.model_field f cross join lateral (
    select one.name, one.revision, one.share
    from jsonb_to_recordset(f.shares) as one (name text, revision text, share float8)
    union all
    select null, null, 100 - coalesce(sum(one.share), 0)
    from jsonb_to_recordset(f.shares) as one (share float8)
) given""",
    (
        Column("set_at", "f.set_at", "From when on"),
        Column(
            "until",
            "(select min(later.set_at) from app.model_field later where later.id > f.id)",
            "Until when; null: still",
        ),
        Column("action", "f.action", "promote, or rollback to what was before"),
        Column("model", "given.name", "The model; null: those of the server's settings, together"),
        Column("model_revision", "given.revision", "Its revision"),
        Column("share", "given.share", "Percent of new sessions"),
    ),
)

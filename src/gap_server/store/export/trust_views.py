"""The views of what was found out about players, answers and models."""

from gap_server.store.export.view import IS_OPEN, Column, View

VERDICTS = View(
    "verdicts",
    "What one juror said of one answer, in a case that is closed.",
    f"""app.verdict v
join app.consent vc on vc.player_id = v.player_id and vc.withdrawn_at is null
join app.player juror on juror.id = v.player_id
join app.jury_case j on j.id = v.case_id and j.closed_at is not null
join app.question q on q.player_id = j.player_id and q.id = j.question_id
join app.round r on r.player_id = q.player_id and r.id = q.round_id
join app.session s on s.player_id = r.player_id and s.id = r.session_id
join app.consent c on c.player_id = s.player_id and c.withdrawn_at is null
where v.said is not null and {IS_OPEN}""",
    (
        Column("case_id", "j.id", "The case"),
        Column("question_id", "q.id", "The answer that was judged (qa.id)"),
        Column("juror", "juror.pseudonym", "The juror's pseudonym (players.player)"),
        Column("stratum", "j.stratum", "lie, held: truth known beforehand; flagged, let_go: unknown"),
        Column(
            "of_settled",
            "v.of_settled",
            "Earlier jurors had settled the case: this verdict measures the juror, and is no vote",
        ),
        Column("said", "v.said", "Of the model's answer: wrong, right, cannot_tell"),
        Column("correction", "j.correction", "The player's own answer, judged beside it"),
        Column("said_of_correction", "v.said_of_correction", "The same of the correction"),
        Column("correction_first", "v.correction_first", "The juror saw the correction first"),
        Column("outcome", "j.outcome", "What the jurors found together: wrong, right, disputed"),
        Column("shown_at", "v.shown_at", "When the juror was shown the case"),
        Column("ended_at", "v.ended_at", "When the juror was done with it"),
    ),
)

RATES = [
    Column(
        f"{rate}_{pool}{end}",
        f"e.{rate}_{pool}{end}",
        f"P(flag | answer {truth}), {pool} pool{meaning}",
    )
    for rate, truth in (("s", "wrong"), ("f", "right"))
    for pool in ("simple", "complex")
    for end, meaning in (("", ""), ("_lower", ": lower end, 90 %"), ("_upper", ": upper end, 90 %"))
]

ESTIMATES = View(
    "estimates",
    "How reliable one player's flags are, by the newest fit that knew the player.",
    f"""app.player_estimate e
join app.trust_fit f on f.id = e.fit_id
join app.player p on p.id = e.player_id
join app.consent c on c.player_id = p.id and c.withdrawn_at is null
where exists (select from app.session s where s.player_id = p.id and {IS_OPEN})""",
    (
        Column("player", "p.pseudonym", "The player's pseudonym (players.player)"),
        *RATES,
        Column("estimator_version", "f.estimator_version", "Version of the estimator"),
        Column("counted_at", "f.counted_at", "When the counts were taken"),
    ),
)

MODELS = View(
    "models",
    "How often one model revision is honestly wrong on complex images, by one fit of players' reliability.",
    "app.model_estimate e join app.trust_fit f on f.id = e.fit_id",
    (
        Column("model", "e.model", "The model"),
        Column("model_revision", "e.revision", "Its revision; empty where the operator named none"),
        Column("p_wrong", "e.p_wrong", "P(answer wrong | untainted, complex image)"),
        Column("lower", "e.lower", "Lower end of its interval, 90 %"),
        Column("upper", "e.upper", "Upper end"),
        Column("kind", "f.kind", "reliability, or joint: players x images x models"),
        Column("players", "f.players", "Players that the fit knew"),
        Column("answers", "f.answers", "Answers that they saw"),
        Column("estimator_version", "f.estimator_version", "Version of the estimator"),
        Column("counted_at", "f.counted_at", "When the counts were taken"),
    ),
)

MODELS_COMPARED = View(
    "models_compared",
    "One model revision against another one, by one fit of players x images x models to all untainted"
    " answers; a single row without another where it was alone. Every interval is of 95 %.",
    """app.model_standing m join app.trust_fit f on f.id = m.fit_id
left join app.model_difference d on d.fit_id = m.fit_id and d.model = m.model and d.revision = m.revision""",
    (
        Column("model", "m.model", "The model"),
        Column("model_revision", "m.revision", "Its revision; empty where the operator named none"),
        Column(
            "truthfulness",
            "m.truthfulness",
            "How much less readily its answers are flagged than those of the mean model of the fit, log odds",
        ),
        Column("truthfulness_lower", "m.truthfulness_lower", "Lower end of its interval"),
        Column("truthfulness_upper", "m.truthfulness_upper", "Upper end"),
        Column(
            "flag_rate",
            "m.flag_rate",
            "Had it given all answers of the fit, the share of them that players would have flagged",
        ),
        Column("flag_rate_lower", "m.flag_rate_lower", "Lower end of its interval"),
        Column("flag_rate_upper", "m.flag_rate_upper", "Upper end"),
        Column("players", "m.players", "Players who heard it, untainted"),
        Column("answers", "m.answers", "Answers that it gave them"),
        Column("flagged", "m.flagged", "How many of them were flagged"),
        Column("other_model", "d.other_model", "The model that it is compared with"),
        Column("other_revision", "d.other_revision", "Its revision"),
        Column(
            "difference", "d.difference", "Truthfulness less that of the other, log odds: above 0, better"
        ),
        Column("difference_lower", "d.difference_lower", "Lower end of its interval"),
        Column("difference_upper", "d.difference_upper", "Upper end"),
        Column("p_more_truthful", "d.p_more_truthful", "P(it is more truthful than the other)"),
        Column(
            "flag_rate_difference", "d.flag_rate_difference", "Flag rate less the other's: below 0, better"
        ),
        Column("flag_rate_difference_lower", "d.flag_rate_difference_lower", "Lower end of its interval"),
        Column("flag_rate_difference_upper", "d.flag_rate_difference_upper", "Upper end"),
        Column("fit_players", "f.players", "Players that the fit knew, whichever model they heard"),
        Column("fit_answers", "f.answers", "Untainted answers of the fit, of all models"),
        Column("estimator_version", "f.estimator_version", "Version of the estimator"),
        Column("counted_at", "f.counted_at", "When the counts were taken"),
        Column(
            "is_newest",
            "not exists (select from app.trust_fit later where later.kind = f.kind and later.id > f.id)",
            "No later fit is there",
        ),
    ),
)

"""The privacy policy: one text, in every language, that names all that is kept of a player."""

import httpx
import pytest

from gap_server.i18n import LANGUAGES
from gap_server.store.tables import Table

SAID_AS = {
    "player.id": "random code",
    "player.pseudonym": "random code",
    "player.telegram_id": "your id",
    "player.name": "first name",
    "player.language": "your language",
    "player.time_zone": "time zone",
    "player.show_on_leaderboard": "call yourself otherwise",
    "player.may_message": "may write to you",
    "player.muted_at": "may write to you",
    "player.referral_code": "and your own",
    "player.referred_by": "invitation you came by",
    "player.created_at": "When you joined",
    "player.banned_at": "A ban stays",
    "player.deleted_at": "lead to nobody",
    "consent": "agreed and withdrew",
    "access_token": "sign-ins",
    "session": "games",
    "round": "pictures you were shown",
    "question": "your questions, the answers",
    "withheld_completion": "the answers",
    "judgement": "each change of them",
    "correction": "right answers you typed",
    "honest_check": "computed",
    "jury_case": "other players' answers",
    "verdict": "what you said of other players' answers",
    "assessment": "How sharp you are",
    "player_estimate": "how far your judgements can be relied on",
    "answer_trust": "how far your judgements can be relied on",
    "asked_form": "how common your questions are",
    "data_release_rows": "list of its answers' random codes",
    "points": "points",
    "player_total": "points, games and streak",
    "player_week": "points, games and streak",
    "quest_progress": "the week's quests",
    "daily_entry": "the boards of the days",
    "challenge": "challenge links",
    "challenge_taken": "challenge links",
    "share": "card that you share",
    "friendship": "your friends here",
    "outbox": "the bot's messages to you",
    "bot_update": "until they are answered",
    "departed": "that code stays for 24 hours with when you began games and checked answers",
    "rate_limit": "counted for 24 hours",
    "operator_action": "what operators did",
}
"""Each column about a player, or each table of such, and the words of the policy that speak of it."""

NOT_ABOUT_PLAYERS = {
    *("image", "image_bytes", "instruction", "served_model", "consent_text"),
    *("daily", "daily_image"),
    *(
        "model_revision",
        "model_gate",
        "model_field",
        "model_standing",
        "model_difference",
    ),  # of models, not of who plays them
    *("rank_mark", "trust_fit", "model_estimate", "lease", "question_form", "bot_contact"),
    *(
        "research_token",
        "research_query",
        "export_delay",
        "data_release",
    ),  # of researchers, who are no players
}


def test_the_policy_speaks_of_every_table_and_of_every_column_of_a_player() -> None:
    kept = set()
    for table in Table.metadata.tables.values():
        if table.name == "player":
            kept |= {f"player.{column.name}" for column in table.columns}
        elif table.name not in NOT_ABOUT_PLAYERS:
            kept.add(table.name)
    assert kept == set(SAID_AS), "what is kept of players belongs in the privacy policy"
    for name, words in SAID_AS.items():
        assert words in LANGUAGES["en"].privacy, name


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_page_is_the_same_text_as_the_bots(language: str, shared_client: httpx.AsyncClient) -> None:
    page = (await shared_client.get(f"/privacy?language={language}")).raise_for_status().json()
    parts = [f"{part['heading']}\n{part['text']}" for part in page["parts"]]
    assert "\n\n".join([page["title"], *parts]) == LANGUAGES[language].privacy
    assert len(parts) == len(LANGUAGES["en"].privacy_parts)
    assert all(part["heading"] and len(part["text"]) > 40 for part in page["parts"])


async def test_a_language_that_is_not_spoken_is_english(shared_client: httpx.AsyncClient) -> None:
    pages = [(await shared_client.get(f"/privacy{query}")).text for query in ("", "?language=xx")]
    assert pages[0] == pages[1]

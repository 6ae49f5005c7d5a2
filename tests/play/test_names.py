"""Whatever Telegram says somebody is called, the name is one that they could have given themselves."""

from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from gap_server.api.requests import Language, Name
from gap_server.play.init_data import TelegramUser
from gap_server.play.sign_in import language_of, name_of

ANY_TEXT = st.text(max_size=100) | st.text(
    "\u202e\u2066\u200b\u00ad\u2028\u3164\u2800\U000e0041\u200d aж\n\x00", max_size=60
)


def user(first_name: str, language: str) -> TelegramUser:
    return TelegramUser(
        id=7,
        first_name=first_name,
        language=language,
        may_message=False,
        start_param=None,
    )


@given(ANY_TEXT, st.text(max_size=40))
@example("\u202eevil", "zz-QQ-xxxxxxxxxxxxxxxxxx")
@example("\u200b\u200b", "e\n")
@example("a" * 39 + " \u200bb", "en\n")
def test_a_name_and_a_language_are_as_players_may_set_them(first: str, language: str) -> None:
    signed_in = user(first, language)
    assert TypeAdapter(Name).validate_python(name_of(signed_in)) == name_of(signed_in)
    assert TypeAdapter(Language).validate_python(language_of(signed_in)) == language_of(signed_in)

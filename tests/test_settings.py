"""Settings: what is wrong is one sentence that names it, and no secret is ever in it."""

import pytest

from gap_server.errors import SettingsError
from gap_server.settings import Settings, read_settings


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(str(tmp_path))


WRONG = {
    "GAP_BOT_TOKEN": [
        "change-me",
        "123456:change-me",
        "<token>",
        "123456:your-token",
        "123456:replace-me",
        "hello",
        "123:",
        "",
    ],
    "GAP_BOT_KEY": ["xxxx", "00", "g" * 64],
    "GAP_DATABASE_URL": [
        "mysql://x",
        "postgresql://gap:change-me@db/gap",
        "postgresql://gap:password@db/gap",
        "postgresql://gap@db:notaport/gap",
        "postgresql://gap@db:5432,standby:notaport/gap?target_session_attrs=read-write",
    ],
    "GAP_EXPORT_DATABASE_URL": ["postgresql://gap:changeme@db/gap"],
    "GAP_VLM_URLS": ["gpu1:8000", "http://", "http://gpu1:99999"],
    "GAP_VLM_API_KEY": ["your-api-key", "${VLM_KEY}", "INSERT_KEY_HERE"],
    "GAP_VLM_EXTRA_BODY": ["[1]"],
    "GAP_ROUND_SECONDS": ["0", "soon"],
    "GAP_CONTROL_ROUNDS": ["6", "-1"],
    "GAP_DEAL": ["even", ""],
    "GAP_MODELS": [
        "[",
        "{}",
        "[]",
        '[{"name": "a", "size": 1, "urls": ["http://h"]}]',
        '[{"name": "a", "weight": 0, "urls": ["http://h"]}]',
        '[{"name": "a", "urls": ["http://h"]}, {"name": "a", "urls": ["http://g"]}]',
        '[{"name": "a", "urls": ["nowhere"]}]',
        '[{"name": "a"}]',
    ],
    "GAP_SESSION_MINUTES": ["0", "99999999999999"],
    "GAP_PUBLIC_URL": ["notaurl"],
    "GAP_LOG_FORMAT": ["xml"],
    "GAP_TRUSTED_PROXIES": ["caddy", "10.0.0.1,*", "10.0.0.0/33"],
    "GAP_BOT_NAME": ["https://t.me/x"],
}


def test_a_database_may_have_standbys(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "postgresql://gap:x1@db:5432,standby:5433/gap?target_session_attrs=read-write"
    monkeypatch.setenv("GAP_DATABASE_URL", address)
    url = read_settings().database_url
    assert url is not None
    assert url.get_secret_value() == address


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in WRONG for value in WRONG[name]])
def test_what_is_wrong_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as refused:
        read_settings()
    if len(value) > 12 and "URL" not in name:
        assert value not in str(refused.value)


RIGHT = {
    "GAP_BOT_TOKEN": [
        "12345:test",
        "1:AAAAAAAAAAAAAAAAAAAAAAAA",
        "123456:TEST-TOKEN",
        "7:an-example-of-a-bot",
    ],
    "GAP_DATABASE_URL": ["postgresql://gap@db/example", "postgres://u:p4ss@h/d?host=/tmp"],
    "GAP_VLM_API_KEY": ["sk-example-7f3a"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in RIGHT for value in RIGHT[name]])
def test_what_is_right_is_taken(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    assert value not in repr(read_settings())


def test_a_name_that_is_no_setting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAP_ROUND_SECOND", "60")
    with pytest.raises(SettingsError, match="GAP_ROUND_SECOND: no such setting"):
        read_settings()


def test_every_setting_says_what_it_is() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.description.endswith((".", "...")), name

"""Who gets in: what Telegram signed for our bot within a day, and nothing else."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gap_server.errors import InitDataRefused
from gap_server.play import init_data
from tests.playing import BOT_KEY, BOT_TOKEN, refusal
from tests.playing import init_data as signed

VECTOR = Path(__file__).parents[3] / "shared" / "data" / "init-data-vector.json"

JSON = {"content-type": "application/json"}
GOOD = {"auth_date": "0", "user": '{"id": 7, "first_name": "Ana"}'}


def sign(fields: dict[str, str], key: bytes = BOT_KEY) -> str:
    """As Telegram does it, for fields that `tests.playing.init_data` would not make."""
    given_ = {**fields, "auth_date": fields.get("auth_date") or str(int(time.time()))}
    if given_["auth_date"] == "0":
        given_["auth_date"] = str(int(time.time()))
    check = "\n".join(f"{k}={given_[k]}" for k in sorted(given_))
    return urlencode({**given_, "hash": hmac.new(key, check.encode(), hashlib.sha256).hexdigest()})


def user(**fields: Any) -> str:
    return sign({**GOOD, "user": json.dumps(fields)})


def tampered() -> str:
    return signed(7).replace("Player", "Prayer")


WRONG_KEY = hmac.new(b"WebAppData", b"1:another-bot", hashlib.sha256).digest()
SWAPPED_KEY = hmac.new(BOT_TOKEN.encode(), b"WebAppData", hashlib.sha256).digest()

FORGED: dict[str, tuple[Callable[[], str], str]] = {
    "empty": (lambda: "", "init_data_malformed"),
    "spaces": (lambda: "   ", "init_data_malformed"),
    "words": (lambda: "hello", "init_data_malformed"),
    "json": (lambda: '{"id": 7}', "init_data_malformed"),
    "ampersands": (lambda: "&&&&", "init_data_malformed"),
    "only a hash": (lambda: "hash=" + "0" * 64, "init_data_bad_hash"),
    "no hash": (lambda: signed(7).rpartition("&hash=")[0], "init_data_malformed"),
    "empty hash": (lambda: signed(7).rpartition("&hash=")[0] + "&hash=", "init_data_malformed"),
    "zero hash": (lambda: signed(7).rpartition("&hash=")[0] + "&hash=" + "0" * 64, "init_data_bad_hash"),
    "short hash": (lambda: signed(7)[:-1], "init_data_bad_hash"),
    "long hash": (lambda: signed(7) + "0", "init_data_bad_hash"),
    "hash in capitals": (
        lambda: signed(7)[:-64] + signed(7)[-64:].upper().replace("0", "O"),
        "init_data_bad_hash",
    ),
    "hash not ascii": (lambda: signed(7)[:-1] + quote("é"), "init_data_bad_hash"),
    "two hashes": (lambda: signed(7) + "&hash=" + "0" * 64, "init_data_malformed"),
    "two users": (lambda: signed(7) + "&user=%7B%22id%22%3A8%7D", "init_data_malformed"),
    "two dates": (lambda: f"auth_date={int(time.time())}&" + signed(7), "init_data_malformed"),
    "changed name": (tampered, "init_data_bad_hash"),
    "changed id": (lambda: signed(7).replace("%3A+7", "%3A+8"), "init_data_bad_hash"),
    "field added": (lambda: signed(7) + "&is_admin=1", "init_data_bad_hash"),
    "field dropped": (lambda: signed(7, query_id="AAE").replace("&query_id=AAE", ""), "init_data_bad_hash"),
    "signature dropped": (
        lambda: signed(7, signature="xyz").replace("&signature=xyz", ""),
        "init_data_bad_hash",
    ),
    "another bot's key": (lambda: signed(7, key=WRONG_KEY), "init_data_bad_hash"),
    "the key derived the wrong way": (lambda: signed(7, key=SWAPPED_KEY), "init_data_bad_hash"),
    "the token as key": (lambda: signed(7, key=BOT_TOKEN.encode()), "init_data_bad_hash"),
    "no key": (lambda: signed(7, key=b""), "init_data_bad_hash"),
    "encoded twice": (lambda: quote(signed(7)), "init_data_malformed"),
    "a day old": (lambda: signed(7, age=86_401), "init_data_expired"),
    "a year old": (lambda: signed(7, age=31_536_000), "init_data_expired"),
    "from 1970": (lambda: sign({**GOOD, "auth_date": "1"}), "init_data_expired"),
    "six minutes ahead": (lambda: signed(7, age=-360), "init_data_from_future"),
    "from the year 5138": (lambda: sign({**GOOD, "auth_date": "99999999999"}), "init_data_from_future"),
    "no date": (lambda: sign({"auth_date": "never", "user": GOOD["user"]}), "init_data_malformed"),
    "negative date": (lambda: sign({**GOOD, "auth_date": "-1"}), "init_data_malformed"),
    "date in other digits": (lambda: sign({**GOOD, "auth_date": "١٧٩٥٠٠٠٠٠٠"}), "init_data_malformed"),
    "endless date": (lambda: sign({**GOOD, "auth_date": "9" * 400}), "init_data_malformed"),
    "date as float": (lambda: sign({**GOOD, "auth_date": "1e9"}), "init_data_malformed"),
    "too long": (lambda: signed(7, start_param="x" * 5000), "init_data_malformed"),
    "too many fields": (
        lambda: sign({**GOOD, **dict.fromkeys(map(str, range(70)), "1")}),
        "init_data_malformed",
    ),
    "no user": (lambda: sign({"auth_date": "0", "chat_type": "private"}), "init_data_malformed"),
    "user is a list": (lambda: sign({**GOOD, "user": "[7]"}), "init_data_malformed"),
    "user is half": (lambda: sign({**GOOD, "user": '{"id": 7'}), "init_data_malformed"),
    "user is deep": (lambda: sign({**GOOD, "user": "[" * 1500}), "init_data_malformed"),
    "user without id": (lambda: user(first_name="Ana"), "init_data_malformed"),
    "id is text": (lambda: user(id="7"), "init_data_malformed"),
    "id is true": (lambda: user(id=True), "init_data_malformed"),
    "id is a fraction": (lambda: user(id=7.5), "init_data_malformed"),
    "id is zero": (lambda: user(id=0), "init_data_malformed"),
    "id is negative": (lambda: user(id=-7), "init_data_malformed"),
    "id is beyond all": (lambda: user(id=2**63), "init_data_malformed"),
    "not utf-8": (lambda: "user=%FF%FE&auth_date=1&hash=" + "0" * 64, "init_data_malformed"),
    "half a surrogate": (lambda: signed(7) + "\ud800", "init_data_malformed"),
    "nul": (lambda: signed(7) + "\x00", "init_data_bad_hash"),
}


@pytest.mark.parametrize("case", FORGED)
async def test_forged_or_odd_init_data_is_refused_with_its_reason(
    case: str, shared_client: httpx.AsyncClient
) -> None:
    make, code = FORGED[case]
    body = json.dumps({"init_data": make()})  # ASCII, as JSON may hold what UTF-8 may not
    response = await shared_client.post("/auth/telegram", content=body, headers=JSON)
    assert refusal(response) == (401, code)


@pytest.mark.parametrize("body", [{}, {"init_data": 7}, {"init_data": None}, [], "x"])
async def test_a_malformed_body_is_a_422(body: Any, shared_client: httpx.AsyncClient) -> None:
    response = await shared_client.post("/auth/telegram", content=json.dumps(body), headers=JSON)
    assert refusal(response) == (422, "invalid_request")


ODD_BUT_GOOD = {
    "just under a day old": lambda: signed(7, age=86_300),
    "four minutes ahead": lambda: signed(7, age=-240),
    "new fields": lambda: signed(7, chat_instance="-31415", chat_type="private", signature="a-b_c"),
    "no name": lambda: user(id=7),
    "a name of another kind": lambda: user(id=7, first_name=7, language_code=[]),
    "control characters": lambda: user(id=7, first_name="A\x00n\u202ea\n", language_code="e\x00n"),
    "half a surrogate": lambda: user(id=7, first_name="\ud800"),
    "nothing to see": lambda: user(id=7, first_name="\u200b\u200b", language_code="zz-QQ-xxxxxxxxxxxxxx"),
    "a name that turns the line": lambda: user(id=7, first_name="\u202eevil\u2066"),
    "a long name": lambda: user(id=7, first_name="x" * 500),
    "nul in start_param": lambda: signed(7, start_param="a\x00b"),
}


@pytest.mark.parametrize("case", ODD_BUT_GOOD)
async def test_odd_but_signed_init_data_lets_in(case: str, shared_client: httpx.AsyncClient) -> None:
    response = await shared_client.post("/auth/telegram", json={"init_data": ODD_BUT_GOOD[case]()})
    assert response.status_code == 200, response.text
    player = response.json()["player"]
    assert 1 <= len(player["name"]) <= 40
    assert player["name"].isprintable()


def test_telegrams_own_vector_is_accepted_with_its_signature_field() -> None:
    if not VECTOR.exists():
        pytest.skip("the vector is not beside the project")
    vector = json.loads(VECTOR.read_text())
    key = bytes.fromhex(vector["derived_key_hex"])
    assert hmac.digest(b"WebAppData", vector["token"].encode(), hashlib.sha256) == key
    found = init_data.check(vector["raw"], key, datetime.fromtimestamp(vector["auth_date"] + 60, UTC))
    assert found.id == 4242424242
    assert found.first_name == "Ana + \\/ é 🎮".replace("\\/", "/")
    assert (found.language, found.may_message, found.start_param) == ("pt-br", True, "ref_AB12cd34")


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=20).filter(lambda k: k not in {"hash", "user", "auth_date"}),
        st.text(min_size=1, max_size=60),
        max_size=8,
    ),
    st.data(),
)
def test_whatever_is_signed_is_accepted_and_any_change_is_refused(fields: dict[str, str], data: Any) -> None:
    now = datetime.fromtimestamp(1_795_000_000, UTC)
    raw = init_data.sign({**fields, "auth_date": "1795000000", "user": '{"id": 7}'}, BOT_KEY)
    if len(raw.encode()) > init_data.MAX_BYTES:
        return
    assert init_data.check(raw, BOT_KEY, now).id == 7
    at = data.draw(st.integers(0, len(raw) - 1))
    changed = raw[:at] + data.draw(st.sampled_from("0aZ-")) + raw[at + 1 :]
    if parse_qsl(changed, keep_blank_values=True) != parse_qsl(raw, keep_blank_values=True):
        with pytest.raises(InitDataRefused):
            init_data.check(changed, BOT_KEY, now)


@given(st.text())
def test_no_text_at_all_gets_in_or_breaks_the_check(text: str) -> None:
    with pytest.raises(InitDataRefused):
        init_data.check(text, BOT_KEY, datetime.now(UTC))

"""What the value of a setting must look like: addresses, secrets, the models in the field."""

import json
import re
from ipaddress import ip_network
from typing import Annotated, Any, Literal
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, TypeAdapter, ValidationError

PREFIX = "GAP_"
PLACEHOLDER = re.compile(
    r"(change|replace|insert)[-_ ]?(me|this|it|with|your|the|token|key|secret|here)([-_ ].*)?|"
    r"(change|replace)[-_ ]?(me|this|it|with).*|(your|my)[-_ ].*|<.*>|\$\{.*\}|\.{3}|x{3,}|"
    r"(an?[-_ ])?(example|placeholder|secret|token|password|key)|todo|fixme|tbd|\s*",
    re.IGNORECASE,
)
WEBHOOK_SECRET_FORM = re.compile(r"[A-Za-z0-9_-]{16,256}")
BOT_TOKEN_FORM = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{3,100}")


def _has_good_port(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:  # no number, or too large
        return False


def _is_http(url: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url) or not _has_good_port(url):
        raise ValueError(f"{url!r} is not an http address")
    return url


def _is_postgres(value: SecretStr) -> SecretStr:
    address = value.get_secret_value()
    if not re.match(r"postgres(ql)?://[^\s]*$", address):
        raise ValueError("must be an address that begins with postgresql://")
    hosts = urlsplit(address).netloc.rpartition("@")[2].split(",")  # one, or a database and its standbys
    if not all(_has_good_port(f"postgresql://{host}") for host in hosts):
        raise ValueError("has a port that is none")
    password = urlsplit(address).password
    if password and PLACEHOLDER.fullmatch(unquote(password)):
        raise ValueError("has a placeholder for its password")
    return value


def _are_networks(value: str) -> str:
    for network in value.split(",") if value else ():
        ip_network(network.strip(), strict=False)
    return value


def _is_no_placeholder(value: SecretStr) -> SecretStr:
    if PLACEHOLDER.fullmatch(value.get_secret_value().rpartition(":")[2]):
        raise ValueError("is a placeholder, not a secret")
    return value


def _is_bot_token(value: SecretStr) -> SecretStr:
    if not BOT_TOKEN_FORM.fullmatch(value.get_secret_value()):
        raise ValueError("does not look like a bot token (digits, a colon, letters)")
    return value


def _is_bot_key(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[0-9a-fA-F]{64}", value.get_secret_value()):
        raise ValueError("must be 64 hex digits")
    return value


def _is_webhook_secret(value: SecretStr) -> SecretStr:
    if not WEBHOOK_SECRET_FORM.fullmatch(value.get_secret_value()):
        raise ValueError("must be 16 to 256 letters, digits, - and _")
    return value


def _is_json_object(value: str) -> str:
    if not isinstance(json.loads(value), dict):
        raise ValueError("is no JSON object")  # noqa: TRY004  # pydantic takes ValueErrors alone for its own
    return value


HttpAddress = Annotated[str, AfterValidator(_is_http)]
PostgresAddress = Annotated[SecretStr, AfterValidator(_is_postgres)]
Networks = Annotated[str, AfterValidator(_are_networks)]
Secret = Annotated[SecretStr, AfterValidator(_is_no_placeholder)]
BotToken = Annotated[Secret, AfterValidator(_is_bot_token)]
BotKey = Annotated[Secret, AfterValidator(_is_bot_key)]
WebhookSecret = Annotated[Secret, AfterValidator(_is_webhook_secret)]
JsonObject = Annotated[str, AfterValidator(_is_json_object)]


class ModelEntry(BaseModel):
    """One model of GAP_MODELS. At weight 0 it takes no new sessions and answers in those it has."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    revision: str | None = None
    weight: int = Field(1, ge=0, le=1_000_000)
    urls: tuple[HttpAddress, ...] = ()
    dialect: Literal["vllm", "llamacpp", "ollama"] | None = None
    extra_body: dict[str, Any] = Field(default_factory=dict)


MODEL_ENTRIES = TypeAdapter(tuple[ModelEntry, ...])


def _are_models(value: str) -> str:
    try:
        entries = MODEL_ENTRIES.validate_json(value)
    except ValidationError as error:
        raise ValueError(f"is no JSON array of models: {sentence(error)}") from None
    if len({(entry.name, entry.revision) for entry in entries}) < len(entries):
        raise ValueError("names a model and revision twice")
    if not any(entry.weight for entry in entries):
        raise ValueError("names no model that takes new sessions")
    return value


Models = Annotated[str, AfterValidator(_are_models)]


def sentence(error: ValidationError) -> str:
    """The first thing that is wrong, with the setting's name and without its value."""
    first = error.errors(include_url=False, include_input=False)[0]
    message = first["msg"].removeprefix("Value error, ")
    return f"{PREFIX}{str(first['loc'][0]).upper()}: {message}" if first["loc"] else message

"""Every setting, one sentence each: environment variables (or `.env`) that begin with GAP_.

Built once, at the top (`cli`, `app`, `bot`), and handed down as plain values; no other room reads it.
"""

import hashlib
import hmac
import os
from pathlib import Path
from typing import Annotated, Literal, Self

from dotenv import dotenv_values
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from gap_server.errors import SettingsError
from gap_server.settings.forms import (
    MODEL_ENTRIES,
    PREFIX,
    BotKey,
    BotToken,
    HttpAddress,
    JsonObject,
    ModelEntry,
    Models,
    Networks,
    PostgresAddress,
    Secret,
    WebhookSecret,
    sentence,
)

__all__ = ["ModelEntry", "Settings", "read_settings"]


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    database_url: PostgresAddress | None = Field(
        None, description="Postgres 18 to use; without it an embedded one runs in GAP_DATA_DIR."
    )
    game_password: Secret | None = Field(
        None,
        description="Password that `gap-server migrate` gives the database login gap_game; without it one"
        " that follows from the administrator's.",
    )
    database_pool: int = Field(
        10, ge=2, le=200, description="Connections that one server process holds at most."
    )
    longest_queue_ms: int = Field(
        25,
        ge=1,
        le=60_000,
        description="How long calls may queue for one of them, for a moment, before some are turned away.",
    )
    data_dir: Path = Field(Path("data"), description="Folder of the embedded Postgres.")

    bot_token: BotToken | None = Field(
        None, description="The Telegram bot's token; the server keeps only the key derived from it."
    )
    bot_key: BotKey | None = Field(
        None, description="That derived key, in hex (64 digits): all the server needs to check sign-ins."
    )
    bot_name: str | None = Field(
        None,
        pattern=r"^[A-Za-z][A-Za-z0-9_]{3,31}$",
        description="The bot's username, for invitations.",
    )
    bot_main_app: bool = Field(
        default=False,
        description="The bot has a main mini-app (@BotFather): invitations open the game at once.",
    )
    public_url: HttpAddress | None = Field(None, description="Where players reach the mini-app, https://...")
    app_name: str = Field(
        "Catch the Lie", min_length=1, max_length=40, description="The game's name for players."
    )

    bot_api_url: HttpAddress = Field(
        "https://api.telegram.org", description="The Bot API server that the bot talks to."
    )
    bot_webhook_url: HttpAddress | None = Field(
        None, description="Where Telegram sends updates for the bot, https://...; else the bot fetches them."
    )
    bot_webhook_secret: WebhookSecret | None = Field(
        None, description="What Telegram must show there: 16 to 256 letters, digits, - and _."
    )
    bot_port: int = Field(
        8080, ge=0, le=65535, description="Port, on GAP_HOST, that those updates are served on."
    )

    vlm_urls: Annotated[tuple[HttpAddress, ...], NoDecode] = Field(
        (), description="Model servers, comma-separated, each ending in /v1 or just host and port."
    )
    vlm_model: str | None = Field(None, description="The model's name as the server calls it.")
    vlm_revision: str | None = Field(None, description="The weights' revision, recorded with every answer.")
    vlm_dialect: Literal["vllm", "llamacpp", "ollama"] = Field(
        "vllm", description="What the model server speaks."
    )
    vlm_api_key: Secret | None = Field(None, description="Key that the model server asks for.")
    vlm_max_in_flight: int = Field(
        32,
        ge=1,
        le=10_000,
        description="Questions at one model server at a time, shared by the workers of one `serve`.",
    )
    vlm_max_waiting: int = Field(
        256,
        ge=0,
        le=10_000,
        description="Questions that may wait for a slot there, by all workers, before players hear `busy`.",
    )
    vlm_gate: bool = Field(
        default=True,
        description="Whether the model is asked of each question, beside and apart from the answer, if it is"
        " about a picture.",
    )
    vlm_extra_body: JsonObject | None = Field(
        None, description="JSON object merged into each request, for options of your own model server."
    )

    judge_url: HttpAddress | None = Field(
        None,
        description="A text model that says whether two answers agree where no rule can; OpenAI-compatible.",
    )
    judge_model: str | None = Field(None, description="Its name, as its server calls it.")
    judge_api_key: Secret | None = Field(None, description="Key that its server asks for.")
    honest_checks_per_minute: int = Field(
        60, ge=0, le=10_000, description="Compliance checks that one process may begin; 0 makes none."
    )
    trust_refit_minutes: int = Field(
        15,
        ge=0,
        le=7 * 24 * 60,
        description="How often trust is worked out anew, by one process; 0 is never.",
    )

    models: Models | None = Field(
        None,
        description="Several models in the field: a JSON array of objects with `name`, and `revision`,"
        " `weight`, `urls`, `dialect`, `extra_body` where they differ from GAP_VLM_...",
    )

    round_seconds: int = Field(120, ge=1, le=3600, description="Time for one image.")
    deal: Literal["balanced", "paper"] = Field(
        "balanced",
        description="How arms and pools are put together; in the paper's deal the picture tells the arm.",
    )
    control_rounds: int = Field(
        1, ge=0, le=5, description="Untainted images taken from the simple pool in the paper's deal."
    )
    session_minutes: int = Field(
        24 * 60, ge=1, le=7 * 24 * 60, description="The longest that a session lasts."
    )
    sessions_per_day: int = Field(50, ge=1, le=10_000, description="Sessions a player may start in 24 hours.")
    cases_per_day: int = Field(
        200, ge=0, le=100_000, description="Cases of the jury a player may be shown in 24 hours."
    )
    tokens_per_player: int = Field(
        10, ge=1, le=1000, description="Sign-ins of one player that are good at once; the oldest give way."
    )
    sign_ins_per_hour: int = Field(120, ge=1, description="Sign-ins that one Telegram account may make.")
    sign_ins_per_hour_by_address: int = Field(
        3000, ge=1, description="Sign-ins from one public address (of IPv6, one /64)."
    )
    share_cards_per_hour: int = Field(60, ge=1, description="Share cards that one player may ask for.")
    trusted_proxies: Networks | None = Field(
        None,
        description="Addresses or networks, comma-separated, whose X-Forwarded-For tells who the client is.",
    )
    demo_sign_in: bool | None = Field(
        None, description="Let people into a demo by a name alone; unless set, only where no bot is named."
    )
    demo_error_complex: float = Field(
        0.1, ge=0, le=1, description="Demo answerer's honest errors, complex scenes."
    )
    demo_error_simple: float = Field(
        0.03, ge=0, le=1, description="Demo answerer's honest errors, simple scenes."
    )

    export_database_url: PostgresAddress | None = Field(
        None,
        description="Where researchers' SQL reads, as gap_export: a standby, or the same database;"
        " `gap-server migrate` gives that login the password in it.",
    )
    export_delay_seconds: int = Field(
        0, ge=0, le=365 * 24 * 3600, description="How long after a session its rows may be exported."
    )

    host: str = Field("127.0.0.1", description="Address the server listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port the server listens on.")
    metrics_port: int | None = Field(
        None, ge=1, le=65535, description="Port of /metrics, on GAP_HOST; without it there are none."
    )
    docs: bool | None = Field(
        None,
        description="Serve the API's documentation at /docs (extra `docs`); unless set, only in a demo.",
    )
    traces_url: HttpAddress | None = Field(
        None,
        description="Where traces go, OTLP over HTTP (http://.../v1/traces); needs the extra `otel`.",
    )
    traces_share: float = Field(1.0, ge=0, le=1, description="The share of requests that are traced.")
    log_format: Literal["text", "json"] = Field("text", description="How log lines look.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The least that is logged."
    )

    @field_validator("vlm_urls", mode="before")
    @classmethod
    def _split_urls(cls, value: object) -> object:
        return tuple(u.strip() for u in value.split(",") if u.strip()) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _models_have_names_and_servers(self) -> Self:
        if self.vlm_urls and not self.vlm_model and not self.models:
            raise ValueError("GAP_VLM_URLS is set but GAP_VLM_MODEL is not")
        if not self.vlm_urls and any(not entry.urls for entry in self.fielded_models()):
            raise ValueError("GAP_MODELS names a model without `urls`, and GAP_VLM_URLS is not set")
        return self

    def fielded_models(self) -> tuple[ModelEntry, ...]:
        """The models of GAP_MODELS; where that is not set, the one of GAP_VLM_...; none where neither is."""
        if self.models is not None:
            return MODEL_ENTRIES.validate_json(self.models)
        if self.vlm_urls and self.vlm_model:
            return (ModelEntry(name=self.vlm_model, revision=self.vlm_revision),)
        return ()

    @model_validator(mode="after")
    def _judge_has_a_name(self) -> Self:
        if self.judge_url and not self.judge_model:
            raise ValueError("GAP_JUDGE_URL is set but GAP_JUDGE_MODEL is not")
        return self

    @model_validator(mode="after")
    def _webhook_has_a_secret(self) -> Self:
        if self.bot_webhook_url and not self.bot_webhook_secret:
            raise ValueError("GAP_BOT_WEBHOOK_URL is set but GAP_BOT_WEBHOOK_SECRET is not")
        return self

    def derived_bot_key(self) -> bytes | None:
        """The key that initData is signed with: HMAC-SHA256 of the bot's token under "WebAppData"."""
        if self.bot_key is not None:
            return bytes.fromhex(self.bot_key.get_secret_value())
        if self.bot_token is not None:
            return hmac.digest(b"WebAppData", self.bot_token.get_secret_value().encode(), hashlib.sha256)
        return None


def read_settings(**overrides: object) -> Settings:
    """Read the environment and `.env`. Raises SettingsError with one sentence that names the setting."""
    _refuse_unknown_names()
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # the fields check their own types
    except ValidationError as error:
        raise SettingsError(sentence(error)) from None


def _refuse_unknown_names() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    given = {
        name.upper() for name in (*os.environ, *dotenv_values(".env")) if name.upper().startswith(PREFIX)
    }
    if unknown := sorted(given - known):
        raise SettingsError(f"{', '.join(unknown)}: no such setting")

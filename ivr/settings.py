"""Every setting, from the environment alone; all of them are checked before anything starts."""

import difflib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Self, cast
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ModelWrapValidatorHandler, ValidationError
from pydantic import model_validator as validator
from pydantic_settings import BaseSettings, EnvSettingsSource, InitSettingsSource, NoDecode
from pydantic_settings import PydanticBaseSettingsSource as Source
from pydantic_settings import SettingsConfigDict as Config

from ivr import values
from ivr.agreement import disagreements

PREFIX = "IVR_"
REAL_ACCOUNT, REAL_TOKEN = "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"
EXAMPLE_NUMBER = "+3220000009"  # an example: no Belgian number begins so


class SettingsError(Exception):
    """What is wrong with the settings, all of it at once, a plain sentence each, no secrets."""

    def __init__(self, problems: list[str]) -> None:
        """Keep the sentences; the message holds one a line."""
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table of settings: its name, "required" or its default, what it means."""

    name: str
    default: str
    meaning: str


def _setting(name: str, otherwise: str, meaning: str, /, **more: Any) -> Any:
    return Field(validation_alias=name, title=otherwise, description=meaning, **more)


Origin = Annotated[str, BeforeValidator(values.read_origin)]
Account = Annotated[str, BeforeValidator(values.read_account)]
Tokens = Annotated[tuple[str, ...], NoDecode, BeforeValidator(values.read_tokens)]
Keys = Annotated[tuple[bytes, ...], NoDecode, BeforeValidator(values.read_keys)]
Folder = Annotated[Path, BeforeValidator(values.read_folder)]
Database = Annotated[str, BeforeValidator(values.read_database)]
Caps = Annotated[tuple[int, int, int, int], NoDecode, BeforeValidator(values.read_limits)]
Place = Annotated[str, BeforeValidator(values.read_place)]
Approval = Annotated[str, BeforeValidator(values.read_approval)]
Number = Annotated[str, BeforeValidator(values.read_number)]


class Settings(BaseSettings):
    """All settings, immutable. Secrets are in none of its printed forms. See `load_settings`."""

    model_config = Config(frozen=True, case_sensitive=True, validate_default=False)

    public_base_url: Origin = _setting(
        "IVR_PUBLIC_BASE_URL",
        "required",
        "Where carriers reach the line: `https://…`; `http` on loopback, for rehearsal alone.",
    )
    secret_keys: Keys = _setting(
        "IVR_SECRET_KEY",
        "required",
        "32 random bytes in hex or base64; several, separated by commas, while one is changed"
        " (the first seals, all unseal).",
        repr=False,
        min_length=1,
    )
    var: Folder = _setting(
        "IVR_VAR",
        "`./var`",
        "The folder of caches, and of the files that serve while the database is away.",
        default_factory=lambda: values.read_folder("var"),
    )
    database_url: Database = _setting(
        "IVR_DATABASE_URL",
        "SQLite in `IVR_VAR`",
        "`sqlite:////folder/line.sqlite`, or `postgresql://…` with the extra `postgres`.",
        repr=False,
        default_factory=lambda given: f"sqlite:///{given['var'] / 'line.sqlite'}",
    )
    key_ring: Folder = _setting(
        "IVR_KEY_RING",
        "`ring` in `IVR_VAR`",
        "The folder of the day keys that seal callers' numbers: never in the database's backups.",
        default_factory=lambda given: given["var"] / "ring",
    )
    limits: Caps = _setting(
        "IVR_CALLBACK_LIMITS",
        "`3,6,30,5`",
        "Bookings in 24 hours for one number, and from one telephone; bookings an hour in all;"
        " wrong codes in 24 hours for one number.",
        default=(3, 6, 30, 5),
    )
    approval: Approval = _setting(
        "IVR_APPROVAL",
        "`two`",
        "Who approves a text: `two`, somebody else than who wrote it; `one`, anybody.",
        default="two",
    )
    outbound_number: Number = _setting(
        "IVR_OUTBOUND_NUMBER",
        "required with Twilio",
        "The number that our own calls show, in E.164; never the published 0800 number.",
        default=EXAMPLE_NUMBER,
    )
    twilio_account_sid: Account = _setting(
        "TWILIO_ACCOUNT_SID", "none", "Twilio's account, for real calls.", default=""
    )
    twilio_auth_tokens: Tokens = _setting(
        "TWILIO_AUTH_TOKEN",
        "required with Twilio",
        "Twilio's token; several, separated by commas, while one is changed.",
        repr=False,
        default=(),
    )
    twilio_region: Place = _setting(
        "TWILIO_REGION", "Twilio's own", "Twilio's region, as `ie1`; its token differs.", default=""
    )
    twilio_edge: Place = _setting("TWILIO_EDGE", "none", "Twilio's edge, as `dublin`.", default="")
    rehearsal_account_sid: Account = _setting(
        "IVR_REHEARSAL_ACCOUNT_SID",
        "none",
        "The rehearsal carrier's own account: `AC` and 32 hex digits. `ivr up` makes one.",
        default="",
    )
    rehearsal_auth_tokens: Tokens = _setting(
        "IVR_REHEARSAL_AUTH_TOKEN",
        "required with a rehearsal account",
        "The rehearsal carrier's own token, never Twilio's; several, separated by commas.",
        repr=False,
        default=(),
    )
    rehearsal_url: Origin = _setting(
        "IVR_REHEARSAL_URL",
        "`http://127.0.0.1:8001`",
        "Where the rehearsal carrier listens.",
        default="http://127.0.0.1:8001",
    )
    audio_cache_mb: Annotated[int, Field(ge=64)] = _setting(
        "IVR_AUDIO_CACHE_MB",
        "`1024`",
        "How many megabytes of telephone audio are kept in `IVR_VAR`.",
        default=1024,
    )

    @property
    def real(self) -> bool:
        """Whether real callers can ring."""
        return bool(self.twilio_account_sid)

    @property
    def carrier(self) -> str:
        """The name of the carrier that matters: the real one where there is one."""
        return "twilio" if self.real else "rehearsal"

    @property
    def rehearsal(self) -> bool:
        """Whether the rehearsal carrier may ring."""
        return bool(self.rehearsal_account_sid)

    @property
    def demo(self) -> bool:
        """Whether only this machine can reach the line, and no real call can come in."""
        host = urlsplit(self.public_base_url).hostname or ""
        return values.is_loopback(host) and not self.real

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: Source,
        env_settings: Source,
        dotenv_settings: Source,
        file_secret_settings: Source,
    ) -> tuple[Source, ...]:
        """Read nothing but the environment that `load_settings` hands over."""
        environ = cast(InitSettingsSource, init_settings).init_kwargs["environ"]
        cast(EnvSettingsSource, env_settings).env_vars = {k: v for k, v in environ.items() if v}
        return (env_settings,)

    @validator(mode="wrap")
    @classmethod
    def _all_at_once(cls, given: dict[str, Any], handler: ModelWrapValidatorHandler[Self]) -> Self:
        problems = list(disagreements(given))
        try:
            settings = handler(given)
        except ValidationError as error:
            raise SettingsError([*_in_plain_words(error), *problems]) from None
        if problems:
            raise SettingsError(problems)
        return settings


TABLE = tuple(
    Setting(str(field.validation_alias), str(field.title), str(field.description))
    for field in Settings.model_fields.values()
)


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the environment, this process's own unless another is given.

    Raises SettingsError with everything that is wrong.
    """
    given = os.environ if environ is None else environ
    unknown = list(_unknown(given))
    make = cast(Callable[..., Settings], Settings)
    try:
        settings = make(environ=given)
    except SettingsError as error:
        raise SettingsError([*unknown, *error.problems]) from None
    if unknown:
        raise SettingsError(unknown)
    return settings


def _unknown(environ: Mapping[str, str]) -> Iterator[str]:
    known = [row.name for row in TABLE]
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, 1)
            yield f"{name} is not a setting." + (f" Is {near[0]} meant?" if near else "")


def _in_plain_words(error: ValidationError) -> Iterator[str]:
    meanings = {row.name: row.meaning for row in TABLE}
    for one in error.errors(include_input=False):
        name = str(one["loc"][0])
        if one["type"] == "missing":
            yield f"{name} is required and not set. {meanings[name]}"
        elif one["type"] != "default_factory_not_called":  # only follows from another problem
            yield f"{name}: {one['msg'].removeprefix('Value error, ')}."

"""Settings: complete or refused, everything wrong named at once, no secret ever printed."""

from pathlib import Path

import pytest

from ivr.settings import TABLE, Settings, SettingsError, load_settings
from tests.installations import KEY, REAL_ACCOUNT, REAL_TOKEN, real, rehearsing

HERE = Path("/nowhere")


def problems(environ: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ)
    return caught.value.problems


def test_a_demonstration_needs_no_more_than_this() -> None:
    settings = load_settings(rehearsing(HERE))
    assert settings.demo
    assert settings.rehearsal
    assert not settings.real
    assert settings.carrier == "rehearsal"
    assert settings.database_url == "sqlite:////nowhere/line.sqlite"


def test_an_installation_for_real_callers() -> None:
    settings = load_settings(real(HERE))
    assert settings.real
    assert settings.carrier == "twilio"
    assert not settings.demo
    assert not settings.rehearsal


def test_both_carriers_may_ring_at_once() -> None:
    settings = load_settings({**rehearsing(HERE), **real(HERE)})
    assert settings.real
    assert settings.rehearsal
    assert not settings.demo


def test_an_empty_environment_is_refused_with_every_missing_name() -> None:
    found = problems({})
    assert [one.split()[0] for one in found] == ["IVR_PUBLIC_BASE_URL", "IVR_SECRET_KEY", "Nobody"]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = "\n".join(
        problems(
            rehearsing(
                HERE,
                IVR_PUBLIC_BASE_URL="http://line.example.org",
                IVR_SECRET_KEY="short",
                IVR_DATABASE_URL="mysql://somewhere",
                IVR_AUDIO_CACHE_MB="much",
                IVR_OUTBOUND_NUMBER="0470",
                IVR_REHEARSAL_URL="ftp://here",
                IVR_BASE_URL="https://line.example.org",
                TWILIO_ACCOUNT_SID="AC12",
            )
        )
    )
    for name in (
        "IVR_BASE_URL is not a setting",
        "IVR_PUBLIC_BASE_URL must begin with https",
        "IVR_SECRET_KEY:",
        "IVR_DATABASE_URL:",
        "IVR_AUDIO_CACHE_MB:",
        "IVR_OUTBOUND_NUMBER:",
        "IVR_REHEARSAL_URL:",
        "TWILIO_ACCOUNT_SID:",
        "TWILIO_AUTH_TOKEN is not set",
    ):
        assert name in found


def test_a_name_that_nobody_knows_is_refused_with_the_one_that_may_be_meant() -> None:
    (found,) = problems(rehearsing(HERE, IVR_SECRET_KEYS=KEY))
    assert found == "IVR_SECRET_KEYS is not a setting. Is IVR_SECRET_KEY meant?"
    assert problems(rehearsing(HERE, IVR_ZZZ="1")) == ("IVR_ZZZ is not a setting.",)


def test_an_empty_value_is_as_good_as_none() -> None:
    environ = {**rehearsing(HERE), "IVR_DATABASE_URL": "", "TWILIO_ACCOUNT_SID": ""}
    assert load_settings(environ) == load_settings(rehearsing(HERE))


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000", True),
        ("http://[::1]:8000", True),
        ("http://127.8.9.1", True),
        ("https://line.example.org", True),
        ("https://line.example.org/", True),
        ("http://line.example.org", False),
        ("http://127.0.0.1.example.org", False),
        ("http://localhost.example.org", False),
        ("http://10.0.0.1:8000", False),
        ("http://0.0.0.0:8000", False),
        ("https://line.example.org/line", False),
        ("https://line.example.org?a=b", False),
        ("https://somebody@line.example.org", False),
        ("line.example.org", False),
    ],
)
def test_the_address_is_https_or_this_very_machine(url: str, good: bool) -> None:
    environ = rehearsing(HERE, IVR_PUBLIC_BASE_URL=url)
    if good:
        assert load_settings(environ).public_base_url == url.rstrip("/")
    else:
        assert all("IVR_PUBLIC_BASE_URL" in one for one in problems(environ))


def test_http_and_a_real_account_never_meet() -> None:
    environ = {**rehearsing(HERE), **real(HERE), "IVR_PUBLIC_BASE_URL": "http://127.0.0.1:8000"}
    (found,) = problems(environ)
    assert "without a Twilio account" in found


def test_a_number_to_show_is_needed_for_real_calls() -> None:
    (found,) = problems(real(HERE, IVR_OUTBOUND_NUMBER=""))
    assert found.startswith("IVR_OUTBOUND_NUMBER is required")


def test_account_and_token_belong_together() -> None:
    (found,) = problems(real(HERE, TWILIO_AUTH_TOKEN=""))
    assert "belong together" in found
    found, *_ = problems(rehearsing(HERE, IVR_REHEARSAL_ACCOUNT_SID=""))
    assert "IVR_REHEARSAL_ACCOUNT_SID is not set" in found


def test_the_rehearsal_carrier_never_has_the_real_ones_account_or_token() -> None:
    account = {**rehearsing(HERE), **real(HERE), "IVR_REHEARSAL_ACCOUNT_SID": REAL_ACCOUNT}
    token = {**rehearsing(HERE), **real(HERE), "IVR_REHEARSAL_AUTH_TOKEN": f"{REAL_TOKEN}, {KEY}"}
    assert "own account" in problems(account)[0]
    assert "own token" in problems(token)[0]


def test_settings_cannot_be_changed() -> None:
    settings = load_settings(rehearsing(HERE))
    with pytest.raises(ValueError, match="frozen"):
        settings.public_base_url = "https://elsewhere.example.org"


def test_the_folder_means_the_same_wherever_a_process_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings(rehearsing(HERE, IVR_VAR="files")).var == tmp_path / "files"
    assert load_settings(rehearsing(HERE, IVR_VAR="")).var == tmp_path / "var"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_understood_in_every_provider_s_spelling(scheme: str) -> None:
    settings = load_settings(rehearsing(HERE, IVR_DATABASE_URL=f"{scheme}://db/line"))
    assert settings.database_url == "postgresql+psycopg://db/line"


def test_the_process_s_own_environment_is_the_only_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("IVR_AUDIO_CACHE_MB=99\n")
    monkeypatch.chdir(tmp_path)
    for name, value in rehearsing(tmp_path).items():
        monkeypatch.setenv(name, value)
    assert load_settings().audio_cache_mb == 1024
    monkeypatch.setenv("IVR_AUDIO_CACHE_MB", "99")
    assert load_settings().audio_cache_mb == 99


def test_the_table_has_every_setting_with_what_it_means() -> None:
    assert len(TABLE) == len(Settings.model_fields)
    assert all(row.name and row.default and row.meaning.endswith(".") for row in TABLE)
    required = {row.name for row in TABLE if row.default == "required"}
    assert required == {"IVR_PUBLIC_BASE_URL", "IVR_SECRET_KEY"}
    defaults = {row.name: row.default.strip("`") for row in TABLE}
    settings = load_settings(rehearsing(HERE))
    assert defaults["IVR_AUDIO_CACHE_MB"] == str(settings.audio_cache_mb)
    assert defaults["IVR_REHEARSAL_URL"] == settings.rehearsal_url

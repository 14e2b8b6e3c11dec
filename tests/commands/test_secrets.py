"""Keys and tokens: drawn at random or refused, several while one is changed, never printed."""

import base64
import secrets
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.settings import SettingsError, load_settings
from tests.installations import KEY, OTHER_KEY, REAL_TOKEN, REHEARSAL_TOKEN, real, rehearsing

HERE = Path("/nowhere")


def problems(environ: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ)
    return caught.value.problems


def test_several_keys_and_tokens_while_one_is_changed() -> None:
    settings = load_settings(
        real(HERE, IVR_SECRET_KEY=f"{KEY}, {OTHER_KEY}", TWILIO_AUTH_TOKEN=f"{REAL_TOKEN},{KEY}")
    )
    assert settings.secret_keys == (bytes.fromhex(KEY), bytes.fromhex(OTHER_KEY))
    assert settings.twilio_auth_tokens == (REAL_TOKEN, KEY)


@given(st.binary(min_size=32, max_size=64).filter(lambda key: len(set(key)) > 24))
def test_random_bytes_are_a_key_in_any_text_form(key: bytes) -> None:
    forms = (key.hex(), base64.b64encode(key).decode(), base64.urlsafe_b64encode(key).decode())
    for form in forms:
        if any(one.isdigit() for one in form) and any(one.isalpha() for one in form):
            environ = rehearsing(HERE, IVR_SECRET_KEY=form.rstrip("="))
            assert load_settings(environ).secret_keys == (key,)


def test_a_key_that_was_really_drawn_is_never_refused() -> None:
    for _ in range(2000):
        key = secrets.token_bytes(32)
        assert load_settings(rehearsing(HERE, IVR_SECRET_KEY=key.hex())).secret_keys == (key,)


@pytest.mark.parametrize(
    "weak",
    [
        "a" * 64,
        "0123456789abcdef" * 2,  # 16 bytes
        "00" * 32,
        "0001" * 16,
        "1234567890" * 7,
        "correcthorsebatterystaplecorrecthorsebatterystaple",
        "not hex and not base64!" * 3,
        KEY[:62],
        ",".join([KEY, "a" * 64]),
        ",",
    ],
)
def test_a_key_that_can_be_guessed_is_refused(weak: str) -> None:
    (found,) = problems(rehearsing(HERE, IVR_SECRET_KEY=weak))
    assert found.startswith("IVR_SECRET_KEY")


def test_no_printed_form_holds_a_secret() -> None:
    environ = {
        **rehearsing(HERE),
        **real(HERE),
        "IVR_DATABASE_URL": "postgresql://line:pass-word-pass@db/line",
    }
    settings = load_settings(environ)
    for form in (repr(settings), str(settings), f"{settings}"):
        for secret in (KEY, REAL_TOKEN, REHEARSAL_TOKEN, "pass-word-pass"):
            assert secret not in form


def test_no_complaint_holds_a_secret() -> None:
    found = problems(
        real(HERE, IVR_SECRET_KEY="my-secret-my-secret", TWILIO_AUTH_TOKEN="tiny-token")
    )
    assert not [one for one in found if "my-secret" in one or "tiny-token" in one]

"""The carriers of an installation: opened when they are used, and asked where they are."""

from pathlib import Path

import pytest

from ivr.carrier.opening import Carriers, accounts_of, addresses_of
from ivr.carrier.rehearsal.account import RehearsalCarrier
from ivr.carrier.twilio import TwilioCarrier
from ivr.settings import SettingsError, load_settings
from tests.installations import REAL_ACCOUNT, REHEARSAL_ACCOUNT, real, rehearsing


def test_a_rehearsal_has_its_own_carrier_alone(tmp_path: Path) -> None:
    settings = load_settings(rehearsing(tmp_path))
    carriers = Carriers(settings)
    assert (list(carriers), len(carriers)) == (["rehearsal"], 1)
    assert isinstance(carriers["rehearsal"], RehearsalCarrier)
    assert carriers["rehearsal"] is carriers["rehearsal"]
    assert "twilio" not in carriers
    with pytest.raises(KeyError):
        carriers["twilio"]
    assert accounts_of(settings) == {"rehearsal": REHEARSAL_ACCOUNT}
    assert addresses_of(settings) == {"rehearsal": settings.rehearsal_url}


def test_a_real_one_is_asked_in_its_region(tmp_path: Path) -> None:
    settings = load_settings(real(tmp_path, TWILIO_REGION="ie1", TWILIO_EDGE="dublin"))
    carrier = Carriers(settings)["twilio"]
    assert isinstance(carrier, TwilioCarrier)
    assert (carrier._client.region, carrier._client.edge) == ("ie1", "dublin")
    carrier._client.http_client.session.close()
    assert accounts_of(settings) == {"twilio": REAL_ACCOUNT}
    assert addresses_of(settings) == {"twilio": "https://api.dublin.ie1.twilio.com/"}


def test_without_a_region_it_is_asked_where_everybody_asks(tmp_path: Path) -> None:
    settings = load_settings(real(tmp_path))
    assert addresses_of(settings) == {"twilio": "https://api.twilio.com/"}


@pytest.mark.parametrize("odd", ["IE1", "ie 1", "ie1.evil.example", "x" * 33])
def test_a_region_is_a_short_name(tmp_path: Path, odd: str) -> None:
    with pytest.raises(SettingsError, match="TWILIO_REGION"):
        load_settings(real(tmp_path, TWILIO_REGION=odd))

"""The carriers of an installation, by name, as its settings say."""

from collections.abc import Iterator, Mapping

from ivr.carrier.protocol import Carrier
from ivr.settings import Settings


def accounts_of(settings: Settings) -> Mapping[str, str]:
    """Our account's SID at each carrier that is set up."""
    given = {"twilio": settings.twilio_account_sid, "rehearsal": settings.rehearsal_account_sid}
    return {name: sid for name, sid in given.items() if sid}


def addresses_of(settings: Settings) -> Mapping[str, str]:
    """Where each carrier answers, for whoever asks what time it is there."""
    edge = "".join(f".{part}" for part in (settings.twilio_edge, settings.twilio_region) if part)
    known = {"twilio": f"https://api{edge}.twilio.com/", "rehearsal": settings.rehearsal_url}
    return {name: known[name] for name in accounts_of(settings)}


class Carriers(Mapping[str, Carrier]):
    """Every carrier that is set up. Each is opened when it is first used, for the library of the
    real one takes a second to load; nothing is sent by that.
    """

    def __init__(self, settings: Settings) -> None:
        """Open nothing yet."""
        self._settings = settings
        self._opened: dict[str, Carrier] = {}

    def __getitem__(self, name: str) -> Carrier:
        """One carrier. Raises KeyError where it is not set up."""
        if name not in self._opened:
            self._opened[name] = _open(self._settings, name)
        return self._opened[name]

    def __iter__(self) -> Iterator[str]:
        """The names of all."""
        return iter(accounts_of(self._settings))

    def __len__(self) -> int:
        """How many there are."""
        return len(accounts_of(self._settings))

    def __contains__(self, name: object) -> bool:
        """Whether a carrier is set up; nothing is opened for that."""
        return name in accounts_of(self._settings)


def _open(settings: Settings, name: str) -> Carrier:
    if name not in accounts_of(settings):
        raise KeyError(name)
    if name == "twilio":
        from ivr.carrier.twilio import TwilioCarrier, make_client

        account, token = settings.twilio_account_sid, settings.twilio_auth_tokens[0]
        client = make_client(account, token, settings.twilio_region, settings.twilio_edge)
        return TwilioCarrier(client)
    from ivr.carrier.rehearsal.account import RehearsalCarrier

    sid, token = settings.rehearsal_account_sid, settings.rehearsal_auth_tokens[0]
    return RehearsalCarrier(settings.rehearsal_url, sid, token)

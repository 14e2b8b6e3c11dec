"""Whether this installation is one that real callers can ring: address, secrets, numbers."""

from collections.abc import Iterator

from ivr.commands.demo import made_key
from ivr.readiness import Finding
from ivr.settings import EXAMPLE_NUMBER, REAL_ACCOUNT, REAL_TOKEN, Settings
from routing.directory import Directory


def examine(settings: Settings, directory: Directory) -> Iterator[Finding]:
    """Find what stands between this installation and a real telephone network."""
    if not settings.real:
        yield Finding(
            "No real call can come in: only the rehearsal carrier may ring.",
            f"Set {REAL_ACCOUNT} and {REAL_TOKEN} to those of your account.",
        )
    if not settings.public_base_url.startswith("https:"):
        yield Finding(
            "The line's address is not https, so what callers press could be read on the way.",
            "Put a proxy that ends https in front, and set IVR_PUBLIC_BASE_URL to its address.",
        )
    if made_key(settings.var) in settings.secret_keys:
        yield Finding(
            "The secret key is the one that `ivr up` made for the demonstration.",
            "Make one with `openssl rand -hex 32`, keep it away from this disk and its backups,"
            " and set IVR_SECRET_KEY.",
        )
    if settings.outbound_number == EXAMPLE_NUMBER:
        yield Finding(
            "Our own calls would show a number that is an example.",
            "Rent a local number and set IVR_OUTBOUND_NUMBER.",
        )
    examples = [one.number for one in directory.access if one.example]
    if examples:
        yield Finding(
            f"{len(examples)} access numbers of the directory are examples.",
            "Put your own numbers in their place: `ivr directory export`, then `import`.",
        )

"""How the values of settings are read: each from its text, or a ValueError in plain words."""

import base64
import binascii
import ipaddress
import re
from pathlib import Path
from urllib.parse import urlsplit

KEY_BYTES = 32
TOKEN_LENGTH = 32
LIMITS = 4
DISTINCT = 16  # 32 random bytes hold fewer different values than this about never
WEAK = f"every key must be {KEY_BYTES} random bytes or more; `openssl rand -hex 32` makes one"


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only be this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_origin(source: str) -> str:
    """Read the address of a site, without path, query or name of somebody."""
    url = urlsplit(source)
    plain = url.scheme in {"http", "https"} and url.hostname and url.path in {"", "/"}
    if not plain or url.query or url.fragment or "@" in url.netloc:
        raise ValueError("must look like https://line.example.org, without a path")
    return f"{url.scheme}://{url.netloc}"


def read_key(source: str) -> bytes:
    """Read a key from hex or base64; one that nobody drew at random is refused."""
    try:
        key = _decode(source)
    except (ValueError, binascii.Error):
        raise ValueError("every key must be written in hex or base64") from None
    mixed = re.search("[a-zA-Z]", source) and re.search("[0-9]", source)
    if len(key) < KEY_BYTES or len(set(key)) < DISTINCT or not mixed:
        raise ValueError(WEAK)
    return key


def _decode(source: str) -> bytes:
    if re.fullmatch(r"[0-9a-fA-F]+", source):
        return bytes.fromhex(source)
    text = source.rstrip("=").replace("-", "+").replace("_", "/")
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)


def read_list(source: str) -> tuple[str, ...]:
    """Read values that commas separate."""
    return tuple(one.strip() for one in source.split(",") if one.strip())


def read_keys(source: str) -> tuple[bytes, ...]:
    """Read the keys that commas separate, the newest first."""
    return tuple(read_key(one) for one in read_list(source))


def read_tokens(source: str) -> tuple[str, ...]:
    """Read the tokens that commas separate; a short one is refused."""
    if any(len(token) < TOKEN_LENGTH for token in read_list(source)):
        raise ValueError(f"every token must have {TOKEN_LENGTH} characters or more")
    return read_list(source)


def read_account(source: str) -> str:
    """Read an account's name at a carrier."""
    if not re.fullmatch(r"AC[0-9a-f]{32}", source):
        raise ValueError("must be AC and 32 hex digits")
    return source


def read_place(source: str) -> str:
    """Read the name of a carrier's region or edge."""
    if not re.fullmatch("[a-z0-9-]{1,32}", source):
        raise ValueError("must be a short name of letters, digits and hyphens, as ie1 or dublin")
    return source


def read_number(source: str) -> str:
    """Read a telephone number of ours."""
    if not re.fullmatch(r"\+[1-9][0-9]{6,14}", source):
        raise ValueError("must be a number in E.164: a plus, the country, the number, digits only")
    return source


def read_folder(source: str) -> Path:
    """Read a folder; from here on it means the same wherever a process stands."""
    return Path(source).resolve()


def read_database(source: str) -> str:
    """Read a database's address, naming the driver of PostgreSQL that most providers leave out."""
    if not re.match(r"(sqlite|postgres(ql)?(\+psycopg)?):", source):
        raise ValueError("must begin with sqlite: or postgresql:")
    return re.sub(r"^postgres(ql)?:", "postgresql+psycopg:", source)


def read_limits(source: str) -> tuple[int, ...]:
    """Read the four limits of callbacks; each must leave room for one."""
    given = read_list(source)
    if len(given) != LIMITS or not all(re.fullmatch("[1-9][0-9]{0,3}", one) for one in given):
        raise ValueError("must be four whole numbers from 1, separated by commas")
    return tuple(int(one) for one in given)


def read_approval(source: str) -> str:
    """Read how many it takes to approve a text."""
    if source not in ("one", "two"):
        raise ValueError("must be one or two")
    return source

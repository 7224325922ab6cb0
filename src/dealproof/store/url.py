"""The URL of a store, as it may be shown: with nothing in it that lets somebody in."""

from __future__ import annotations

from urllib.parse import quote, quote_plus

from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from dealproof.errors import UsageError

MASK = "***"
#: Settings in the query of a URL whose values are no secrets; of all others the name alone is shown.
_HARMLESS = frozenset(
    {
        "application_name", "client_encoding", "connect_timeout", "dbname", "gssencmode", "host", "hostaddr", "port",
        "sslcert", "sslcrl", "sslkey", "sslmode", "sslrootcert", "target_session_attrs", "user",
    }
)  # fmt: skip
_HOW = "Write postgresql+psycopg://USER@HOST/NAME; in a password %40 stands for @, %2F for /, %3A for : and %3F for ?."


def parsed(text: str) -> URL:
    """The URL in a text. Raises UsageError, without showing the text, for one that makes no sense."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise UsageError("The URL of the store makes no sense.", _HOW) from None  # their words may show a part of it
    if "@" in (url.host or ""):
        raise UsageError("The URL of the store has an @ too many, as of a password that is not escaped.", _HOW)
    return url


def shown(url: URL) -> str:
    """A URL for people: no password, wherever it stands."""
    query = {name: values if name in _HARMLESS else MASK for name, values in url.query.items()}
    return url.set(query=query).render_as_string(hide_password=True).replace(quote(MASK, safe=""), MASK)


def masked(text: str, url: URL) -> str:
    """A text about a store, such as what its driver says, with every secret of the URL masked."""
    for secret in sorted(_secrets(url), key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text


def _secrets(url: URL) -> set[str]:
    told = [str(url.password or "")]
    for name, values in url.query.items():
        if name not in _HARMLESS:
            told += [values] if isinstance(values, str) else list(values)
    whole = {secret for secret in told if secret}
    return whole | {write(secret, safe="") for secret in whole for write in (quote, quote_plus)}

"""How often one address may ask for what costs much. No address is kept: a number made of it is, for minutes."""

import hmac
import logging
import re
from functools import cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from flask import Flask, current_app, request
from flask_limiter import Limiter
from werkzeug.middleware.proxy_fix import ProxyFix

from assessment.settings import Settings

MINUTES: Final = 10
LIMITS: Final = {"start": 600, "documents": 120, "files": 60}
"""How often in `MINUTES` one address may begin a visit, ask for a document, and bring a file.

A clinic, a hostel or a school has one address for all its people. A machine that floods asks far more often.
"""

LIMITED: Final = {
    "pages.begin": "start",
    "downloads.copy": "documents",
    "downloads.sheet": "documents",
    "downloads.summary": "documents",
    "downloads.later": "documents",
    "downloads.fhir": "documents",
    "records.bring": "files",
}
"""Help, leaving, answers and the page that waits for a document are not limited."""

SAME_HOME: Final = 64  # bits of an IPv6 address: what follows is one home's own to choose
PATIENCE: Final = 1  # seconds to wait for Redis
BESIDE_A_PORT: Final = re.compile(r"\[(.+)\](?::\d+)?|([\d.]+):\d+")  # as some proxies write an address

log = logging.getLogger(__name__)


def register(app: Flask, settings: Settings) -> None:
    """Count what each address asks for, in memory or in Redis; where Redis is away, in memory until it is back."""
    app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # as Werkzeug documents it
        app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=0
    )
    if not settings.proxies:
        app.before_request(_tell_of_a_proxy)
    if settings.limits_kept_in != "off":
        _limit(app, settings)


def _limit(app: Flask, settings: Settings) -> None:
    redis = not settings.limits_kept_in.startswith("memory:")
    patience: dict[str, str | int] = dict.fromkeys(("socket_connect_timeout", "socket_timeout"), PATIENCE)
    limiter = Limiter(
        _caller,
        app=app,
        storage_uri=settings.limits_kept_in,
        storage_options=patience if redis else {},
        in_memory_fallback_enabled=redis,
        key_prefix="limits",
    )
    counting = {
        what: limiter.shared_limit(f"{most} per {MINUTES} minutes", scope=what) for what, most in LIMITS.items()
    }

    @app.before_request
    def _count() -> None:
        if request.method == "POST" and request.endpoint in LIMITED:
            with counting[LIMITED[request.endpoint]]:
                return


@cache
def _told() -> None:
    log.warning("Requests come through a proxy, and PROXIES is not set: all visitors count as one address.")


def _tell_of_a_proxy() -> None:
    if "X-Forwarded-For" in request.headers:
        _told()


def _caller() -> str:
    """Return a number made of the address that asks, which tells the address to nobody without the server's key."""
    key = current_app.secret_key
    material = key if isinstance(key, bytes) else str(key).encode()
    return hmac.digest(material, b"caller " + _home(request.remote_addr or "").encode(), "sha256").hex()


def _home(address: str) -> str:
    beside = BESIDE_A_PORT.fullmatch(address)
    try:
        known = ip_address(beside[1] or beside[2] if beside else address)
    except ValueError:  # a socket of this machine
        return address
    if isinstance(known, IPv6Address):  # one of IPv4 may be written as such: all of those would share 64 bits
        return str(known.ipv4_mapped or ip_network((known, SAME_HOME), strict=False))
    return str(known)

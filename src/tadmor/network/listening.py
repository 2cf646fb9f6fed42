"""Answering requests on an address of this machine: the only module that opens a port."""

from pathlib import Path
from typing import Any, NamedTuple

from tadmor.errors import UsageError

#: Seconds that an idle connection is kept, and that requests under way have when the server is stopped.
_IDLE, _STOPPING = 15, 5


class Tls(NamedTuple):
    """A certificate with its chain, and its key: PEM files."""

    certificate: Path
    key: Path


def tls_of(certificate: Path | None, key: Path | None) -> Tls | None:
    """The files for https; `None` where neither is given.

    Raises:
        UsageError: only one is given, or they are no certificate and its key.
    """
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        message = "https takes both --tls-cert and --tls-key"
        raise UsageError(message)
    import ssl  # noqa: PLC0415 - only where something is served

    try:
        # an empty password: a key that is locked is refused, not asked for
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key, password="")
    except (OSError, ValueError) as error:
        message = f"{certificate} and {key} are no certificate and its key ({error})"
        raise UsageError(message) from error
    return Tls(certificate, key)


def listen(app: Any, host: str, port: int, tls: Tls | None = None) -> None:
    """Serve an ASGI application until the process is told to stop.

    Nothing is logged of a request: who looks at what is nobody else's business.

    Args:
        app: the application.
        host: an address of this machine.
        port: a free port; 0 for any.
        tls: to speak https.
    """
    import uvicorn  # noqa: PLC0415 - only where something is served

    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=_STOPPING,
        ssl_certfile=tls.certificate if tls is not None else None,
        ssl_keyfile=tls.key if tls is not None else None,
    )


def free(host: str, port: int) -> bool:
    """Can this port of an address be listened on?"""
    import socket  # noqa: PLC0415 - only where something is served

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True

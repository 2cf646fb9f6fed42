"""Answering requests on an address of this machine: the only module that opens a port."""

from typing import Any

#: Seconds that an idle connection is kept, and that requests under way have when the server is stopped.
_IDLE, _STOPPING = 15, 5


def listen(app: Any, host: str, port: int) -> None:
    """Serve an ASGI application until the process is told to stop.

    Nothing is logged of a request: who looks at what is nobody else's business.

    Args:
        app: the application.
        host: an address of this machine.
        port: a free port; 0 for any.
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

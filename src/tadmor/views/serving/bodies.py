"""What is sent to the server, read no further than it may be long."""

from fastapi import HTTPException, Request


async def bounded(request: Request, most: int) -> bytes:
    """The body of a request.

    Raises:
        HTTPException: it has more than `most` bytes.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(413, "Too long")
    return bytes(body)

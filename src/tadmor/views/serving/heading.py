"""Questions for the head of an answer alone (HEAD): what GET is answered, without its body (RFC 9110, 9.3.2)."""

from tadmor.views.serving.guarding import Asgi, Message, Receive, Scope, Send


class Heading:
    """Answers HEAD by what the application answers to GET, so that both are under the same rules and limits."""

    def __init__(self, app: Asgi) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, headed)

"""A page of the site in a browser, and what it complained of."""

from playwright.sync_api import Page


class Seen:
    """A page, with what its console complained of and what it asked of other machines."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        page.on("console", lambda message: self._heard(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))

    def open(self, path: str) -> Page:
        """Go to an address of the site."""
        self.page.goto(self.address + path)
        return self.page

    def _heard(self, kind: str, words: str) -> None:
        if kind == "error" or "Content Security Policy" in words:
            self.complaints.append(words)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.elsewhere.append(url)

"""The way out: nothing else in tadmor opens a connection, and this one only to an address that the user named.

`Chat` asks a language model, `Fetcher` for pages, which may lead it on to others: each is judged anew.
"""

from tadmor.network.chat import Chat
from tadmor.network.door import Address, address_of
from tadmor.network.exchange import Limits
from tadmor.network.fetching import Fetcher, Manners

__all__ = ["Address", "Chat", "Fetcher", "Limits", "Manners", "address_of"]

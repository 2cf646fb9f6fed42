"""The claims that the rules read from a few sentences."""

from collections.abc import Callable

import pytest
from made_documents import document_of

from tadmor.datamodel.claims import Claim, kind_of
from tadmor.extraction import READERS, extract


@pytest.fixture(scope="session")
def read() -> Callable[..., list[Claim]]:
    """Read a text; keep the claims of one kind if one is named."""

    def reader(text: str, kind: str | None = None, *, title: str | None = None) -> list[Claim]:
        claims = extract(document_of(text, title=title), READERS["rules"]).claims
        return [claim for claim in claims if kind is None or kind_of(claim) == kind]

    return reader

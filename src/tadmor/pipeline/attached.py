"""Files attached to messages: documents of their own, with the message named as where they came from."""

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import partial

from tadmor.datamodel.captures import Capture, Outcome
from tadmor.dictionaries.sources import SourceTable
from tadmor.documents import load_bytes
from tadmor.documents.archives.mailbox import attachments
from tadmor.documents.loading import of_mail
from tadmor.pipeline.faults import loaded_or_why
from tadmor.pipeline.taking import Piece

#: The media type of a message.
MAIL = "message/rfc822"


def attached(
    data: bytes, name: str, *, archive: str, position: str, made: datetime, sources: SourceTable, taken: Collection[str]
) -> Iterator[Piece]:
    """What is attached to a message and was not taken in before.

    Args:
        data: the message.
        name: what it is called.
        archive: the original that it stands in, or is.
        position: its place in that; empty where it is the original.
        made: when it was read.
        sources: as of `load`.
        taken: places of the original that were taken in before.
    """
    for one in attachments(data):
        where = f"{position}/attachment {one.number}".lstrip("/")
        if where in taken:
            continue
        read = partial(load_bytes, one.data, f"{name}#{one.name}", sources=sources, otherwise=of_mail(data))
        loaded = loaded_or_why(f"{name}#{one.name}", read)
        capture = Capture(
            made=made,
            archive=archive,
            position=where,
            outcome=Outcome.READ,
            original=loaded.original.sha256 if loaded.original is not None else None,
            notes=(f"attached to the message {name} as {one.name}",),
        )
        yield Piece(loaded=loaded, capture=capture)

"""`tadmor key`, `checkpoint`, `timestamp`, `prove`, `copy`: what shows that a case is as it was."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tadmor.errors import UsageError
from tadmor.settings import case_folder, keys_folder
from tadmor.views.noting import noted
from tadmor.views.opening import opened, print_json
from tadmor.views.options import Case, Json
from tadmor.views.passphrases import fresh_passphrase, passphrase

if TYPE_CHECKING:  # the store is loaded only where a case is opened
    from collections.abc import Sequence

    from tadmor.datamodel.checkpoints import Checkpoint, VerifierKey
    from tadmor.datamodel.issues import Issue
    from tadmor.datamodel.proofs import Growth, Proof
    from tadmor.ledger import Ledger
    from tadmor.ledger.keys import Keys

commands = typer.Typer(add_completion=False, rich_markup_mode=None)
keys = typer.Typer(
    help="Keys that sign checkpoints. They lie outside every case: TADMOR_KEYS, else ~/.config/tadmor/keys.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # rich help takes 0.4 s to import
)

#: What a passphrase is of.
_OF = "the key"

_Name = Annotated[str, typer.Argument(help="The key's name, as others see it: rob@example.org, say.")]
_Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="A file; else standard output.", show_default=False)
]


@keys.command(epilog="Example: tadmor key new ada@example.org --passphrase")
def new(
    name: _Name,
    *,
    seal: Annotated[bool, typer.Option("--passphrase", help="Seal the private key with a passphrase.")] = False,
    as_json: Json = False,
) -> None:
    """Make an Ed25519 key. Its private half never leaves this machine and is for nobody else to read.

    The passphrase is asked for, or read from standard input.
    """
    made = _keys().new(name, fresh_passphrase(_OF) if seal else None)
    if as_json:
        print_json(_key_row(made, own=True))
        return
    print("others check your signatures with:", file=sys.stderr)
    print(made)


@keys.command("list", epilog="Example: tadmor key list")
def list_(*, as_json: Json = False) -> None:
    """The keys known here: yours, and those of others."""
    known = _keys()
    rows = [_key_row(one, own=known.own(one.name)) for one in known.every()]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        print(f"{row['key']}{'' if row['signs'] else '  (only to check)'}")


@keys.command(epilog="Example: tadmor key show ada@example.org")
def show(name: _Name, *, as_json: Json = False) -> None:
    """A public key, to be handed to those who check your checkpoints."""
    known = _keys()
    found = known.known(name)
    print_json(_key_row(found, own=known.own(name))) if as_json else print(found)


@keys.command(epilog="Example: tadmor key know 'ada@example.org+0a1b2c3d+AU...'")
def know(
    key: Annotated[str, typer.Argument(help="The public key, or a file that holds it.", show_default=False)],
    *,
    as_json: Json = False,
) -> None:
    """Keep somebody's public key, got from them by a way that you trust."""
    written = Path(key).read_text("utf-8", errors="replace") if len(key) < 200 and Path(key).is_file() else key
    made = _keys().know(written)
    print_json(_key_row(made, own=False)) if as_json else print(f"{made.name} ({made.id}) is known")


@commands.command(epilog="Example: tadmor checkpoint --case syria -o syria-2026-11-28.note")
def checkpoint(
    key: Annotated[str | None, typer.Option(help="Which of your keys signs, if you have several.")] = None,
    output: _Output = None,
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """Sign the history as it is: a statement that it cannot be rewritten behind.

    Hand the note to somebody else, or print it: whoever holds it finds out any later change of what was there.
    """
    known = _keys()
    sign = known.signing(key or known.only(), lambda: passphrase(_OF))
    with opened(case, writable=True) as ledger:
        signed = ledger.custody.sign(sign)
    known.remember(signed)
    if as_json:
        print_json(signed)
        return
    _put(signed.note.encode(), output)
    print(f"{signed.checkpoint.size} revisions signed", file=sys.stderr)


@commands.command(
    epilog="""\b
Examples:
  tadmor timestamp https://freetsa.org/tsr --certificates freetsa.pem --case syria
  tadmor timestamp --request syria.tsq --case syria
  tadmor timestamp --reply syria.tsr --certificates authority.pem --case syria
"""
)
def timestamp(
    authority: Annotated[
        str | None, typer.Argument(metavar="[URL]", help="The authority's address: asked over the network.")
    ] = None,
    certificates: Annotated[
        Path | None, typer.Option(help="The authority's certificates (PEM), got by a way that you trust.")
    ] = None,
    request: Annotated[
        Path | None, typer.Option(help="Write the request here, to be sent by other means.", show_default=False)
    ] = None,
    reply: Annotated[Path | None, typer.Option(help="The answer to it, as a file.", show_default=False)] = None,
    case: Case = None,
    *,
    as_json: Json = False,
) -> None:
    """Have a time-stamping authority (RFC 3161) say that the last checkpoint was there at this time.

    The authority learns a digest and nothing else. Needs the extra `timestamps`.
    """
    if sum(one is not None for one in (authority, request, reply)) != 1:
        message = "give one of: the authority's URL, --request FILE, --reply FILE"
        raise UsageError(message)
    if request is not None:
        _put(_request(case), request)
        return
    if certificates is None:
        message = "the authority's answer is checked with its certificates: give --certificates FILE"
        raise UsageError(message)
    pem = _file(certificates).decode("utf-8", "replace")
    answer = _file(reply) if reply is not None else _asked(authority or "", _request(case))
    with opened(case, writable=True) as ledger:
        token = ledger.custody.stamp(answer, pem, authority or "")
    if as_json:
        print_json({"checkpoint": token.checkpoint, "authority": token.authority, "time": token.time})
    else:
        print(f"checkpoint {token.checkpoint} was there at {token.time.isoformat()}, its authority says")


@commands.command(
    epilog="""\b
Examples:
  tadmor prove 5f3a --case syria -o proof.json     an original or claim whose id begins so
  tadmor prove 17 --case syria                     revision 17
  tadmor prove --since syria.note --case syria     that the history only grew since
  tadmor prove --check proof.json                  without any case
"""
)
def prove(
    what: Annotated[
        str | None, typer.Argument(help="An original, a claim or a revision's number.", show_default=False)
    ] = None,
    since: Annotated[
        Path | None, typer.Option(help="A checkpoint's note: prove that the history only grew since.")
    ] = None,
    check: Annotated[Path | None, typer.Option(help="A proof to check; no case is needed.", show_default=False)] = None,
    output: _Output = None,
    case: Case = None,
) -> None:
    """Prove, on one page, that something stands in the history, or that the history only grew."""
    if sum(one is not None for one in (what, since, check)) != 1:
        message = "give one of: what to prove, --since NOTE, --check PROOF"
        raise UsageError(message)
    if check is not None:
        _check_proof(check)
        return
    import msgspec  # noqa: PLC0415

    with opened(case) as ledger:
        proof: Proof | Growth = (
            ledger.custody.prove(what) if what is not None else ledger.custody.prove_growth(_note(since or Path()))
        )
    if proof.signed is None:
        print("warning: no checkpoint covers this yet; `tadmor checkpoint` signs it", file=sys.stderr)
    _put(msgspec.json.format(msgspec.json.encode(proof), indent=1) + b"\n", output)


@commands.command(epilog="Example: tadmor copy 5f3a... -o work/report.pdf --case syria")
def copy(
    original: Annotated[str, typer.Argument(help="The original's SHA-256, or its beginning.", show_default=False)],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the copy goes.", show_default=False)],
    case: Case = None,
) -> None:
    """Hand out a working copy of an original: compared with its digest, and noted in the audit of the case.

    The original itself stays as it is, read-only; open and convert the copy.
    """
    import hashlib  # noqa: PLC0415

    folder = case_folder(case)
    if output.absolute().resolve().is_relative_to(folder.absolute().resolve()):
        message = f"{output} lies in the case; keep working copies apart from it"
        raise UsageError(message)
    with opened(case) as ledger:
        sha256 = ledger.custody.original(original)
        data = ledger.original(sha256)
    if hashlib.sha256(data).hexdigest() != sha256:
        message = f"the archived original {sha256} is not as obtained any more; run `tadmor verify`"
        raise UsageError(message)
    if output.exists():
        message = f"{output} is there already; choose another file"
        raise UsageError(message)
    _put(data, output)
    noted(folder, "working copy", f"{sha256} to {output}")
    print(f"{len(data)} bytes, SHA-256 {sha256}")


def outside_issues(ledger: "Ledger", notes: "Sequence[Path]") -> "tuple[Issue, ...]":
    """Where the history is not that of checkpoints kept outside the case: those given, and the last one signed here."""
    told = [(str(path), _note(path)) for path in notes]
    origin = ledger.custody.origin()
    remembered = _keys().remembered(origin) if origin is not None else None
    if remembered is not None:
        told.append(("the last checkpoint signed on this machine", remembered))
    return ledger.custody.compare(told)


def _keys() -> "Keys":
    from tadmor.ledger.keys import Keys  # noqa: PLC0415

    return Keys(keys_folder())


def _key_row(key: "VerifierKey", *, own: bool) -> dict[str, object]:
    return {"name": key.name, "id": key.id, "key": str(key), "signs": own}


def _request(case: Path | None) -> bytes:
    from tadmor.ledger.timestamps import request_for  # noqa: PLC0415

    with opened(case) as ledger:
        _, signed = ledger.custody.last()
    return request_for(signed.note)


def _asked(authority: str, request: bytes) -> bytes:
    """The authority's answer, over the network."""
    from tadmor.errors import EndpointError  # noqa: PLC0415
    from tadmor.network.door import address_of, post  # noqa: PLC0415

    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    try:
        reply = post(address_of(authority), request, headers, timeout=30)
    except EndpointError as error:
        raise UsageError(str(error)) from error
    if reply.status != 200:
        message = f"{authority}: the authority answered with {reply.status}"
        raise UsageError(message)
    return reply.body


def _note(path: Path) -> "Checkpoint":
    from tadmor.datamodel.checkpoints import Checkpoint  # noqa: PLC0415

    try:
        return Checkpoint.of(_file(path).decode("utf-8", "replace"))
    except ValueError as error:
        message = f"{path}: {error}"
        raise UsageError(message) from error


def _check_proof(path: Path) -> None:
    """Say whether a proof holds, and what it proves."""
    import msgspec  # noqa: PLC0415

    from tadmor.datamodel.proofs import Growth, Proof  # noqa: PLC0415

    try:
        proof = msgspec.json.decode(_file(path), type=Proof | Growth)
    except msgspec.MsgspecError as error:
        message = f"{path}: this is no proof ({error})"
        raise UsageError(message) from error
    amiss = proof.amiss()
    for one in amiss:
        print(f"{path}: {one}", file=sys.stderr)
    if amiss:
        raise typer.Exit(1)
    match proof:
        case Proof(revision=revision):
            said = f"revision {revision.number} ({revision.what} {revision.subject}, {revision.made})"
        case Growth():
            said = f"the first {proof.old_size} revisions"
    print(f"holds: {said} stands in a history of {proof.size} revisions with root {proof.root}")
    print(_signer(proof))


def _signer(proof: "Proof | Growth") -> str:
    from tadmor.datamodel.checkpoints import VerifierKey  # noqa: PLC0415

    if proof.signed is None:
        return "nobody signed that root yet: compare it with one that you have from elsewhere"
    key = VerifierKey.of(proof.signed.key)
    known = "a key known here" if key in _keys().every() else "a key not known here (`tadmor key know`)"
    return f"signed on {proof.signed.checkpoint.made:%Y-%m-%d} by {key.name} ({key.id}), {known}"


def _file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror})"
        raise UsageError(message) from error


def _put(data: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        message = f"{output}: cannot be written ({error.strerror}); choose another file"
        raise UsageError(message) from error

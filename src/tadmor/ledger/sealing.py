"""A case as one encrypted file, and back: with age (https://age-encryption.org/v1), by the extra `encrypted`.

    lock:    case/ -> .case.age.part, whole; case/ -> .case.removing; .case.age.part -> case.age; .case.removing -> gone
    unlock:  case.age -> .case.opening/ -> case/

A folder under the case's name is always whole, and so is a file `case.age`. Killed before the first rename, `lock` and
`unlock` leave what was there, and the same call does it over; killed behind it, the next call goes on.
Encryption and packing run side by side through a pipe: nothing of the case is written unencrypted.
"""

import os
import shutil
import tarfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import IO, Any

from tadmor.errors import CaseNotWritableError, UsageError
from tadmor.ledger.case import PATIENCE, CaseFolder, sync

#: Files that a process holds while it works on a case; no part of it.
_PASSING = frozenset({".lock", ".turn", ".reading", "ledger.db-shm"})
#: The end of the file that keeps the key, sealed with a passphrase.
KEY_END = ".key.age"


def sealed_path(folder: Path) -> Path:
    """The file that a case is locked into."""
    return folder.with_name(f"{folder.name}.age")


def lock(folder: Path, recipients: Sequence[str], passphrase: Callable[[], str], *, keep: bool = False) -> Path:
    """Encrypt a case into one file beside it, and remove the folder.

    Args:
        folder: the case's.
        recipients: age recipients (`age1...`) who can open it; without any, a fresh key that a passphrase seals can:
            it stands beside the file.
        passphrase: asked for where there are no recipients.
        keep: leave the folder where it is.

    Raises:
        CaseNotFoundError: no case is there.
        CaseBusyError: somebody writes to it.
        CaseNotWritableError: the file cannot be written.
        UsageError: the file is there already, a recipient is none, or the extra is not installed.
    """
    _check_available()
    folder, target = folder.absolute(), sealed_path(folder.absolute())
    if _gone_on(folder):
        return target
    case = CaseFolder(folder)
    case.find()
    if target.exists():
        message = f"{target} is there already: move it away, or unlock that one"
        raise UsageError(message)
    readers = [_recipient(one) for one in recipients] or [_fresh(folder, passphrase())]
    with case.alone(PATIENCE):
        _seal(folder, _part_of(folder), readers)
        if keep:
            _part_of(folder).replace(target)
        else:
            folder.rename(_removing(folder))
        sync(folder.parent)
    _gone_on(folder)
    return target


def _removing(folder: Path) -> Path:
    """The folder of a case that is locked already."""
    return folder.with_name(f".{folder.name}.removing")


def _part_of(folder: Path) -> Path:
    """What is not known to be a whole locked case, unless its folder is on the way out."""
    return folder.with_name(f".{folder.name}.age.part")


def _gone_on(folder: Path) -> bool:
    """Carry a locking to its end whose file is whole; false where there is none."""
    removing, part = _removing(folder), _part_of(folder)
    if folder.exists() or not removing.exists():
        return False
    if part.exists():
        part.replace(sealed_path(folder))
        sync(folder.parent)
    shutil.rmtree(removing)
    return True


def unlock(folder: Path, identities: Sequence[Path], passphrase: Callable[[], str], *, keep: bool = False) -> None:
    """Decrypt a case that was locked into the file beside its folder, and remove the file.

    Args:
        folder: where the case goes: where it was.
        identities: files of age identities; without any, the sealed key beside the file opens it.
        passphrase: asked for where there are no identities.
        keep: leave the encrypted file where it is.

    Raises:
        CaseNotWritableError: the folder cannot be written.
        UsageError: nothing is locked there, the folder is there already, the key is not its, or the file was changed.
    """
    _check_available()
    folder, source = folder.absolute(), sealed_path(folder.absolute())
    _gone_on(folder)
    if not source.is_file():
        message = f"{source}: no locked case is there"
        raise UsageError(message)
    if folder.exists():
        message = f"{folder} is there already; move it away first"
        raise UsageError(message)
    keys = [key for path in identities for key in _identities(path.read_text("utf-8"))] or _kept(folder, passphrase)
    opening = folder.with_name(f".{folder.name}.opening")
    shutil.rmtree(opening, ignore_errors=True)
    try:
        _unseal(source, opening, keys)
        for original in (opening / "originals").glob("??/*"):
            original.chmod(0o444)
        opening.rename(folder)
        sync(folder.parent)
    except OSError as error:
        raise CaseNotWritableError(folder, error.strerror or str(error)) from error
    finally:
        shutil.rmtree(opening, ignore_errors=True)
    if not keep:
        source.unlink()
        source.with_name(folder.name + KEY_END).unlink(missing_ok=True)


def _seal(folder: Path, passing: Path, readers: Sequence[Any]) -> None:
    """Write the encrypted file, which is whole and on the disk at the end."""
    import pyrage  # noqa: PLC0415 - an extra

    failed: list[Exception] = []
    try:
        reading, writing = os.pipe()
        with os.fdopen(reading, "rb") as source, passing.open("wb") as sink:
            passing.chmod(0o600)
            packer = Thread(target=_pack, args=(folder, os.fdopen(writing, "wb"), failed))
            packer.start()
            try:
                pyrage.encrypt_io(source, sink, list(readers))
            finally:
                source.close()  # ends the packer, where nobody takes what it packs any more
                packer.join()
            sink.flush()
            os.fsync(sink.fileno())
        if failed:
            raise failed[0]
    except (OSError, pyrage.EncryptError) as error:
        passing.unlink(missing_ok=True)
        why = error.strerror if isinstance(error, OSError) else None
        raise CaseNotWritableError(folder, why or str(error)) from error


def _pack(folder: Path, sink: IO[bytes], failed: list[Exception]) -> None:
    """The case as a tar stream, files in order of their paths."""
    try:
        with sink, tarfile.open(fileobj=sink, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            for path in sorted(folder.rglob("*")):
                if path.name not in _PASSING:
                    tar.add(path, arcname=path.relative_to(folder).as_posix(), recursive=False)
    except Exception as error:  # noqa: BLE001 - handed to the thread that waits
        failed.append(error)


def _unseal(source: Path, folder: Path, keys: Sequence[Any]) -> None:
    """The files of a case out of the encrypted file; every one is below the folder, whatever the file says."""
    import pyrage  # noqa: PLC0415 - an extra

    reading, writing = os.pipe()
    failed: list[Exception] = []
    folder.mkdir(mode=0o700)
    with os.fdopen(reading, "rb") as stream:
        opener = Thread(target=_decrypt, args=(source, os.fdopen(writing, "wb"), keys, failed))
        opener.start()
        try:
            with tarfile.open(fileobj=stream, mode="r|") as tar:
                tar.extractall(folder, filter="data")
            stream.read()  # what stands behind the last file, so that the whole is authenticated
        except tarfile.TarError as error:
            failed.append(error)
        finally:
            stream.close()
            opener.join()
    for why in failed:
        if isinstance(why, pyrage.DecryptError | tarfile.TarError):
            message = f"{source} cannot be opened: the key is not its, or the file was changed ({why})"
            raise UsageError(message) from why
    if failed:
        raise failed[0]


def _decrypt(source: Path, sink: IO[bytes], keys: Sequence[Any], failed: list[Exception]) -> None:
    import pyrage  # noqa: PLC0415 - an extra

    try:
        with source.open("rb") as file, sink:
            pyrage.decrypt_io(file, sink, list(keys))
    except Exception as error:  # noqa: BLE001 - handed to the thread that waits
        failed.insert(0, error)


def _check_available() -> None:
    if find_spec("pyrage") is None:
        message = "locked cases need the extra `encrypted`: pip install 'tadmor[encrypted]'"
        raise UsageError(message)


def _recipient(written: str) -> Any:
    import pyrage  # noqa: PLC0415 - an extra

    try:
        return pyrage.x25519.Recipient.from_str(written)
    except pyrage.RecipientError as error:
        message = f"{written[:80]!r} is no age recipient (age1...)"
        raise UsageError(message) from error


def _fresh(folder: Path, passphrase: str) -> Any:
    """A new key, kept beside the case as age keeps one under a passphrase."""
    import pyrage  # noqa: PLC0415 - an extra

    identity = pyrage.x25519.Identity.generate()
    sealed = pyrage.passphrase.encrypt(f"{identity}\n".encode(), passphrase)
    CaseFolder(folder.parent).write(folder.with_name(folder.name + KEY_END), sealed, mode=0o600)
    return identity.to_public()


def _kept(folder: Path, passphrase: Callable[[], str]) -> list[Any]:
    """The key beside a locked case."""
    import pyrage  # noqa: PLC0415 - an extra

    path = folder.with_name(folder.name + KEY_END)
    if not path.is_file():
        message = f"{path} is not there: give the file of an age identity with --identity"
        raise UsageError(message)
    try:
        return _identities(pyrage.passphrase.decrypt(path.read_bytes(), passphrase()).decode())
    except pyrage.DecryptError as error:
        message = f"that is not the passphrase of {path.name} ({error})"
        raise UsageError(message) from error


def _identities(written: str) -> list[Any]:
    import pyrage  # noqa: PLC0415 - an extra

    lines = (line.strip() for line in written.splitlines())
    try:
        return [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError as error:
        message = "this is no file of age identities (AGE-SECRET-KEY-1...)"
        raise UsageError(message) from error

"""Keys that sign checkpoints: private ones in a folder of the user's, outside every case; public ones beside them.

keys/
  NAME.key       a private key, for its owner alone (0600); sealed with a passphrase, if one was given
  NAME.pub       its public key, to be handed to others; also others' keys that the user knows
  seen/ID.note   the last checkpoint of a case that was signed on this machine: by it a case that was cut off since, or
                 put back to an earlier state, is found out
"""

import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from tadmor.datamodel.checkpoints import Checkpoint, SignedCheckpoint, VerifierKey, key_name
from tadmor.errors import UsageError

#: scrypt as OWASP's password storage cheat sheet has it: 128 MiB, about 0.3 s a try.
_COST, _BLOCK, _LANES = 2**17, 8, 1
_SALT, _NONCE = 16, 12

#: Asks for the passphrase of a key that is sealed with one.
Passphrase = Callable[[], str]


class _Kept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A private key as written: its 32 bytes, or these sealed with ChaCha20-Poly1305 under a passphrase (scrypt)."""

    public: str
    private: bytes | None = None
    sealed: bytes | None = None  # salt, nonce, ciphertext


class Keys:
    """The keys of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def new(self, name: str, passphrase: str | None) -> VerifierKey:
        """Make a key; sealed with a passphrase, if one is given.

        Raises:
            UsageError: the name cannot be one, is taken, or the folder cannot be written.
        """
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

        path = self._path(name, "key")
        if path.exists() or self._path(name, "pub").exists():
            message = f"there is a key {name} already in {self._folder}; choose another name"
            raise UsageError(message)
        private = Ed25519PrivateKey.generate()
        key = VerifierKey(name=name, public=private.public_key().public_bytes_raw())
        raw = private.private_bytes_raw()
        kept = (
            _Kept(public=str(key), private=raw)
            if passphrase is None
            else _Kept(public=str(key), sealed=_seal(raw, passphrase))
        )
        _write(path, msgspec.json.encode(kept) + b"\n", 0o600)
        _write(self._path(name, "pub"), f"{key}\n".encode(), 0o644)
        return key

    def know(self, written: str) -> VerifierKey:
        """Keep somebody's public key.

        Raises:
            UsageError: it is none, or another is known by its name.
        """
        try:
            key = VerifierKey.of(written)
            path = self._path(key.name, "pub")
        except ValueError as error:
            raise UsageError(str(error)) from error
        if path.exists() and self.known(key.name) != key:
            message = f"another key is known as {key.name}; remove {path} first, if that one is to be forgotten"
            raise UsageError(message)
        _write(path, f"{key}\n".encode(), 0o644)
        return key

    def every(self) -> tuple[VerifierKey, ...]:
        """All keys known, one's own and others', by name."""
        return tuple(self.known(path.stem) for path in sorted(self._folder.glob("*.pub")))

    def own(self, name: str) -> bool:
        """Can this key sign, for all that is here?"""
        return self._path(name, "key").is_file()

    def known(self, name: str) -> VerifierKey:
        """A key by its name.

        Raises:
            UsageError: there is none, or it cannot be read.
        """
        path = self._path(name, "pub")
        try:
            return VerifierKey.of(path.read_text("utf-8"))
        except FileNotFoundError:
            message = f"there is no key {name} in {self._folder}; make one with `tadmor key new {name}`"
            raise UsageError(message) from None
        except (OSError, ValueError) as error:
            message = f"{path}: cannot be read ({error})"
            raise UsageError(message) from error

    def only(self) -> str:
        """The name of the one key that can sign.

        Raises:
            UsageError: there is none, or there are several.
        """
        names = [path.stem for path in sorted(self._folder.glob("*.key"))]
        if len(names) == 1:
            return names[0]
        told = f"which key signs? Give --key, one of {', '.join(names)}" if names else _NO_KEY.format(self._folder)
        raise UsageError(told)

    def signing(self, name: str, passphrase: Passphrase) -> Callable[[Checkpoint], SignedCheckpoint]:
        """What signs checkpoints with a key of one's own; the passphrase is asked for where the key has one.

        Raises:
            UsageError: there is no such key, it may be read by others, or the passphrase is not its.
        """
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

        kept = self._private(name)
        key = VerifierKey.of(kept.public)
        raw = kept.private if kept.sealed is None else _open(kept.sealed, passphrase(), name)
        private = Ed25519PrivateKey.from_private_bytes(raw or b"")
        if private.public_key().public_bytes_raw() != key.public:
            message = f"the private key {name} is not that of {key}"
            raise UsageError(message)

        def sign(head: Checkpoint) -> SignedCheckpoint:
            return SignedCheckpoint(note=head.note(key, private.sign(head.text().encode())), key=str(key))

        return sign

    def _private(self, name: str) -> _Kept:
        path = self._path(name, "key")
        try:
            if path.stat().st_mode & 0o077:
                message = f"{path}: others may read this private key; run `chmod 600 {path}`, or make a new one"
                raise UsageError(message)
            return msgspec.json.decode(path.read_bytes(), type=_Kept)
        except FileNotFoundError:
            message = f"there is no private key {name} in {self._folder}; make one with `tadmor key new {name}`"
            raise UsageError(message) from None
        except (OSError, msgspec.DecodeError) as error:
            message = f"{path}: cannot be read ({error})"
            raise UsageError(message) from error

    def remember(self, signed: SignedCheckpoint) -> None:
        """Keep the last checkpoint of a case here, outside of it."""
        _write(self._seen(signed.checkpoint.origin), signed.note.encode(), 0o600)

    def remembered(self, origin: str) -> Checkpoint | None:
        """The last checkpoint of a case that was signed on this machine; `None`: none that can be read."""
        try:
            return Checkpoint.of(self._seen(origin).read_text("utf-8"))
        except (OSError, ValueError):
            return None

    def _seen(self, origin: str) -> Path:
        return self._folder / "seen" / f"{origin.rpartition('/')[2][:64]}.note"

    def _path(self, name: str, kind: str) -> Path:
        try:
            return self._folder / f"{key_name(name)}.{kind}"
        except ValueError as error:
            raise UsageError(str(error)) from error


_NO_KEY = "there is no key in {} yet; make one with `tadmor key new NAME`"


def _seal(raw: bytes, passphrase: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415

    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    return salt + nonce + ChaCha20Poly1305(_stretched(passphrase, salt)).encrypt(nonce, raw, None)


def _open(sealed: bytes, passphrase: str, name: str) -> bytes:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415

    salt, nonce, coded = sealed[:_SALT], sealed[_SALT : _SALT + _NONCE], sealed[_SALT + _NONCE :]
    try:
        return ChaCha20Poly1305(_stretched(passphrase, salt)).decrypt(nonce, coded, None)
    except (InvalidTag, ValueError):
        message = f"that is not the passphrase of the key {name}, or the key's file is damaged"
        raise UsageError(message) from None


def _stretched(passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt  # noqa: PLC0415

    return Scrypt(salt=salt, length=32, n=_COST, r=_BLOCK, p=_LANES).derive(passphrase.encode("utf-8", "surrogatepass"))


def _write(path: Path, data: bytes, mode: int) -> None:
    """Write a file whole or not at all, for nobody else from the first byte on."""
    passing = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        passing.chmod(mode)
        passing.replace(path)
    except OSError as error:
        message = f"{path}: cannot be written ({error.strerror}); set TADMOR_KEYS to a folder that can"
        raise UsageError(message) from error

"""A time-stamping authority of one's own (RFC 3161), by OpenSSL: for measurements and tests, of no worth to anybody."""

import subprocess
from pathlib import Path

_CONFIG = """
[tsa]
default_tsa = local
[local]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


class LocalAuthority:
    """An authority whose keys lie in a folder, made where it has none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        if not (folder / "signer.pem").exists():
            folder.mkdir(parents=True, exist_ok=True)
            self._make()

    @property
    def certificates(self) -> str:
        """Its root, PEM: what its answers are checked with."""
        return (self._folder / "root.pem").read_text()

    def answer(self, request: bytes) -> bytes:
        """A token on what is asked, DER."""
        (self._folder / "request.tsq").write_bytes(request)
        files = ("-queryfile", "request.tsq", "-signer", "signer.pem", "-inkey", "signer.key", "-out", "reply.tsr")
        self._openssl("ts", "-reply", "-config", "tsa.cnf", *files)
        return (self._folder / "reply.tsr").read_bytes()

    def _make(self) -> None:
        (self._folder / "tsa.cnf").write_text(_CONFIG.format(folder=self._folder))
        (self._folder / "serial").write_text("01\n")
        (self._folder / "leaf.cnf").write_text(
            "keyUsage = critical,digitalSignature\nextendedKeyUsage = critical,timeStamping\n"
            "basicConstraints = critical,CA:FALSE\n"
        )
        for name in ("root", "signer"):
            self._openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", f"{name}.key")
        root = ("-key", "root.key", "-out", "root.pem", "-days", "3650", "-subj", "/CN=Local root")
        self._openssl("req", "-x509", "-new", *root)
        self._openssl("req", "-new", "-key", "signer.key", "-out", "signer.csr", "-subj", "/CN=Local time stamps")
        issued = ("-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "3650", "-extfile", "leaf.cnf")
        self._openssl("x509", "-req", "-in", "signer.csr", *issued, "-out", "signer.pem")

    def _openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self._folder, check=True, capture_output=True)  # noqa: S603, S607

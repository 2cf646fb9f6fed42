"""A time-stamping authority of OpenSSL's, with a root of its own."""

import subprocess
from pathlib import Path

_SETTINGS = """
[tsa]
default_tsa = it
[it]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


def authority(folder: Path) -> Path:
    """Make one in a folder; `root.pem` is what its answers are checked with."""
    folder.mkdir()
    (folder / "tsa.ext").write_text("extendedKeyUsage = critical,timeStamping\nkeyUsage = critical,digitalSignature\n")
    (folder / "root.ext").write_text("basicConstraints = critical,CA:TRUE\nkeyUsage = critical,keyCertSign\n")
    (folder / "tsa.conf").write_text(_SETTINGS.format(folder=folder))
    (folder / "serial").write_text("01")
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    for name in ("root", "tsa"):
        _run(folder, "req", *key, "-subj", f"/CN=test {name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
    own = ["-signkey", "root.key", "-extfile", "root.ext", "-out", "root.pem"]
    _run(folder, "x509", "-req", "-in", "root.csr", *own)
    signed = ["-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-extfile", "tsa.ext", "-out", "tsa.pem"]
    _run(folder, "x509", "-req", "-in", "tsa.csr", *signed)
    return folder


def stamped(folder: Path, request: bytes) -> bytes:
    """Its answer to a request."""
    (folder / "asked.tsq").write_bytes(request)
    _run(folder, "ts", "-reply", "-config", "tsa.conf", "-queryfile", "asked.tsq", "-out", "told.tsr")
    return (folder / "told.tsr").read_bytes()


def _run(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=folder)

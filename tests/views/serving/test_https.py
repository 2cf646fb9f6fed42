"""A case served to others by https, with a certificate of an authority of the test's own."""

import shutil
import socket
import ssl
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tadmor.datamodel.people import Doer, Known, Role
from tadmor.ledger.accounts import Accounts

NAME = "case.example.org"


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """A certificate for the name, its key, as PEM files; the certificate is its own authority."""
    folder, key = tmp_path_factory.mktemp("papers"), ec.generate_private_key(ec.SECP256R1())
    named, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    return folder


@pytest.fixture(scope="module")
def port(case, papers, tmp_path_factory):
    """Where a case with one account is served by https to whoever reaches this machine."""
    own = shutil.copytree(case, tmp_path_factory.mktemp("https") / "case")
    with Accounts.open(own) as people:
        people.add("Ada Admin", Role.ADMIN, "four words of mine", Doer(name="somebody", known=Known.SHELL))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        found = free.getsockname()[1]
    call = [sys.executable, "-m", "tadmor.views.cli", "serve", "--case", own, "--host", "0.0.0.0", "--name", NAME]  # noqa: S104
    call += ["--port", found, "--tls-cert", papers / "cert.pem", "--tls-key", papers / "key.pem"]
    with subprocess.Popen(list(map(str, call)), stdout=subprocess.PIPE) as server:
        yield found
        server.terminate()


def reached(port):
    """A connection to the server, once it listens."""
    until = time.monotonic() + 60
    while True:
        found = socket.socket()
        found.settimeout(30)
        if found.connect_ex(("127.0.0.1", port)) == 0:
            return found
        found.close()
        assert time.monotonic() < until
        time.sleep(0.1)


def asked(port, papers, path, headers=""):
    """Status line and headers of an answer, of a server that proved to be the one of the name."""
    trusting = ssl.create_default_context(cafile=papers / "cert.pem")
    with trusting.wrap_socket(reached(port), server_hostname=NAME) as sent:
        sent.sendall(f"GET {path} HTTP/1.1\r\nHost: {NAME}:{port}\r\nConnection: close\r\n{headers}\r\n".encode())
        return b"".join(iter(lambda: sent.recv(65536), b"")).partition(b"\r\n\r\n")[0].decode().lower()


def test_it_proves_its_name_and_asks_who_is_there(port, papers):
    told = asked(port, papers, "/places")
    assert told.startswith("http/1.1 303")
    assert "location: /login?to=/places" in told
    assert asked(port, papers, "/api/v1/case").startswith("http/1.1 401")


def test_the_log_in_is_answered_and_nothing_without_tls(port, papers):
    assert asked(port, papers, "/login").startswith("http/1.1 200")
    with reached(port) as plain:
        plain.sendall(f"GET /login HTTP/1.1\r\nHost: {NAME}\r\n\r\n".encode())
        assert b"200 OK" not in plain.recv(65536)

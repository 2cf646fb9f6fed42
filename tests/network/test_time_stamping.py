"""An authority asked over the network: the one that was named, and nothing but a digest."""

import shutil
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from made_authority import authority, stamped
from made_case import RUN, made

from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.ledger.keys import Keys
from tadmor.views.custody import timestamp

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="the authority is OpenSSL's")


@pytest.fixture
def asked(tmp_path, endpoint):  # the endpoint's fixture lets connections to this machine through
    """An authority served on this machine, and what it was asked."""
    folder, found = authority(tmp_path / "authority"), []

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self):
            request = self.rfile.read(int(self.headers["Content-Length"]))
            found.append((self.path, dict(self.headers), request))
            status, body = (200, stamped(folder, request)) if self.path == "/tsr" else (503, b"")
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", folder / "root.pem", found
    server.shutdown()
    server.server_close()


def test_the_named_authority_is_asked_and_its_token_kept(tmp_path, asked, capsys):
    """It gets the digest of the note and no word of it; its token is checked, kept, and verifies."""
    url, root, found = asked
    keys = Keys(tmp_path / "keys")
    keys.new("ada", None)
    with Ledger.create(tmp_path / "case") as ledger:
        ledger.add(RUN, *made(1))
        signed = ledger.custody.sign(keys.signing("ada", str))
    with pytest.raises(UsageError, match="answered with 503"):
        timestamp(f"{url}/other", certificates=root, request=None, reply=None, case=tmp_path / "case")
    timestamp(f"{url}/tsr", certificates=root, request=None, reply=None, case=tmp_path / "case")
    assert "checkpoint 1 was there at 20" in capsys.readouterr().out
    with Ledger.open(tmp_path / "case") as ledger:
        assert [token.authority for token in ledger.custody.tokens()] == [f"{url}/tsr"]
        assert ledger.verify() == ()
    [(_, headers, request)] = found[1:]
    assert headers["Content-Type"] == "application/timestamp-query"
    assert signed.checkpoint.origin.encode() not in request
    assert len(request) < 100


def test_without_an_address_nobody_is_asked(tmp_path, asked):
    """Neither an address nor a file: a wrong call."""
    with pytest.raises(UsageError, match="give one of"):
        timestamp(None, certificates=None, request=None, reply=None, case=tmp_path)
    assert asked[2] == []

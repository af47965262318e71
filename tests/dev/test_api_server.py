"""The threaded server around the Chalice app: requests never mix, bodies are bounded, refusals are problems."""

import http.client
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import Queue

import pytest
from chalice.local import LocalDevServer

from chalicelib.edge.chalice_app import SafeChalice
from dev import api_server
from tests.local_aws import LocalAws, free_port

PATIENCE_S = 15


@pytest.fixture
def port(local_aws: LocalAws) -> Iterator[int]:
    """The port of a served app whose one view looks at its request again after a pause."""
    app = SafeChalice(app_name="some")

    @app.route("/echo/{word}")
    def echo(word: str) -> dict[str, str]:
        time.sleep(0.02)
        return {"path": word, "query": app.current_request.query_params["q"]}

    @app.route("/size", methods=["POST"])
    def size() -> dict[str, int]:
        return {"bytes": len(app.current_request.raw_body)}

    port, listening = free_port(), Queue[LocalDevServer]()
    thread = threading.Thread(target=api_server.serve, args=(app, port, listening.put))
    thread.start()
    server = listening.get(timeout=PATIENCE_S)
    yield port
    server.shutdown()
    thread.join(PATIENCE_S)


@pytest.fixture
def connection(port: int) -> Iterator[http.client.HTTPConnection]:
    opened = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    yield opened
    opened.close()


def test_no_request_sees_anothers_parameters(port: int) -> None:
    def ask(number: int) -> bool:
        caller = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        caller.request("GET", f"/echo/{number}?q={number}")
        answered = json.loads(caller.getresponse().read())
        caller.close()
        return bool(answered == {"path": str(number), "query": str(number)})

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(100)))


def test_an_answer_is_sent_as_one_piece_that_no_acknowledgement_delays(connection: http.client.HTTPConnection) -> None:
    connection.connect()
    connection.sock.sendall(b"POST /size HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\n{}")
    assert connection.sock.recv(65_536).endswith(b'{"bytes":2}')


def test_an_unknown_address_is_a_problem(connection: http.client.HTTPConnection) -> None:
    connection.request("GET", "/nothing")
    answered = connection.getresponse()
    assert answered.status == 404
    assert answered.getheader("Content-Type") == "application/problem+json"
    assert json.loads(answered.read())["code"] == "no-such-route"


@pytest.mark.parametrize("length", [str(api_server.MAX_BODY_BYTES + 1), "-1", "many"])
def test_a_body_of_unfit_length_is_refused_before_it_is_read(
    connection: http.client.HTTPConnection, length: str
) -> None:
    connection.putrequest("POST", "/size")
    connection.putheader("Content-Length", length)
    connection.endheaders()
    answered = connection.getresponse()
    assert answered.status == 413
    assert json.loads(answered.read())["code"] == "body-too-large"

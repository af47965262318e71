"""The OpenAPI document holds: what it allows to be sent, signed in or not, is answered as it says, and never by 5xx."""

import io
import os
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

import hypothesis
import pytest
import schemathesis
from chalice.config import Config
from chalice.local import LocalGateway
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app import apis, app
from chalicelib import __version__, settings
from chalicelib.edge import cookies, openapi
from tests.api_client import ApiClient, Browser
from tests.furnished import Furnished, furnish
from tests.people import People

EXAMPLES = 4
UNSEEN_EXAMPLES = 3
"""Of what is sent by nobody: nearly all of it is refused before it is looked at."""
PARAMETER = re.compile(r"{(\w+)}")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

StartResponse = Callable[[str, list[tuple[str, str]]], Any]


def wsgi(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """The app as a WSGI application, below /api as CloudFront has it."""
    headers = {name[5:].replace("_", "-").title(): value for name, value in environ.items() if name.startswith("HTTP_")}
    headers["Content-Type"] = environ.get("CONTENT_TYPE") or "application/json"
    # Quoted again: Chalice's local gateway would take what follows a semicolon off.
    path = quote(environ["PATH_INFO"].encode("latin-1").removeprefix(b"/api"))
    query = f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""
    answer = GATEWAY.handle_request(environ["REQUEST_METHOD"], path + query, headers, environ["wsgi.input"].read())
    several = [(name, value) for name, values in answer["multiValueHeaders"].items() for value in values]
    start_response(f"{answer['statusCode']} Answered", [*answer["headers"].items(), *several])
    return io.BytesIO(answer["body"].encode())


GATEWAY = LocalGateway(app, Config.create(chalice_stage="test"))
DOCUMENT = openapi.document(apis(), version=__version__)
for _path in DOCUMENT["paths"].values():
    for _operation in _path.values():
        del _operation["security"]  # who asks is the tests' to say
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
SCHEMA.app = wsgi
SCHEMA.config.base_url = "http://localhost/api"
OPERATIONS: list[Any] = [found.ok() for found in SCHEMA.get_all_operations()]  # type: ignore[union-attr]
QUESTIONS = [each for each in OPERATIONS if each.method.upper() == "GET"]
CHANGES = [each for each in OPERATIONS if each.method.upper() != "GET"]


def send(case: Any, browser: Browser) -> Response:
    """One request, from an address no limit knows."""
    here = settings.current()
    cookie = {} if browser.token is None else {"Cookie": f"{cookies.name()}={browser.token}"}
    answer: Response = case.call(
        headers={
            **(case.headers or {}),
            **cookie,
            "X-Origin-Secret": here.origin_secret,
            # Hypothesis seeds `random`, so that each example would come from the same address.
            "CloudFront-Viewer-Address": f"{'.'.join(str(byte) for byte in os.urandom(4))}:443",
            "Origin": here.public_origin,
        }
    )
    return answer


def examples(
    operation: Any,
    browser: Browser,
    known: dict[str, str],
    kind: GenerationMode,
    checks: list[Any],
    number: int = EXAMPLES,
) -> None:
    """Send a number of requests that the document allows, or with NEGATIVE forbids, and check their answers."""

    @hypothesis.settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=kind))
    def hold(case: Any) -> None:
        named = case.path_parameters or {}
        case.path_parameters = {name: known.get(name, value) for name, value in named.items()}
        case.validate_response(send(case, browser), checks=checks)

    hold()


@pytest.mark.usefixtures("api", "unlimited")
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.label)
def test_every_answer_to_nobody_is_one_the_document_names(operation: Any, furnished_once: Furnished) -> None:
    examples(operation, Browser(), furnished_once.ids, GenerationMode.POSITIVE, CHECKS, UNSEEN_EXAMPLES)


@pytest.mark.usefixtures("api", "unlimited")
@pytest.mark.parametrize("operation", QUESTIONS, ids=lambda each: each.label)
def test_every_answer_to_a_question_is_one_the_document_names(operation: Any, furnished_once: Furnished) -> None:
    examples(operation, furnished_once.owner.browser, furnished_once.ids, GenerationMode.POSITIVE, CHECKS)


@pytest.mark.parametrize("operation", CHANGES, ids=lambda each: each.label)
def test_every_answer_to_a_change_is_one_the_document_names(operation: Any, api: ApiClient, people: People) -> None:
    there = furnish(api, people, {"workspace_id", *PARAMETER.findall(operation.path)})
    examples(operation, there.owner.browser, there.ids, GenerationMode.POSITIVE, CHECKS)


@pytest.mark.usefixtures("api", "unlimited")
@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.body], ids=lambda each: each.label)
def test_a_body_the_document_forbids_is_refused(operation: Any, furnished_once: Furnished) -> None:
    checks = [*CHECKS, negative_data_rejection]
    examples(operation, furnished_once.owner.browser, furnished_once.ids, GenerationMode.NEGATIVE, checks)

"""Our parts of botocore do what its own do."""

import botocore.exceptions
import botocore.loaders
import botocore.parsers
import botocore.session
import pytest

from chalicelib.table.botocore_parts import Descriptions, Parsers


@pytest.mark.parametrize("service", ["dynamodb", "kms", "s3", "sqs", "sesv2"])
def test_a_service_is_described_as_botocore_describes_it(service: str) -> None:
    ours, theirs = Descriptions(), botocore.loaders.Loader()
    assert ours.load_service_model(service, "service-2") == theirs.load_service_model(service, "service-2")


def test_a_service_that_is_none_is_refused() -> None:
    with pytest.raises(botocore.exceptions.UnknownServiceError):
        Descriptions().load_service_model("teapot", "service-2")


@pytest.mark.parametrize("body", [b"", b'{"Items":[{"pk":{"S":"\xc3\x9c"}}]}', b"<html>no JSON</html>", b'"\\ud800"'])
@pytest.mark.parametrize("status", [200, 500])
def test_an_answer_is_read_as_botocore_reads_it(body: bytes, status: int) -> None:
    answer = {"body": body, "headers": {}, "status_code": status}
    [ours, theirs] = [_read(factory, answer) for factory in (Parsers(), botocore.parsers.ResponseParserFactory())]
    assert ours == theirs


def test_other_protocols_are_botocore_s() -> None:
    assert type(Parsers().create_parser("rest-xml")) is botocore.parsers.RestXMLParser


def _read(factory: botocore.parsers.ResponseParserFactory, answer: dict[str, object]) -> object:
    shape = _model.operation_model("Query").output_shape
    try:
        return factory.create_parser("json").parse(dict(answer), shape)
    except Exception as refusal:  # noqa: BLE001 - whatever botocore raises, ours raises
        return type(refusal)


_model = botocore.session.get_session().get_service_model("dynamodb")

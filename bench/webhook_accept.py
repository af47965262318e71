"""Taking an event of Stripe's through the whole edge, against a bare HMAC check and one conditional put."""

import hashlib
import hmac
import json
import os
import time
from itertools import count
from typing import Any

from bench import stand_in
from bench.measure import Figure, in_turns, report
from chalicelib import settings
from chalicelib.kernel import ids

_PATH = "/hooks/stripe"
_SECRET = "whsec_bench"
_KINDS = ("basic_month", "basic_year", "pro_month", "pro_year", "extra_month", "extra_year")


def measure(*, rounds: int = 400) -> Figure:
    """Client CPU an event, each a new one."""
    with stand_in.writing() as stock:
        _sell()
        from app import app

        table, numbers = settings.current().table, count()

        def accept() -> None:
            answer = app(_request(next(numbers)), None)
            if answer["statusCode"] != 204:
                raise RuntimeError(f"the hook answers {answer['statusCode']}")

        def bare() -> None:
            request = _request(next(numbers))
            raw, header = request["body"].encode(), request["headers"]["stripe-signature"]
            at, _, signature = header.removeprefix("t=").partition(",v1=")
            expected = hmac.new(_SECRET.encode(), f"{at}.".encode() + raw, hashlib.sha256).hexdigest()
            if not hmac.compare_digest(expected, signature):
                raise RuntimeError("the signature does not hold")
            stock.put_item(TableName=table, Item=_item(json.loads(raw)), ConditionExpression="attribute_not_exists(pk)")

        return in_turns("webhook_accept", accept, bare, rounds=rounds, most=1.5)


def _sell() -> None:
    """Settings of an installation that sells; Stripe itself is not asked."""
    os.environ |= {
        "WIREROOM_STRIPE_KEY": "sk_test_bench",
        "WIREROOM_STRIPE_WEBHOOK_SECRETS": _SECRET,
        "WIREROOM_STRIPE_PRICES": json.dumps({kind: f"price_{kind}" for kind in _KINDS}),
    }
    settings.current.cache_clear()


def _request(number: int) -> dict[str, Any]:
    """What API Gateway hands a Lambda for an event of some 3 KB, signed a moment ago."""
    at = int(time.time())
    told = {"id": f"evt_{ids.mint()}{number}", "type": "invoice.paid", "created": at, "livemode": False}
    bill = {"id": "in_bench", "object": "invoice", "customer": "cus_bench", "lines": ["x" * 60] * 45}
    raw = json.dumps(told | {"data": {"object": bill}}, indent=2)
    signature = hmac.new(_SECRET.encode(), f"{at}.{raw}".encode(), hashlib.sha256).hexdigest()
    return {
        "requestContext": {"resourcePath": _PATH, "httpMethod": "POST", "path": "/api", "identity": {}},
        "headers": {
            "x-origin-secret": settings.current().origin_secret,
            "content-type": "application/json",
            "cloudfront-viewer-address": "203.0.113.7:1234",
            "stripe-signature": f"t={at},v1={signature}",
        },
        "multiValueQueryStringParameters": None,
        "pathParameters": {},
        "stageVariables": None,
        "body": raw,
        "isBase64Encoded": False,
    }


def _item(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """An item like ours."""
    texts = {
        "pk": f"PROVIDEREVENT#stripe#{told['id']}",
        "sk": "ROW",
        "row_kind": "provider_event",
        "event_type": told["type"],
        "created_at": "2026-11-20T12:00:00.000Z",
        "object_id": told["data"]["object"]["id"],
        "customer": told["data"]["object"]["customer"],
        "state": "received",
        "received_at": "2026-11-20T12:00:00.000Z",
        "gsi1pk": "PROVIDEREVENTS",
        "gsi1sk": "2026-11-20T12:00:00.000Z",
    }
    rest: dict[str, dict[str, Any]] = {
        "is_live": {"BOOL": False},
        "attempts": {"N": "0"},
        "expires_at": {"N": "1800000000"},
    }
    return {name: {"S": text} for name, text in texts.items()} | rest


if __name__ == "__main__":
    report(measure())

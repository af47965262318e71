"""Every role may do what its code does. No emulator enforces our policies: the calls are listed here, and evaluated."""

from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib import settings
from chalicelib.adapters.queues import LiveQueue
from chalicelib.kernel import ids
from tests.infra import roles
from tests.infra.policy import Asked, allows, fits, listed
from tests.local_aws import LocalAws

WORKSPACE = f"WS#{ids.mint()}"
ENTRY = f"{WORKSPACE}#JOURNAL#2026-11#1"
MONEY = f"{WORKSPACE}#BILLING"
USER = f"USER#{ids.mint()}"
ROW_CALLS = ("GetItem", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem", "BatchGetItem", "Query")


def a_call(action: str, resource: str, **context: str) -> Asked:
    """A call; `__` in a context key's name stands for its colon."""
    return Asked(
        action=action, resource=resource, context={name.replace("__", ":"): [each] for name, each in context.items()}
    )


def on_rows(*actions: str, key: str = WORKSPACE, resource: str = "<TableArn>") -> Iterator[Asked]:
    """Calls of DynamoDB, and the key the table is encrypted with."""
    for action in actions:
        context = {"dynamodb:LeadingKeys": [key]}
        yield Asked(action=f"dynamodb:{action}", resource=resource, context=context)
    via = {"kms:ViaService": [f"dynamodb.{roles.REGION}.amazonaws.com"]}
    yield Asked(action="kms:Decrypt", resource="<TableKeyArn>", context=via)


def whole_table(*indexes: str) -> list[Asked]:
    """What whoever changes workspaces and people does."""
    return [
        *on_rows(*ROW_CALLS),
        *on_rows(*ROW_CALLS, key=USER),
        *on_rows("PutItem", "Query", key=ENTRY),
        *(call for index in indexes for call in on_rows("Query", resource=f"<TableArn>/index/{index}")),
    ]


def sealing(*purposes: str, actions: tuple[str, ...] = ("Decrypt", "GenerateDataKey")) -> list[Asked]:
    """Sealing and opening for a purpose."""
    rows = ("GetItem", "PutItem") if "GenerateDataKey" in actions else ("GetItem",)
    return [
        *on_rows(*rows, key=f"KEY#{ids.mint()}", resource="<KeysTableArn>"),
        *(
            Asked(
                action=f"kms:{action}",
                resource="<SealKeyArn>",
                context={"kms:EncryptionContext:purpose": [purpose], "kms:EncryptionContext:owner": [ids.mint()]},
            )
            for purpose in purposes
            for action in actions
        ),
    ]


def in_bucket(name: str, *actions: str) -> list[Asked]:
    """Calls on a bucket's objects, and the bucket's key where they write or read one."""
    context = {
        "kms:ViaService": [f"s3.{roles.REGION}.amazonaws.com"],
        "kms:EncryptionContext:aws:s3:arn": [f"<{name}BucketArn>"],
    }
    needed = {"PutObject": ("GenerateDataKey",), "GetObject": ("Decrypt",)}
    return [
        *(Asked(action=f"s3:{action}", resource=f"<{name}BucketArn>/journal/x", context={}) for action in actions),
        *(
            Asked(action=f"kms:{each}", resource=f"<{name}KeyArn>", context=context)
            for action in actions
            for each in needed.get(action, ())
        ),
    ]


def of_queue(name: str, *actions: str) -> list[Asked]:
    """Calls on a queue of ours."""
    arn = f"arn:aws:sqs:{roles.REGION}:{roles.ACCOUNT}:{name}"
    return [Asked(action=f"sqs:{action}", resource=arn, context={}) for action in actions]


LIVE_QUEUE = f"wireroom-{roles.STAGE}-live-{ids.mint()}"
LOGS = f"arn:aws:logs:{roles.REGION}:{roles.ACCOUNT}:log-group:/aws/lambda/wireroom-api-Due:log-stream:x"
OF_FUNCTIONS = [
    a_call("logs:CreateLogStream", LOGS),
    a_call("logs:PutLogEvents", LOGS),
    a_call("xray:PutTraceSegments", "*"),
    a_call("xray:PutTelemetryRecords", "*"),
]
OF_STREAM = [
    *(a_call(f"dynamodb:{each}", "<TableStreamArn>") for each in ("DescribeStream", "GetRecords", "GetShardIterator")),
    a_call("dynamodb:ListStreams", "*"),
    *on_rows(),
]
MAIL = a_call("ses:SendEmail", "<MailIdentityArn>")
DUE_WORK = [
    *whole_table("due", "gsi1"),
    *sealing("journal"),
    *in_bucket("Files", "PutObject", "GetObject", "DeleteObject", "AbortMultipartUpload"),
    MAIL,
]

NEEDED = {
    "api": [
        *OF_FUNCTIONS,
        *whole_table("gsi1"),
        *sealing("journal", "proxy", "secret"),
        *in_bucket("Files", "PutObject", "GetObject"),
        a_call("sts:AssumeRole", "<TenantRoleArn>"),
        a_call("sts:TagSession", "<TenantRoleArn>"),
        MAIL,
    ],
    "relay": [
        *OF_FUNCTIONS,
        *OF_STREAM,
        *on_rows("Query", "DeleteItem"),
        *sealing("journal", actions=("Decrypt",)),
        *of_queue(LIVE_QUEUE, "SendMessage"),
        a_call("sqs:GetQueueUrl", "<BillingEventsArn>"),
        a_call("sqs:SendMessage", "<BillingEventsArn>"),
        a_call("sqs:SendMessage", "<RelayFailuresArn>"),
    ],
    "archive": [
        *OF_FUNCTIONS,
        *OF_STREAM,
        *in_bucket("Journal", "PutObject"),
        a_call("sqs:SendMessage", "<ArchiveFailuresArn>"),
    ],
    "due": [*OF_FUNCTIONS, *DUE_WORK],
    "settle": [
        *OF_FUNCTIONS,
        *whole_table(),
        *on_rows("GetItem", "PutItem", "Query", "UpdateItem", key=MONEY),
        *sealing("journal"),
        *(a_call(f"sqs:{each}", "<BillingEventsArn>") for each in ("ReceiveMessage", "DeleteMessage")),
        a_call("sqs:GetQueueAttributes", "<BillingEventsArn>"),
    ],
    "bill": [
        *OF_FUNCTIONS,
        *whole_table("due", "gsi1"),
        *on_rows("GetItem", "PutItem", "Query", "UpdateItem", key=MONEY),
        *sealing("journal"),
    ],
    "erase": [
        *OF_FUNCTIONS,
        *whole_table("due", "gsi1"),
        *on_rows("BatchWriteItem", "DeleteItem", key=ENTRY),
        *sealing("journal"),
        *(call for name in ("Files", "Transit") for call in in_bucket(name, "DeleteObject", "AbortMultipartUpload")),
        *(
            a_call(f"s3:{each}", f"<{name}BucketArn>")
            for each in ("ListBucket", "ListBucketMultipartUploads")
            for name in ("Files", "Transit")
        ),
    ],
    "worker": [
        *DUE_WORK,
        *sealing("session", "proxy"),
        *in_bucket("Transit", "PutObject", "GetObject", "DeleteObject", "AbortMultipartUpload"),
        a_call("s3:ListBucket", "<TransitBucketArn>"),
        *of_queue(LIVE_QUEUE, "CreateQueue", "ReceiveMessage", "DeleteMessage", "DeleteQueue"),
    ],
}
"""What each role's code does."""


@pytest.mark.parametrize("role", NEEDED)
def test_a_role_may_do_what_its_code_does(role: str) -> None:
    document = roles.policy(role)
    assert [call for call in NEEDED[role] if not allows(document, call)] == []


@pytest.mark.parametrize("role", NEEDED)
def test_a_role_has_no_right_its_code_does_not_use(role: str) -> None:
    unused = [
        f"{statement['Sid']}: {part}"
        for statement in roles.policy(role)["Statement"]
        if statement["Effect"] == "Allow"
        for part, narrowed in narrowings(statement)
        if not any(fits(narrowed, call) for call in NEEDED[role])
    ]
    assert unused == []


def narrowings(statement: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each action, resource and value of a condition a statement names, with the statement without the others."""
    for part in ("Action", "Resource"):
        yield from ((each, {**statement, part: each}) for each in listed(statement[part]))
    conditions = statement.get("Condition", {})
    for operator, tests in conditions.items():
        for key, wanted in tests.items():
            for each in listed(wanted):
                yield each, {**statement, "Condition": {**conditions, operator: {**tests, key: each}}}


@pytest.mark.parametrize("key", [USER, "EMAIL#anna@example.com", f"{WORKSPACE}#ACCT#x", ENTRY, "WS#"])
def test_the_relay_reads_and_removes_watches_alone(key: str) -> None:
    for call in on_rows("Query", "DeleteItem", key=key):
        assert call.action == "kms:Decrypt" or not allows(roles.policy("relay"), call)


@pytest.mark.parametrize("role", ["worker", "due", "relay"])
def test_who_does_other_work_reaches_no_billing_record(role: str) -> None:
    asked = [call for call in on_rows(*ROW_CALLS, key=MONEY) if call.action != "kms:Decrypt"]
    assert [call.action for call in asked if allows(roles.policy(role), call)] == []


@pytest.mark.parametrize("role", sorted(NEEDED))
def test_no_role_removes_a_billing_record(role: str) -> None:
    """Billing records are kept 7 years (product.md section 13)."""
    removal, _ = on_rows("DeleteItem", key=MONEY)
    assert not allows(roles.policy(role), removal)


def test_what_is_due_is_not_the_api_s() -> None:
    query, _ = on_rows("Query", key="DUE#0", resource="<TableArn>/index/due")
    assert not allows(roles.policy("api"), query)


def test_every_function_is_looked_at() -> None:
    assert {*roles.FUNCTIONS, "worker"} == set(NEEDED)


def test_the_relay_reaches_the_queues_that_tasks_make_and_those_of_no_other_stage(local_aws: LocalAws) -> None:
    queue = LiveQueue.create(ids.mint())
    queue.delete()
    name = queue.url.rpartition("/")[2]
    for role, action in (("relay", "SendMessage"), ("worker", "ReceiveMessage")):
        [call] = of_queue(name, action)
        assert allows(roles.policy(role, settings.current().stage), call), role
        assert not allows(roles.policy(role, "elsewhere"), call), role

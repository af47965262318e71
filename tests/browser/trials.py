"""Trials as if time had passed, written into the local AWS: no test waits three days or has an untried account."""

from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.kernel import clock
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.table import keys
from dev import stack
from tests.browser.people import Person
from tests.browser.product import RunningProduct


def end_trial(product: RunningProduct, person: Person) -> None:
    """Have the trial of somebody's workspace be over since a minute ago."""
    ended = clock.to_wire(datetime.now(UTC) - timedelta(minutes=1))
    _table(product).update_item(
        TableName=_name(product),
        Key={"pk": {"S": keys.tenant_prefix(WorkspaceId(person.workspace_id))}, "sk": {"S": keys.PROFILE}},
        UpdateExpression="SET trial_ends_at = :ended",
        ExpressionAttributeValues={":ended": {"S": ended}},
        ConditionExpression="attribute_exists(trial_ends_at)",
    )


def forget_trials(product: RunningProduct) -> None:
    """Let the demo's few accounts begin a trial once more: each has one in its life, and the tests share them."""
    claims = _table(product).scan(
        TableName=_name(product),
        FilterExpression="row_kind = :claim",
        ExpressionAttributeValues={":claim": {"S": "trial_claim"}},
        ProjectionExpression="pk, sk",
    )
    for claim in claims["Items"]:
        _table(product).delete_item(TableName=_name(product), Key={"pk": claim["pk"], "sk": claim["sk"]})


def _table(product: RunningProduct) -> Any:
    return stack.client("dynamodb", f"http://127.0.0.1:{product.ports.aws}")


def _name(product: RunningProduct) -> str:
    [name] = [each for each in _table(product).list_tables()["TableNames"] if not each.endswith("-keys")]
    return str(name)

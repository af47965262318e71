"""Creates the local AWS resources from infra/data.yaml, the template that operators deploy, and names them to us."""

import base64
import time
from pathlib import Path
from typing import Any

import botocore.config
import botocore.exceptions
import botocore.session

from dev.local_secrets import Secrets

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "infra" / "data.yaml"
REGION = "eu-central-1"
STAGE = "local"
MAIL_DOMAIN = "wireroom.localhost"
STAFF = f"maya@{MAIL_DOMAIN}"
"""The demo person who runs the local installation, once she signed in with a second factor."""
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_EC2_METADATA_DISABLED": "true",
}
_SETTLED = {"CREATE_COMPLETE", "UPDATE_COMPLETE"}
_UNDER_WAY = {"CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"}
_PATIENCE_S = 30


class StackFailed(Exception):
    """The template could not be deployed; the message carries the first reason."""


def deploy(endpoint: str, *, public_origin: str, stage: str = STAGE, template: Path = TEMPLATE) -> dict[str, str]:
    """Create the data stack, or bring it up to date, and give its outputs by name.

    Raises:
        StackFailed: with the reason of the first resource that failed.
    """
    formation = client("cloudformation", endpoint)
    name = f"wireroom-data-{stage}"
    wanted = {
        "StackName": name,
        "TemplateBody": template.read_text(),
        "Capabilities": ["CAPABILITY_NAMED_IAM"],
        "Parameters": [
            {"ParameterKey": "Stage", "ParameterValue": stage},
            {"ParameterKey": "PublicOrigin", "ParameterValue": public_origin},
            {"ParameterKey": "MailDomain", "ParameterValue": MAIL_DOMAIN},
        ],
    }
    _create_or_update(formation, wanted)
    stack = _settled(formation, name)
    outputs = {each["OutputKey"]: each["OutputValue"] for each in stack["Outputs"]}
    _apply_what_the_emulator_leaves_out(endpoint, outputs)
    return outputs


def client(service: str, endpoint: str) -> Any:
    """A botocore client of the local AWS."""
    return botocore.session.get_session().create_client(
        service,
        region_name=REGION,
        endpoint_url=endpoint,
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        config=botocore.config.Config(connect_timeout=2, read_timeout=20, retries={"total_max_attempts": 2}),
    )


def environment(endpoint: str, outputs: dict[str, str], secrets: Secrets, *, public_origin: str) -> dict[str, str]:
    """What chalicelib/settings.py reads, for every process of ours but the keys only one may hold."""
    return CREDENTIALS | {
        "AWS_ENDPOINT_URL": endpoint,
        "WIREROOM_STAGE": STAGE,
        "WIREROOM_TABLE": outputs["TableName"],
        "WIREROOM_STREAM_ARN": outputs["TableStreamArn"],
        "WIREROOM_KEYS_TABLE": outputs["KeysTableName"],
        "WIREROOM_FILES_BUCKET": outputs["FilesBucketName"],
        "WIREROOM_TRANSIT_BUCKET": outputs["TransitBucketName"],
        "WIREROOM_JOURNAL_BUCKET": outputs["JournalBucketName"],
        "WIREROOM_KMS_KEY": outputs["SealKeyArn"],
        "WIREROOM_BILLING_QUEUE": outputs["BillingEventsName"],
        "WIREROOM_PUBLIC_ORIGIN": public_origin,
        "WIREROOM_MAIL_FROM": f"Wireroom <hello@{MAIL_DOMAIN}>",
        "WIREROOM_STAFF": STAFF,
        "WIREROOM_PASS_PUBLIC_KEY": base64.b64encode(secrets.pass_public_key).decode(),
        "WIREROOM_CURSOR_KEY": base64.b64encode(secrets.cursor_key).decode(),
        "WIREROOM_ID_SECRET": base64.b64encode(secrets.id_secret).decode(),
        "WIREROOM_ORIGIN_SECRET": secrets.origin_secret,
    }


def api_environment(secrets: Secrets) -> dict[str, str]:
    """What the API alone holds: the key that signs gateway passes."""
    return {"WIREROOM_PASS_PRIVATE_KEY": base64.b64encode(secrets.pass_private_key).decode()}


def _create_or_update(formation: Any, wanted: dict[str, Any]) -> None:
    try:
        try:
            formation.create_stack(**wanted)
        except formation.exceptions.AlreadyExistsException:
            formation.update_stack(**wanted)
    except botocore.exceptions.ClientError as refusal:
        if "No updates are to be performed" not in str(refusal):
            raise StackFailed(str(refusal)) from refusal


def _settled(formation: Any, name: str) -> Any:
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        [stack] = formation.describe_stacks(StackName=name)["Stacks"]
        if stack["StackStatus"] in _SETTLED:
            return stack
        if stack["StackStatus"] not in _UNDER_WAY:
            raise StackFailed(f"{name}: {stack['StackStatus']}: {_first_reason(formation, name)}")
        time.sleep(0.05)
    raise StackFailed(f"{name} was not ready within {_PATIENCE_S} s")


def _first_reason(formation: Any, name: str) -> str:
    events = formation.describe_stack_events(StackName=name)["StackEvents"]
    failed = [event for event in events if event["ResourceStatus"].endswith("_FAILED")]
    return f"{failed[-1]['LogicalResourceId']}: {failed[-1]['ResourceStatusReason']}" if failed else "no reason given"


def _apply_what_the_emulator_leaves_out(endpoint: str, outputs: dict[str, str]) -> None:
    """ministack 1.5.33 ignores a template's TTL and Object Lock.

    Without the one expired rows would pile up in .local/ for ever; without the other the journal's copy could change.
    """
    client("s3", endpoint).put_object_lock_configuration(
        Bucket=outputs["JournalBucketName"],
        ObjectLockConfiguration={
            "ObjectLockEnabled": "Enabled",
            "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": int(outputs["JournalLockDays"])}},
        },
    )
    dynamodb = client("dynamodb", endpoint)
    described = dynamodb.describe_time_to_live(TableName=outputs["TableName"])["TimeToLiveDescription"]
    if described["TimeToLiveStatus"] == "DISABLED":
        dynamodb.update_time_to_live(
            TableName=outputs["TableName"],
            TimeToLiveSpecification={"AttributeName": "expires_at", "Enabled": True},
        )

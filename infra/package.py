"""`make package`: the Lambdas as a zip with bytecode and a template that needs nothing but the data stack.

`chalice package` writes zip and template; what it can't say is added here: bytecode (a third of the cold start), the
data stack's exports as environment, policies that name this stage's resources, and event sources that report partial
failures, bisect, retry five times and keep what failed (docs/decisions/0010).
"""

import argparse
import compileall
import json
import os
import py_compile
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from chalicelib import settings
from chalicelib.edge import problem
from chalicelib.features.legal import repository as legal
from chalicelib.features.legal.model import DocumentBroken
from chalicelib.kernel import problems
from chalicelib.kernel.errors import Fact, Forbidden, TooMany, Unreadable
from chalicelib.kernel.problems import (
    AnswerTooLate,
    BodyTooLarge,
    MediaTypeUnsupported,
    NoSuchRoute,
    OriginAway,
    UnexpectedFault,
)
from chalicelib.table.keys import TENANT_MARK

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = (3, 13)
CHALICE_STAGE = "any"
"""The one stage .chalice/config.json knows: what differs between ours is filled in here, rights of functions never."""
RELAY_RETRIES = 5
ARCHIVE_TRIES_FOR_S = 6 * 3600
"""The stream keeps a record for a day; what is left of it is for a person."""

_PLACEHOLDER = "arn:aws:dynamodb:eu-central-1:000000000000:table/wireroom/stream/placeholder"
_FROM_DATA_STACK = {
    "WIREROOM_TABLE": "TableName",
    "WIREROOM_STREAM_ARN": "TableStreamArn",
    "WIREROOM_KEYS_TABLE": "KeysTableName",
    "WIREROOM_FILES_BUCKET": "FilesBucketName",
    "WIREROOM_TRANSIT_BUCKET": "TransitBucketName",
    "WIREROOM_JOURNAL_BUCKET": "JournalBucketName",
    "WIREROOM_KMS_KEY": "SealKeyArn",
    "WIREROOM_BILLING_QUEUE": "BillingEventsName",
}
_GIVEN = {
    "WIREROOM_PUBLIC_ORIGIN": "PublicOrigin",
    "WIREROOM_MAIL_FROM": "MailFrom",
    "WIREROOM_CURSOR_KEY": "CursorKey",
    "WIREROOM_ID_SECRET": "IdSecret",
    "WIREROOM_ORIGIN_SECRET": "OriginSecret",
    "WIREROOM_PASS_PUBLIC_KEY": "PassPublicKey",
}
_API_ALONE = {"WIREROOM_PASS_PRIVATE_KEY": "PassPrivateKey"}
_API_ALONE_IF_GIVEN = {
    "WIREROOM_TENANT_ROLE": "TenantRole",
    "WIREROOM_SIGN_IN_PROVIDERS": "SignInProviders",
    "WIREROOM_STRIPE_WEBHOOK_SECRETS": "StripeWebhookSecrets",
}
_OF_MONEY_IF_GIVEN = {"WIREROOM_STRIPE_KEY": "StripeKey", "WIREROOM_STRIPE_PRICES": "StripePrices"}
"""What those hold that ask the payment provider: the API, and the functions that settle events and do what is due."""
_OF_BOT_IF_GIVEN = {"WIREROOM_BOT_TOKEN": "BotToken", "WIREROOM_BOT_NAME": "BotName"}
"""What those hold that speak as the reminder bot: the API, which links it, and the function that does what is due."""
_OF_PUSHING_IF_GIVEN = {"WIREROOM_PUSH_PUBLIC_KEY": "PushPublicKey"}
"""What those hold that have to do with browsers: the API, under which these subscribe, and the function that sends."""
_SENDER_ALONE_IF_GIVEN = {"WIREROOM_PUSH_PRIVATE_KEY": "PushPrivateKey"}
_MAY_BE_EMPTY = {"WIREROOM_CONTACT_TO": "ContactTo", "WIREROOM_STAFF": "Staff"}
_SHOWN = {
    *("PublicOrigin", "MailFrom", "PassPublicKey", "ContactTo", "Staff", "TenantRole"),
    *("StripePrices", "BotName", "PushPublicKey"),
}
API = "APIHandler"
SENDER = "Due"
ASKING_FOR_MONEY = (API, "Settle", "Bill")
SPEAKING_AS_BOT = (API, SENDER)
PUSHING = (API, SENDER)
API_ROLE = "ApiHandlerRole"
ERROR_LINES = "FunctionErrors"
LOG_DAYS = 30
_GATEWAY_REFUSALS: dict[str, Fact] = {
    "ACCESS_DENIED": Forbidden(),
    "WAF_FILTERED": Forbidden(),
    # What a path without a route is called where nothing asks for a token.
    "MISSING_AUTHENTICATION_TOKEN": NoSuchRoute(),
    "RESOURCE_NOT_FOUND": NoSuchRoute(),
    "REQUEST_TOO_LARGE": BodyTooLarge(),
    "UNSUPPORTED_MEDIA_TYPE": MediaTypeUnsupported(),
    "THROTTLED": TooMany(retry_after_s=1),
    "INTEGRATION_FAILURE": OriginAway(),
    "INTEGRATION_TIMEOUT": AnswerTooLate(),
    "DEFAULT_4XX": Unreadable(),
    "DEFAULT_5XX": UnexpectedFault(),
}


def _new_rows(*wanted: dict[str, Any]) -> dict[str, Any]:
    """Rows that were added and look so or so, and nothing else of the stream."""
    return {"Filters": [{"Pattern": json.dumps({"eventName": ["INSERT"], "dynamodb": images})} for images in wanted]}


_OF_STREAM: dict[str, dict[str, Any]] = {
    # A hint that is late is worth nothing: browsers read the feeds anyway, and the sweep finds events of billing. A
    # person's own log is for no browser.
    "Relay": {
        "FilterCriteria": _new_rows(
            {
                "Keys": {"pk": {"S": [{"prefix": TENANT_MARK}]}},
                "NewImage": {"row_kind": {"S": ["journal", "feed", "notice"]}},
            },
            {"NewImage": {"row_kind": {"S": ["provider_event"]}}},
        ),
        "MaximumRetryAttempts": RELAY_RETRIES,
    },
    # An entry that is late is as good as one in time: while S3 is away nothing is lost.
    "Archive": {
        "FilterCriteria": _new_rows({"NewImage": {"row_kind": {"S": ["journal"]}}}),
        "MaximumRecordAgeInSeconds": ARCHIVE_TRIES_FOR_S,
    },
}
"""Who reads the table's stream: of what, and how stubbornly. A shard of a stream takes two readers and no third."""


class PackagingFailed(Exception):
    """Nothing usable was written; the message says why."""


def build(out: Path, *, stage: str) -> Path:
    """Write `deployment.zip` and `template.json` into `out`; gives the template's path.

    Raises:
        PackagingFailed: a dependency has no wheel for Lambda, a legal document is broken, or Chalice failed.
    """
    documents = settings.legal_folder()
    if documents is not None:
        _require_whole(documents)
    shutil.rmtree(out, ignore_errors=True)
    _chalice_package(out)
    if documents is not None:
        replace_legal_documents(out / "deployment.zip", documents)
    add_bytecode(out / "deployment.zip")
    template = complete(json.loads((out / "sam.json").read_text()), stage=stage)
    (out / "sam.json").unlink()
    written = out / "template.json"
    written.write_text(json.dumps(template, indent=2) + "\n")
    return written


def complete(template: dict[str, Any], *, stage: str) -> dict[str, Any]:
    """The template with everything Chalice can't say."""
    parameters = {
        name: {"Type": "String", "NoEcho": name not in _SHOWN} for name in (*_GIVEN.values(), *_API_ALONE.values())
    }
    parameters |= {
        name: {"Type": "String", "NoEcho": name not in _SHOWN, "Default": ""}
        for name in (
            *_MAY_BE_EMPTY.values(),
            *_API_ALONE_IF_GIVEN.values(),
            *_OF_MONEY_IF_GIVEN.values(),
            *_OF_BOT_IF_GIVEN.values(),
            *_OF_PUSHING_IF_GIVEN.values(),
            *_SENDER_ALONE_IF_GIVEN.values(),
        )
    }
    resources = template["Resources"]
    for name, resource in resources.items():
        if resource["Type"] == "AWS::Serverless::Function":
            _complete_function(name, resource["Properties"], stage)
        elif resource["Type"] == "AWS::Serverless::Api":
            resource["Properties"]["DefinitionBody"]["x-amazon-apigateway-gateway-responses"] = refusals()
        elif resource["Type"] == "AWS::IAM::Role":
            resource["Properties"]["Policies"] = _in_stage(resource["Properties"]["Policies"], stage)
    # The data stack's TenantRole trusts this very role (decision 0019).
    resources[API_ROLE]["Properties"]["RoleName"] = f"wireroom-{stage}-api"
    functions = [name for name, resource in resources.items() if resource["Type"] == "AWS::Serverless::Function"]
    logs = {made: each for name in functions for made, each in _log_of(name, stage).items()}
    return {**template, "Parameters": parameters, "Resources": {**resources, **logs}}


def _log_of(function: str, stage: str) -> dict[str, Any]:
    """A function's log, which it has no right to make, and the count of its error lines (infra/alarms.yaml).

    Chalice's `log_retention_in_days` names the log of the API's function after a resource there is not.
    """
    counted = {"MetricNamespace": f"Wireroom/{stage}", "MetricName": ERROR_LINES, "MetricValue": "1"}
    return {
        f"{function}Logs": {
            "Type": "AWS::Logs::LogGroup",
            "Properties": {"LogGroupName": {"Fn::Sub": f"/aws/lambda/${{{function}}}"}, "RetentionInDays": LOG_DAYS},
        },
        f"{function}Errors": {
            "Type": "AWS::Logs::MetricFilter",
            "Properties": {
                "LogGroupName": {"Ref": f"{function}Logs"},
                "FilterPattern": '{ $.level = "ERROR" }',
                "MetricTransformations": [counted],
            },
        },
    }


def refusals() -> dict[str, Any]:
    """What API Gateway answers by itself, as problem documents. Source: API Gateway, gateway response types."""
    return {kind: _refusal(fact) for kind, fact in _GATEWAY_REFUSALS.items()}


def _refusal(fact: Fact) -> dict[str, Any]:
    """One of them; its braces of `$context` are API Gateway's, those of the origin CloudFormation's."""
    document = problems.document(fact, origin="${PublicOrigin}", request_id="$context.requestId")
    headers = {"Content-Type": problem.MEDIA_TYPE, "Cache-Control": "no-store"}
    wait_s = problems.retry_after_s(fact)
    if wait_s is not None:
        headers["Retry-After"] = str(wait_s)
    return {
        "statusCode": problems.status_of(fact),
        "responseParameters": {f"gatewayresponse.header.{name}": f"'{value}'" for name, value in headers.items()},
        "responseTemplates": {"application/json": {"Fn::Sub": json.dumps(document)}},
    }


def replace_legal_documents(package: Path, documents: Path) -> None:
    """Put the operator's documents in the place of those that come with the code."""
    place = legal.STARTER.relative_to(ROOT).as_posix()
    kept = package.with_suffix(".without-documents")
    package.rename(kept)
    with zipfile.ZipFile(kept) as before, zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            if not name.startswith(f"{place}/"):
                after.writestr(before.getinfo(name), before.read(name))
        for path in sorted(documents.glob("*.md")):
            after.write(path, f"{place}/{path.name}")
    kept.unlink()


def add_bytecode(package: Path) -> None:
    """Compile every module of a zip, with hashes nobody checks: Lambda's files keep no times to compare."""
    with tempfile.TemporaryDirectory() as scratch:
        with zipfile.ZipFile(package) as packed:
            packed.extractall(scratch)
        compileall.compile_dir(
            scratch, quiet=2, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH, stripdir=scratch
        )
        shutil.make_archive(str(package.with_suffix("")), "zip", scratch)


def _require_whole(documents: Path) -> None:
    """A broken document would keep the Lambdas from starting."""
    try:
        legal.read(documents)
    except DocumentBroken as trouble:
        raise PackagingFailed(str(trouble)) from trouble


def _chalice_package(out: Path) -> None:
    chalice = Path(sys.executable).with_name("chalice")
    environment = {**os.environ, "WIREROOM_STREAM_ARN": _PLACEHOLDER, "AWS_DEFAULT_REGION": "eu-central-1"}
    done = subprocess.run(  # noqa: S603
        [chalice, "--project-dir", ROOT, "package", "--stage", CHALICE_STAGE, out],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    said = done.stdout + done.stderr
    # Chalice exits 0 when a wheel for Lambda is missing, and only says so.
    if done.returncode != 0 or "Could not install dependencies" in said:
        raise PackagingFailed(said)


def _complete_function(name: str, properties: dict[str, Any], stage: str) -> None:
    exports = {variable: _export(stage, output) for variable, output in _FROM_DATA_STACK.items()}
    given = {**_GIVEN, **_MAY_BE_EMPTY, **({**_API_ALONE, **_API_ALONE_IF_GIVEN} if name == API else {})}
    given |= _OF_MONEY_IF_GIVEN if name in ASKING_FOR_MONEY else {}
    given |= _OF_BOT_IF_GIVEN if name in SPEAKING_AS_BOT else {}
    given |= _OF_PUSHING_IF_GIVEN if name in PUSHING else {}
    given |= _SENDER_ALONE_IF_GIVEN if name == SENDER else {}
    variables = {variable: {"Ref": parameter} for variable, parameter in given.items()}
    properties["Environment"] = {"Variables": {"WIREROOM_STAGE": stage, **exports, **variables}}
    properties["Tags"] = {"wireroom-stage": stage}
    for event in properties.get("Events", {}).values():
        if event["Type"] == "DynamoDB":
            event["Properties"] |= {
                "Stream": _export(stage, "TableStreamArn"),
                "FunctionResponseTypes": ["ReportBatchItemFailures"],
                "BisectBatchOnFunctionError": True,
                **_OF_STREAM[name],
                "DestinationConfig": {"OnFailure": {"Destination": _export(stage, f"{name}FailuresArn")}},
            }
        elif event["Type"] == "SQS":
            # A window to fill a batch is refused for a queue that keeps an order.
            event["Properties"] = {
                "Queue": _export(stage, "BillingEventsArn"),
                "BatchSize": event["Properties"]["BatchSize"],
                "FunctionResponseTypes": ["ReportBatchItemFailures"],
            }


def _in_stage(policies: Any, stage: str) -> Any:
    """`${Stage}`, `${Export}` of the data stack and `${AWS::…}` in a policy file, as CloudFormation functions."""
    match policies:
        case dict():
            return {name: _in_stage(value, stage) for name, value in policies.items()}
        case list():
            return [_in_stage(value, stage) for value in policies]
        case str() if "${" in policies:
            names = {part.split("}")[0] for part in policies.split("${")[1:]}
            given = {name: stage if name == "Stage" else _export(stage, name) for name in names if "::" not in name}
            return {"Fn::Sub": [policies, given]}
        case _:
            return policies


def _export(stage: str, output: str) -> dict[str, str]:
    return {"Fn::ImportValue": f"wireroom-data-{stage}-{output}"}


def main() -> None:
    """Package one stage into build/, with the interpreter Lambda will run it on."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--stage", default="prod")
    chosen = arguments.parse_args()
    if sys.version_info[:2] != RUNTIME:
        wanted = ".".join(map(str, RUNTIME))
        sys.exit(f"Lambda runs what packaged it: make package with Python {wanted}, as in PYTHON=python{wanted}")
    try:
        written = build(ROOT / "build" / chosen.stage, stage=chosen.stage)
    except PackagingFailed as failure:
        sys.exit(str(failure))
    sys.stdout.write(f"{written}\n")


if __name__ == "__main__":
    main()

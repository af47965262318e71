"""The package operators deploy, deployed: its Lambdas answer on the local AWS."""

import json
import shutil
import tempfile
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chalicelib import settings
from chalicelib.features.billing.model import EVENT_ROW
from chalicelib.features.legal import repository as legal
from chalicelib.features.legal.model import Library
from dev import stack
from dev import template as templates
from infra import announce_legal, package
from tests.infra import roles
from tests.local_aws import LocalAws


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of the dev stage; built by the Python that runs the tests, which ministack runs it on, too."""
    return package.build(tmp_path_factory.mktemp("package") / "out", stage=stack.STAGE)


@pytest.fixture(scope="module")
def template(built: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(built.read_text())
    return loaded


@pytest.fixture(scope="module")
def api_url(built: Path, template: dict[str, Any], local_aws: LocalAws) -> Iterator[str]:
    """The address of the deployed API."""
    bucket, formation = "wireroom-packages", local_aws.client("cloudformation")
    storage = local_aws.client("s3")
    storage.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": stack.REGION})
    storage.put_object(Bucket=bucket, Key="package.zip", Body=(built.parent / "deployment.zip").read_bytes())
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = {"Bucket": bucket, "Key": "package.zip"}
    # CloudFormation takes no template of more than 51,200 characters but from a bucket.
    storage.put_object(Bucket=bucket, Key="template.json", Body=json.dumps(template).encode())
    formation.create_stack(
        StackName="wireroom-api",
        TemplateURL=f"{local_aws.endpoint}/{bucket}/template.json",
        Capabilities=["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
        Parameters=[
            {"ParameterKey": name, "ParameterValue": local_aws.environment[variable]}
            for variable, name in {**package._GIVEN, **package._API_ALONE}.items()
        ],
    )
    formation.get_waiter("stack_create_complete").wait(StackName="wireroom-api", WaiterConfig={"Delay": 1})
    [described] = formation.describe_stacks(StackName="wireroom-api")["Stacks"]
    outputs = {each["OutputKey"]: each["OutputValue"] for each in described["Outputs"]}
    yield f"{local_aws.endpoint}/restapis/{outputs['RestAPIId']}/api/_user_request_"
    formation.delete_stack(StackName="wireroom-api")


def test_the_deployed_api_answers_a_request(api_url: str, local_aws: LocalAws) -> None:
    secret = {"X-Origin-Secret": local_aws.environment["WIREROOM_ORIGIN_SECRET"]}
    with urllib.request.urlopen(urllib.request.Request(f"{api_url}/health", headers=secret), timeout=20) as answer:  # noqa: S310
        assert json.load(answer) == {"status": "ok"}


def test_the_package_brings_the_database_of_time_zones_along(built: Path) -> None:
    """Quiet hours, reminders and SLA go by wall clocks; what a bare machine lacks, zoneinfo takes from here."""
    with zipfile.ZipFile(built.parent / "deployment.zip") as packed:
        assert {"tzdata/zoneinfo/Europe/Berlin", "tzdata/zoneinfo/Asia/Kathmandu"} <= set(packed.namelist())


def test_operators_commands_take_the_settings_of_the_deployed_api(api_url: str, local_aws: LocalAws) -> None:
    functions = local_aws.client("lambda").list_functions()["Functions"]
    [name] = [each["FunctionName"] for each in functions if package.API in each["FunctionName"]]
    taken = announce_legal.environment_of(name)
    assert taken["WIREROOM_TABLE"] == local_aws.environment["WIREROOM_TABLE"]
    assert settings.read(local_aws.environment | taken).stage == stack.STAGE


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("ACCESS_DENIED", 403, "forbidden"),
        ("MISSING_AUTHENTICATION_TOKEN", 404, "no-such-route"),
        ("REQUEST_TOO_LARGE", 413, "body-too-large"),
        ("THROTTLED", 429, "too-many-requests"),
        ("INTEGRATION_TIMEOUT", 504, "answer-too-late"),
        ("DEFAULT_5XX", 500, "unexpected-fault"),
    ],
)
def test_what_the_gateway_refuses_by_itself_is_a_problem_document(
    template: dict[str, Any], kind: str, status: int, code: str
) -> None:
    api = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
    refusal = api["x-amazon-apigateway-gateway-responses"][kind]
    problem = json.loads(refusal["responseTemplates"]["application/json"]["Fn::Sub"])
    assert (refusal["statusCode"], problem["status"], problem["code"]) == (status, status, code)
    assert problem["type"] == f"${{PublicOrigin}}/problems/{code}"
    assert problem["request_id"] == "$context.requestId"
    assert refusal["responseParameters"]["gatewayresponse.header.Content-Type"] == "'application/problem+json'"


def test_every_function_has_its_own_role_without_wildcard_actions(template: dict[str, Any]) -> None:
    roles = [each for each in template["Resources"].values() if each["Type"] == "AWS::IAM::Role"]
    functions = [each for each in template["Resources"].values() if each["Type"] == "AWS::Serverless::Function"]
    actions = [
        action
        for role in roles
        for policy in role["Properties"]["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
        for action in statement["Action"]
    ]
    assert len(roles) == len(functions)
    assert [action for action in actions if "*" in action] == []


def test_the_documents_that_come_with_the_code_are_in_the_package(built: Path) -> None:
    assert documents_in(built.parent / "deployment.zip") == legal.read(legal.STARTER)


def test_the_operators_documents_take_their_place(tmp_path: Path, operators_documents: Path) -> None:
    packed = tmp_path / "deployment.zip"
    with zipfile.ZipFile(packed, "w") as making:
        making.writestr("app.py", "pass")
        making.write(legal.STARTER / "terms.md", "chalicelib/features/legal/documents/terms.md")
        making.write(legal.STARTER / "terms.md", "chalicelib/features/legal/documents/house-rules.md")
    package.replace_legal_documents(packed, operators_documents)
    assert documents_in(packed) == legal.read(operators_documents)
    with zipfile.ZipFile(packed) as made:
        assert made.read("app.py") == b"pass"
    assert [path.name for path in tmp_path.glob("deployment*")] == ["deployment.zip"]


def test_a_broken_document_is_never_packaged(
    tmp_path: Path, operators_documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (operators_documents / "terms.md").unlink()
    monkeypatch.setenv("WIREROOM_LEGAL", str(operators_documents))
    with pytest.raises(package.PackagingFailed, match=r"terms\.md is missing"):
        package.build(tmp_path / "out", stage=stack.STAGE)
    assert not (tmp_path / "out").exists()


@pytest.fixture
def operators_documents(tmp_path: Path) -> Path:
    """A folder of an operator's own, with a note of theirs beside the documents."""
    folder = tmp_path / "ours"
    shutil.copytree(legal.STARTER, folder)
    terms = folder / "terms.md"
    terms.write_text(terms.read_text().replace("title: Terms of use", "title: Our terms"))
    (folder / "notes.txt").write_text("Ask the lawyer.")
    return folder


def documents_in(packed: Path) -> Library:
    """The legal documents of a package, as its Lambdas will read them."""
    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(packed) as made:
        made.extractall(scratch)
        return legal.read(Path(scratch) / "chalicelib" / "features" / "legal" / "documents")


def test_only_the_api_holds_the_key_that_signs_gateway_passes(template: dict[str, Any]) -> None:
    holders = [
        name
        for name, each in template["Resources"].items()
        if "WIREROOM_PASS_PRIVATE_KEY" in each["Properties"].get("Environment", {}).get("Variables", {})
    ]
    assert holders == [package.API]


@pytest.mark.parametrize("name", ["Relay", "Archive"])
def test_the_stream_reports_partial_failures_bisects_and_keeps_what_failed(template: dict[str, Any], name: str) -> None:
    source = source_of(template, name)
    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert source["BisectBatchOnFunctionError"] is True
    assert f"{name}FailuresArn" in json.dumps(source["DestinationConfig"])


def test_the_relay_gives_up_soon_and_the_archive_waits_an_outage_out(template: dict[str, Any]) -> None:
    relay, archive = source_of(template, "Relay"), source_of(template, "Archive")
    assert relay["MaximumRetryAttempts"] == package.RELAY_RETRIES
    assert "MaximumRetryAttempts" not in archive
    assert archive["MaximumRecordAgeInSeconds"] == package.ARCHIVE_TRIES_FOR_S < 24 * 3600


def test_the_relay_hears_of_workspaces_alone_and_the_archive_of_entries_alone(template: dict[str, Any]) -> None:
    patterns = {
        name: [json.loads(each["Pattern"]) for each in source_of(template, name)["FilterCriteria"]["Filters"]]
        for name in ("Relay", "Archive")
    }
    assert all(each["eventName"] == ["INSERT"] for found in patterns.values() for each in found)
    of_workspaces, of_money = patterns["Relay"]
    assert of_workspaces["dynamodb"] == {
        "Keys": {"pk": {"S": [{"prefix": "WS#"}]}},
        "NewImage": {"row_kind": {"S": ["journal", "feed", "notice"]}},
    }
    assert of_money["dynamodb"] == {"NewImage": {"row_kind": {"S": [EVENT_ROW]}}}
    [of_entries] = patterns["Archive"]
    assert of_entries["dynamodb"] == {"NewImage": {"row_kind": {"S": ["journal"]}}}


def test_billing_events_come_from_their_queue_one_customer_after_another(template: dict[str, Any]) -> None:
    source = source_of(template, "Settle")
    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert "BillingEventsArn" in json.dumps(source["Queue"])
    assert "MaximumBatchingWindowInSeconds" not in source
    queue = templates.load("data")["Resources"]["BillingEvents"]["Properties"]
    function = template["Resources"]["Settle"]["Properties"]
    assert queue["FifoQueue"] is True
    assert queue["VisibilityTimeout"] >= 6 * function["Timeout"], "as AWS wants it"


def test_only_who_asks_the_payment_provider_holds_its_key(template: dict[str, Any]) -> None:
    holders = {
        variable: [
            name
            for name, each in template["Resources"].items()
            if variable in each["Properties"].get("Environment", {}).get("Variables", {})
        ]
        for variable in ("WIREROOM_STRIPE_KEY", "WIREROOM_STRIPE_WEBHOOK_SECRETS")
    }
    assert sorted(holders["WIREROOM_STRIPE_KEY"]) == sorted(package.ASKING_FOR_MONEY)
    assert holders["WIREROOM_STRIPE_WEBHOOK_SECRETS"] == [package.API]


def test_only_who_speaks_as_the_bot_holds_its_token(template: dict[str, Any]) -> None:
    holders = [
        name
        for name, each in template["Resources"].items()
        if "WIREROOM_BOT_TOKEN" in each["Properties"].get("Environment", {}).get("Variables", {})
    ]
    assert sorted(holders) == sorted(package.SPEAKING_AS_BOT)
    assert template["Parameters"]["BotToken"]["NoEcho"]


def test_only_what_sends_to_browsers_holds_the_private_key_of_pushing(template: dict[str, Any]) -> None:
    """The API shows browsers the public one, which says nothing; the session worker has neither."""
    holders = {
        variable: [
            name
            for name, each in template["Resources"].items()
            if variable in each["Properties"].get("Environment", {}).get("Variables", {})
        ]
        for variable in ("WIREROOM_PUSH_PUBLIC_KEY", "WIREROOM_PUSH_PRIVATE_KEY")
    }
    assert sorted(holders["WIREROOM_PUSH_PUBLIC_KEY"]) == sorted(package.PUSHING)
    assert holders["WIREROOM_PUSH_PRIVATE_KEY"] == [package.SENDER]
    assert template["Parameters"]["PushPrivateKey"]["NoEcho"]


def test_the_archive_writes_to_the_copy_and_opens_nothing(template: dict[str, Any]) -> None:
    [policy] = template["Resources"]["ArchiveRole"]["Properties"]["Policies"]
    actions = {action for statement in _statements(policy) for action in statement["Action"]}
    assert {action for action in actions if action.startswith("s3:")} == {"s3:PutObject"}
    assert "SealKeyArn" not in json.dumps(policy)


def source_of(template: dict[str, Any], function: str) -> dict[str, Any]:
    """How a function reads the table's stream."""
    [event] = template["Resources"][function]["Properties"]["Events"].values()
    source: dict[str, Any] = event["Properties"]
    return source


def test_secrets_are_parameters_that_are_never_shown(template: dict[str, Any]) -> None:
    hidden = {name for name, parameter in template["Parameters"].items() if parameter["NoEcho"]}
    assert {"CursorKey", "IdSecret", "OriginSecret", "PassPrivateKey", "SignInProviders"} <= hidden
    assert {"StripeKey", "StripeWebhookSecrets"} <= hidden


@pytest.mark.parametrize(
    ("function", "role"),
    [
        ("api", "ApiHandlerRole"),
        ("relay", "RelayRole"),
        ("archive", "ArchiveRole"),
        ("settle", "SettleRole"),
        ("bill", "BillRole"),
        ("due", "DueRole"),
        ("erase", "EraseRole"),
    ],
)
def test_each_function_has_the_rights_of_its_own_policy_file(
    template: dict[str, Any], function: str, role: str
) -> None:
    [attached] = template["Resources"][role]["Properties"]["Policies"]
    assert roles.filled(attached["PolicyDocument"], stack.STAGE) == roles.function(function, stack.STAGE)


def test_the_role_of_one_workspace_trusts_the_api_of_its_stage_and_no_other(template: dict[str, Any]) -> None:
    trust = templates.load("data")["Resources"]["TenantRole"]["Properties"]["AssumeRolePolicyDocument"]
    [allowed] = roles.filled(trust, stack.STAGE)["Statement"]
    named = {name: each["Properties"].get("RoleName") for name, each in of_type(template, "AWS::IAM::Role").items()}
    trusted = allowed["Condition"]["ArnEquals"]["aws:PrincipalArn"]
    assert trusted == f"arn:aws:iam::{roles.ACCOUNT}:role/{named[package.API_ROLE]}"
    assert [name for name, given in named.items() if given] == [package.API_ROLE]


def test_every_stage_is_packaged_with_these_rights() -> None:
    config = json.loads((package.ROOT / ".chalice" / "config.json").read_text())
    assert set(config["stages"]) == {package.CHALICE_STAGE}


def test_each_function_s_log_is_kept_for_a_month_and_its_errors_are_counted(template: dict[str, Any]) -> None:
    functions = {name for name, each in template["Resources"].items() if each["Type"] == "AWS::Serverless::Function"}
    logs = {name: each["Properties"] for name, each in of_type(template, "AWS::Logs::LogGroup").items()}
    names = {each["LogGroupName"]["Fn::Sub"] for each in logs.values()}
    assert names == {f"/aws/lambda/${{{function}}}" for function in functions}
    assert {each["RetentionInDays"] for each in logs.values()} == {30}
    counted = [each["Properties"] for each in of_type(template, "AWS::Logs::MetricFilter").values()]
    assert {each["LogGroupName"]["Ref"] for each in counted} == set(logs)
    assert {each["FilterPattern"] for each in counted} == {'{ $.level = "ERROR" }'}


def test_an_error_of_a_function_rings_an_alarm(template: dict[str, Any]) -> None:
    alarm = templates.load("alarms")["Resources"]["FunctionErrors"]["Properties"]
    [counted] = {
        (each["MetricNamespace"], each["MetricName"])
        for found in of_type(template, "AWS::Logs::MetricFilter").values()
        for each in found["Properties"]["MetricTransformations"]
    }
    assert (alarm["Namespace"]["Fn::Sub"].replace("${Stage}", stack.STAGE), alarm["MetricName"]) == counted


def of_type(template: dict[str, Any], kind: str) -> dict[str, Any]:
    """The resources of one type."""
    return {name: each for name, each in template["Resources"].items() if each["Type"] == kind}


def _statements(policy: dict[str, Any]) -> list[dict[str, Any]]:
    statements: list[dict[str, Any]] = policy["PolicyDocument"]["Statement"]
    return statements

"""What the templates promise, read from the YAML: a deploy to a stand-in would not notice most of it missing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chalicelib.settings import DEFAULT_SHARDS
from dev import template

TEMPLATES = ("data", "worker", "edge", "alarms")
CLOSED = {
    "BlockPublicAcls": True,
    "BlockPublicPolicy": True,
    "IgnorePublicAcls": True,
    "RestrictPublicBuckets": True,
}


def resources(kind: str) -> list[Any]:
    return [
        pytest.param(resource, id=f"{name}.{logical_id}")
        for name in TEMPLATES
        for logical_id, resource in template.load(name)["Resources"].items()
        if resource["Type"] == kind
    ]


def of_data(logical_id: str) -> dict[str, Any]:
    resource: dict[str, Any] = template.load("data")["Resources"][logical_id]
    return resource


def statements() -> list[Any]:
    return [
        pytest.param(statement, id=f"{name}.{logical_id}.{number}")
        for name in TEMPLATES
        for logical_id, resource in template.load(name)["Resources"].items()
        for number, statement in enumerate(_statements_in(resource["Properties"]))
    ]


def _statements_in(value: Any) -> Iterator[dict[str, Any]]:
    match value:
        case {"Effect": _, "Action": _}:
            yield value
        case dict():
            for inner in value.values():
                yield from _statements_in(inner)
        case list():
            for inner in value:
                yield from _statements_in(inner)


@pytest.mark.parametrize("table", resources("AWS::DynamoDB::Table"))
def test_a_table_is_encrypted_protected_and_outlives_its_stack(table: dict[str, Any]) -> None:
    properties = table["Properties"]
    assert properties["SSESpecification"]["SSEType"] == "KMS"
    assert properties["DeletionProtectionEnabled"] is True
    assert properties["BillingMode"] == "PAY_PER_REQUEST"
    assert table["DeletionPolicy"] == table["UpdateReplacePolicy"] == "Retain"


def test_the_main_table_can_be_recovered_for_thirty_days_and_tells_old_and_new() -> None:
    properties = of_data("Table")["Properties"]
    recovery = properties["PointInTimeRecoverySpecification"]
    assert recovery == {"PointInTimeRecoveryEnabled": True, "RecoveryPeriodInDays": 30}
    assert properties["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    assert properties["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}


def test_destroying_a_wrapped_key_is_final() -> None:
    properties = of_data("KeysTable")["Properties"]
    assert properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": False}
    assert "StreamSpecification" not in properties
    assert "TimeToLiveSpecification" not in properties


@pytest.mark.parametrize("bucket", resources("AWS::S3::Bucket"))
def test_a_bucket_is_private_encrypted_and_outlives_its_stack(bucket: dict[str, Any]) -> None:
    properties = bucket["Properties"]
    assert properties["PublicAccessBlockConfiguration"] == CLOSED
    assert properties["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    assert properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert bucket["DeletionPolicy"] == bucket["UpdateReplacePolicy"] == "Retain"


@pytest.mark.parametrize("policy", resources("AWS::S3::BucketPolicy"))
def test_a_bucket_answers_over_tls_only(policy: dict[str, Any]) -> None:
    [denial] = [each for each in policy["Properties"]["PolicyDocument"]["Statement"] if each["Sid"] == "TlsOnly"]
    assert denial["Effect"] == "Deny"
    assert denial["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert denial["Principal"] == "*"
    assert len(denial["Resource"]) == 2


def test_files_in_transit_are_gone_after_a_day() -> None:
    [rule] = of_data("TransitBucket")["Properties"]["LifecycleConfiguration"]["Rules"]
    assert rule["Status"] == "Enabled"
    assert rule["ExpirationInDays"] == 1


@pytest.mark.parametrize("name", ["FilesBucket", "TransitBucket"])
def test_the_buckets_of_files_answer_the_app_alone(name: str) -> None:
    [rule] = of_data(name)["Properties"]["CorsConfiguration"]["CorsRules"]
    assert rule["AllowedOrigins"] == [{"Ref": "PublicOrigin"}]


def test_each_bucket_of_files_has_a_key_of_its_own() -> None:
    keys = [
        of_data(name)["Properties"]["BucketEncryption"]["ServerSideEncryptionConfiguration"][0][
            "ServerSideEncryptionByDefault"
        ]["KMSMasterKeyID"]
        for name in ("FilesBucket", "TransitBucket", "JournalBucket")
    ]
    assert keys == [{"Fn::GetAtt": [name, "Arn"]} for name in ("FilesKey", "TransitKey", "JournalKey")]


def test_the_copy_of_the_journal_can_be_changed_by_nobody_until_its_time_is_over() -> None:
    properties = of_data("JournalBucket")["Properties"]
    assert properties["ObjectLockEnabled"] is True
    assert properties["ObjectLockConfiguration"]["Rule"] == {
        "DefaultRetention": {"Mode": "COMPLIANCE", "Days": {"Ref": "JournalLockDays"}}
    }
    assert template.load("data")["Parameters"]["JournalLockDays"]["Default"] == 365
    assert properties["VersioningConfiguration"] == {"Status": "Enabled"}
    assert "LifecycleConfiguration" not in properties


def test_the_copy_of_the_journal_takes_only_new_objects_and_hides_none() -> None:
    policy = of_data("JournalBucketPolicy")["Properties"]["PolicyDocument"]
    denied = {each["Sid"]: each for each in policy["Statement"] if each["Effect"] == "Deny"}
    assert denied["OnlyNewObjects"]["Action"] == "s3:PutObject"
    assert denied["OnlyNewObjects"]["Condition"] == {"Null": {"s3:if-none-match": "true"}}
    assert denied["NothingIsHidden"]["Action"] == "s3:DeleteObject"
    assert {each["Principal"] for each in denied.values()} == {"*"}


@pytest.mark.parametrize("key", resources("AWS::KMS::Key"))
def test_a_key_rotates_and_outlives_its_stack(key: dict[str, Any]) -> None:
    assert key["Properties"]["EnableKeyRotation"] is True
    assert key["DeletionPolicy"] == key["UpdateReplacePolicy"] == "Retain"


def test_the_sealing_key_is_used_for_one_purpose_at_a_time_and_sessions_by_the_worker_alone() -> None:
    by_sid = {each["Sid"]: each for each in of_data("SealKey")["Properties"]["KeyPolicy"]["Statement"]}
    use = by_sid["UseForOnePurposeOfOneOwner"]["Condition"]
    purposes = {"session", "secret", "proxy", "line", "journal"}
    assert set(use["StringEquals"]["kms:EncryptionContext:purpose"]) == purposes
    assert use["Null"] == {"kms:EncryptionContext:owner": "false"}
    fence = by_sid["SessionsBelongToTheWorker"]
    assert fence["Effect"] == "Deny"
    assert fence["Condition"]["StringEquals"] == {"kms:EncryptionContext:purpose": "session"}
    worker = template.load("worker")["Resources"]["TaskRole"]["Properties"]["RoleName"]["Fn::Sub"]
    assert fence["Condition"]["ArnNotEquals"]["aws:PrincipalArn"]["Fn::Sub"].endswith(f":role/{worker}")


@pytest.mark.parametrize("statement", statements())
def test_nothing_is_allowed_by_a_wildcard_action(statement: dict[str, Any]) -> None:
    actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
    assert statement["Effect"] == "Deny" or not any("*" in action for action in actions)


@pytest.mark.parametrize("queue", resources("AWS::SQS::Queue"))
def test_a_queue_is_encrypted(queue: dict[str, Any]) -> None:
    assert queue["Properties"]["SqsManagedSseEnabled"] is True


def test_billing_events_that_fail_five_times_are_kept_for_a_person() -> None:
    redrive = of_data("BillingEvents")["Properties"]["RedrivePolicy"]
    assert redrive == {"deadLetterTargetArn": {"Fn::GetAtt": ["BillingEventsDead", "Arn"]}, "maxReceiveCount": 5}
    assert of_data("BillingEventsDead")["Properties"]["FifoQueue"] is True


def test_a_deploy_hands_over_without_a_gap() -> None:
    worker = template.load("worker")["Resources"]
    deployment = worker["Service"]["Properties"]["DeploymentConfiguration"]
    assert (deployment["MinimumHealthyPercent"], deployment["MaximumPercent"]) == (100, 200)
    [container] = worker["Task"]["Properties"]["ContainerDefinitions"]
    assert container["StopTimeout"] == 90
    assert container["ReadonlyRootFilesystem"] is True
    assert container["User"] not in ("0", "root")


def test_the_worker_has_no_way_to_billing_and_none_to_change_the_journal() -> None:
    [policy] = template.load("worker")["Resources"]["TaskRole"]["Properties"]["Policies"]
    by_sid = {each["Sid"]: each for each in policy["PolicyDocument"]["Statement"]}
    everything = set(by_sid["Rows"]["Action"])
    assert set(by_sid["NoBilling"]["Action"]) == everything
    assert by_sid["JournalIsAppendOnly"]["Effect"] == "Deny"
    assert not any("Scan" in action or "PartiQL" in action for action in everything)


def test_only_the_web_app_falls_back_to_its_page_and_only_origins_behind_the_secret_answer() -> None:
    config = template.load("edge")["Resources"]["Distribution"]["Properties"]["DistributionConfig"]
    assert config["DefaultCacheBehavior"]["FunctionAssociations"]
    assert not any("FunctionAssociations" in behaviour for behaviour in config["CacheBehaviors"])
    assert {behaviour["PathPattern"] for behaviour in config["CacheBehaviors"]} == {"/api/*", "/live/*"}
    for origin in config["Origins"]:
        if origin["Id"] != "web":
            assert origin["OriginCustomHeaders"] == [
                {"HeaderName": "X-Origin-Secret", "HeaderValue": {"Ref": "OriginSecret"}}
            ]


def test_no_script_but_our_own_runs_and_no_page_frames_ours() -> None:
    headers = template.load("edge")["Resources"]["SecurityHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    policy = headers["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"][0]
    directives = {name: values for name, *values in (part.split() for part in policy.split(";"))}
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == ["'self'"]
    assert directives["frame-ancestors"] == ["'none'"]


@pytest.mark.parametrize("alarm", resources("AWS::CloudWatch::Alarm"))
def test_an_alarm_says_what_it_means_and_reaches_somebody(alarm: dict[str, Any]) -> None:
    assert alarm["Properties"]["AlarmDescription"].endswith(".")
    assert alarm["Properties"]["AlarmActions"]


def test_the_alarm_for_shards_expects_as_many_as_the_worker_and_the_api_have() -> None:
    deployed = json.dumps([template.load(name) for name in TEMPLATES]) + Path(".chalice/config.json").read_text()
    alarm = template.load("alarms")["Resources"]["ShardsUnheld"]["Properties"]
    assert alarm["Threshold"] == DEFAULT_SHARDS
    assert "WIREROOM_SHARDS" not in deployed


@pytest.mark.parametrize("name", ["worker", "edge", "alarms"])
def test_what_a_stack_imports_the_others_export(name: str) -> None:
    exported = set()
    for other in ("data", "worker"):
        for output, declared in template.load(other)["Outputs"].items():
            if "Export" in declared:
                exported.add(f"wireroom-{other}-${{Stage}}-{output}")
    assert set(_imports_in(template.load(name))) <= exported


def _imports_in(value: Any) -> Iterator[str]:
    match value:
        case {"Fn::ImportValue": {"Fn::Sub": str(imported)}}:
            yield imported
        case dict():
            for inner in value.values():
                yield from _imports_in(inner)
        case list():
            for inner in value:
                yield from _imports_in(inner)

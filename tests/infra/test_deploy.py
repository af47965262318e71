"""infra/data.yaml deployed to the local AWS: the same file that operators deploy."""

import urllib.error
import urllib.request
from pathlib import Path

import pytest

from dev import stack
from tests.local_aws import PUBLIC_ORIGIN, LocalAws


def test_tables_have_their_keys_indexes_and_stream(local_aws: LocalAws) -> None:
    described = local_aws.client("dynamodb").describe_table(TableName=local_aws.outputs["TableName"])["Table"]
    assert {index["IndexName"] for index in described["GlobalSecondaryIndexes"]} == {"gsi1", "due"}
    assert described["StreamSpecification"]["StreamViewType"] == "NEW_AND_OLD_IMAGES"
    assert described["DeletionProtectionEnabled"] is True
    keys = local_aws.client("dynamodb").describe_table(TableName=local_aws.outputs["KeysTableName"])["Table"]
    assert "LatestStreamArn" not in keys


def test_expired_rows_go_here_as_they_do_in_the_cloud(local_aws: LocalAws) -> None:
    described = local_aws.client("dynamodb").describe_time_to_live(TableName=local_aws.outputs["TableName"])
    assert described["TimeToLiveDescription"]["AttributeName"] == "expires_at"


def test_the_sealing_key_opens_only_under_the_context_it_sealed_with(local_aws: LocalAws) -> None:
    kms = local_aws.client("kms")
    context = {"owner": "U", "purpose": "session"}
    sealed = kms.generate_data_key(KeyId=local_aws.outputs["SealKeyArn"], KeySpec="AES_256", EncryptionContext=context)
    opened = kms.decrypt(CiphertextBlob=sealed["CiphertextBlob"], EncryptionContext=context)
    assert opened["Plaintext"] == sealed["Plaintext"]
    with pytest.raises(kms.exceptions.InvalidCiphertextException):
        kms.decrypt(CiphertextBlob=sealed["CiphertextBlob"], EncryptionContext=context | {"purpose": "secret"})


@pytest.mark.parametrize("output", ["FilesBucketName", "TransitBucketName"])
def test_a_bucket_answers_nobody_without_a_signature(local_aws: LocalAws, output: str) -> None:
    bucket = local_aws.outputs[output]
    local_aws.client("s3").put_object(Bucket=bucket, Key="a", Body=b"a")
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(f"{local_aws.endpoint}/{bucket}/a", timeout=5)  # noqa: S310
    assert refusal.value.code == 403
    refusal.value.close()


def test_a_failed_billing_event_ends_among_the_dead_letters(local_aws: LocalAws) -> None:
    sqs = local_aws.client("sqs")
    url = sqs.get_queue_url(QueueName=local_aws.outputs["BillingEventsName"])["QueueUrl"]
    dead = sqs.get_queue_url(QueueName=local_aws.outputs["BillingEventsDeadName"])["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="{}", MessageGroupId="g", MessageDeduplicationId="d")
    for _ in range(5):
        [message] = sqs.receive_message(QueueUrl=url)["Messages"]
        sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)
    assert "Messages" not in sqs.receive_message(QueueUrl=url)
    assert len(sqs.receive_message(QueueUrl=dead)["Messages"]) == 1


def test_deploying_again_changes_nothing(local_aws: LocalAws) -> None:
    assert stack.deploy(local_aws.endpoint, public_origin=PUBLIC_ORIGIN) == local_aws.outputs


def test_a_template_that_is_refused_is_told_with_its_reason(local_aws: LocalAws, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(stack.TEMPLATE.read_text().replace("AWS::SES::EmailIdentity", "AWS::SES::NoSuchThing"))
    with pytest.raises(stack.StackFailed, match="NoSuchThing"):
        stack.deploy(local_aws.endpoint, public_origin=PUBLIC_ORIGIN, stage="broken", template=broken)

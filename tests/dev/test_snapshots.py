"""Snapshots: what comes back from one, and that a torn one never counts."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from dev import stack
from dev.snapshots import Generations, SnapshotFailed, Snapshots
from tests.local_aws import PUBLIC_ORIGIN, free_port, serving

CONTEXT = {"owner": "U", "purpose": "session"}


def save(endpoint: str, folder: Path) -> None:
    body = json.dumps({"folder": str(folder)}).encode()
    with urllib.request.urlopen(f"{endpoint}/_wireroom/snapshot", data=body, timeout=20):  # noqa: S310
        pass


def mails(endpoint: str) -> list[str]:
    with urllib.request.urlopen(f"{endpoint}/_ministack/ses/messages", timeout=5) as answered:  # noqa: S310
        kept: Mapping[str, Any] = json.load(answered)["messages"]
    return [mail["Subject"] for of_account in kept.values() for mail in of_account]


def test_everything_the_product_uses_comes_back(tmp_path: Path) -> None:
    live, folder = str(tmp_path / "live" / "s3"), tmp_path / "generation"
    with serving(tmp_path / "first.log", "--live", live) as endpoint:
        outputs = stack.deploy(endpoint, public_origin=PUBLIC_ORIGIN)
        sealed = _fill(endpoint, outputs)
        save(endpoint, folder)
        bucket = outputs["FilesBucketName"]
        stack.client("s3", endpoint).put_object(Bucket=bucket, Key="a/b", Body=b"later")
        stack.client("s3", endpoint).put_object(Bucket=bucket, Key="later", Body=b"later")
    with serving(tmp_path / "second.log", "--live", live, "--state", str(folder)) as endpoint:
        assert stack.deploy(endpoint, public_origin=PUBLIC_ORIGIN) == outputs
        s3, kms, sqs = (stack.client(name, endpoint) for name in ("s3", "kms", "sqs"))
        assert [each["Key"] for each in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["a/b"]
        assert s3.get_object(Bucket=bucket, Key="a/b")["Body"].read() == b"earlier"
        assert s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]["BlockPublicAcls"]
        assert (
            kms.decrypt(CiphertextBlob=sealed["CiphertextBlob"], EncryptionContext=CONTEXT)["Plaintext"]
            == (sealed["Plaintext"])
        )
        url = sqs.get_queue_url(QueueName=outputs["RelayFailuresName"])["QueueUrl"]
        assert sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"] == "a failure"
        row = stack.client("dynamodb", endpoint).get_item(TableName=outputs["TableName"], Key=_key("P"))
        assert row["Item"]["raw"] == {"B": b"\x00\xff"}
        assert mails(endpoint) == ["Hello"]


def _fill(endpoint: str, outputs: dict[str, str]) -> Any:
    bucket = outputs["FilesBucketName"]
    stack.client("s3", endpoint).put_object(Bucket=bucket, Key="a/b", Body=b"earlier")
    stack.client("dynamodb", endpoint).put_item(
        TableName=outputs["TableName"], Item=_key("P") | {"raw": {"B": b"\x00\xff"}}
    )
    sqs = stack.client("sqs", endpoint)
    url = sqs.get_queue_url(QueueName=outputs["RelayFailuresName"])["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="a failure")
    stack.client("sesv2", endpoint).send_email(
        FromEmailAddress="hello@wireroom.localhost",
        Destination={"ToAddresses": ["ada@example.org"]},
        Content={"Simple": {"Subject": {"Data": "Hello"}, "Body": {"Text": {"Data": "Ada"}}}},
    )
    return stack.client("kms", endpoint).generate_data_key(
        KeyId=outputs["SealKeyArn"], KeySpec="AES_256", EncryptionContext=CONTEXT
    )


def _key(pk: str) -> dict[str, dict[str, str]]:
    return {"pk": {"S": pk}, "sk": {"S": "S"}}


def test_a_snapshot_that_can_not_be_whole_is_refused(tmp_path: Path) -> None:
    (tmp_path / "occupied").mkdir()
    (tmp_path / "occupied" / "s3").mkdir()
    with serving(tmp_path / "log", "--live", str(tmp_path / "live" / "s3")) as endpoint:
        with pytest.raises(urllib.error.HTTPError) as refusal:
            save(endpoint, tmp_path / "occupied")
        assert refusal.value.code == 500
        refusal.value.close()


def test_the_pointer_moves_only_once_a_snapshot_is_whole(tmp_path: Path) -> None:
    generations = Generations(tmp_path / "generations")
    assert generations.current() is None
    first = generations.begin()
    assert generations.current() is None
    generations.commit(first)
    torn = generations.begin()
    (torn / "half").write_text("written")
    assert Generations(tmp_path / "generations").current() == first
    again = generations.begin()
    assert again == torn
    assert list(again.iterdir()) == []


def test_the_last_two_snapshots_are_kept(tmp_path: Path) -> None:
    generations = Generations(tmp_path / "generations")
    for _ in range(4):
        generations.commit(generations.begin())
    kept = sorted(each.name for each in (tmp_path / "generations").iterdir())
    assert kept == ["00000003", "00000004", "current"]


async def test_while_nobody_answers_the_last_snapshot_still_counts(tmp_path: Path) -> None:
    generations = Generations(tmp_path / "generations")
    first = generations.begin()
    generations.commit(first)
    nobody = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(SnapshotFailed):
        await Snapshots(generations, aws_endpoint=nobody, controls={"telegram": nobody}).take()
    assert generations.current() == first

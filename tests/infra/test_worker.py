"""The session worker's container starts with what its template gives it."""

import base64
from typing import Any

from chalicelib import settings
from dev import template
from session_worker import settings as worker_settings
from session_worker import shutdown

NUMBER = "12345"
SECRET = base64.b64encode(b"a secret of thirty-two characters").decode()


def environment() -> dict[str, str]:
    """The container's variables; what CloudFormation fills in is made up."""
    [container] = template.load("worker")["Resources"]["Task"]["Properties"]["ContainerDefinitions"]
    plain = {each["Name"]: _value(each["Value"]) for each in container["Environment"]}
    hidden = {each["Name"]: SECRET for each in container["Secrets"]}
    return plain | hidden | {"TELEGRAM_API_ID": NUMBER}


def _value(given: Any) -> str:
    return given if isinstance(given, str) else SECRET


def test_every_setting_the_worker_needs_is_given_to_its_container() -> None:
    assert settings.read(environment()).id_secret == base64.b64decode(SECRET)
    assert worker_settings.read(environment()).api is not None


def test_every_secret_of_the_container_is_a_key_that_operators_are_told_of() -> None:
    worker = template.load("worker")
    told = worker["Parameters"]["WorkerSecretArn"]["Description"]
    [container] = worker["Resources"]["Task"]["Properties"]["ContainerDefinitions"]
    keys = [secret["ValueFrom"]["Fn::Sub"].split(":")[1] for secret in container["Secrets"]]
    assert [key for key in keys if key not in told] == []


def test_the_worker_has_ended_before_it_would_be_killed() -> None:
    [container] = template.load("worker")["Resources"]["Task"]["Properties"]["ContainerDefinitions"]
    assert container["StopTimeout"] >= shutdown.WITHIN_S + 3, "for Python itself to end"


def test_the_door_for_other_tasks_is_open_to_them_alone() -> None:
    resources = template.load("worker")["Resources"]
    port = worker_settings.read(environment()).side_door_port
    groups = [each["Properties"] for each in resources.values() if each["Type"] == "AWS::EC2::SecurityGroup"]
    rules = [rule for group in groups for rule in group["SecurityGroupIngress"]]
    assert not any(rule["FromPort"] <= port <= rule["ToPort"] for rule in rules)
    [between] = [each["Properties"] for each in resources.values() if each["Type"] == "AWS::EC2::SecurityGroupIngress"]
    tasks = {"Ref": "TaskGroup"}
    assert (between["GroupId"], between["SourceSecurityGroupId"]) == (tasks, tasks)
    assert between["FromPort"] == between["ToPort"] == port


def test_the_container_has_somewhere_to_hand_openssl_its_key() -> None:
    """Its root is read-only; what it names is memory (TMPDIR, Python's tempfile)."""
    [container] = template.load("worker")["Resources"]["Task"]["Properties"]["ContainerDefinitions"]
    assert container["ReadonlyRootFilesystem"] is True
    assert environment()["TMPDIR"] == "/dev/shm"  # noqa: S108 - the container's, not ours

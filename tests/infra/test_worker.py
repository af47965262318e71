"""The session worker's container starts with what its template gives it."""

import base64
from typing import Any

from chalicelib import settings
from dev import template
from session_worker import settings as worker_settings

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

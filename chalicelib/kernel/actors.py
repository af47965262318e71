"""Who acts: the name every journal entry carries."""

from enum import StrEnum

from chalicelib.kernel.records import record


class ActorKind(StrEnum):
    """The kinds of actor product.md section 10 names, and the staff of section 2."""

    USER = "user"
    API_KEY = "api_key"
    MCP_CLIENT = "mcp_client"
    AUTOMATION = "automation"
    STAFF = "staff"
    SYSTEM = "system"


@record
class Actor:
    """Who did it and from where; `address` and `device` are empty for what we do ourselves."""

    kind: ActorKind
    id: str
    name: str
    address: str = ""
    device: str = ""


def system(name: str) -> Actor:
    """A part of Wireroom acting on its own, such as the session worker or a due row."""
    return Actor(kind=ActorKind.SYSTEM, id=name, name="Wireroom")

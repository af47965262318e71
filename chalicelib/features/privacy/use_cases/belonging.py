"""Where a person belongs, as work on their behalf goes through it: they may have no session any more."""

from collections.abc import Iterator

from chalicelib.features.privacy.model import Belonging
from chalicelib.features.privacy.repository import people
from chalicelib.kernel.actors import Actor, system
from chalicelib.kernel.ids import UserId
from chalicelib.table.tenant import Installation, Tenant, for_job


def handles_of(user_id: UserId, installation: Installation, actor: Actor) -> Iterator[tuple[Tenant, Belonging]]:
    """Each workspace a person belongs to, in the actor's hands, and their place in it: a read and a query each."""
    for workspace_id in people.workspaces_of(user_id, installation):
        tenant = for_job(workspace_id, actor, now=installation.now)
        place = people.belonging_of(user_id, tenant)
        if place is not None:
            yield tenant, place


def of(user_id: UserId, installation: Installation) -> list[Belonging]:
    """Somebody's place in each workspace they belong to."""
    return [place for _, place in handles_of(user_id, installation, system("privacy"))]

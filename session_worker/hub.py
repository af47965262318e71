"""Events on their way to open browsers, in memory only: no body rests here and nothing is kept for who is not there."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from chalicelib.kernel.ids import AccountId, ConnectionId, UserId, WorkspaceId

Event = dict[str, Any]
Sink = Callable[[Event], None]
"""Takes an event without waiting; a sink that can't keep up closes itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionKey:
    """Whose connection to what."""

    workspace_id: WorkspaceId
    account_id: AccountId
    user_id: UserId
    connection_id: ConnectionId


class Subscription:
    """One listening socket. `close` may be called more than once."""

    def __init__(self, hub: "Hub", workspace_id: WorkspaceId, user_id: UserId, sink: Sink) -> None:
        self._hub = hub
        self.workspace_id = workspace_id
        self.user_id = user_id
        self.sink = sink

    def close(self) -> None:
        """Hear nothing more."""
        self._hub._leave(self)


class Hub:
    """Who listens. Everything runs on the worker's loop, so that nothing here waits or locks."""

    def __init__(self) -> None:
        self.on_arrival: Callable[[WorkspaceId, UserId], None] | None = None
        """Called when a socket of a member is opened here."""
        self._workspaces: defaultdict[WorkspaceId, dict[UserId, list[Subscription]]] = defaultdict(dict)

    def subscribe(self, workspace_id: WorkspaceId, user_id: UserId, sink: Sink) -> Subscription:
        """Hear what a member of a workspace may hear, until the subscription is closed."""
        subscription = Subscription(self, workspace_id, user_id, sink)
        self._workspaces[workspace_id].setdefault(user_id, []).append(subscription)
        if self.on_arrival is not None:
            self.on_arrival(workspace_id, user_id)
        return subscription

    def publish(self, key: ConnectionKey, event: Event) -> None:
        """Hand an event of a connection to the sockets of its member, and to nobody else."""
        self.publish_member(key.workspace_id, key.user_id, event)

    def publish_member(self, workspace_id: WorkspaceId, user_id: UserId, event: Event) -> None:
        """Hand what is for one member alone to their sockets of a workspace."""
        members = self._workspaces.get(workspace_id)
        if members is not None:
            for subscription in tuple(members.get(user_id, ())):
                subscription.sink(event)

    def publish_workspace(self, workspace_id: WorkspaceId, event: Event) -> None:
        """Hand an event of the shared layer to every socket of a workspace. Never a message."""
        for subscription in tuple(self._of_workspace(workspace_id)):
            subscription.sink(event)

    def is_heard(self, workspace_id: WorkspaceId, user_id: UserId) -> bool:
        """Whether a member has a socket here, so that an event nobody hears need not be made."""
        members = self._workspaces.get(workspace_id)
        return members is not None and user_id in members

    def workspaces(self) -> list[WorkspaceId]:
        """The workspaces with a socket here."""
        return list(self._workspaces)

    def members(self, workspace_id: WorkspaceId) -> list[UserId]:
        """The members of a workspace with a socket here."""
        return list(self._workspaces.get(workspace_id, ()))

    def _of_workspace(self, workspace_id: WorkspaceId) -> Iterator[Subscription]:
        for subscriptions in self._workspaces.get(workspace_id, {}).values():
            yield from subscriptions

    def _leave(self, subscription: Subscription) -> None:
        members = self._workspaces.get(subscription.workspace_id, {})
        subscriptions = members.get(subscription.user_id, [])
        if subscription in subscriptions:
            subscriptions.remove(subscription)
        if not subscriptions:
            members.pop(subscription.user_id, None)
        if not members:
            self._workspaces.pop(subscription.workspace_id, None)

"""users.*: looking people up by id."""

from telethon.tl import types

from dev.telegram.methods.call import Call, method
from dev.telegram.methods.peers import found, reached_user
from dev.telegram.tl import Tl
from dev.telegram.views import mentioned, user_tl
from dev.telegram.world.people import Channel, Group, User


@method("users.GetUsers")
def get_users(call: Call) -> list[Tl]:
    """As many users as ids; unknown ones come empty."""
    users = []
    for named in call.request.id:
        user = found(call, named)
        users.append(user_tl(user, call.me) if isinstance(user, User) else types.UserEmpty(0))
    return users


@method("users.GetFullUser")
def get_full_user(call: Call) -> Tl:
    """A user with what stands in their profile."""
    user = reached_user(call, call.request.id)
    full = types.UserFull(
        id=user.id,
        settings=types.PeerSettings(),
        notify_settings=types.PeerNotifySettings(),
        common_chats_count=len(common_chats(call, user)),
        about=user.about,
    )
    return types.users.UserFull(full, [], [user_tl(user, call.me)])


@method("messages.GetCommonChats")
def get_common_chats(call: Call) -> Tl:
    """The groups and channels the caller shares with somebody, newest first."""
    shared = common_chats(call, reached_user(call, call.request.user_id))
    page = [chat for chat in shared if not call.request.max_id or chat.id < call.request.max_id][: call.request.limit]
    _, chats = mentioned(call.world, call.me, peers=[chat.peer for chat in page])
    return types.messages.Chats(chats)


def common_chats(call: Call, user: User) -> list[Group | Channel]:
    """The groups and supergroups both are in."""
    world, both = call.world, {call.me.id, user.id}
    every: tuple[Group | Channel, ...] = (*world.groups.values(), *world.channels.values())
    shared = [chat for chat in every if both <= set(chat.members) and not getattr(chat, "broadcast", False)]
    return sorted(shared, key=lambda chat: chat.id, reverse=True) if user is not call.me else []

"""users.*: looking people up by id."""

from telethon.tl import types

from dev.telegram.methods.call import Call, method
from dev.telegram.methods.peers import found, reached_user
from dev.telegram.tl import Tl
from dev.telegram.views import user_tl
from dev.telegram.world.people import User


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
        common_chats_count=0,
        about=user.about,
    )
    return types.users.UserFull(full, [], [user_tl(user, call.me)])

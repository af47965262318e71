"""contacts.*: the address book, and finding people by name."""

from telethon.tl import types

from dev.telegram.methods.call import Call, method
from dev.telegram.refusals import Refused
from dev.telegram.tl import Tl
from dev.telegram.views import mentioned, peer_tl, user_tl


@method("contacts.GetContacts")
def get_contacts(call: Call) -> Tl:
    """The whole address book."""
    me = call.me
    contacts = [types.Contact(user_id, mutual=False) for user_id in me.contacts]
    users = [user_tl(call.world.users[user_id], me) for user_id in me.contacts]
    return types.contacts.Contacts(contacts, len(contacts), users)


@method("contacts.ImportContacts")
def import_contacts(call: Call) -> Tl:
    """Add to the address book whoever of the given numbers has an account."""
    imported, users = [], []
    for contact in call.request.contacts:
        user = call.world.by_phone(contact.phone)
        if user is not None:
            call.me.contacts.add(user.id)
            imported.append(types.ImportedContact(user.id, contact.client_id))
            users.append(user_tl(user, call.me))
    return types.contacts.ImportedContacts(imported, [], [], users)


@method("contacts.ResolveUsername")
def resolve_username(call: Call) -> Tl:
    """Who has a username."""
    named = call.world.by_username(call.request.username)
    if named is None:
        raise Refused("USERNAME_NOT_OCCUPIED")
    users, chats = mentioned(call.world, call.me, peers=[named.peer])
    return types.contacts.ResolvedPeer(peer_tl(named.peer), chats, users)

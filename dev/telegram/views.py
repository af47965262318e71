"""The world as TL: what one viewer is shown of a user, a chat, a message, an event."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from telethon.extensions import BinaryReader
from telethon.tl import types

from dev.telegram.tl import Tl
from dev.telegram.world.boxes import Dialog, Event, EventKind, Media, Message, Peer, PeerKind, Unsent
from dev.telegram.world.people import ADMINS_RIGHTS, Channel, Face, Group, Role, User, access_hash
from dev.telegram.world.world import World

_MEDIUM_SIDE = 320
_PEERS = {PeerKind.USER: types.PeerUser, PeerKind.GROUP: types.PeerChat, PeerKind.CHANNEL: types.PeerChannel}


def peer_tl(peer: Peer) -> Tl:
    """A peer without the hash that reaches it."""
    return _PEERS[peer.kind](peer.id)


def user_tl(user: User, viewer: User) -> Tl:
    """A user; the phone number only for oneself and one's contacts."""
    is_self, contact = viewer is user, user.id in viewer.contacts
    return types.User(
        id=user.id,
        is_self=is_self,
        contact=contact,
        mutual_contact=contact and viewer.id in user.contacts,
        deleted=user.deleted,
        bot=user.bot,
        bot_info_version=1 if user.bot else None,
        access_hash=access_hash(PeerKind.USER, user.id),
        first_name=user.first_name,
        last_name=user.last_name,
        username=user.username,
        phone=user.phone if is_self or contact else None,
        photo=types.UserProfilePhoto(user.face.file_id, user.face.dc, stripped_thumb=user.face.stripped)
        if user.face
        else None,
        status=types.UserStatusRecently(),
    )


def short_form(user: Tl) -> Tl:
    """A user as pushes of channels have those the account has nothing to do with: the hash is good for no request.

    Source: https://core.telegram.org/api/min
    """
    if not user.is_self and not user.contact:
        user.min, user.access_hash = True, user.access_hash ^ 1
    return user


def group_tl(group: Group, viewer: User) -> Tl:
    """A basic group."""
    return types.Chat(
        id=group.id,
        title=group.title,
        photo=_chat_photo(group.face),
        participants_count=len(group.members),
        date=group.created_at,
        version=1,
        creator=viewer.id == group.creator_id,
        left=viewer.id not in group.members,
        admin_rights=admin_rights_tl(ADMINS_RIGHTS) if viewer.id in group.admins else None,
        default_banned_rights=banned_rights_tl(group.denied),
        noforwards=group.protected,
    )


def channel_tl(channel: Channel, viewer: User) -> Tl:
    """A supergroup or broadcast channel, with the viewer's rights in it."""
    role = channel.members.get(viewer.id)
    return types.Channel(
        id=channel.id,
        title=channel.title,
        photo=_chat_photo(channel.face),
        date=channel.created_at,
        access_hash=access_hash(PeerKind.CHANNEL, channel.id),
        megagroup=not channel.broadcast,
        broadcast=channel.broadcast,
        username=channel.username,
        creator=role is Role.CREATOR,
        left=role is None,
        admin_rights=admin_rights_tl(channel.rights_of(viewer.id)) if channel.is_admin(viewer.id) else None,
        default_banned_rights=banned_rights_tl(channel.denied),
        slowmode_enabled=bool(channel.slow_mode_s),
        noforwards=channel.protected,
        participants_count=channel.member_count,
    )


def _chat_photo(face: Face | None) -> Tl:
    return types.ChatPhoto(face.file_id, face.dc, stripped_thumb=face.stripped) if face else types.ChatPhotoEmpty()


def admin_rights_tl(rights: Iterable[str]) -> Tl:
    """What an admin may."""
    return types.ChatAdminRights(**dict.fromkeys(rights, True))


def banned_rights_tl(denied: Iterable[str]) -> Tl:
    """What members may not, for good."""
    return types.ChatBannedRights(until_date=None, **dict.fromkeys(denied, True))


def is_out(message: Message, viewer: User) -> bool:
    """Whether the viewer wrote it. Copies in users' boxes know; a channel's one copy is shared."""
    return message.sender_id == viewer.id if message.peer.kind is PeerKind.CHANNEL else message.out


def message_tl(message: Message, viewer: User) -> Tl:
    """A message, with `out` as this viewer has it."""
    return types.Message(
        id=message.id,
        peer_id=peer_tl(message.peer),
        from_id=None if message.post else types.PeerUser(message.sender_id),
        date=message.sent_at,
        message=message.text,
        out=is_out(message, viewer),
        post=message.post,
        media=media_tl(message.media) if message.media else None,
        entities=read_all(message.entities) or None,
        edit_date=message.edited_at,
        grouped_id=message.grouped_id,
        fwd_from=_forwarded(message),
        silent=message.silent,
        pinned=message.pinned,
        from_scheduled=message.from_scheduled,
        views=_views_of(message),
        forwards=0 if message.post else None,
        reactions=reactions_tl(message, viewer) if message.reactions else None,
        reply_to=types.MessageReplyHeader(reply_to_msg_id=message.reply_to) if message.reply_to else None,
    )


def _views_of(message: Message) -> int | None:
    """How many have seen a channel's post: made up, and the same at every look."""
    return 1 + message.id * 7919 % 12_000 if message.post else None


def reactions_tl(message: Message, viewer: User) -> Tl:
    """How often each emoji was given, and which is the viewer's own."""
    own = message.reactions.get(viewer.id)
    counts = Counter(message.reactions.values()).most_common()
    return types.MessageReactions(
        [types.ReactionCount(types.ReactionEmoji(one), count, 0 if one == own else None) for one, count in counts],
        can_see_list=message.peer.kind is not PeerKind.CHANNEL,
    )


def draft_tl(draft: Unsent | None) -> Tl:
    """What somebody has typed and not sent."""
    if draft is None:
        return types.DraftMessageEmpty()
    reply = types.InputReplyToMessage(draft.reply_to) if draft.reply_to else None
    entities = read_all(draft.entities) or None
    return types.DraftMessage(draft.text, draft.saved_at, reply_to=reply, entities=entities)


def _forwarded(message: Message) -> Tl:
    if message.forwarded_channel is not None:
        return types.MessageFwdHeader(date=message.sent_at, from_id=types.PeerChannel(message.forwarded_channel))
    if message.forwarded_from is None:
        return None
    return types.MessageFwdHeader(date=message.sent_at, from_id=types.PeerUser(message.forwarded_from))


def media_tl(media: Media) -> Tl:
    """A photo in two sizes and a preview, or a document with the attributes its sender gave."""
    reference = b"reference"
    previews = [types.PhotoStrippedSize("i", media.stripped)] if media.stripped else []
    if media.kind == "photo":
        share = min(1.0, _MEDIUM_SIDE / max(media.width, media.height, 1))
        medium = types.PhotoSize("m", round(media.width * share), round(media.height * share), media.size)
        whole = types.PhotoSize("x", media.width, media.height, media.size)
        sizes = [*previews, medium, whole]
        return types.MessageMediaPhoto(
            photo=types.Photo(media.file_id, media.file_id, reference, media.made_at, sizes, media.dc)
        )
    return types.MessageMediaDocument(
        document=types.Document(
            media.file_id,
            media.file_id,
            reference,
            media.made_at,
            media.mime,
            media.size,
            media.dc,
            read_all(media.attributes),
            thumbs=previews or None,
        )
    )


def read_all(objects: Iterable[bytes]) -> list[Tl]:
    """TL objects that the world keeps as bytes."""
    return [BinaryReader(one).tgread_object() for one in objects]


def dialog_tl(world: World, peer: Peer, dialog: Dialog) -> Tl:
    """One chat of a list."""
    channel = world.channels.get(peer.id) if peer.kind is PeerKind.CHANNEL else None
    return types.Dialog(
        peer=peer_tl(peer),
        top_message=dialog.top_id,
        read_inbox_max_id=dialog.read_in,
        read_outbox_max_id=dialog.read_out,
        unread_count=dialog.unread,
        unread_mentions_count=0,
        unread_reactions_count=0,
        unread_poll_votes_count=0,
        notify_settings=types.PeerNotifySettings(),
        pts=channel.box.pts if channel else None,
        pinned=dialog.pinned,
        unread_mark=dialog.marked,
        draft=draft_tl(dialog.draft) if dialog.draft else None,
    )


def state_tl(user: User, now: datetime) -> Tl:
    """Where a user's box stands. `seq` stays 0: clients accept it, and a whole class of gaps cannot happen."""
    return types.updates.State(user.box.pts, 0, now, 0, sum(dialog.unread for dialog in user.dialogs.values()))


def mentioned(
    world: World, viewer: User, messages: Iterable[Message] = (), peers: Iterable[Peer] = ()
) -> tuple[list[Tl], list[Tl]]:
    """The users and the chats an answer that names these must carry: clients know no hash they were not sent."""
    named = dict.fromkeys(peers)
    for message in messages:
        named[message.peer] = None
        for user_id in (None if message.post else message.sender_id, message.forwarded_from):
            if user_id is not None:
                named[Peer(PeerKind.USER, user_id)] = None
        if message.forwarded_channel is not None:
            named[Peer(PeerKind.CHANNEL, message.forwarded_channel)] = None
    users, chats = [], []
    for peer in named:
        match world.chat(peer):
            case User() as user:
                users.append(user_tl(user, viewer))
            case Group() as group:
                chats.append(group_tl(group, viewer))
            case Channel() as channel:
                chats.append(channel_tl(channel, viewer))
    return users, chats


def update_tl(event: Event, viewer: User, channel: Channel | None) -> Tl:
    """An event as an update; None when its message is gone, which a later event then says."""
    box = channel.box if channel else viewer.box
    if event.kind in (EventKind.NEW, EventKind.EDITED):
        message = box.messages.get(event.message_ids[0])
        return message and _message_update(event, message_tl(message, viewer), in_channel=channel is not None)
    if event.kind is EventKind.DELETED:
        if channel:
            return types.UpdateDeleteChannelMessages(channel.id, event.message_ids, event.pts, event.count)
        return types.UpdateDeleteMessages(event.message_ids, event.pts, event.count)
    assert event.peer is not None, "a mark is always of a chat"
    peer = peer_tl(event.peer)
    if event.kind in (EventKind.PINNED, EventKind.UNPINNED):
        pinned = event.kind is EventKind.PINNED
        if channel:
            return types.UpdatePinnedChannelMessages(channel.id, event.message_ids, event.pts, event.count, pinned)
        return types.UpdatePinnedMessages(peer, event.message_ids, event.pts, event.count, pinned)
    if event.kind is EventKind.READ_IN:
        return types.UpdateReadHistoryInbox(peer, event.up_to_id, event.unread, event.pts, event.count)
    return types.UpdateReadHistoryOutbox(peer, event.up_to_id, event.pts, event.count)


def _message_update(event: Event, message: Tl, *, in_channel: bool) -> Tl:
    if event.kind is EventKind.NEW:
        update = types.UpdateNewChannelMessage if in_channel else types.UpdateNewMessage
    else:
        update = types.UpdateEditChannelMessage if in_channel else types.UpdateEditMessage
    return update(message, event.pts, event.count)


def messages_of(event: Event, viewer: User, channel: Channel | None) -> list[Message]:
    """The messages an event still shows."""
    box = channel.box if channel else viewer.box
    if event.kind not in (EventKind.NEW, EventKind.EDITED):
        return []
    return [box.messages[message_id] for message_id in event.message_ids if message_id in box.messages]

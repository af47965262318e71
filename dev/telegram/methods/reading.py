"""messages.ReadHistory and its like: what tells others that somebody is there."""

from telethon.tl import types

from dev.telegram.methods.call import Call, method
from dev.telegram.methods.peers import reached, reached_channel
from dev.telegram.tl import Tl
from dev.telegram.views import peer_tl
from dev.telegram.world import writing
from dev.telegram.world.boxes import Dialog


@method("messages.ReadHistory")
def read_history(call: Call) -> Tl:
    """Mark a private chat or basic group as read up to a message; its senders see it."""
    chat = reached(call, call.request.peer)
    before = call.me.box.pts
    call.service.tell(writing.read(call.world, call.me, chat, call.request.max_id), skip=call.line)
    return types.messages.AffectedMessages(call.me.box.pts, call.me.box.pts - before)


@method("channels.ReadHistory")
def read_channel_history(call: Call) -> bool:
    """Mark a channel as read; the caller's other sessions are told, without a step of the channel's pts."""
    me, channel = call.me, reached_channel(call, call.request.channel)
    writing.read(call.world, me, channel, call.request.max_id)
    dialog = me.dialogs[channel.peer]
    update = types.UpdateReadChannelInbox(channel.id, dialog.read_in, dialog.unread, channel.box.pts)
    call.service.push(me, [update], peers=[channel.peer], skip=call.line)
    return True


@method("messages.ReadMentions", "messages.ReadReactions")
def read_mentions(call: Call) -> Tl:
    """There are no mentions or reactions to read."""
    return types.messages.AffectedHistory(call.me.box.pts, 0, 0)


@method("messages.MarkDialogUnread")
def mark_dialog_unread(call: Call) -> bool:
    """Put the mark of an unread chat on one that was read, or take it off; the caller's other sessions are told."""
    request, me = call.request, call.me
    peer = reached(call, request.peer.peer).peer
    me.dialogs.setdefault(peer, Dialog()).marked = bool(request.unread)
    update = types.UpdateDialogUnreadMark(types.DialogPeer(peer_tl(peer)), unread=request.unread)
    call.service.push(me, [update], peers=[peer], skip=call.line)
    return True

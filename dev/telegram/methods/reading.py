"""messages.ReadHistory and its like: what tells others that somebody is there."""

from telethon.tl import types

from dev.telegram.methods.call import Call, method
from dev.telegram.methods.peers import reached, reached_channel
from dev.telegram.tl import Tl
from dev.telegram.world import writing


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


@method("messages.SetTyping")
def set_typing(_: Call) -> bool:
    """Typing is seen by nobody."""
    return True

"""messages.SaveDraft and its like: what somebody has typed and not sent, the same in all of their sessions."""

from telethon.tl import types

from dev.telegram.methods.call import Call, method
from dev.telegram.methods.peers import reached
from dev.telegram.service import Line, Service
from dev.telegram.tl import Tl
from dev.telegram.views import draft_tl, mentioned, peer_tl
from dev.telegram.world.boxes import Dialog, Peer, Unsent
from dev.telegram.world.people import User


@method("messages.SaveDraft")
def save_draft(call: Call) -> bool:
    """Keep what is typed in a chat; nothing typed and nothing answered forgets it."""
    request = call.request
    reply_to = getattr(request.reply_to, "reply_to_msg_id", None)
    draft = Unsent(
        text=request.message,
        entities=[bytes(entity) for entity in request.entities or ()],
        reply_to=reply_to,
        saved_at=call.now,
    )
    keep(call.service, call.me, reached(call, request.peer).peer, draft, skip=call.line)
    return True


@method("messages.GetAllDrafts")
def get_all_drafts(call: Call) -> Tl:
    """Every draft, as the updates that would have told of it."""
    me = call.me
    drafts = {peer: dialog.draft for peer, dialog in me.dialogs.items() if dialog.draft is not None}
    users, chats = mentioned(call.world, me, peers=drafts)
    updates = [types.UpdateDraftMessage(peer_tl(peer), draft_tl(draft)) for peer, draft in drafts.items()]
    return types.Updates(updates, users, chats, call.now, 0)


def keep(service: Service, user: User, peer: Peer, draft: Unsent | None, *, skip: Line | None = None) -> None:
    """Put a draft in place of the one before, and tell the user's other sessions where that changes anything."""
    dialog = user.dialogs.setdefault(peer, Dialog())
    kept = draft if draft is not None and (draft.text or draft.reply_to) else None
    if kept is None and dialog.draft is None:
        return
    dialog.draft = kept
    service.push(user, [types.UpdateDraftMessage(peer_tl(peer), draft_tl(kept))], peers=[peer], skip=skip)

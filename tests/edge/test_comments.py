"""Comments on chats: threads, mentions, files, quotes, who edits and deletes, what is told, kept and counted."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from chalicelib.features.comments import use_cases as comments
from chalicelib.features.comments.model import Subject, SubjectKind
from chalicelib.features.notifications.repository import Notices
from chalicelib.kernel import ids
from chalicelib.kernel.ids import CommentId, FileId
from chalicelib.kernel.roles import Role
from chalicelib.table import cards_keys, keys
from chalicelib.table.transaction import ChangedMeanwhile
from tests import uploads
from tests.api_client import Answer
from tests.races import at_once, in_between, killed_after
from tests.scene import a_job, an_account, chats_of
from tests.team import Team

pytestmark = pytest.mark.usefixtures("local_aws")
Patch = pytest.MonkeyPatch
SECRET = "the fox is in the henhouse"


class Talk:
    """A team, and what it says about a chat. Max is connected to the chat's account, nobody else is."""

    def __init__(self) -> None:
        self.team = Team(olga=Role.OWNER, adam=Role.ADMIN, max=Role.MEMBER, mia=Role.MEMBER)
        account_id = an_account(self.team.workspace_id, self.team.people["max"])
        self.chat_id, self.other_chat_id = (each.id for each in chats_of(self.team.workspace_id, account_id, 2))
        self.subject = Subject(kind=SubjectKind.CHAT, id=self.chat_id)

    def say(self, text: str = "Call back.", by: str = "mia", **more: Any) -> Answer:
        """Comment on the chat."""
        headers = {"Idempotency-Key": more.pop("key")} if "key" in more else None
        path = f"/chats/{self.chat_id}/comments"
        return self.team.desk(by).send("POST", path, {"text": text, **more}, headers=headers)

    def said(self, text: str = "Call back.", by: str = "mia", **more: Any) -> CommentId:
        """The id of a new comment."""
        answer = self.say(text, by, **more)
        assert answer.status == 201, answer.body
        return CommentId(answer.body["id"])

    def edit(self, comment_id: str, text: str, by: str = "mia", **more: Any) -> Answer:
        """Say it otherwise."""
        return self.team.desk(by).send("PATCH", f"/chats/{self.chat_id}/comments/{comment_id}", {"text": text, **more})

    def delete(self, comment_id: str, by: str = "mia") -> Answer:
        """Take it away."""
        return self.team.desk(by).send("DELETE", f"/chats/{self.chat_id}/comments/{comment_id}")

    def page(self, by: str = "olga", query: str = "") -> Any:
        """A page of threads."""
        answer = self.team.desk(by).get(f"/chats/{self.chat_id}/comments{query}")
        assert answer.status == 200, answer.body
        return answer.body

    def texts(self) -> list[list[str]]:
        """What every thread says, as the page has it."""
        return [
            [thread["comment"]["text"], *(answer["text"] for answer in thread["answers"])]
            for thread in self.page()["threads"]
        ]

    def told(self, name: str) -> list[str]:
        """What somebody was told, the newest first."""
        notices = Notices(a_job(self.team.workspace_id), self.team.id(name)).newest(before=None, limit=9)
        return [each.notice.kind.value for each in notices]

    def counted(self) -> int:
        """How many comments the chat has, as its own row counts."""
        rows = a_job(self.team.workspace_id).rows(keys.chat_partition(self.chat_id))
        [counts] = rows.plain(cards_keys.chat_counts(self.chat_id))
        return int(counts["comments"])

    def mention(self, text: str, name: str) -> dict[str, Any]:
        """A mention of somebody where the text names them."""
        called = f"@{name.capitalize()}"
        return {"user_id": self.team.id(name), "offset": text.index(called), "length": len(called)}


@pytest.fixture
def talk() -> Talk:
    """A chat to comment on."""
    return Talk()


def test_comments_are_threads_that_every_member_reads_the_newest_first(talk: Talk) -> None:
    first, second = talk.said("First."), talk.said("Second.", by="max")
    talk.said("To the first.", by="max", answers=first)
    talk.said("To the first, too.", answers=first)
    assert talk.texts() == [["Second."], ["First.", "To the first.", "To the first, too."]]
    [newest, _] = talk.page("adam")["threads"]
    assert newest["comment"] == {
        "id": second,
        "author": {"id": talk.team.id("max"), "name": "Max"},
        "text": "Second.",
        "mentions": [],
        "files": [],
        "quote": None,
        "at": newest["comment"]["at"],
        "edited_at": None,
        "version": 1,
        "is_deleted": False,
    }
    assert talk.counted() == 4


def test_an_answer_is_not_answered_and_neither_is_what_is_not_there(talk: Talk) -> None:
    answer = talk.said("To it.", answers=talk.said())
    assert talk.say("To the answer.", answers=answer).code == "comment-invalid"
    for missing in (ids.mint(), "x", ids.mint() * 2):
        assert talk.say("To nothing.", answers=missing).code == "comment-not-found"
    assert talk.counted() == 2


def test_pages_hold_whole_threads_and_miss_none(talk: Talk) -> None:
    roots = [talk.said(f"Comment {number}.") for number in range(4)]
    for root in roots[:2]:
        for number in range(3):
            talk.said(f"Answer {number}.", answers=root)
    seen, query, pages = [], "?limit=3", 0
    while query:
        page = talk.page(query=query)
        seen += [(thread["comment"]["id"], len(thread["answers"])) for thread in page["threads"]]
        query = f"?limit=3&cursor={page['next_cursor']}" if page["next_cursor"] else ""
        pages += 1
    assert seen == [(roots[3], 0), (roots[2], 0), (roots[1], 3), (roots[0], 3)]
    assert pages == 3


def test_a_cursor_of_another_chat_is_none_of_this_one(talk: Talk) -> None:
    talk.said()
    talk.said()
    cursor = talk.page(query="?limit=1")["next_cursor"]
    path = f"/chats/{talk.other_chat_id}/comments?cursor={cursor}"
    assert talk.team.desk("olga").get(path).code == "cursor-invalid"


def test_members_are_mentioned_and_told_and_their_names_are_as_they_are_now(talk: Talk) -> None:
    text = "@Max, ask @Adam."
    said = talk.say(text, mentions=[talk.mention(text, "max"), talk.mention(text, "adam")])
    assert said.body["text"] == "@, ask @."
    names = {"Max": talk.team.id("max"), "Adam": talk.team.id("adam")}
    assert [each["member"] for each in said.body["mentions"]] == [
        {"id": user_id, "name": name} for name, user_id in names.items()
    ]
    assert [talk.told(name) for name in ("max", "adam", "olga", "mia")] == [["comment.mention"]] * 2 + [[]] * 2
    assert talk.team.desk("adam").send("PATCH", f"/members/{names['Max']}", {"alias": "Maxim"}).status == 200
    [thread] = talk.page()["threads"]
    assert [each["member"]["name"] for each in thread["comment"]["mentions"]] == ["Maxim", "Adam"]


def test_a_mention_of_a_stranger_is_refused_and_nothing_is_written(talk: Talk) -> None:
    stranger = Team(eve=Role.OWNER).id("eve")
    refused = talk.say("@Eve", mentions=[{"user_id": stranger, "offset": 0, "length": 4}])
    assert (refused.status, refused.code, refused.pointers) == (422, "mention-unknown", ["/mentions/0/user_id"])
    assert (talk.texts(), talk.team.events()) == ([], [])


def test_who_left_is_no_name_any_more(talk: Talk) -> None:
    talk.said("@Max", mentions=[talk.mention("@Max", "max")])
    assert talk.team.desk("adam").send("DELETE", f"/members/{talk.team.id('max')}").status == 204
    [thread] = talk.page()["threads"]
    assert thread["comment"]["mentions"][0]["member"] == {"id": talk.team.id("max"), "name": None}


def test_who_is_answered_is_told_once_and_nobody_of_what_they_said_themselves(talk: Talk) -> None:
    root = talk.said("@Mia", mentions=[talk.mention("@Mia", "mia")])
    talk.said("My own answer.", answers=root)
    assert talk.told("mia") == []
    talk.said("@Mia", by="max", answers=root, mentions=[talk.mention("@Mia", "mia")])
    talk.said("Again.", by="max", answers=root)
    assert talk.told("mia") == ["comment.answer", "comment.mention"]


def test_files_hang_on_a_comment_and_go_with_it(talk: Talk) -> None:
    file_id = uploads.put_up(talk.team.desk("mia"), "comment", name="offer.png")
    comment_id = talk.said("", file_ids=[file_id, file_id])
    [thread] = talk.page()["threads"]
    assert [(file["id"], file["name"]) for file in thread["comment"]["files"]] == [(file_id, "offer.png")]
    assert talk.team.desk("olga").get(f"/files/{file_id}").status == 200
    assert talk.say("Mine.", by="max", file_ids=[file_id]).code == "file-not-found"
    assert talk.delete(comment_id).status == 204
    assert talk.team.desk("mia").get(f"/files/{file_id}").status == 404


def test_a_file_of_somebody_else_or_for_something_else_is_not_there(talk: Talk) -> None:
    theirs = uploads.put_up(talk.team.desk("max"), "comment")
    for_a_ticket = uploads.put_up(talk.team.desk("mia"), "ticket")
    for file_id in (theirs, for_a_ticket, ids.mint()):
        assert talk.say("Look.", file_ids=[file_id]).code == "file-not-found"
    assert (talk.texts(), talk.team.events()) == ([], [])


def test_a_message_is_quoted_by_reference_by_those_who_read_it(talk: Talk) -> None:
    quote = {"chat_id": talk.chat_id, "message_id": 7}
    assert talk.say("", by="mia", quote=quote).code == "chat-not-found"
    assert talk.say("", by="max", quote={"chat_id": ids.mint() + "0" * 16, "message_id": 7}).code == "chat-not-found"
    assert talk.say("", by="max", quote=quote).status == 201
    [thread] = talk.page("mia")["threads"]
    assert (thread["comment"]["quote"], thread["comment"]["text"]) == (quote, "")


@pytest.mark.parametrize("text", ["", " \n", "a\u0000b"])
def test_what_says_nothing_is_refused(talk: Talk, text: str) -> None:
    refused = talk.say(text)
    assert (refused.status, refused.code, refused.pointers) == (422, "comment-invalid", ["/text"])


def test_an_author_edits_and_it_is_marked(talk: Talk) -> None:
    comment_id = talk.said("Call bakc.")
    edited = talk.edit(comment_id, "Call back.", version=1)
    assert (edited.body["text"], edited.body["version"]) == ("Call back.", 2)
    assert edited.body["edited_at"] is not None
    entry = talk.team.entry("comment.edited")
    assert (entry.target, entry.old["text"], entry.new["text"]) == (talk.chat_id, "Call bakc.", "Call back.")
    assert talk.edit(comment_id, "Call back.").body["version"] == 2
    assert talk.edit(comment_id, " ").code == "comment-invalid"


def test_an_edit_tells_those_who_are_mentioned_only_now(talk: Talk) -> None:
    comment_id = talk.said("@Max", mentions=[talk.mention("@Max", "max")])
    text = "@Max @Adam"
    talk.edit(comment_id, text, mentions=[talk.mention(text, "max"), talk.mention(text, "adam")])
    assert [talk.told(name) for name in ("max", "adam")] == [["comment.mention"], ["comment.mention"]]


@pytest.mark.parametrize("by", ["max", "adam", "olga"])
def test_nobody_but_its_author_edits_a_comment(talk: Talk, by: str) -> None:
    refused = talk.edit(talk.said(), "Something else.", by=by)
    assert (refused.status, refused.code) == (403, "comment-not-yours")
    assert talk.texts() == [["Call back."]]


@pytest.mark.parametrize(("by", "status"), [("mia", 204), ("max", 403), ("adam", 204), ("olga", 204)])
def test_a_comment_is_deleted_by_its_author_or_an_admin(talk: Talk, by: str, status: int) -> None:
    comment_id = talk.said()
    assert talk.delete(comment_id, by=by).status == status
    assert (len(talk.texts()), talk.counted()) == ((0, 0) if status == 204 else (1, 1))


def test_a_deleted_comment_keeps_its_place_while_it_has_answers(talk: Talk) -> None:
    root = talk.said(SECRET)
    answer = talk.said("To it.", by="max", answers=root)
    assert talk.delete(root).status == 204
    [thread] = talk.page()["threads"]
    assert (thread["comment"]["text"], thread["comment"]["is_deleted"], len(thread["answers"])) == ("", True, 1)
    assert talk.counted() == 1
    for refused in (talk.edit(root, "No."), talk.delete(root), talk.say("To nothing.", answers=root)):
        assert refused.code == "comment-not-found"
    assert talk.delete(answer, by="max").status == 204
    assert (talk.texts(), talk.counted()) == ([], 0)


def test_a_repeated_comment_is_one(talk: Talk) -> None:
    first, second = talk.say(key="k"), talk.say(key="k")
    assert (first.status, second.status, first.body["id"]) == (201, 201, second.body["id"])
    assert (talk.texts(), talk.counted()) == ([["Call back."]], 1)


def test_the_journal_has_a_long_comment_as_excerpt_and_hash_and_no_name(talk: Talk) -> None:
    text = "@Max " + "x" * 2_000
    talk.said(text, mentions=[talk.mention(text, "max")])
    entry = talk.team.entry("comment.created")
    assert entry.target == talk.chat_id
    assert entry.new["text"].keys() == {"excerpt", "sha256", "characters"}
    assert entry.new["text"]["excerpt"].startswith("@ xxx")


def test_no_text_of_a_comment_stands_in_the_log(talk: Talk, logged: Callable[[], str]) -> None:
    comment_id = talk.said(SECRET)
    talk.edit(comment_id, f"{SECRET}!")
    talk.page()
    talk.delete(comment_id)
    assert SECRET not in logged()


def test_a_chat_that_is_not_there_has_no_comments(talk: Talk) -> None:
    for chat_id in ("x", ids.mint() + "0" * 16):
        assert talk.team.desk("olga").get(f"/chats/{chat_id}/comments").code == "chat-not-found"


def test_a_comment_of_another_chat_is_not_there(talk: Talk) -> None:
    comment_id = talk.said()
    path = f"/chats/{talk.other_chat_id}/comments/{comment_id}"
    assert talk.team.desk("mia").send("PATCH", path, {"text": "Hm."}).code == "comment-not-found"
    assert talk.team.desk("mia").send("DELETE", path).code == "comment-not-found"


def test_without_a_seat_comments_are_read_and_not_written() -> None:
    team = Team(olga=Role.OWNER, seats=None)
    [chat] = chats_of(team.workspace_id, an_account(team.workspace_id), 1)
    path = f"/chats/{chat.id}/comments"
    assert team.desk("olga").get(path).body == {"threads": [], "next_cursor": None}
    refused = team.desk("olga").send("POST", path, {"text": "Hm."})
    assert (refused.status, refused.code) == (403, "seat-needed")


def test_a_comment_that_is_killed_leaves_no_trace(talk: Talk, monkeypatch: Patch) -> None:
    file_id = uploads.put_up(talk.team.desk("mia"), "comment")
    assert killed_after(0, lambda: talk.say("@Max", file_ids=[file_id]), monkeypatch)
    assert (talk.texts(), talk.told("max")) == ([], [])
    assert talk.said("Once more.", file_ids=[FileId(file_id)])


def test_a_comment_answered_while_it_is_deleted_stands(talk: Talk, monkeypatch: Patch) -> None:
    root = talk.said()
    handle = talk.team.handle("mia")
    act = partial(comments.delete_comment, talk.subject, root, tenant=handle)
    assert in_between(act, lambda: talk.said("To it.", by="max", answers=root), monkeypatch) is ChangedMeanwhile
    assert talk.texts() == [["Call back.", "To it."]]


def test_a_comment_deleted_while_it_is_answered_is_not_there(talk: Talk, monkeypatch: Patch) -> None:
    root = talk.said()
    outcome = in_between(
        lambda: talk.say("To it.", by="max", answers=root).code, lambda: talk.delete(root), monkeypatch
    )
    assert outcome == "changed-meanwhile"
    assert (talk.texts(), talk.counted()) == ([], 0)


def test_two_edits_at_once_are_one_and_the_other_is_told(talk: Talk, monkeypatch: Patch) -> None:
    comment_id = talk.said()
    acts = [partial(talk.edit, comment_id, text) for text in ("One.", "Two.")]
    answers = [answer for answer in at_once(acts, monkeypatch) if isinstance(answer, Answer)]
    assert sorted(answer.status for answer in answers) == [200, 409]
    assert talk.edit(comment_id, "Three.", version=1).body["standing"] == {"version": 2}


def test_a_thread_has_two_hundred_answers(talk: Talk, monkeypatch: Patch) -> None:
    monkeypatch.setattr(comments, "MAX_ANSWERS", 2)
    root = talk.said()
    for _ in range(2):
        talk.said("To it.", answers=root)
    assert talk.say("One too many.", answers=root).code == "thread-full"

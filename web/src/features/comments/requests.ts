/** What is asked of the API about comments: on a chat by the chat's paths, on a ticket by the ticket's. */

import { http } from "@/lib/api/client";
import type { Comment, CommentChange, NewComment } from "@/lib/api/types";
import type { Subject } from "./threads";

export async function postComment(
  workspaceId: string,
  { kind, id }: Subject,
  body: NewComment,
  key: string,
): Promise<Comment | undefined> {
  const workspace_id = workspaceId;
  const header = { "Idempotency-Key": key };
  const { data } = await (kind === "chat"
    ? http.POST("/workspaces/{workspace_id}/chats/{chat_id}/comments", {
        params: { path: { workspace_id, chat_id: id }, header },
        body,
      })
    : http.POST("/workspaces/{workspace_id}/tickets/{ticket_id}/comments", {
        params: { path: { workspace_id, ticket_id: id }, header },
        body,
      }));
  return data;
}

export async function patchComment(
  workspaceId: string,
  { kind, id }: Subject,
  commentId: string,
  body: CommentChange,
): Promise<Comment | undefined> {
  const of = { workspace_id: workspaceId, comment_id: commentId };
  const { data } = await (kind === "chat"
    ? http.PATCH("/workspaces/{workspace_id}/chats/{chat_id}/comments/{comment_id}", {
        params: { path: { ...of, chat_id: id } },
        body,
      })
    : http.PATCH("/workspaces/{workspace_id}/tickets/{ticket_id}/comments/{comment_id}", {
        params: { path: { ...of, ticket_id: id } },
        body,
      }));
  return data;
}

export async function deleteComment(
  workspaceId: string,
  { kind, id }: Subject,
  commentId: string,
): Promise<void> {
  const of = { workspace_id: workspaceId, comment_id: commentId };
  await (kind === "chat"
    ? http.DELETE("/workspaces/{workspace_id}/chats/{chat_id}/comments/{comment_id}", {
        params: { path: { ...of, chat_id: id } },
      })
    : http.DELETE("/workspaces/{workspace_id}/tickets/{ticket_id}/comments/{comment_id}", {
        params: { path: { ...of, ticket_id: id } },
      }));
}

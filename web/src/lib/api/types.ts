/** The API's own words, taken from the generated schema by path, so that a renamed component breaks nothing. */

import type { paths } from "./schema";

type Json<R> = R extends { content: { "application/json": infer Body } } ? Body : never;
type Success<O> = O extends { responses: infer R } ? Json<R[Extract<keyof R, 200 | 201 | 202>]> : never;
type Answer<P extends keyof paths, V extends keyof paths[P]> = Success<paths[P][V]>;
type Body<P extends keyof paths, V extends keyof paths[P]> = paths[P][V] extends {
  requestBody?: { content: { "application/json": infer B } };
}
  ? B
  : never;

export type Me = Answer<"/me", "get">;
export type User = Me["user"];
export type Membership = Me["workspaces"][number];
export type Role = Membership["role"];
export type Workspace = Answer<"/workspaces/{workspace_id}", "get">;
export type Action = Workspace["can"][number];
export type Toggle = keyof Body<"/workspaces/{workspace_id}/toggles", "patch">;
export type Member = Answer<"/workspaces/{workspace_id}/members", "get">["members"][number];
export type Flag = Member["flags"][number];
export type LeaveRequest = Answer<"/workspaces/{workspace_id}/leave-requests", "get">["requests"][number];
export type Invite = Answer<"/workspaces/{workspace_id}/invites", "get">["invites"][number];
export type NewInvite = Answer<"/workspaces/{workspace_id}/invites", "post">;
export type InviteFacts = Answer<"/invites/look-up", "post">;
export type Account = Answer<"/workspaces/{workspace_id}/accounts", "get">["accounts"][number];
export type Connection = Account["connections"][number];
export type ConnectionState = Connection["state"];
export type Chat = Answer<"/workspaces/{workspace_id}/chats", "get">["chats"][number];
export type ChatPage = Answer<"/workspaces/{workspace_id}/chats", "get">;
export type ChatPrivate = NonNullable<Chat["private"]>;
export type Contact = Answer<"/workspaces/{workspace_id}/contacts", "get">["contacts"][number];
export type KnownGroup = Answer<"/workspaces/{workspace_id}/groups", "get">["groups"][number];
export type BulkEdit = Answer<"/workspaces/{workspace_id}/bulk-edits", "post">;
export type BegunImport = Answer<"/workspaces/{workspace_id}/imports", "post">;
export type ImportOut = BegunImport["import"];
export type ImportPlan = Body<"/workspaces/{workspace_id}/imports/{import_id}/check", "post">;
export type ImportFault = Answer<
  "/workspaces/{workspace_id}/imports/{import_id}/faults",
  "get"
>["faults"][number];
export type NewOptionsOfColumn = Answer<
  "/workspaces/{workspace_id}/imports/{import_id}/options",
  "get"
>["columns"][number];
export type ExcludedChat = Answer<
  "/workspaces/{workspace_id}/accounts/{account_id}/excluded-chats",
  "get"
>["chats"][number];
export type Column = Answer<"/workspaces/{workspace_id}/columns", "get">["columns"][number];
export type ColumnOption = Column["options"][number];
export type Hue = ColumnOption["hue"];
export type ColumnUsage = Answer<"/workspaces/{workspace_id}/columns/{column_id}/usage", "get">;
export type ConversionPreview = Answer<
  "/workspaces/{workspace_id}/columns/{column_id}/conversion/preview",
  "post"
>;
export type ViewList = Answer<"/workspaces/{workspace_id}/views", "get">;
export type View = ViewList["views"][number];
export type SetValue = Answer<"/workspaces/{workspace_id}/chats/{chat_id}/values/{column_id}", "put">;
export type Template = Answer<"/workspaces/{workspace_id}/templates/{template_id}", "get">;
export type TemplateDraft = Body<"/workspaces/{workspace_id}/templates", "post">;
export type TemplateCard = Answer<"/workspaces/{workspace_id}/templates", "get">["templates"][number];
export type TemplateFolder = Answer<"/workspaces/{workspace_id}/templates", "get">["folders"][number];
export type Change = Answer<"/workspaces/{workspace_id}/changes", "get">["changes"][number];
export type ActivityPage = Answer<"/workspaces/{workspace_id}/activity", "get">;
export type ActivityEntry = ActivityPage["entries"][number];
export type ActivityExport = Answer<"/workspaces/{workspace_id}/activity/exports", "post">;
export type DataExport = Answer<"/workspaces/{workspace_id}/exports", "post">;
export type FileOut = Answer<"/workspaces/{workspace_id}/files/{file_id}/check", "post">;
export type PlaceKind = Body<"/workspaces/{workspace_id}/files", "post">["for"];
export type CommentsPage = Answer<"/workspaces/{workspace_id}/chats/{chat_id}/comments", "get">;
export type Thread = CommentsPage["threads"][number];
export type Comment = Thread["comment"];
export type NewComment = Body<"/workspaces/{workspace_id}/chats/{chat_id}/comments", "post">;
export type CommentChange = Body<"/workspaces/{workspace_id}/chats/{chat_id}/comments/{comment_id}", "patch">;
export type KindOfWork = Answer<"/workspaces/{workspace_id}/due-work", "get">["kinds"][number];
export type GatewayPass = Answer<"/workspaces/{workspace_id}/gateway-passes", "post">;
export type SignUp = Body<"/sign-up", "post">;
export type Proof = Body<"/me/sessions/end", "post">["proof"];
export type SignInAnswer = Answer<"/sign-in", "post">;
export type Session = Answer<"/me/sessions", "get">["sessions"][number];
export type OwnLog = Answer<"/me/log", "get">;
export type OwnLogEntry = OwnLog["entries"][number];
export type FactorSetup = Answer<"/me/second-factor/setup", "post">;
export type SocialAnswer = Answer<"/sign-in/{provider}/finish", "post">;
export type Provider = Answer<"/sign-in/providers", "get">["providers"][number];
export type Login = Answer<"/me/logins", "get">["logins"][number];
export type Seat = Answer<"/workspaces/{workspace_id}/seats", "get">["seats"][number];
export type SeatState = Seat["state"];
export type Plan = Seat["plan"];
export type Interval = Seat["interval"];
export type Entitlement = Workspace["entitlement"];
export type Billing = Answer<"/workspaces/{workspace_id}/billing", "get">;
export type Subscription = Billing["subscriptions"][number];
export type Price = Billing["prices"][number];
export type Order = Body<"/workspaces/{workspace_id}/billing/preview", "post">;
export type Preview = Answer<"/workspaces/{workspace_id}/billing/preview", "post">;
export type Bill = Answer<"/workspaces/{workspace_id}/billing/invoices", "get">["invoices"][number];
export type NoticePage = Answer<"/workspaces/{workspace_id}/notifications", "get">;
export type Notice = NoticePage["notices"][number];
export type NoticeKind = Notice["kind"];
export type NoticePreferences = Answer<"/me/notifications", "get">;
export type TelegramBot = Answer<"/me/telegram-bot", "get">;
export type PushStanding = Answer<"/me/push", "get">;
export type PushBrowser = PushStanding["browsers"][number];
export type NoticeWay = NonNullable<NoticePreferences["kinds"][NoticeKind]>[number];
export type Reminder = Answer<"/workspaces/{workspace_id}/reminders", "get">["reminders"][number];
export type NewReminder = Body<"/workspaces/{workspace_id}/reminders", "post">;
export type ReminderWhen = NewReminder["when"];
export type Repeat = NonNullable<Reminder["repeat"]>;
export type TicketPage = Answer<"/workspaces/{workspace_id}/tickets", "get">;
export type Ticket = TicketPage["tickets"][number];
export type TicketChange = Body<"/workspaces/{workspace_id}/tickets/{ticket_id}", "patch">;
export type NewTicket = Body<"/workspaces/{workspace_id}/tickets", "post">;
export type TicketSla = Answer<"/workspaces/{workspace_id}/ticket-sla", "get">;
export type TicketField = Answer<"/workspaces/{workspace_id}/ticket-fields", "get">["fields"][number];

/** An answer that is not a success: RFC 9457 with our members. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  request_id?: string;
  errors?: { pointer: string; detail: string }[];
  /** What stands in the way; each code has its own shape. */
  standing?: unknown;
  retry_after_s?: number | null;
}

/** A group's members, page by page, with what an admin may do to each. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Badge, Button, Loader, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Ellipsis, Search } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { menuOnDemand } from "@/components/MenuOnDemand";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import { useLive } from "@/live/LiveProvider";
import type { GroupInfo, GroupMember } from "./chatInfo";
import classes from "./info.module.css";
import type { MemberMenuSubject } from "./MemberMenu";

const PAGE = 50;
const TYPING_MS = 300;
const MemberMenu = menuOnDemand<MemberMenuSubject>(() => import("./MemberMenu"));
const RightsDialog = lazy(async () => ({ default: (await import("./RightsDialog")).RightsDialog }));
const RemoveDialog = lazy(async () => ({ default: (await import("./RemoveDialog")).RemoveDialog }));

type Doing = { what: "rights" | "remove" | "ban"; member: GroupMember };

export function Members({ chatId, group }: { chatId: string; group: GroupInfo }) {
  const { t } = useLingui();
  const [words, setWords] = useState("");
  const [settled] = useDebouncedValue(words.trim(), TYPING_MS);
  const [doing, setDoing] = useState<Doing>();
  const found = useMembers(chatId, settled);
  const members = found.data?.pages.flatMap((page) => page.members) ?? [];
  const count = found.data?.pages[0]?.count;
  return (
    <div className={classes.stack}>
      <h4 className={classes.small}>
        {count === undefined ? (
          <Trans>Members</Trans>
        ) : (
          <Plural value={count} one="# member" other="# members" />
        )}
      </h4>
      <TextInput
        size="xs"
        type="search"
        aria-label={t`Search members`}
        placeholder={t`Search members`}
        maxLength={64}
        leftSection={<Search size={14} aria-hidden />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {found.isPending && <LoadingRows rows={3} height={28} />}
      {found.error && members.length === 0 && (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.data && settled !== "" && members.length === 0 && (
        <Text size="sm" c="dimmed" role="status">
          <Trans>Nobody here has this name</Trans>
        </Text>
      )}
      <ul className={classes.members}>
        {members.map((member) => (
          <MemberLine
            key={member.id}
            member={member}
            rights={group.management?.rights ?? []}
            onDo={(what) => setDoing({ what, member })}
          />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button
          size="compact-sm"
          variant="subtle"
          disabled={found.isFetching}
          onClick={() => void found.fetchNextPage()}
        >
          {found.isFetching ? <Loader size={14} /> : <Trans>More members</Trans>}
        </Button>
      )}
      <Suspense>
        {doing?.what === "rights" && (
          <RightsDialog
            chatId={chatId}
            group={group}
            member={doing.member}
            onClose={() => setDoing(undefined)}
          />
        )}
        {doing && doing.what !== "rights" && (
          <RemoveDialog
            chatId={chatId}
            member={doing.member}
            isBan={doing.what === "ban"}
            onClose={() => setDoing(undefined)}
          />
        )}
      </Suspense>
    </div>
  );
}

function useMembers(chatId: string, words: string) {
  const live = useLive();
  return useInfiniteQuery({
    queryKey: ["chat-members", chatId, words],
    queryFn: ({ pageParam }) =>
      live.request("chat.members", { chat_id: chatId, words, offset: pageParam, limit: PAGE }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.has_more ? pages.length * PAGE : undefined),
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
}

interface MemberLineProps {
  member: GroupMember;
  /** What the account may in this group. */
  rights: readonly string[];
  onDo: (what: Doing["what"]) => void;
}

function MemberLine({ member, rights, onDo }: MemberLineProps) {
  const { t } = useLingui();
  const mayBan = rights.includes("ban_users");
  const mayPromote = rights.includes("add_admins");
  const isTouchable = member.role !== "owner" && (mayBan || mayPromote);
  return (
    <li className={classes.member}>
      <span className={classes.who}>
        <span>
          <bdi>{member.name}</bdi>
        </span>
        {member.username && <small>@{member.username}</small>}
      </span>
      {member.role !== "member" && (
        <Badge variant="light" color={member.role === "owner" ? "brand" : "gray"} size="sm">
          {member.rank || (member.role === "owner" ? t`Owner` : t`Admin`)}
        </Badge>
      )}
      {isTouchable && (
        <MemberMenu
          className={classes.more ?? ""}
          aria-label={t`Change ${member.name}`}
          subject={{ isAdmin: member.role === "admin", mayBan, mayPromote, onDo }}
        >
          <Ellipsis size={16} />
        </MemberMenu>
      )}
    </li>
  );
}

/** Who a chat is with, by Telegram's word: a person's profile, or a group with its members and management. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Users } from "lucide-react";
import { lazy, Suspense } from "react";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import { useWorkspace } from "@/lib/session";
import { type ChatInfo, useChatInfo } from "./chatInfo";
import classes from "./info.module.css";

const Manage = lazy(async () => ({ default: (await import("./Manage")).Manage }));
const Members = lazy(async () => ({ default: (await import("./Members")).Members }));

export default function About({ chatId }: { chatId: string }) {
  const info = useChatInfo(chatId);
  return (
    <section className={classes.section} aria-labelledby="about-chat">
      <h3 id="about-chat">
        <Trans>In Telegram</Trans>
      </h3>
      {info.isPending && <LoadingRows rows={2} height={20} />}
      {info.error && info.data === undefined && (
        <ErrorState error={info.error} onRetry={() => void info.refetch()} />
      )}
      {info.data && <Told chatId={chatId} info={info.data} />}
    </section>
  );
}

function Told({ chatId, info }: { chatId: string; info: ChatInfo }) {
  const { about, person, group } = info;
  return (
    <>
      {about && (
        <Text size="sm" className={classes.about} dir="auto">
          {about}
        </Text>
      )}
      {person && <CommonGroups groups={person.common_groups} />}
      {group && (
        <>
          <OwnRole role={group.role} />
          <Suspense fallback={<LoadingRows rows={3} height={32} />}>
            {group.management && <Manage chatId={chatId} info={info} group={group} />}
            {group.may_see_members ? (
              <Members chatId={chatId} group={group} />
            ) : (
              <Text size="sm" c="dimmed">
                <Trans>Members are shown to those whom Telegram and the workspace let see them.</Trans>
              </Text>
            )}
          </Suspense>
        </>
      )}
      {!about && person?.common_groups.length === 0 && (
        <Text size="sm" c="dimmed">
          <Trans>They tell nothing about themselves.</Trans>
        </Text>
      )}
    </>
  );
}

function CommonGroups({ groups }: { groups: NonNullable<ChatInfo["person"]>["common_groups"] }) {
  const ws = useWorkspace().id;
  if (groups.length === 0) return null;
  return (
    <div>
      <h4 className={classes.small}>
        <Trans>Groups you share</Trans>
      </h4>
      <ul className={classes.plain}>
        {groups.map((each) => (
          <li key={each.chat_id} dir="auto">
            {each.is_listed ? (
              <Link
                to="/w/$ws/inbox/$chatId"
                params={{ ws, chatId: each.chat_id }}
                search={true}
                className={classes.link}
              >
                <Users size={14} aria-hidden /> {each.title}
              </Link>
            ) : (
              each.title
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function OwnRole({ role }: { role: NonNullable<ChatInfo["group"]>["role"] }) {
  const { t } = useLingui();
  const words = { owner: t`Owner`, admin: t`Admin`, member: t`Member`, left: t`Not a member` };
  return (
    <Text size="sm">
      <Trans>This account is:</Trans>{" "}
      <Badge component="span" variant="light" color="gray">
        {words[role]}
      </Badge>
    </Text>
  );
}

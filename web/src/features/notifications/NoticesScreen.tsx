/** What the person was told: newest first, read by opening it, all at once by a button. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { BellOff, CheckCheck, Settings } from "lucide-react";

import { LinkButton } from "@/components/LinkButton";
import { PageHeader } from "@/components/PageHeader";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import type { Notice } from "@/lib/api/types";
import { usePageTitle } from "@/lib/pageTitle";
import { useWorkspace } from "@/lib/session";

import { NoticeRow } from "./NoticeRow";
import classes from "./NoticesScreen.module.css";
import { useMarkRead, useNotices } from "./notices";

export function NoticesScreen() {
  const { t } = useLingui();
  const workspace = useWorkspace();
  const list = useNotices();
  const { markRead, markAllRead, isMarkingAll } = useMarkRead();
  const notices = list.data?.pages.flatMap((page) => page.notices) ?? [];
  const newest = notices[0];
  const hasUnread = (list.data?.pages[0]?.unread ?? 0) > 0;
  usePageTitle(t`Notifications`, workspace.name);
  return (
    <div className={classes.screen}>
      <PageHeader title={<Trans>Notifications</Trans>}>
        {newest && hasUnread && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<CheckCheck size={16} />}
            loading={isMarkingAll}
            onClick={() => markAllRead(newest.id)}
          >
            <Trans>Mark all read</Trans>
          </Button>
        )}
        <LinkButton
          variant="default"
          size="compact-sm"
          leftSection={<Settings size={16} />}
          to="/w/$ws/settings/notifications"
          params={{ ws: workspace.id }}
        >
          <Trans>Settings</Trans>
        </LinkButton>
      </PageHeader>
      <List list={list} notices={notices} onRead={markRead} />
    </div>
  );
}

interface ListProps {
  list: ReturnType<typeof useNotices>;
  notices: readonly Notice[];
  onRead: (noticeId: string) => void;
}

function List({ list, notices, onRead }: ListProps) {
  const { t } = useLingui();
  if (list.isPending) return <LoadingRows />;
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (notices.length === 0 && !list.hasNextPage)
    return (
      <EmptyState icon={BellOff} title={<Trans>Nothing yet</Trans>}>
        <Trans>
          Mentions, assignments and reminders that are for you appear here. They say who and where; what was
          written stays where it was written.
        </Trans>
      </EmptyState>
    );
  return (
    <div className={classes.scroller}>
      <ul className={classes.list} aria-label={t`Notifications`}>
        {notices.map((notice) => (
          <NoticeRow key={notice.id} notice={notice} onRead={onRead} />
        ))}
      </ul>
      {list.hasNextPage && (
        <div className={classes.more}>
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            <Trans>Show older</Trans>
          </Button>
        </div>
      )}
    </div>
  );
}

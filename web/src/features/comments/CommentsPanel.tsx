/** What the workspace says about a chat: its threads and a form, for everybody who sees the chat's card. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Text } from "@mantine/core";
import { Users } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useCan } from "@/lib/session";
import { CommentForm } from "./CommentForm";
import classes from "./comments.module.css";
import { useThreads } from "./notes";
import { ThreadView } from "./ThreadView";

const UnpaidLine = lazy(() => import("@/features/seats/Unpaid"));

interface CommentsPanelProps {
  chatId: string;
  /** Whether the person reads the chat's messages themselves. */
  isReadable: boolean;
}

export default function CommentsPanel({ chatId, isReadable }: CommentsPanelProps) {
  const { t } = useLingui();
  const mayComment = useCan("values.edit");
  const { query, threads, hasMore, more } = useThreads(chatId);
  return (
    <section className={classes.panel} aria-label={t`Comments`}>
      <h3>
        <Trans>Comments</Trans>
      </h3>
      <Text size="xs" c="dimmed" className={classes.shared}>
        <Users size={14} aria-hidden />
        <Trans>Everyone in this workspace sees this</Trans>
      </Text>
      {mayComment ? (
        <CommentForm chatId={chatId} label={t`Comment on this chat`} placeholder={t`Comment, @ to mention`} />
      ) : (
        <Text size="sm" c="dimmed" component="div">
          <Suspense>
            <UnpaidLine action="values.edit" />
          </Suspense>
        </Text>
      )}
      {query.isPending && <LoadingRows rows={2} height={64} />}
      {query.error && threads.length === 0 && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && threads.length === 0 && (
        <Text size="sm" c="dimmed">
          <Trans>No comments yet. What you write here never reaches the contact.</Trans>
        </Text>
      )}
      {threads.length > 0 && (
        <ul className={classes.threads}>
          {threads.map((thread) => (
            <ThreadView key={thread.comment.id} chatId={chatId} thread={thread} isReadable={isReadable} />
          ))}
        </ul>
      )}
      {hasMore && <Earlier onMore={more} />}
    </section>
  );
}

function Earlier({ onMore }: { onMore: () => Promise<void> }) {
  const [isBusy, setBusy] = useState(false);
  const load = async () => {
    setBusy(true);
    try {
      await onMore();
    } catch (error) {
      notifyProblem(problemText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button variant="subtle" size="compact-sm" loading={isBusy} onClick={() => void load()}>
      <Trans>Earlier comments</Trans>
    </Button>
  );
}

/** What the workspace says about a chat or a ticket: its threads and a form, for everybody who sees it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Text } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import { WhoSees } from "@/components/WhoSees";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useCan } from "@/lib/session";
import { CommentForm } from "./CommentForm";
import classes from "./comments.module.css";
import { useThreads } from "./notes";
import { ThreadView } from "./ThreadView";
import type { Subject } from "./threads";

const UnpaidLine = lazy(() => import("@/features/seats/Unpaid"));

export default function CommentsPanel({ subject }: { subject: Subject }) {
  const { t } = useLingui();
  const mayComment = useCan("values.edit");
  const { query, threads, hasMore, more } = useThreads(subject);
  return (
    <section className={classes.panel} aria-label={t`Comments`}>
      <h3>
        <Trans>Comments</Trans>
      </h3>
      <WhoSees who="workspace" />
      {mayComment ? (
        <CommentForm
          subject={subject}
          label={subject.kind === "chat" ? t`Comment on this chat` : t`Comment on this ticket`}
          placeholder={t`Comment, @ to mention`}
        />
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
            <ThreadView key={thread.comment.id} subject={subject} thread={thread} />
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

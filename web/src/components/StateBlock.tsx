/** What a list or panel shows when it has no rows to show: loading, empty, failed, refused. */

import { Trans } from "@lingui/react/macro";
import { Button, Group, Skeleton, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { CloudOff, Lock, type LucideIcon, RotateCw, TriangleAlert } from "lucide-react";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";

import { ApiError } from "@/lib/api/errors";
import { problemText, requestIdOf } from "@/lib/problemText";

import classes from "./StateBlock.module.css";

const SKELETON_AFTER_MS = 150;

/** Where its code can't be loaded, the id is there to be read. */
const CopyText = lazy(async () => {
  const loaded = await import("./CopyText").catch(() => undefined);
  return { default: loaded?.CopyText ?? PlainText };
});

interface BlockProps {
  icon: LucideIcon;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  role?: "alert" | "status";
}

function Block({ icon: Icon, title, children, action, role }: BlockProps) {
  return (
    <Stack className={classes.block} align="center" gap="sm" role={role}>
      <ThemeIcon size={44} radius="xl" variant="light" color="gray" aria-hidden>
        <Icon size={22} />
      </ThemeIcon>
      <Title order={2} ta="center">
        {title}
      </Title>
      {children && (
        <Text c="dimmed" ta="center" maw={420} component="div">
          {children}
        </Text>
      )}
      {action && <Group mt="xs">{action}</Group>}
    </Stack>
  );
}

/** Nothing here yet, and what to do about it. Also for a filter that matches nothing. */
export function EmptyState(props: Omit<BlockProps, "role">) {
  return <Block {...props} />;
}

/** The request failed. Says why, offers another try, and gives the request id to quote. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  if (error instanceof ApiError && error.status === 403)
    return <NoAccessState>{problemText(error)}</NoAccessState>;
  const requestId = requestIdOf(error);
  const isOffline = error instanceof ApiError && error.code === "offline";
  return (
    <Block
      role="alert"
      icon={isOffline ? CloudOff : TriangleAlert}
      title={isOffline ? <Trans>No connection</Trans> : <Trans>This could not be loaded</Trans>}
      action={
        onRetry && (
          <Button variant="default" leftSection={<RotateCw size={16} />} onClick={onRetry}>
            <Trans>Try again</Trans>
          </Button>
        )
      }
    >
      {problemText(error)}
      {requestId && <RequestId text={requestId} />}
    </Block>
  );
}

/** What to quote: to be read at once, and to be copied as soon as the code for that is there. */
function RequestId({ text }: { text: string }) {
  const label = <Trans>Request</Trans>;
  return (
    <Suspense fallback={<PlainText label={label} text={text} />}>
      <CopyText label={label} text={text} />
    </Suspense>
  );
}

function PlainText({ label, text }: { label: ReactNode; text: string }) {
  return (
    <Text size="xs" mt="sm" lh="24px">
      {label} {text}
    </Text>
  );
}

export function NoAccessState({ children }: { children?: ReactNode }) {
  return (
    <Block icon={Lock} title={<Trans>You have no access to this</Trans>}>
      {children ?? <Trans>An admin of the workspace can give it to you.</Trans>}
    </Block>
  );
}

/** Grey rows of the final geometry. Shown after 150 ms, so that a fast answer does not flicker. */
export function LoadingRows({
  rows = 4,
  height = 56,
  gap = 8,
}: {
  rows?: number;
  height?: number;
  gap?: number;
}) {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SKELETON_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-busy="true" className={classes.rows} style={{ gap }} data-shown={isShown}>
      <span className={classes.hidden}>
        <Trans>Loading</Trans>
      </span>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity.
        <Skeleton key={index} height={height} radius="md" />
      ))}
    </div>
  );
}

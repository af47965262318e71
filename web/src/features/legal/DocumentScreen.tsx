/** One legal document, and the way to the others. */

import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FileQuestion } from "lucide-react";

import { LinkButton } from "@/components/LinkButton";
import { PublicPage } from "@/components/PublicPage";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import { ApiError } from "@/lib/api/errors";

import classes from "./DocumentScreen.module.css";
import { documentQuery, documentsQuery, versionDay } from "./documents";
import { Markdown } from "./Markdown";

export function DocumentScreen({ name }: { name: string }) {
  const { t } = useLingui();
  const document = useQuery(documentQuery(name));
  const day = document.data && versionDay(document.data.version);
  return (
    <PublicPage
      width="page"
      title={document.data?.title ?? t`Legal`}
      lead={day && <Trans>In force since {day}</Trans>}
    >
      <OtherDocuments />
      {document.isPending && <LoadingRows rows={4} height={72} />}
      {document.isError && <Unread error={document.error} onRetry={() => void document.refetch()} />}
      {document.data && <Markdown text={document.data.text} title={document.data.title} />}
    </PublicPage>
  );
}

/** A help, not a need: while it loads or when it can't be loaded, the document stands without it. */
function OtherDocuments() {
  const { t } = useLingui();
  const { data } = useQuery(documentsQuery);
  return (
    <nav aria-label={t`Documents`} className={classes.documents}>
      {data?.documents.map(({ name, title }) => (
        <Link key={name} to="/legal/$name" params={{ name }} className={classes.document}>
          {title}
        </Link>
      ))}
    </nav>
  );
}

function Unread({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (!(error instanceof ApiError) || error.status !== 404) {
    return <ErrorState error={error} onRetry={onRetry} />;
  }
  return (
    <EmptyState
      icon={FileQuestion}
      title={<Trans>There is no document of this name</Trans>}
      action={
        <LinkButton to="/legal/$name" params={{ name: "terms" }}>
          <Trans>Read the terms</Trans>
        </LinkButton>
      }
    >
      <Trans>The link may be old. The documents in force are listed above.</Trans>
    </EmptyState>
  );
}

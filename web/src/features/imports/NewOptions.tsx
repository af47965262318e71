/** Which options an import would make, by column of the file: all are counted, the first are named. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Text } from "@mantine/core";
import { ErrorState } from "@/components/StateBlock";
import type { ImportOut, NewOptionsOfColumn } from "@/lib/api/types";
import { columnTitle } from "./columnTitle";
import { useNewOptions } from "./imports";
import classes from "./imports.module.css";

export function NewOptions({ imported }: { imported: ImportOut }) {
  const { t } = useLingui();
  const found = useNewOptions(imported);
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data?.length) return null;
  return (
    <ul className={classes.found} aria-label={t`New options`}>
      {found.data.map((each) => (
        <Text component="li" size="sm" key={each.column}>
          <OfColumn found={each} title={columnTitle(imported, each.column)} />
        </Text>
      ))}
    </ul>
  );
}

function OfColumn({ found: { count, names }, title }: { found: NewOptionsOfColumn; title: string }) {
  const listed = names.join(", ");
  const rest = count - names.length;
  return (
    <>
      <Plural
        value={count}
        one={`# new option in ${title}: ${listed}`}
        other={`# new options in ${title}: ${listed}`}
      />
      {rest > 0 && (
        <Trans>
          , and <Plural value={rest} one="# more" other="# more" />
        </Trans>
      )}
    </>
  );
}

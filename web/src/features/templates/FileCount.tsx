/** How many files a template has, where it has any. */

import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Paperclip } from "lucide-react";

export function FileCount({ files }: { files: number }) {
  const { t } = useLingui();
  if (files === 0) return null;
  return (
    <Paperclip size={14} role="img" aria-label={t`${plural(files, { one: "# file", other: "# files" })}`} />
  );
}

/** How many options an import made, in a sentence, and that they stay when it is taken back. */

import { Plural } from "@lingui/react/macro";
import type { ImportOut } from "@/lib/api/types";

export function MadeOptions({ imported: { options_made, state } }: { imported: ImportOut }) {
  if (state === "undoing" || state === "undone")
    return (
      <Plural
        value={options_made}
        one="# option that was made stays: it may be in use by now."
        other="# options that were made stay: they may be in use by now."
      />
    );
  return (
    <Plural
      value={options_made}
      one="# option was made. It stays when the import is undone."
      other="# options were made. They stay when the import is undone."
    />
  );
}

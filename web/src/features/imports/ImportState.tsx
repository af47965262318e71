/** Where an import stands, in a sentence. */

import { Plural, Trans } from "@lingui/react/macro";
import type { ImportOut } from "@/lib/api/types";

export function ImportState({ imported: { state, changed, restored } }: { imported: ImportOut }) {
  switch (state) {
    case "read":
    case "checking":
    case "checked":
    case "unreadable":
      return <Trans>Not imported. The file is removed within a day.</Trans>;
    case "running":
      return <Plural value={changed} one="Importing: # value so far." other="Importing: # values so far." />;
    case "done":
      return <Plural value={changed} one="# value was imported." other="# values were imported." />;
    case "undoing":
      return (
        <Plural value={restored} one="Taking back: # value so far." other="Taking back: # values so far." />
      );
    case "undone":
      return (
        <Plural
          value={restored}
          one="# value is what it was before."
          other="# values are what they were before."
        />
      );
  }
}

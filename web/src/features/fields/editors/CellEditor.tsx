/** The editor that a column's values are picked or written in, by the column's type. */

import { Loader } from "@mantine/core";
import { lazy, Suspense } from "react";
import { LongTextEditor } from "./LongTextEditor";
import { MultiselectEditor } from "./MultiselectEditor";
import { PersonEditor } from "./PersonEditor";
import { SelectEditor } from "./SelectEditor";
import type { ValueEditorProps } from "./types";

/** Loads what dates are picked with, so that it is there when the editor opens. */
export const loadDates = () => import("./DateEditor");
const DateEditor = lazy(async () => ({ default: (await loadDates()).DateEditor }));

export function CellEditor(props: ValueEditorProps) {
  switch (props.column.type) {
    case "select":
      return <SelectEditor {...props} />;
    case "multiselect":
      return <MultiselectEditor {...props} />;
    case "person":
      return <PersonEditor {...props} />;
    case "long_text":
      return <LongTextEditor {...props} />;
    case "date":
      return (
        <Suspense fallback={<Loader size="sm" m="md" />}>
          <DateEditor {...props} />
        </Suspense>
      );
    default:
      return null;
  }
}

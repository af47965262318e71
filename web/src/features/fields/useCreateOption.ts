/** Adding an option to a select column while a value is being edited. */

import type { Column } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useChangeColumn } from "./columns";
import { nextHue } from "./OptionsEditor";

/** Gives a function that adds the option and answers its id; a refusal is shown and thrown on. */
export function useCreateOption(workspaceId: string): (column: Column, name: string) => Promise<string> {
  const { mutateAsync } = useChangeColumn(workspaceId);
  return async (column, name) => {
    try {
      const options = [...column.options, { name, hue: nextHue(column.options) }];
      const changed = await mutateAsync({ id: column.id, options });
      return changed?.options.find((each) => each.name === name)?.id ?? "";
    } catch (error) {
      notifyProblem(problemText(error));
      throw error;
    }
  };
}

/** Adding an option to a select column while a value is being edited. */

import type { Column } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useAddOption } from "./columns";
import { nextHue } from "./nextHue";

/** Gives a function that adds the option and answers its id; a refusal is shown and thrown on. */
export function useCreateOption(workspaceId: string): (column: Column, name: string) => Promise<string> {
  const { mutateAsync } = useAddOption(workspaceId);
  return async (column, name) => {
    try {
      const changed = await mutateAsync({ id: column.id, name, hue: nextHue(column.options) });
      const wanted = name.toLocaleLowerCase();
      const added = changed?.options.find((each) => each.name.toLocaleLowerCase() === wanted);
      if (!added) throw new TypeError("The answer does not hold the new option.");
      return added.id;
    } catch (error) {
      notifyProblem(problemText(error));
      throw error;
    }
  };
}

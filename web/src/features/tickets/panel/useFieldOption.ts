/** Adds an option to a field of tickets while a value is picked, for whoever may change fields. */

import { nextHue } from "@/features/fields/nextHue";
import type { Column } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useChangeField } from "../fields";

/** Gives the new option's id; a refusal is shown and thrown on. */
export function useFieldOption(): (field: Column, name: string) => Promise<string> {
  const { mutateAsync } = useChangeField();
  return async (field, name) => {
    try {
      const options = [...field.options, { name, hue: nextHue(field.options) }];
      const changed = await mutateAsync({ id: field.id, version: field.version, options });
      const made = changed?.options.find((each) => each.name === name.trim());
      if (!made) throw new TypeError("The answer does not hold the new option.");
      return made.id;
    } catch (error) {
      notifyProblem(problemText(error));
      throw error;
    }
  };
}

/** Whether the person may change what stands on a shelf: the shared one, or their own. */

import { useCan } from "@/lib/session";

export function useMayWrite(isShared: boolean): boolean {
  const mayShare = useCan("templates.share");
  const mayEdit = useCan("values.edit");
  return isShared ? mayShare : mayEdit;
}

/** Where toasts appear. Loaded with the first of them. */

import { Notifications } from "@mantine/notifications";

import { layers } from "@/lib/theme/tokens";

export default function Toasts() {
  return <Notifications position="bottom-left" zIndex={layers.toast} limit={3} />;
}

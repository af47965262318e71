/** Everything the whole app stands on: language, theme, cache, router. */

import { I18nProvider } from "@lingui/react";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { useNotifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { type ComponentType, lazy, Suspense, useState } from "react";

import { i18n } from "@/lib/i18n";
import { cssVariablesResolver, theme } from "@/lib/theme/theme";
import { untilOnline } from "@/lib/untilOnline";

import { queryClient, router } from "./router";

const Toasts = lazy(loadToasts);
const colorSchemeManager = localStorageColorSchemeManager({ key: "wireroom-color-scheme" });

/** An edit without network may have the first toast: it waits until its code can be loaded. */
async function loadToasts(): Promise<{ default: ComponentType }> {
  try {
    return await import("./Toasts");
  } catch {
    await untilOnline();
    return loadToasts();
  }
}

/** The toasts' code is loaded when there is a first one. */
function ToastRoom() {
  const { notifications } = useNotifications();
  const [isWanted, setWanted] = useState(false);
  if (notifications.length > 0 && !isWanted) setWanted(true);
  return <Suspense>{isWanted && <Toasts />}</Suspense>;
}

export function Providers() {
  return (
    <I18nProvider i18n={i18n}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        colorSchemeManager={colorSchemeManager}
        defaultColorScheme="auto"
      >
        <ToastRoom />
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>
  );
}

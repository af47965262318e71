/** The router, and what a lost session does to the page. */

import { createRouter, lazyRouteComponent } from "@tanstack/react-router";

import { onSignedOut } from "@/lib/api/client";
import { forgetRows } from "@/lib/kept/leave";
import { createQueryClient } from "@/lib/queryClient";

import { CrashScreen, PendingScreen } from "./EdgeScreens";
import { routeTree } from "./routeTree.gen";

export const queryClient = createQueryClient();

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultPendingComponent: PendingScreen,
  defaultErrorComponent: CrashScreen,
  defaultNotFoundComponent: lazyRouteComponent(() => import("./NotFound"), "NotFoundScreen"),
});

/** Pages of the signed-in part only: a wrong password on the sign-in page is also a 401. */
onSignedOut(() => {
  const here = router.state.resolvedLocation;
  if (here === undefined || !isSignedPart(here.pathname)) return;
  queryClient.clear();
  forgetRows();
  void router.navigate({ to: "/sign-in", search: { next: here.href } });
});

function isSignedPart(pathname: string): boolean {
  const [matched] = router.getMatchedRoutes(pathname);
  return matched.some((route) => route.id === "/_signed");
}

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

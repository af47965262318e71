/** Push messages as this browser has them: whether it can, whether it may, and its one subscription. */

const WORKER = "/push-worker.js";

/** What the browser alone knows. `isSubscribed` says nothing of whether we know of it. */
export interface PushHere {
  isSupported: boolean;
  isBlocked: boolean;
  isSubscribed: boolean;
}

/** What the API is told: where the push service takes what is for this browser, and what it is sealed for. */
export interface PushSubscriptionFacts {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

export async function pushHere(): Promise<PushHere> {
  if (!isSupported()) return { isSupported: false, isBlocked: false, isSubscribed: false };
  const subscription = await subscriptionHere();
  return {
    isSupported: true,
    isBlocked: Notification.permission === "denied",
    isSubscribed: subscription !== null,
  };
}

/** Ask the person, then the push service; null where the person said no. Raises where the service is out of reach. */
export async function subscribeHere(publicKey: string): Promise<PushSubscriptionFacts | null> {
  if ((await Notification.requestPermission()) !== "granted") return null;
  await navigator.serviceWorker.register(WORKER);
  const { pushManager } = await navigator.serviceWorker.ready;
  // One that was made under another key of ours would be refused for as long as it stands.
  await (await pushManager.getSubscription())?.unsubscribe();
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  const { endpoint, keys } = made.toJSON();
  return { endpoint: endpoint ?? "", keys: { p256dh: keys?.p256dh ?? "", auth: keys?.auth ?? "" } };
}

/** No message arrives here any more, whoever signs in next. */
export async function unsubscribeHere(): Promise<void> {
  if (isSupported()) await (await subscriptionHere())?.unsubscribe();
}

function isSupported(): boolean {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

async function subscriptionHere(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

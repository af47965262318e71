// Tells the person while the app is closed that there is something, and opens where. What comes holds ids alone, and the
// sentence is the same for whatever it is. A file of its own, as it is: a service worker keeps its address for good.
// It answers no request of the app's: nothing is kept for when there is no network.
const TITLE = "Wireroom";
const SENTENCE = "There is something new for you.";

self.addEventListener("push", (event) => {
  const told = read(event.data);
  // One that comes twice takes the place of the first, in silence.
  const options = { body: SENTENCE, tag: told.notice, icon: "/favicon.svg", data: told.path };
  event.waitUntil(self.registration.showNotification(TITLE, options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(new URL(event.notification.data, self.location.origin).href));
});

// The push service gave the browser another address; the old one ends with the first message it refuses.
self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(move(event));
});

function read(data) {
  try {
    const { notice, path } = data.json();
    return { notice: String(notice), path: String(path).startsWith("/w/") ? path : "/" };
  } catch {
    return { notice: "something", path: "/" };
  }
}

// A tab that shows something else stays as it is: somebody may be writing in it.
async function open(address) {
  const tabs = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = tabs.find((tab) => tab.url === address);
  await (there ? there.focus() : self.clients.openWindow(address));
}

async function move({ newSubscription, oldSubscription }) {
  const options = { userVisibleOnly: true, applicationServerKey: oldSubscription?.options.applicationServerKey };
  const { endpoint, keys } = (newSubscription ?? (await self.registration.pushManager.subscribe(options))).toJSON();
  await fetch("/api/me/push", {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ endpoint, keys }),
  });
}

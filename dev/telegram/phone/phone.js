// The demo phone. Every address is relative: the page is mounted under a prefix by the edge.

const POLL_MS = 1000;
const CHOSEN = "demo-phone-account";

const byId = (id) => document.getElementById(id);
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

const REASONS = {
  AUTH_TOKEN_INVALIDX: "This code is not known here. Was it made by this Wireroom?",
  AUTH_TOKEN_EXPIRED: "This code has expired. Take the next one.",
  AUTH_TOKEN_ALREADY_ACCEPTED: "This code was approved already.",
  NOT_A_LOGIN_LINK: "That is not a login link. It begins with tg://login?token=",
  FROZEN: "The emulator is being saved. Try again in a moment.",
};

let accounts = [];
let people = [];

class Refusal extends Error {}

async function ask(path, body) {
  const options = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  const answer = await fetch(path, { ...options, signal: AbortSignal.timeout(5000) });
  const content = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) throw new Refusal(REASONS[content.code] ?? content.title);
  return content;
}

function account() {
  return accounts.find((one) => String(one.user_id) === byId("account").value);
}

function element(name, text, attributes = {}) {
  const made = Object.assign(document.createElement(name), { textContent: text });
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** Fill a list or select, and leave it alone when nothing changed, so that screen readers and open menus rest. */
function fill(parent, children) {
  const next = document.createElement("div");
  next.append(...children);
  if (parent.dataset.shown === next.innerHTML) return;
  parent.dataset.shown = next.innerHTML;
  parent.replaceChildren(...children);
}

function fillSelect(select, options, wanted = select.value) {
  fill(select, options.map(([value, text]) => element("option", text, { value })));
  if (options.some(([value]) => String(value) === wanted)) select.value = wanted;
}

function showAccount() {
  const shown = account();
  if (!shown) return;
  for (const place of document.querySelectorAll("[data-account-name]")) place.textContent = shown.name;
  byId("phone").textContent = shown.phone;
  byId("password-fact").hidden = !shown.password;
  byId("password").textContent = shown.password ?? "";
  fill(byId("codes"), shown.codes.map(codeRow));
  byId("no-codes").hidden = shown.codes.length > 0;
  fill(byId("sessions"), shown.sessions.map(sessionRow));
  byId("no-sessions").hidden = shown.sessions.length > 0;
  byId("end-sessions").disabled = shown.sessions.length === 0;
}

function codeRow(code) {
  const row = element("li", "");
  row.append(element("b", code.code), when(code.sent_at));
  return row;
}

function sessionRow(session) {
  const row = element("li", session.device || "Unknown device");
  row.append(" ", element("small", session.app), " ", when(session.created_at));
  return row;
}

function when(moment) {
  return element("time", clock.format(new Date(moment)), { datetime: moment });
}

function showPlaces() {
  const speaker = people.find((one) => String(one.user_id) === byId("speaker").value);
  fillSelect(byId("place"), (speaker?.places ?? []).map((place) => [place.id, place.title]));
}

async function refresh() {
  try {
    accounts = await ask("accounts");
    const select = byId("account");
    fillSelect(select, accounts.map((one) => [one.user_id, one.name]), select.value || localStorage.getItem(CHOSEN));
    select.disabled = false;
    showAccount();
    byId("trouble").hidden = true;
  } catch {
    byId("trouble").textContent = "The Telegram emulator does not answer. Is it running?";
    byId("trouble").hidden = false;
  }
}

async function keepRefreshing() {
  await refresh();
  setTimeout(keepRefreshing, POLL_MS);
}

/** Do something on a button's behalf and say beside it how that went. */
async function report(where, action) {
  const place = byId(where);
  place.classList.remove("failed");
  place.textContent = "";
  try {
    place.textContent = await action();
  } catch (trouble) {
    place.classList.add("failed");
    place.textContent = trouble instanceof Refusal ? trouble.message : "The Telegram emulator does not answer.";
  }
  await refresh();
}

/** The web app links here with the login link in the fragment: #approve=tg%3A%2F%2Flogin%3Ftoken%3D… */
function takeLinkFromFragment() {
  const link = new URLSearchParams(location.hash.slice(1)).get("approve");
  if (!link) return;
  byId("approve-url").value = link;
  byId("approve").classList.add("wanted");
  byId("approve-form").querySelector("button").focus();
}

byId("account").addEventListener("change", () => {
  localStorage.setItem(CHOSEN, byId("account").value);
  showAccount();
});

byId("approve-form").addEventListener("submit", (event) => {
  event.preventDefault();
  report("approve-result", async () => {
    const { device } = await ask(`accounts/${account().user_id}/approve-qr`, { url: byId("approve-url").value });
    byId("approve-url").value = "";
    byId("approve").classList.remove("wanted");
    return `Approved: ${device || "a new session"} is let in as ${account().name}.`;
  });
});

byId("end-sessions").addEventListener("click", () => {
  report("sessions-result", async () => {
    const { ended } = await ask(`accounts/${account().user_id}/end-sessions`, {});
    return ended === 1 ? "One session ended." : `${ended} sessions ended.`;
  });
});

byId("speaker").addEventListener("change", showPlaces);

byId("say-form").addEventListener("submit", (event) => {
  event.preventDefault();
  report("say-result", async () => {
    const to = Number(byId("place").value);
    await ask(`people/${byId("speaker").value}/say`, { to, text: byId("text").value });
    byId("text").value = "";
    return "Sent.";
  });
});

addEventListener("hashchange", takeLinkFromFragment);

await keepRefreshing();
takeLinkFromFragment();
people = await ask("people");
fillSelect(byId("speaker"), people.map((one) => [one.user_id, one.bot ? `${one.name} (bot)` : one.name]));
showPlaces();

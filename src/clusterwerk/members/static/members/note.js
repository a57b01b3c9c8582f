// A note is kept in the browser first and sent then, so that no connection and no session loses it.
// What is kept carries a mark of its owner; nobody else sees or sends it.
const form = document.querySelector("[data-note]");
const words = document.querySelector("[data-words]").dataset;
const list = document.querySelector("[data-kept]");
const OWNER = "forget:note-owner"; // what begins with forget: goes at sign-out
const RECENT = "forget:note-recent";
const AGAIN = 20000; // milliseconds between tries
const told = (text) => (document.querySelector("[data-told]").textContent = text);
const newNumber = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16),
  );

function read(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

const owner = form.dataset.owner ?? read(OWNER, "");
const prefix = `note:${owner}:`;
const keys = () => Object.keys(localStorage).filter((key) => owner && key.startsWith(prefix));

function remember() {
  if (read(OWNER, "") !== owner) localStorage.removeItem(RECENT);
  localStorage.setItem(OWNER, JSON.stringify(owner));
  const members = [...form.querySelectorAll("[data-recent] label")].map((label) => ({
    key: label.querySelector("input").value,
    name: label.textContent.trim(),
  }));
  localStorage.setItem(RECENT, JSON.stringify({ cluster: form.elements.cluster.value, members }));
}

function fill() {
  const { cluster = "", members = [] } = read(RECENT, {});
  form.elements.cluster.value = cluster;
  for (const { key, name } of members) {
    const label = document.createElement("label");
    label.className = "check";
    const radio = Object.assign(document.createElement("input"), { type: "radio", name: "member", value: key });
    const shown = document.createElement("span");
    shown.textContent = name;
    label.append(radio, " ", shown);
    form.querySelector("[data-recent]").append(label);
  }
}

function show() {
  const notes = keys().map((key) => [key, read(key, null)]).filter(([, note]) => note);
  list.hidden = notes.length === 0;
  list.querySelector("ul").replaceChildren(...notes.map(([key, note]) => line(key, note)));
}

function line(key, note) {
  const item = document.createElement("li");
  const text = document.createElement("div");
  const name = document.createElement("b");
  name.textContent = note.name;
  const said = document.createElement("p");
  said.textContent = note.body;
  const state = document.createElement("p");
  state.className = "quiet";
  state.textContent = note.problem || words.saved;
  text.append(name, said, state);
  item.append(text);
  if (note.problem) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button" });
    button.textContent = words.mend;
    button.addEventListener("click", () => mend(key, note));
    item.append(button);
  }
  return item;
}

// Back into the form; it leaves the list when it is saved again.
function mend(key, note) {
  for (const name of ["number", "typed", "body", "at"]) form.elements[name].value = note[name];
  for (const radio of form.querySelectorAll("[name=member]")) radio.checked = radio.value === note.member;
  for (const radio of form.querySelectorAll("[name=kind]")) radio.checked = radio.value === note.kind;
  form.elements.typed.focus();
}

function typed() {
  const data = Object.fromEntries(new FormData(form));
  delete data.csrfmiddlewaretoken;
  const chosen = form.querySelector("[name=member]:checked")?.closest("label").textContent.trim();
  return {
    ...data,
    number: data.number || newNumber(),
    at: data.at || new Date().toISOString(),
    member: data.member ?? "",
    name: data.typed || chosen || "",
  };
}

function keep(event) {
  event.preventDefault();
  const note = typed();
  if (!note.name) {
    told(words.choose);
    form.elements.typed.focus();
    return;
  }
  try {
    localStorage.setItem(prefix + note.number, JSON.stringify(note));
  } catch {
    told(words.full);
    return;
  }
  form.reset();
  for (const name of ["typed", "body", "at"]) form.elements[name].value = "";
  for (const radio of form.querySelectorAll("[name=member]")) radio.checked = false;
  form.elements.number.value = newNumber();
  told(words.saved);
  show();
  send();
}

// The page as it is now tells who is signed in and gives a fresh key for the form.
async function live() {
  const answer = await fetch(form.action, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const there = page.querySelector("[data-note][data-owner]");
  if (answer.status >= 500) return null;
  if (!there) return { problem: words.signIn };
  if (there.dataset.owner !== owner) return { problem: words.another };
  return { token: there.querySelector("[name=csrfmiddlewaretoken]").value };
}

async function post(key, token) {
  const note = read(key, null);
  const body = new FormData();
  for (const name of ["number", "cluster", "member", "typed", "kind", "body", "at"]) body.set(name, note[name] ?? "");
  body.set("csrfmiddlewaretoken", token);
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  if (answer.status >= 500 || answer.redirected) return false;
  const said = await answer.json().catch(() => ({}));
  if (said.kept) localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify({ ...note, problem: said.problem || words.signIn }));
  return Boolean(said.kept);
}

async function sendAll() {
  const waiting = keys();
  if (!waiting.length) return;
  try {
    const page = await live();
    if (!page) return;
    if (page.problem) return told(page.problem);
    const results = [];
    for (const key of waiting) results.push(await post(key, page.token));
    if (results.every(Boolean)) told(words.sent);
    showOffline(false);
  } catch {
    showOffline(true);
  } finally {
    show();
  }
}

// One tab sends at a time.
function send() {
  return navigator.locks ? navigator.locks.request("note", sendAll) : sendAll();
}

function showOffline(isOffline) {
  document.querySelector("[data-offline]").hidden = !isOffline;
}

if (form.dataset.owner) {
  remember();
  navigator.serviceWorker?.register(form.dataset.worker).catch(() => {});
} else if (owner) {
  fill();
  showOffline(true);
} else {
  form.hidden = true;
  document.querySelector("[data-nobody]").hidden = false;
}
form.addEventListener("submit", keep);
document.querySelector("[data-send]").addEventListener("click", send);
addEventListener("online", send);
addEventListener("offline", () => showOffline(true));
setInterval(() => keys().length && send(), AGAIN);
show();
send();

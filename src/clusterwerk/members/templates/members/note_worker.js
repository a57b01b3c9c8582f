{% load static %}// Keeps the empty page of the quick note at hand, and the files it needs; nothing else.
const SHELL = "{% url "members:note_shell" %}";
const FILES = ["{% static "ui/clusterwerk.css" %}", "{% static "ui/clusterwerk.js" %}", "{% static "members/note.js" %}", "{% static "ui/icons.svg" %}"];
const KEPT = "note-" + FILES.join("|");
const PATIENCE = 5000; // milliseconds that a bad connection gets before the empty page shows

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder().then(() => self.clients.claim())));

async function keep() {
  const shell = await fetch(SHELL, { redirect: "manual" });
  if (!shell.ok) throw new Error("Not signed in: nothing to keep.");
  const cache = await caches.open(KEPT);
  await cache.put(SHELL, shell);
  await cache.addAll(FILES);
}

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("note-") && name !== KEPT).map((name) => caches.delete(name)));
}

async function page(request) {
  try {
    const late = new Promise((_resolve, reject) => setTimeout(reject, PATIENCE));
    const answer = await Promise.race([fetch(request), late]);
    if (answer.status < 500) return answer;
  } catch {
    // No connection, or one that is too slow.
  }
  return (await caches.match(SHELL)) ?? fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(page(request));
  else if (FILES.includes(path)) event.respondWith(caches.match(path).then((kept) => kept ?? fetch(request)));
});

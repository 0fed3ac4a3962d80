// Stores today, the last week and its stops, so that they can be read offline.
"use strict";
const KEPT = "buddyplan";
const PAGES = /^\/me\/(today|week|offline|weeks\/[^/]+(\/stops\/[^/]+)?)$/;
const TAG = "/me/kept-as";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && PAGES.test(url.pathname)) event.respondWith(page(event, url.pathname));
  else if (url.pathname.startsWith("/static/")) event.respondWith(staticFile(request));
});

self.addEventListener("message", (event) => event.waitUntil(keep(event.data)));

// Network first; its answers are stored, and shown with a note when there is no network.
async function page(event, path) {
  let answer;
  try {
    answer = await fetch(event.request);
  } catch {
    return kept(path);
  }
  if (answer.ok) event.waitUntil(put(path, answer.clone()));
  return answer;
}

async function kept(path) {
  const cache = await caches.open(KEPT);
  const found = (await lookUp(cache, path)) || (await lookUp(cache, "/me/offline"));
  if (!found) return Response.error();
  const text = (await found.text()).replace("<html ", "<html data-offline ");
  return new Response(text, { headers: found.headers });
}

async function staticFile(request) {
  const found = await lookUp(await caches.open(KEPT), request.url);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await put(request.url, answer.clone());
  return answer;
}

// Fetches the whole week again whenever it has changed, and deletes what was stored before.
async function keep({ keepAs, week }) {
  const cache = await caches.open(KEPT);
  const known = await lookUp(cache, TAG);
  if (known && (await known.text()) === keepAs) return;
  const answer = await fetch(week);
  if (!answer.ok || answer.redirected) return;
  const text = await answer.text();
  const stops = Array.from(text.matchAll(/href="([^"]+)" data-keep/g), (found) => found[1]);
  const files = Array.from(text.matchAll(/"(\/static\/[^"]+)"/g), (found) => found[1]);
  const wanted = [week, "/me/week", "/me/today", "/me/offline", ...stops, ...files];
  for (const path of wanted) {
    const each = path === "/me/week" ? new Response(text, { headers: answer.headers }) : await fetch(path);
    if (each.ok && !each.redirected) await cache.put(path, each);
  }
  const addresses = new Set(wanted.map((path) => new URL(path, self.location).href));
  for (const old of await cache.keys()) {
    if (!addresses.has(old.url)) await cache.delete(old);
  }
  await cache.put(TAG, new Response(keepAs));
}

async function put(path, answer) {
  const cache = await caches.open(KEPT);
  await cache.put(path, answer);
}

function lookUp(cache, path) {
  return cache.match(path, { ignoreVary: true });
}

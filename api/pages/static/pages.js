// Optional for using the pages: it stores the week for offline use, and checks for changes.
"use strict";
const { keepAs, week, forget, lookAgain } = document.body.dataset;

if (keepAs && "serviceWorker" in navigator) {
  navigator.serviceWorker
    .register("/me/worker.js", { scope: "/me/" })
    .then(() => navigator.serviceWorker.ready)
    .then((ready) => ready.active.postMessage({ keepAs, week }));
}
if (forget !== undefined && "caches" in window) {
  caches.keys().then((names) => names.forEach((name) => caches.delete(name)));
}
if (lookAgain !== undefined) {
  setTimeout(() => location.reload(), 2000);
}

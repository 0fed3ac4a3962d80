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

// The code of an invitation stands after the # of its link, so that it is in no log; it leaves the address.
const code = document.querySelector("[data-from-link]");
if (code && /^#[a-z2-7-]{20,}$/i.test(location.hash)) {
  code.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  code.form.requestSubmit();
}

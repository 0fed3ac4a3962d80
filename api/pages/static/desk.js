// Keys of the desk, menus that close, and forms that ask before what was typed is lost.
"use strict";
const listLinks = () => [...document.querySelectorAll("tr[data-row] th a")];
const typing = (at) => at.closest("input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]");
const unsaved = () => document.querySelector("form.entry[data-dirty]");

document.addEventListener("input", (event) => {
  const form = event.target.closest("form.entry");
  if (form) form.dataset.dirty = "";
});
addEventListener("beforeunload", (event) => {
  if (unsaved()) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const form = event.target.closest("button[value=cancel]")?.form;
  if (!form?.matches("[data-dirty]")) return;
  if (confirm(form.dataset.ask)) delete form.dataset.dirty;
  else event.preventDefault();
}, true);

addEventListener("popstate", () => emitEvent("desk_back", location.search));

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const at = event.target, search = document.querySelector("input[type=search]");
  const menu = at.closest("details.menu[open]");
  if (event.key === "Escape" && menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
    return;
  }
  if (event.key === "Escape" && at === search && search.value) {
    event.preventDefault();
    search.value = "";
    search.dispatchEvent(new Event("input", { bubbles: true }));
    return;
  }
  if (event.key === "Escape" && typing(at)) {
    const cancel = at.closest("form.entry")?.querySelector("button[value=cancel]");
    if (cancel && !cancel.form.matches("[data-dirty]")) cancel.click();
    return;
  }
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !typing(at) || event.key === "ArrowDown" && at === search) {
    const links = listLinks(), now = links.indexOf(document.activeElement);
    const next = links[event.key === "ArrowDown" ? now + 1 : now - 1];
    if (next) {
      event.preventDefault();
      next.focus();
    } else if (now === 0 && search) {
      event.preventDefault();
      search.focus();
    }
    return;
  }
  if (event.key === "Enter" && at === search) {
    const [only, ...others] = listLinks();
    if (only && !others.length) {
      event.preventDefault();
      only.click();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(at)) return;
  if (event.key === "/" && search) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "n") {
    document.querySelector("a.new")?.click();
  }
});

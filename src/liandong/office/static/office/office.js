// The office in the browser: the evidence drawer, keys, menus. Everything works as plain pages without it.
"use strict";

const drawer = () => document.getElementById("drawer");
let opener = null;

const closeDrawer = () => {
  const panel = drawer();
  if (!panel || panel.hidden) return;
  panel.hidden = true;
  panel.replaceChildren();
  if (opener && opener.isConnected) opener.focus();
};

// A link marked data-drawer opens beside the page; with a modifier key it opens as a page.
document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-close]");
  if (close) { closeDrawer(); return; }
  const link = event.target.closest("a[data-drawer]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0 || !drawer()) return;
  event.preventDefault();
  opener = link;
  htmx.ajax("GET", link.getAttribute("href"), { target: "#drawer", swap: "innerHTML" }).then(() => {
    drawer().hidden = false;
    const button = drawer().querySelector("[data-close]");
    if (button) button.focus();
  });
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "Escape") { closeDrawer(); closeMenus(null); return; }
  const find = document.querySelector("[data-find]");
  const wanted = (event.key === "/" && !typing) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey));
  if (find && wanted) { event.preventDefault(); find.focus(); find.select(); }
});

// One menu open at a time.
const closeMenus = (but) => document.querySelectorAll("details.menu[open]").forEach((menu) => {
  if (menu !== but) menu.open = false;
});
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));

// A choice in the filters takes effect at once.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

// What cannot be taken back asks first.
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.ask;
  if (question && !window.confirm(question)) event.preventDefault();
});

// Keys of the console, the table of them, and what makes it installable.
"use strict";
(() => {
  const table = document.getElementById("shortcuts");
  const worker = document.body.dataset.worker;
  if (worker && "serviceWorker" in navigator) navigator.serviceWorker.register(worker, { scope: "/console/" }).catch(() => {});
  if (!table) return;
  // Who speaks instead of typing would press them by every word (WCAG 2.1.4).
  const use = document.getElementById("use-keys"), KEYS = "keys";
  use.checked = localStorage.getItem(KEYS) !== "off";
  use.addEventListener("change", () => localStorage.setItem(KEYS, use.checked ? "on" : "off"));
  document.getElementById("show-keys").addEventListener("click", () => table.showModal());
  const rows = () => [...document.querySelectorAll(".cases li a")];
  let at = -1;
  const go = (step) => {
    const links = rows();
    if (!links.length) return;
    const focused = links.indexOf(document.activeElement);
    at = Math.min(links.length - 1, Math.max(0, (focused >= 0 ? focused : at) + step));
    links[at].focus();
  };
  const to = (selector) => {
    const box = document.querySelector(selector);
    if (!box) return;
    const around = box.closest("details");
    if (around) around.open = true;
    box.focus();
  };
  const press = (selector) => { const button = document.querySelector(selector); if (button) button.click(); };
  const keys = {
    j: () => go(1), k: () => go(-1), r: () => to("#reply-text"), n: () => to("#note-text"), c: () => press("#claim"),
    "/": () => { if (document.querySelector("#id_q")) to("#id_q"); else location.href = "/console/#id_q"; }, q: () => { location.href = "/console/"; }, "?": () => table.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    const box = event.target;
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && box.form && box.tagName === "TEXTAREA") { box.form.requestSubmit(); return; }
    if (event.key === "Escape" && box.matches("input, textarea")) { box.blur(); return; }
    if (!use.checked || event.ctrlKey || event.metaKey || event.altKey || table.open || box.matches("input:not([type=checkbox]), textarea, select")) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  if (location.hash === "#id_q") to("#id_q");
})();

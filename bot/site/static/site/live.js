// Asks a page's live twin every two seconds and puts in the parts that changed ([data-part]; without any, all of it). Forms
// stand outside and keep what was typed. What was open, ticked or focused in a part stays so.
"use strict";
for (const root of document.querySelectorAll("[data-live]")) {
  const lost = document.getElementById("lost");
  const shown = new Map();
  let version = "";
  const seen = (box) => box.querySelector("audio, video") && [...box.querySelectorAll("audio, video")].some((media) => !media.paused);
  const put = (old, fresh) => {
    const open = [...old.querySelectorAll("details")].map((box) => box.open);
    const ticked = new Set([...old.querySelectorAll("input:checked")].map((box) => box.value));
    const at = old.contains(document.activeElement) ? document.activeElement : null;
    const scrolled = old.querySelector("#talk");
    const wasAtEnd = scrolled && scrolled.scrollHeight - scrolled.scrollTop - scrolled.clientHeight < 80;
    const top = scrolled ? scrolled.scrollTop : 0;
    for (const name of fresh.getAttributeNames()) old.setAttribute(name, fresh.getAttribute(name));
    old.innerHTML = fresh.innerHTML;
    old.querySelectorAll("details").forEach((box, place) => { box.open = Boolean(open[place]); });
    old.querySelectorAll("input[type=checkbox]").forEach((box) => { box.checked = ticked.has(box.value); });
    const talk = old.querySelector("#talk");
    if (talk) talk.scrollTop = wasAtEnd ? talk.scrollHeight : top;
    if (at) {
      const again = at.id ? document.getElementById(at.id) : at.href ? [...old.querySelectorAll("a")].find((link) => link.href === at.href)
        : [...old.querySelectorAll("input, button")].find((one) => one.value === at.value && one.name === at.name);
      if (again) again.focus({ preventScroll: true });
    }
    if (fresh.dataset.title) document.title = fresh.dataset.title;
    old.dispatchEvent(new CustomEvent("part", { bubbles: true }));
  };
  const look = async () => {
    try {
      const answer = await fetch(root.dataset.live, { headers: version ? { "If-None-Match": version } : {}, cache: "no-store" });
      if (answer.redirected || answer.status === 403 || answer.status === 404) { location.reload(); return; }
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        version = answer.headers.get("ETag") || "";
        const parts = [...page.querySelectorAll("[data-part]")];
        for (const fresh of parts.length ? parts : [page.body]) {
          const name = fresh.dataset.part || "", old = name ? document.querySelector(`[data-part="${name}"]`) : root;
          if (old && fresh.outerHTML !== shown.get(name) && !seen(old)) {
            if (shown.has(name) || fresh.textContent !== old.textContent) put(old, fresh);
            shown.set(name, fresh.outerHTML);
          }
        }
      }
      if (!lost.hidden) { lost.hidden = true; window.dispatchEvent(new Event("back")); }
    } catch { lost.hidden = false; }
    setTimeout(look, 2000);
  };
  look();
}

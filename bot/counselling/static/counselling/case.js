// The reply box: drafts kept here and on the server (where colleagues at the case read them), a reply that waits for the connection, who is looking, ready sentences, suggestions.
"use strict";
(() => {
  const talk = () => document.querySelector('[data-part="talk"]');
  const scroll = document.getElementById("talk");
  if (scroll) scroll.scrollTop = scroll.scrollHeight;
  const form = document.getElementById("reply");
  if (!form) return;
  const box = form.elements.text, key = document.getElementById("reply-key"), kept = document.getElementById("kept");
  const submit = form.querySelector("button[type=submit]");
  const DRAFT = `draft:${form.dataset.case}`, WAITING = `reply:${form.dataset.case}`;
  const SAVE_MS = 1000, SETTLED_MS = 2000, SEEN_MS = 15000, TYPED_MS = 3000;
  const words = { kept: "Đã giữ nháp", local: "Chưa có mạng: nháp được giữ trên máy này", waiting: "Chưa có mạng: câu trả lời được giữ, sẽ gửi khi có mạng",
    refused: "Câu trả lời chưa gửi được, hãy xem lại rồi gửi" };
  const post = (url, values) => {
    const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, ...values });
    return fetch(url, { method: "POST", body, redirect: "follow" });
  };

  // The same words again are not said again.
  const tell = (text) => { if (kept.textContent !== text) kept.textContent = text; };

  // Drafts
  let saving = 0, typed = 0, version = 0, saved = Promise.resolve();
  const put = async () => {
    const text = box.value, mine = version;
    try {
      const answer = await post(form.dataset.draft, { text });
      if (answer.status !== 204) throw new Error("not kept");
      if (mine === version) localStorage.removeItem(DRAFT);
      tell(text.trim() ? words.kept : "");
    } catch { tell(words.local); }
  };
  // One after the other: an older text must not arrive after a newer one, nor any after the reply.
  const save = () => { clearTimeout(saving); saving = 0; saved = saved.then(put); };
  const settled = () => Promise.race([saved, new Promise((done) => { setTimeout(done, SETTLED_MS); })]);
  box.addEventListener("input", () => {
    version += 1;
    localStorage.setItem(DRAFT, box.value);
    // While somebody types on, not only when they rest: colleagues read along.
    saving = saving || setTimeout(save, SAVE_MS);
    if (Date.now() - typed > TYPED_MS && box.value.trim()) { typed = Date.now(); post(form.dataset.presence, { typing: "1" }).catch(() => {}); }
  });
  // Two tabs of one person: what is typed in one stands in the other.
  window.addEventListener("storage", (event) => {
    if (event.key === DRAFT && event.newValue !== null && document.activeElement !== box) box.value = event.newValue;
  });
  // What the last page left, and what was typed into this one before its script was there.
  const early = box.value === box.defaultValue ? "" : box.value;
  const left = [...new Set([localStorage.getItem(DRAFT) || "", early])].filter((text) => text.trim()).join("\n");
  if (left && left !== box.value) box.value = left;
  if (left && left !== box.defaultValue) { localStorage.setItem(DRAFT, left); save(); }

  // A reply that the connection holds up
  const hold = (text) => {
    localStorage.setItem(WAITING, JSON.stringify({ text, key: key.value }));
    tell(words.waiting);
    box.readOnly = submit.disabled = true;
  };
  let isSending = false;
  const send = async () => {
    const waiting = localStorage.getItem(WAITING);
    if (!waiting || isSending) return;
    isSending = true;
    const { text, key: once } = JSON.parse(waiting);
    await settled();
    try {
      const answer = await post(form.action, { text, key: once });
      if (answer.status >= 500) throw new Error("not now");
      localStorage.removeItem(WAITING);
      box.readOnly = submit.disabled = false;
      if (answer.ok) { localStorage.removeItem(DRAFT); location.reload(); return; }
      box.value = text;
      tell(words.refused);
    } catch { hold(text); } finally { isSending = false; }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isSending || !box.value.trim()) return;
    clearTimeout(saving);
    saving = 0;
    version += 1;
    if (!navigator.onLine) { hold(box.value); return; }
    submit.disabled = true;
    localStorage.removeItem(DRAFT);
    // A connection that breaks under a plain form leaves an error page; so it is asked first whether it is there.
    fetch(form.dataset.presence.replace("presence/", "live/"), { method: "HEAD", cache: "no-store" })
      .then(() => settled().then(() => form.submit()), () => { localStorage.setItem(DRAFT, box.value); hold(box.value); });
  });
  const waiting = localStorage.getItem(WAITING);
  if (waiting) { box.value = JSON.parse(waiting).text; hold(box.value); if (navigator.onLine) send(); }
  window.addEventListener("pageshow", () => { if (!localStorage.getItem(WAITING)) submit.disabled = false; });
  window.addEventListener("online", send);
  window.addEventListener("back", async () => { await send(); if (!isSending && localStorage.getItem(DRAFT) !== null) save(); });

  // The key is that of the next reply; what another tab has sent stands here no longer.
  document.addEventListener("part", (event) => {
    if (event.target !== talk() || localStorage.getItem(WAITING)) return;
    if (key.value === talk().dataset.key) return;
    key.value = talk().dataset.key;
    const sent = [...document.querySelectorAll(".said.counsellor > p")].pop();
    if (sent && sent.textContent.trim() === box.value.trim()) { box.value = ""; localStorage.removeItem(DRAFT); tell(""); }
  });

  // Who is looking
  const here = () => { if (!document.hidden) post(form.dataset.presence, {}).catch(() => {}); };
  here();
  setInterval(here, SEEN_MS);

  // Ready sentences and suggestions are put into the box, never sent
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (!button) return;
    box.value = box.value.trim() ? `${box.value.trimEnd()}\n${button.dataset.insert}` : button.dataset.insert;
    box.dispatchEvent(new Event("input"));
    box.focus();
  });
  const offers = document.getElementById("suggestions");
  if (offers) {
    fetch(offers.dataset.load, { cache: "no-store" }).then((answer) => { if (!answer.ok) throw new Error("none"); return answer.text(); })
      .then((text) => { offers.innerHTML = text; }, () => { offers.hidden = true; });
  }
})();

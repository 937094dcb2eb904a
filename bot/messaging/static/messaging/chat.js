// The web chat: sends by fetch, receives by server-sent events. What could not be sent is kept and tried again.
"use strict";
(() => {
  const lines = document.getElementById("lines");
  const form = document.getElementById("form");
  const field = document.getElementById("text");
  const typing = document.getElementById("typing");
  const notice = document.getElementById("notice");
  const csrf = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const seen = new Set([...lines.querySelectorAll("[data-id]")].map((line) => line.dataset.id));
  const unsent = [];
  let busy = false;

  const toEnd = () => { lines.scrollTop = lines.scrollHeight; };
  const tell = (text) => { notice.textContent = text; notice.hidden = !text; };
  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

  const show = (line) => {
    if (seen.has(line.id)) return;
    seen.add(line.id);
    const box = document.createElement("div");
    box.className = `line ${line.who}`;
    box.dataset.id = line.id;
    const text = document.createElement("p");
    text.textContent = line.text;
    box.append(text);
    if (line.picture) {
      const image = document.createElement("img");
      Object.assign(image, { src: line.picture.url, alt: line.picture.alt, width: 480, height: 360, onload: toEnd });
      box.append(image);
    }
    if (line.file) {
      const link = document.createElement("a");
      link.href = `/tro-chuyen/tep/${line.file}/`;
      link.textContent = "Tải tệp";
      const row = document.createElement("p");
      row.append(link);
      box.append(row);
    }
    if (line.buttons && line.buttons.length) {
      const row = document.createElement("div");
      row.className = "buttons";
      for (const button of line.buttons) {
        const element = document.createElement("button");
        element.type = "button";
        element.dataset.token = button.token;
        element.textContent = button.title;
        row.append(element);
      }
      box.append(row);
    }
    lines.append(box);
    toEnd();
  };

  const flush = async () => {
    if (busy || !unsent.length) return;
    busy = true;
    try {
      const answer = await fetch("/tro-chuyen/gui/", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
        body: JSON.stringify(unsent[0]),
      });
      if (answer.ok || answer.status === 400) { unsent.shift(); tell(""); typing.hidden = !answer.ok; }
      else if (answer.status === 429) { tell((await answer.json()).text); }
      else { tell("Chưa gửi được, Mầm đang thử lại…"); }
    } catch { tell("Mất mạng. Tin của anh/chị vẫn còn đây, Mầm sẽ gửi khi có mạng."); }
    busy = false;
    if (unsent.length) setTimeout(flush, notice.hidden ? 0 : 3000);
  };

  const put = (message, text) => {
    message.id = newId();
    unsent.push(message);
    show({ id: message.id, who: "me", text });
    flush();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    put({ text }, text);
    field.focus();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  });
  lines.addEventListener("click", (event) => {
    const article = event.target.closest("[data-article]");
    if (article) {
      article.disabled = true;
      put({ text: `/start bai-${article.dataset.article}` }, article.textContent);
      return;
    }
    const button = event.target.closest("[data-token]");
    if (!button) return;
    for (const other of button.parentElement.children) other.disabled = true;
    put({ token: button.dataset.token }, button.textContent);
  });
  document.getElementById("end").addEventListener("click", async () => {
    if (!confirm("Kết thúc và xoá cuộc trò chuyện này?")) return;
    await fetch("/tro-chuyen/xoa/", { method: "POST", headers: { "X-CSRFToken": csrf } });
    location.reload();
  });
  window.addEventListener("online", flush);

  const isCovered = "covered" in document.body.dataset;
  let source = null;
  if (isCovered) {
    document.getElementById("uncover").addEventListener("click", () => {
      document.cookie = "mam_left=; path=/; max-age=0; SameSite=Lax";
      location.reload();
    });
  } else {
    source = new EventSource(`/tro-chuyen/dong/?after=${document.body.dataset.last}`);
    source.addEventListener("message", (event) => show(JSON.parse(event.data)));
    source.addEventListener("typing", (event) => { typing.hidden = !JSON.parse(event.data); toEnd(); });
  }

  // Quick exit: what is shown goes first, then the page; until it is asked for, the chat stays covered.
  const leave = document.getElementById("leave");
  const goAway = () => {
    document.cookie = "mam_left=1; path=/; SameSite=Lax";
    if (source) source.close();
    lines.replaceChildren();
    field.value = "";
    unsent.length = 0;
    document.title = "";
    location.replace(leave.href);
  };
  leave.addEventListener("click", (event) => { event.preventDefault(); goAway(); });
  let escapedAt = -Infinity;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    if (event.timeStamp - escapedAt < 1500) goAway();
    escapedAt = event.timeStamp;
  });
  // A page that the browser kept whole shows what it showed when it was left.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  for (const button of document.querySelectorAll("button")) button.disabled = false;
  toEnd();
})();

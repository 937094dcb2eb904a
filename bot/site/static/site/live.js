// Asks a page's live twin every two seconds and puts in what changed; forms stand outside and keep what was typed.
"use strict";
for (const part of document.querySelectorAll("[data-live]")) {
  const lost = document.getElementById("lost");
  let version = "";
  const look = async () => {
    try {
      const answer = await fetch(part.dataset.live, { headers: version ? { "If-None-Match": version } : {}, cache: "no-store" });
      if (answer.redirected) { location.reload(); return; }
      if (answer.ok) {
        const open = [...part.querySelectorAll("details")].map((box) => box.open);
        const first = !version;
        version = answer.headers.get("ETag") || "";
        if (!first) {
          part.innerHTML = await answer.text();
          part.querySelectorAll("details").forEach((box, place) => { box.open = Boolean(open[place]); });
        }
      }
      lost.hidden = true;
    } catch { lost.hidden = false; }
    setTimeout(look, 2000);
  };
  look();
}

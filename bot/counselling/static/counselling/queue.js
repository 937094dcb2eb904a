// Says how many cases are ticked.
"use strict";
(() => {
  const told = document.getElementById("picked");
  if (!told) return;
  const count = () => {
    const picked = document.querySelectorAll(".cases input:checked").length;
    told.textContent = picked ? `\u00a0(${picked})` : "";
  };
  document.addEventListener("change", count);
  document.addEventListener("part", count);
  count();
})();

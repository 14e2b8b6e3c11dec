// A browser may keep a page and show it again with its back button: what was shown once is not on
// it then, and what only who has a callback may see is asked for again.
(() => {
  window.addEventListener("pagehide", () => {
    for (const one of document.querySelectorAll("[data-once]")) one.textContent = "–";
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && document.querySelector("[data-anew]")) location.reload();
  });
})();

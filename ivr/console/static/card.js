// Counts down to the end of her window by the line's clock, also while they talk.
(() => {
  const box = document.getElementById("countdown");
  if (!box) return;
  const until = Number(box.dataset.until), start = Number(box.dataset.start);
  const ahead = Number(box.dataset.now) - Date.now();
  const left = box.querySelector("[data-left]");
  const show = () => {
    const now = Date.now() + ahead, ms = Math.max(0, until - now);
    const minutes = Math.floor(ms / 60000), seconds = Math.floor((ms % 60000) / 1000);
    const open = now >= start;
    if (open) {
      left.textContent = minutes >= 120
        ? box.dataset.hours.replace("{n}", Math.floor(minutes / 60))
        : `${minutes}:${String(seconds).padStart(2, "0")}`;
    }
    box.querySelector("[data-nearly]").hidden = !(open && ms > 0 && ms <= 300000);
    box.querySelector("[data-over]").hidden = ms > 0;
    box.classList.toggle("is-near", open && ms <= 300000);
  };
  show();
  setInterval(show, 1000);
})();

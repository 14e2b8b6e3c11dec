// Counts down to the end of her window by the line's clock, also while they talk.
(() => {
  const box = document.getElementById("countdown");
  if (!box) return;
  const until = Number(box.dataset.until), start = Number(box.dataset.start);
  const ahead = Number(box.dataset.now) - Date.now();
  const left = box.querySelector("[data-left]");
  const show = () => {
    const now = Date.now() + ahead, ms = Math.max(0, until - now);
    const whole = Math.floor(ms / 1000), two = (n) => String(n % 60).padStart(2, "0");
    const hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60);
    const open = now >= start;
    if (open) left.textContent = `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(whole)}`;
    box.querySelector("[data-nearly]").hidden = !(open && ms > 0 && ms <= 300000);
    box.querySelector("[data-over]").hidden = ms > 0;
    box.classList.toggle("is-near", open && ms <= 300000);
  };
  show();
  setInterval(show, 1000);
})();

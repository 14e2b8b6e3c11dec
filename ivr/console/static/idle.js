// Says before somebody is signed out for doing nothing, and lets her stay with one press.
(() => {
  const BEFORE = 120; // seconds
  const bar = document.getElementById("idle");
  if (!bar) return;
  const find = (name) => bar.querySelector(`[${name}]`);
  let seen = Date.now();

  const show = (over) => {
    find("data-warning").hidden = over;
    find("data-over").hidden = !over;
    find("data-stay-button").hidden = over;
    find("data-again").hidden = !over;
    bar.hidden = false;
  };
  const look = () => {
    const left = Number(bar.dataset.idle) - (Date.now() - seen) / 1000;
    if (left <= 0) show(true);
    else if (left <= BEFORE) show(false);
    else bar.hidden = true;
  };
  // Other parts of a page that count as activity (a call in progress) say so with this event.
  document.addEventListener("line:active", () => { seen = Date.now(); look(); });
  find("data-stay-button").addEventListener("click", async () => {
    const answer = await fetch(bar.dataset.stay, { redirect: "manual" }).catch(() => null);
    if (answer && answer.status === 204) seen = Date.now();
    else seen = 0;
    look();
  });
  setInterval(look, 5000);
})();

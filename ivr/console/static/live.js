// Keeps a part of a page as it is now: asks for it every few seconds, and says when it cannot.
// What is sent back is a page's own words; nothing here knows what they are about.
(() => {
  const PATIENCE = 15000; // ms without an answer
  const SLOW = 2500; // ms from which the page says that it is still asking
  const show = (root, which) => {
    for (const name of ["slow", "lost", "away", "out"]) {
      for (const note of root?.querySelectorAll(`[data-when="${name}"]`) ?? []) note.hidden = name !== which;
    }
  };
  const replace = (box, text) => {
    const held = document.activeElement && box.contains(document.activeElement) ? document.activeElement.id : "";
    const open = [...box.querySelectorAll("details[open][id]")].map((one) => one.id);
    const kept = [...box.querySelectorAll("input[id], textarea[id], select[id]")]
      .map((one) => [one.id, one.type === "checkbox" || one.type === "radio" ? one.checked : one.value]);
    box.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
    for (const [id, value] of kept) {
      const one = document.getElementById(id);
      if (!one || !box.contains(one)) continue;
      if (typeof value === "boolean") one.checked = value; else one.value = value;
    }
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (held) document.getElementById(held)?.focus({ preventScroll: true });
  };
  const say = (box) => {
    const said = document.getElementById("said"), words = box.querySelector("[data-said]");
    if (said && words && said.textContent !== words.textContent) said.textContent = words.textContent;
  };
  const live = (box) => {
    const root = box.closest("[data-live-root]");
    let tag = "", answered = Date.now(), well = true;
    const tell = (which) => { well = !which; show(root, which); };
    const ask = async () => {
      if (box.contains(document.activeElement) && document.activeElement.matches("select")) return;
      const slow = setTimeout(() => { if (well) show(root, "slow"); }, SLOW);
      try {
        const answer = await fetch(box.dataset.live, {
          headers: tag ? { "If-None-Match": tag } : {}, redirect: "manual", signal: AbortSignal.timeout(8000),
        });
        if (answer.status === 200) {
          tag = answer.headers.get("ETag") || "";
          const text = await answer.text();
          if (text.trim() !== box.innerHTML.trim()) replace(box, text);
          say(box);
          box.dispatchEvent(new CustomEvent("live:changed", { bubbles: true }));
        }
        if (answer.status === 200 || answer.status === 304) {
          answered = Date.now();
          tell("");
        } else if (answer.status === 401 || answer.type === "opaqueredirect") tell("out");
        else if (answer.status === 503) tell("away");
        else if (answer.status === 404) location.reload();
        else tell("lost");
        if (answer.headers.get("X-On-Call")) document.dispatchEvent(new Event("line:active"));
      } catch {
        if (Date.now() - answered > PATIENCE || !navigator.onLine) tell("lost");
        else if (well) show(root, "");
      }
      clearTimeout(slow);
    };
    const again = async () => {
      if (!document.hidden || box.dataset.always) await ask();
      setTimeout(again, Number(box.dataset.every) * 1000);
    };
    document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
    window.addEventListener("offline", () => tell("lost"));
    window.addEventListener("online", ask);
    setTimeout(again, Number(box.dataset.every) * 1000);
  };
  document.addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll("[data-live]")) live(box);
  });
})();

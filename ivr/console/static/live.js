// Keeps a part of a page as it is now: asks for it every few seconds, and says when it cannot.
// What is sent back is a page's own words; nothing here knows what they are about.
(() => {
  const PATIENCE = 15000; // ms without an answer
  const show = (root, which) => {
    for (const name of ["lost", "away", "out"]) {
      for (const note of root.querySelectorAll(`[data-when="${name}"]`)) note.hidden = name !== which;
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
    const root = box.closest("[data-live-root]") || document;
    let tag = "", answered = Date.now();
    const ask = async () => {
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
          show(root, "");
        } else if (answer.status === 401 || answer.type === "opaqueredirect") show(root, "out");
        else if (answer.status === 503) show(root, "away");
        else if (answer.status === 404) location.reload();
        else show(root, "lost");
        if (answer.headers.get("X-On-Call")) document.dispatchEvent(new Event("line:active"));
      } catch {
        if (Date.now() - answered > PATIENCE || !navigator.onLine) show(root, "lost");
      }
    };
    const again = async () => {
      if (!document.hidden || box.dataset.always) await ask();
      setTimeout(again, Number(box.dataset.every) * 1000);
    };
    document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
    window.addEventListener("offline", () => show(root, "lost"));
    window.addEventListener("online", ask);
    setTimeout(again, Number(box.dataset.every) * 1000);
  };
  document.addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll("[data-live]")) live(box);
  });
})();

// Esc twice blanks the screen, twice more brings the same page back as it was. What goes on in
// the line goes on. On a blank screen two clicks do the same, for who has no such key.
(() => {
  const SOON = 700; // ms between the two
  const LONG_AGO = -Infinity; // the clock of a page begins at 0 when it does
  const root = document.documentElement;
  let last = LONG_AGO, title = "", place = 0, held = null;

  const blank = () => {
    title = document.title;
    place = window.scrollY;
    held = document.activeElement;
    root.classList.add("blank");
    document.title = "–";
    sessionStorage.setItem("blank", "1");
  };
  const back = () => {
    root.classList.remove("blank");
    document.title = title || document.title;
    sessionStorage.removeItem("blank");
    window.scrollTo(0, place);
    if (held && held.focus) held.focus({ preventScroll: true });
  };
  const turn = () => (root.classList.contains("blank") ? back() : blank());
  const twice = () => {
    const now = performance.now();
    const again = now - last < SOON;
    last = again ? LONG_AGO : now;
    if (again) turn();
  };

  const stay = () => { if (sessionStorage.getItem("blank")) root.classList.add("blank"); };
  stay();
  window.addEventListener("pageshow", stay); // a page that the browser kept and shows again
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.repeat) twice();
    else last = LONG_AGO;
  }, true);
  document.addEventListener("click", () => {
    if (root.classList.contains("blank")) twice();
  }, true);
  document.addEventListener("DOMContentLoaded", () => {
    title = document.title;
    if (root.classList.contains("blank")) document.title = "–";
    for (const button of document.querySelectorAll("[data-panic]")) {
      button.hidden = false;
      button.addEventListener("click", (event) => { event.stopPropagation(); last = LONG_AGO; blank(); });
    }
    for (const words of document.querySelectorAll("[data-panic-words]")) words.hidden = false;
  });
})();

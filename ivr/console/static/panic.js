// Esc twice blanks the screen, twice more brings the same page back as it was. What goes on in
// the line goes on. On a blank screen two clicks do the same, for who has no such key.
(() => {
  const SOON = 700; // ms between the two
  const root = document.documentElement;
  let last = 0, title = "", place = 0, held = null;

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
    last = again ? 0 : now;
    if (again) turn();
  };

  if (sessionStorage.getItem("blank")) root.classList.add("blank");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.repeat) twice();
    else last = 0;
  }, true);
  document.addEventListener("click", () => {
    if (root.classList.contains("blank")) twice();
  }, true);
  document.addEventListener("DOMContentLoaded", () => {
    title = document.title;
    if (root.classList.contains("blank")) document.title = "–";
    for (const button of document.querySelectorAll("[data-panic]")) {
      button.hidden = false;
      button.addEventListener("click", (event) => { event.stopPropagation(); last = 0; blank(); });
    }
    for (const words of document.querySelectorAll("[data-panic-words]")) words.hidden = false;
  });
})();

// A form is sent once, also when its button is pressed twice before the answer comes.
(() => {
  const SOON = 2000; // ms
  const sent = new WeakMap();
  document.addEventListener("submit", (event) => {
    const now = performance.now();
    if (now - (sent.get(event.target) ?? -SOON) < SOON) event.preventDefault();
    else if (!event.defaultPrevented) sent.set(event.target, now);
  });
})();

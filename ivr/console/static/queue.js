// A sound or a mark in the title when something is free that was not: only if asked for, and
// never with a word about it.
(() => {
  const box = document.getElementById("rows");
  const wishes = document.getElementById("wishes");
  if (!box || !wishes) return;
  const [sound, mark] = ["sound", "mark"].map((name) => document.getElementById(name));
  const plain = document.title;
  let free = Number(box.querySelector("[data-free]")?.dataset.free || 0), audio = null;
  wishes.hidden = false;
  for (const one of [sound, mark]) {
    one.checked = localStorage.getItem(one.id) === "1";
    one.addEventListener("change", () => localStorage.setItem(one.id, one.checked ? "1" : ""));
  }
  sound.addEventListener("change", () => { if (sound.checked) ring(); });
  const ring = () => {
    audio = audio || new AudioContext();
    const tone = audio.createOscillator(), volume = audio.createGain();
    volume.gain.setValueAtTime(0.08, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.6);
    tone.frequency.value = 520;
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.6);
  };
  const blank = () => document.documentElement.classList.contains("blank");
  const seen = () => { if (!blank()) document.title = plain; };
  box.addEventListener("live:changed", () => {
    const now = Number(box.querySelector("[data-free]")?.dataset.free || 0);
    if (now > free && !blank()) {
      if (sound.checked) ring();
      if (mark.checked && document.hidden) document.title = `• ${plain}`;
    }
    free = now;
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) seen(); });
})();

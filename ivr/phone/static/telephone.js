// One telephone on the page: its display, its keys, its hooks, and the leg that is on it.

import { words } from "./show.js";
import { tone, wake } from "./sound.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");

// What one leg of a call is doing, as its telephone shows it.
export function phaseOf(told, leg) {
  if (leg === told.call || told.phase === "ended" || told.phase === "talking") return told.phase;
  if (told.other.status !== "in-progress") return "rung";
  if (told.waiting?.leg !== leg) return "asking";
  return told.waiting.kind === "silence" ? "listening" : "speaking";
}

export class Telephone {
  // `side` is caller or operator; `prefix` begins the ids of its parts.
  constructor(side, prefix) {
    Object.assign(this, { side, prefix, call: null, leg: "", phase: "idle", said: null });
    this.root = document.getElementById(`${side}-telephone`);
    for (const cap of this.root.querySelectorAll("[data-key]")) {
      cap.addEventListener("click", () => this.press(cap.dataset.key));
    }
    this.part("pick-up").addEventListener("click", () => this.meet("hand"));
    this.part("hang-up").addEventListener("click", () => this.hangUp());
  }

  part(name) {
    return document.getElementById(`${this.prefix}${name}`);
  }

  get busy() {
    return Boolean(this.call?.live && this.leg);
  }

  // Whether a key of it would be heard now.
  get listens() {
    const wait = this.busy && this.call.wait;
    return Boolean(wait && wait.keys && wait.leg === this.leg);
  }

  press(key) {
    const cap = this.root.querySelector(`[data-key="${CSS.escape(key)}"]`);
    cap.classList.add("down");
    setTimeout(() => cap.classList.remove("down"), 160);
    if (!this.call?.toneless) tone(key);
    if (this.busy) this.call.press(key, this.leg);
  }

  meet(manner) {
    wake();
    if (this.busy) this.call.happen("answer", { manner }, this.leg);
  }

  hangUp() {
    if (!this.busy) return;
    if (this.phase === "rung") this.meet("busy");
    else this.call.hangUp(this.leg);
  }

  // Take a leg, or show how it is now. What was said on it last stays with it.
  hold(call, leg, told) {
    if (this.leg !== leg) this.said = null;
    Object.assign(this, { call, leg });
    this.part("rung").textContent = this.#number(told, leg);
    this.show(phaseOf(told, leg));
    if (told.phase === "ended") this.lose(call);
  }

  // The leg that was on it is gone.
  lose(call) {
    if (this.call !== call) return;
    Object.assign(this, { call: null, leg: "", said: null });
    this.show("ended");
  }

  // What is said on it now, in its language.
  hear(text, language) {
    if (!this.busy) return;
    this.said = { text, language };
    this.#hears(this.phase);
  }

  #number(told, leg) {
    const root = leg === told.call;
    if (root && !told.placed) return told.to;
    return words["rings.shows"].replace("{number}", root ? told.from : told.other.from);
  }

  show(phase) {
    this.phase = phase;
    const shown = this.part("phase");
    const text = words[`phase.${phase}`];
    if (shown.textContent !== text) shown.textContent = text;
    this.root.dataset.phase = phase;
    this.#hears(phase);
    this.#progress();
  }

  #hears(phase) {
    const speech = phase === "speaking" || phase === "listening" || phase === "asking";
    const shown = this.part("hears");
    const text = speech ? (this.said?.text ?? "") : (words[`hears.${phase}`] ?? "");
    shown.textContent = text;
    shown.lang = speech && this.said ? this.said.language : document.documentElement.lang;
  }

  #progress() {
    const wait = this.busy ? this.call.wait : null;
    if (wait?.id === this.shown?.id && wait) return;
    this.shown = wait;
    const bar = this.part("progress");
    bar.style.transition = "none";
    bar.style.transform = "scaleX(0)";
    if (!wait?.shown || calm.matches) return;
    bar.getBoundingClientRect();
    bar.style.transition = `transform ${wait.shown}s linear`;
    bar.style.transform = "scaleX(1)";
  }

  tick() {
    if (!this.busy) return;
    const seconds = Math.floor((Date.now() - this.call.begun) / 1000);
    const rest = String(seconds % 60).padStart(2, "0");
    this.part("clock").textContent = `${Math.floor(seconds / 60)}:${rest}`;
  }
}

// One call on the page, whichever of its legs is on which telephone. The browser owns the time of
// it: it says when a clip has been heard or a wait is over.

import { ask, Problem } from "./relay.js";
import { Player } from "./sound.js";

const PATIENCE = 700;

export class Call {
  // `page` is told: followed(call, told, lines), waiting(call), blocked(), stumbled(call, error).
  constructor(leg, page, toneless = false) {
    Object.assign(this, { leg, page, toneless, last: 0, pending: 0, phase: "asking", told: null });
    this.wait = null; // { id, leg, seconds, begun, timer, clip, keys, done }
    this.player = new Player();
    this.begun = Date.now();
  }

  get live() {
    return this.phase !== "ended";
  }

  async happen(event, facts = {}, leg = this.leg) {
    if (!this.live || !leg) return;
    const asks = event !== "look";
    const slow = asks ? setTimeout(() => this.page.waiting(this), PATIENCE) : 0;
    this.pending += asks;
    try {
      this.follow(await ask(`/call/${leg}/${event}`, { since: this.last, ...facts }));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.message === "broken") this.end();
      this.page.stumbled(this, error);
    } finally {
      clearTimeout(slow);
      this.pending -= asks;
    }
  }

  follow(told) {
    if (!this.live || told.call !== this.leg || told.last < this.last) return;
    const lines = told.lines.filter((line) => line.n > this.last);
    Object.assign(this, { last: told.last, phase: told.phase, told });
    if (told.phase === "ended") this.end();
    else this.#await(told.waiting);
    this.page.followed(this, told, lines);
  }

  end() {
    this.#stop();
    this.phase = "ended";
  }

  press(key, leg) {
    const after = this.#heard();
    if (!this.toneless && this.wait?.keys && this.wait.clip && this.wait.leg === leg) this.#cut();
    this.happen("keys", { key, after }, leg);
  }

  hangUp(leg = this.leg) {
    this.#stop();
    this.happen("hang-up", {}, leg);
  }

  skip() {
    if (this.wait) this.#over(this.wait.id);
  }

  // ---- waiting: for a clip to be heard, or for time to pass

  #await(told) {
    if (told && told.id === this.wait?.id) {
      if (this.wait.done) this.#over(told.id); // the carrier has not heard of it: say it again
      return;
    }
    this.#stop();
    if (!told) return;
    const { id, leg, left: seconds, clip, keys, mine, kind } = told;
    const shown = mine || kind === "ring" ? seconds : 0;
    this.wait = { id, leg, seconds, clip, keys, shown, begun: performance.now(), done: false };
    if (clip) this.player.play(clip, () => this.#over(id), () => this.#mute(id));
    else this.#pass(id);
  }

  #stop() {
    if (!this.wait) return;
    clearTimeout(this.wait.timer);
    if (this.wait.clip) this.player.stop();
    this.wait = null;
  }

  #over(id) {
    if (this.wait?.id !== id) return;
    this.wait.done = true;
    this.happen("ended", { wait: id });
  }

  #pass(id) {
    if (this.wait?.id !== id) return;
    this.wait.timer = setTimeout(() => this.#over(id), this.wait.seconds * 1000);
  }

  #mute(id) {
    if (this.wait?.id !== id) return;
    this.wait.clip = "";
    this.page.blocked();
    this.#pass(id);
  }

  // A key ends what is said, at once. Should nobody learn of the key, time goes on in its place.
  #cut() {
    const { id, seconds } = this.wait;
    this.player.stop();
    this.wait.timer = setTimeout(() => this.#over(id), (seconds - this.player.seconds) * 1000);
  }

  #heard() {
    if (!this.wait) return 0;
    return this.wait.clip ? this.player.seconds : (performance.now() - this.wait.begun) / 1000;
  }
}

// What a telephone sounds like: the keys' tones, a bell, the ringing at the other end, the clips.

const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477];
const PLACES = "123456789*0#";
const RINGS = { away: [425], here: [660, 880] };
const VOLUME = 0.06;

let context = null;
let bell = null;

// A browser makes no sound before somebody has pressed something: call this from a press.
export function wake() {
  context ??= new AudioContext();
  context.resume();
}

function beep(frequencies, from, seconds, target) {
  const gain = new GainNode(context, { gain: VOLUME });
  gain.connect(target ?? context.destination);
  for (const frequency of frequencies) {
    const oscillator = new OscillatorNode(context, { frequency });
    oscillator.connect(gain);
    oscillator.start(from);
    oscillator.stop(from + seconds);
  }
}

export function tone(key) {
  wake();
  const place = PLACES.indexOf(key);
  beep([ROWS[Math.floor(place / 3)], COLUMNS[place % 3]], context.currentTime, 0.14);
}

function bellOnce() {
  beep(RINGS[bell.where], context.currentTime, 1, bell.gain);
}

// It rings "here", "away" at the other end, or nowhere: one second of sound, three of quiet, as it
// rings in this country.
export function ring(where) {
  if (where === (bell?.where ?? "") || !context) return;
  if (bell) {
    clearInterval(bell.timer);
    bell.gain.disconnect();
    bell = null;
  }
  if (where) {
    const gain = new GainNode(context);
    gain.connect(context.destination);
    bell = { where, gain, timer: setInterval(bellOnce, 4000) };
    bellOnce();
  }
}

// One clip at a time. `over` is called when it has been heard, `mute` when it cannot be played.
export class Player {
  constructor() {
    this.audio = new Audio();
    this.audio.preload = "auto";
  }

  play(path, over, mute) {
    const audio = this.audio;
    audio.onended = over;
    audio.onerror = mute;
    audio.src = path;
    audio.play().catch((error) => {
      if (error.name !== "AbortError") mute();
    });
  }

  stop() {
    this.audio.onended = null;
    this.audio.onerror = null;
    this.audio.pause();
  }

  get seconds() {
    return this.audio.currentTime;
  }
}

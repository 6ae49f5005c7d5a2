/** A few notes, made here: no file is fetched. */
import type { Haptic } from "../host/host";

/** Hertz, one after another. */
const notes: Record<Haptic, readonly number[]> = {
  flag: [330, 247],
  warning: [440, 440],
  success: [392, 494, 587],
};
const NOTE_SECONDS = 0.11;
const LOUDNESS = 0.08;

let speaker: AudioContext | undefined;

export function sound(kind: Haptic): void {
  speaker ??= new AudioContext();
  void speaker.resume();
  const loudness = speaker.createGain();
  loudness.connect(speaker.destination);
  notes[kind].forEach((hertz, index) => {
    if (!speaker) return;
    const at = speaker.currentTime + index * NOTE_SECONDS;
    const note = speaker.createOscillator();
    note.type = "triangle";
    note.frequency.value = hertz;
    note.connect(loudness);
    note.start(at);
    note.stop(at + NOTE_SECONDS);
    loudness.gain.setValueAtTime(LOUDNESS, at);
    loudness.gain.exponentialRampToValueAtTime(0.001, at + NOTE_SECONDS);
  });
}

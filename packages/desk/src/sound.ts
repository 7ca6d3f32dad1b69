/** Short tones made on the spot: nothing to load, and they work while the tab is in the background. */
import { readStored } from '#ui/stored.ts';

/** How loud a notice is, from the table of notices: one soft tone, a ring, or an alarm. */
export type Sound = 'none' | 'soft' | 'ring' | 'alarm';

/** Loudness on this device, 0–100; 0 is silent. */
export const volumeKey = 'zk:volume';
export const volumeOf = (stored: string | null): number => {
  const asked = Number(stored ?? 60);
  return Number.isFinite(asked) ? Math.min(100, Math.max(0, asked)) : 60;
};

/** Seconds and Hz of each tone. */
const melodies: Record<Sound, ReadonlyArray<readonly [at: number, hz: number]>> = {
  none: [],
  soft: [[0, 740]],
  ring: [
    [0, 660],
    [0.16, 880],
    [0.6, 660],
    [0.76, 880],
  ],
  alarm: [
    [0, 988],
    [0.15, 784],
    [0.3, 988],
    [0.45, 784],
    [0.9, 988],
    [1.05, 784],
    [1.2, 988],
    [1.35, 784],
  ],
};
const loudest: Sound[] = ['alarm', 'ring', 'soft', 'none'];
/** Several at once are one sound, the loudest. */
export const loudestOf = (sounds: string[]): Sound => loudest.find((one) => sounds.includes(one)) ?? 'none';

let context: AudioContext | undefined;

/** Plays a sound at the volume of this device. A browser that has not been touched yet stays silent. */
export function play(sound: Sound): void {
  const volume = volumeOf(readStored(volumeKey));
  if (volume === 0 || sound === 'none') return;
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume();
    for (const [at, hz] of melodies[sound]) note(context, context.currentTime + at, hz, (volume / 100) * 0.2);
  } catch {
    // No sound device, or not allowed: the card and the title say the same.
  }
}

function note(audio: AudioContext, at: number, hz: number, loudness: number): void {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.type = 'sine';
  tone.frequency.value = hz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(loudness, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.14);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.15);
}

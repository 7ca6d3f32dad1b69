/** Short tones made on the spot: nothing to load, and they work while the tab is in the background. */
let context: AudioContext | undefined;

/** Two rising notes: somebody waits for me. A browser that has not been touched yet stays silent. */
export function ring(): void {
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume();
    const start = context.currentTime;
    for (const [at, frequency] of [
      [0, 660],
      [0.16, 880],
      [0.6, 660],
      [0.76, 880],
    ] as const)
      note(context, start + at, frequency);
  } catch {
    // No sound device, or not allowed: the card and the title say the same.
  }
}

function note(audio: AudioContext, at: number, frequency: number): void {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.type = 'sine';
  tone.frequency.value = frequency;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.12, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.14);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.15);
}

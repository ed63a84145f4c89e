/**
 * A live alert that breaks into an exercise is heard: two tones, once for each alert, never on the quiet
 * screen. Nothing else on these pages makes a sound.
 */
const RUNG = "blo-alert-rung";
const TONES = [880, 1320];
const TONE_S = 0.2;

export function soundLiveAlerts(): void {
  const place = document.querySelector<HTMLElement>("#breaking-in");
  if (!place) return;
  hear(place);
  document.addEventListener("page:reconciled", () => hear(place));
}

function hear(place: HTMLElement): void {
  const key = place.querySelector<HTMLElement>("[data-alert]")?.dataset["alert"];
  if (!key || key === rung()) return;
  remember(key);
  if (document.documentElement.dataset["quiet"] === undefined) void ring();
}

/** A browser keeps silent until the officer has touched the page once. */
async function ring(): Promise<void> {
  const audio = new AudioContext();
  if (audio.state !== "running") await audio.resume();
  TONES.forEach((pitch, place) => {
    const begin = audio.currentTime + place * TONE_S;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, begin);
    volume.gain.exponentialRampToValueAtTime(0.001, begin + TONE_S);
    tone.connect(volume).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + TONE_S);
  });
  window.setTimeout(() => void audio.close(), 1_000);
}

function rung(): string {
  try {
    return sessionStorage.getItem(RUNG) ?? "";
  } catch {
    return "";
  }
}

function remember(key: string): void {
  try {
    sessionStorage.setItem(RUNG, key);
  } catch {
    // a browser that keeps nothing sounds again on the next page
  }
}

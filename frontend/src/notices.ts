/**
 * Tells by a tone, and by a notice of the browser, that something came. What is played and shown is the
 * server's to decide (`data-notice` on the page); it names a kind and nothing else. Several windows of one
 * browser sound once.
 */
const LAST = "blo-notice";
const TONE_S = 0.18;
const PITCHES: Record<string, number[]> = {
  immediate: [880, 1175, 880, 1175],
  expected: [659, 880],
  routine: [523],
};

interface Notice {
  newest: string;
  tone: string;
  words: string;
  volume: number;
}

/** Play a tone; returns whether the browser let it be heard. */
async function play(tone: string, volume: number): Promise<boolean> {
  const pitches = PITCHES[tone];
  if (!pitches || !volume) return true;
  const audio = new AudioContext();
  const patience = new Promise((done) => window.setTimeout(done, 400));
  if (audio.state !== "running") await Promise.race([audio.resume(), patience]);
  if (audio.state !== "running") {
    void audio.close();
    return false;
  }
  pitches.forEach((pitch, place) => {
    const begin = audio.currentTime + place * TONE_S;
    const voice = audio.createOscillator();
    const gain = audio.createGain();
    voice.frequency.value = pitch;
    gain.gain.setValueAtTime((0.4 * volume) / 100, begin);
    gain.gain.exponentialRampToValueAtTime(0.001, begin + TONE_S);
    voice.connect(gain).connect(audio.destination);
    voice.start(begin);
    voice.stop(begin + TONE_S);
  });
  window.setTimeout(() => void audio.close(), pitches.length * TONE_S * 1_000 + 500);
  return true;
}

function last(): string | null {
  try {
    return localStorage.getItem(LAST);
  } catch {
    return null;
  }
}

function remember(newest: string): void {
  try {
    localStorage.setItem(LAST, newest);
  } catch {
    // a browser that keeps nothing sounds in each of its windows
  }
}

/** Say in the status bar that a tone was not heard, until the page is touched. */
function saySilent(): void {
  if (document.querySelector(".sound-silent")) return;
  const said = document.createElement("span");
  said.className = "status-item sound-silent";
  said.setAttribute("role", "status");
  said.textContent = document.documentElement.dataset["wordsSilent"] ?? "";
  document.querySelector("#status-links")?.append(said);
  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => said.remove(), { once: true });
  }
}

function show(words: string): void {
  if (!words || !document.hidden || !("Notification" in window) || Notification.permission !== "granted") return;
  new Notification("Border Liaison", { body: words, tag: "blo" });
}

async function look(url: string, isFirst: boolean): Promise<void> {
  const answer = await fetch(url, { headers: { "Blo-Background": "yes" } });
  if (!answer.ok || answer.redirected) return;
  const { newest, tone, words, volume } = (await answer.json()) as Notice;
  const before = last();
  if (newest === before) return;
  remember(newest);
  // What had been opened since, or waited before anybody looked, is no news.
  if (!newest || (isFirst && before === null)) return;
  show(words);
  if (document.documentElement.dataset["quiet"] !== undefined) return;
  if (!(await play(tone, volume))) saySilent();
}

export function noticeWhatComes(): void {
  helpToChoose();
  const url = document.documentElement.dataset["notice"];
  if (!url || document.documentElement.dataset["feed"] === undefined) return;
  let waiting: number | undefined;
  const soon = (isFirst: boolean): void => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void look(url, isFirst).catch(() => undefined), 150);
  };
  for (const kind of ["feed:thread", "feed:alert"]) document.body.addEventListener(kind, () => soon(false));
  soon(true);
}

/** The officer's page of notices: trying a tone, and asking the browser. */
function helpToChoose(): void {
  const tries = document.querySelector<HTMLElement>("[data-try]");
  const volume = document.querySelector<HTMLInputElement>("[data-volume]");
  if (tries) tries.hidden = false;
  tries?.addEventListener("click", (event) => {
    const tone = (event.target as Element).closest<HTMLElement>("[data-try-tone]")?.dataset["tryTone"];
    if (tone) void play(tone, Number(volume?.value ?? 0));
  });
  const place = document.querySelector<HTMLElement>("[data-permission]");
  if (!place) return;
  const say = (): void => {
    const state = "Notification" in window && window.isSecureContext ? Notification.permission : "missing";
    const words = { granted: "wordsGranted", denied: "wordsDenied", default: "wordsDefault", missing: "wordsMissing" };
    const said = place.querySelector("span");
    if (said) said.textContent = place.dataset[words[state]] ?? "";
    const ask = place.querySelector<HTMLElement>("[data-ask-permission]");
    if (ask) ask.hidden = state !== "default";
    place.hidden = false;
  };
  place.querySelector("[data-ask-permission]")?.addEventListener("click", () => {
    void Notification.requestPermission().then(say);
  });
  say();
}

/** Puts a picture between two lines with its marking; beneath stand its legend, what it is, and by whom and when it was taken. */
import type { IconAtlas } from "./icon-atlas.ts";
import type { Ink } from "./looks.ts";

export interface Said {
  marking: string;
  name: string;
  taken: string;
  signs: readonly Sign[];
}

/** What one sign of the legend means; its colour as `#0b56a0`. */
export interface Sign {
  form: string;
  ink: string;
  words: string;
  letter: string;
  /** The name of its icon, where it is one. */
  icon: string;
}

const BAND = 30;
const FACE = "InterVariable, system-ui, sans-serif";
const LEGEND = `400 12px ${FACE}`;
const ROW = 20;
const SAMPLE = 26;
const DASHES: Record<string, number[]> = { dashed: [6, 4], dotted: [2, 3], dashdot: [9, 3, 2, 3] };

export function framed(picture: HTMLCanvasElement, { marking, name, taken, signs }: Said, inks: Record<Ink, string>, atlas: IconAtlas): HTMLCanvasElement {
  const sharp = devicePixelRatio;
  const made = document.createElement("canvas");
  const pen = made.getContext("2d");
  const [wide, high] = [picture.width / sharp, picture.height / sharp];
  made.width = picture.width;
  if (!pen) return made;
  const rows = inRows(pen, signs, wide - 24);
  const legend = rows.length * ROW + (rows.length ? 10 : 0);
  const whole = high + legend + 3 * BAND;
  made.height = Math.round(whole * sharp);
  pen.scale(sharp, sharp);
  pen.fillStyle = inks["surface"];
  pen.fillRect(0, 0, wide, whole);
  pen.drawImage(picture, 0, BAND, wide, high);
  pen.textBaseline = "middle";
  const write = (text: string, x: number, row: number, align: CanvasTextAlign, weight: number, most: number): void => {
    pen.textAlign = align;
    pen.font = `${weight} 13px ${FACE}`;
    pen.fillStyle = inks["ink"];
    pen.fillText(text, x, row + BAND / 2, most);
  };
  rows.forEach((row, at) => {
    const y = high + BAND + 5 + ROW * (at + 0.5);
    for (const { sign, x } of row) {
      if (sign.icon) atlas.paint(pen, sign.icon, sign.ink, { x: x + SAMPLE / 2, y, px: 15 });
      paint(pen, sign, x, y, inks);
    }
  });
  for (const row of [0, whole - BAND]) {
    pen.fillStyle = inks["surface-3"];
    pen.fillRect(0, row, wide, BAND);
    write(marking, wide / 2, row, "center", 700, wide - 24);
  }
  write(name, 12, whole - 2 * BAND, "left", 600, wide * 0.4 - 18);
  write(taken, wide - 12, whole - 2 * BAND, "right", 400, wide * 0.6 - 18);
  return made;
}

/** The signs of a legend in rows of a width, each with where it begins. */
function inRows(pen: CanvasRenderingContext2D, signs: readonly Sign[], wide: number): { sign: Sign; x: number }[][] {
  const rows: { sign: Sign; x: number }[][] = [];
  let x = Infinity;
  pen.font = LEGEND;
  for (const sign of signs) {
    const room = SAMPLE + 8 + pen.measureText(sign.words).width;
    if (x + room > wide) {
      rows.push([]);
      x = 12;
    }
    rows.at(-1)?.push({ sign, x });
    x += room + 18;
  }
  return rows;
}

function paint(pen: CanvasRenderingContext2D, { form, ink, words, letter }: Sign, x: number, y: number, inks: Record<Ink, string>): void {
  pen.save();
  pen.strokeStyle = pen.fillStyle = ink;
  pen.textBaseline = "middle";
  pen.beginPath();
  if (form === "letter") {
    pen.font = `700 12px ${FACE}`;
    pen.textAlign = "center";
    pen.fillText(letter, x + SAMPLE / 2, y);
  } else if (form === "fill" || form === "ring") {
    pen.roundRect(x + SAMPLE / 2 - 6.5, y - 6.5, 13, 13, 3);
    pen.lineWidth = 3;
    if (form === "fill") pen.fill();
    else pen.stroke();
  } else {
    pen.setLineDash(DASHES[form] ?? []);
    pen.lineWidth = form === "thick" ? 3.5 : 2;
    pen.moveTo(x, y);
    pen.lineTo(x + SAMPLE, y);
    pen.stroke();
  }
  pen.font = LEGEND;
  pen.textAlign = "left";
  pen.fillStyle = inks["ink-2"];
  pen.fillText(words, x + SAMPLE + 8, y);
  pen.restore();
}

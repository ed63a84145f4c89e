/** Puts a picture between two lines with its marking; beneath stand what it is, and by whom and when it was taken. */
import type { Ink } from "./looks.ts";

export interface Said {
  marking: string;
  name: string;
  taken: string;
}

const BAND = 30;
const FACE = "InterVariable, system-ui, sans-serif";

export function framed(picture: HTMLCanvasElement, { marking, name, taken }: Said, inks: Record<Ink, string>): HTMLCanvasElement {
  const sharp = devicePixelRatio;
  const made = document.createElement("canvas");
  const pen = made.getContext("2d");
  const [wide, high] = [picture.width / sharp, picture.height / sharp];
  made.width = picture.width;
  made.height = Math.round((high + 3 * BAND) * sharp);
  if (!pen) return made;
  pen.scale(sharp, sharp);
  pen.fillStyle = inks["surface"];
  pen.fillRect(0, 0, wide, high + 3 * BAND);
  pen.drawImage(picture, 0, BAND, wide, high);
  pen.textBaseline = "middle";
  const write = (text: string, x: number, row: number, align: CanvasTextAlign, weight: number, most: number): void => {
    pen.textAlign = align;
    pen.font = `${weight} 13px ${FACE}`;
    pen.fillStyle = inks["ink"];
    pen.fillText(text, x, row + BAND / 2, most);
  };
  for (const row of [0, high + 2 * BAND]) {
    pen.fillStyle = inks["surface-3"];
    pen.fillRect(0, row, wide, BAND);
    write(marking, wide / 2, row, "center", 700, wide - 24);
  }
  write(name, 12, high + BAND, "left", 600, wide * 0.4 - 18);
  write(taken, wide - 12, high + BAND, "right", 400, wide * 0.6 - 18);
  return made;
}

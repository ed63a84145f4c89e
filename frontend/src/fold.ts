/**
 * One form of a word for comparing: in any script of the region, however it is spelled there.
 *
 * `borderliaison.forms.folding` does the same on the server; `tests/vectors/spelling/folding.json` holds both to it.
 */
const LETTERS = new Map<string, string>([
  ...pairs("абвгдезийклмнопрстуфы", "abvgdeziiklmnoprstufi"),
  ...Object.entries({ ё: "e", ж: "j", х: "h", ц: "ts", ч: "ch", ш: "sh", щ: "sh", э: "e" }),
  ...Object.entries({ ю: "iu", я: "ia", ъ: "", ь: "" }),
  ...Object.entries({ ә: "a", ғ: "g", қ: "k", ң: "n", ө: "o", ұ: "u", ү: "u", һ: "h", і: "i" }),
  ...Object.entries({ ӣ: "i", ӯ: "u", ҳ: "h", ҷ: "j", ў: "o" }),
  ...Object.entries({ ç: "ch", ş: "sh", ž: "j", ı: "i", ß: "ss", ə: "a" }),
]);
/** One letter that keyboards write in several ways: those of Kabul, of Tehran and of Cairo. */
const ARABIC = new Map(pairs("يىېۍكګةەھہ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ییییکگهههه01234567890123456789"));
const SPELLINGS: [RegExp, string][] = [
  [/shch/g, "sh"],
  [/kh/g, "h"],
  [/gh/g, "g"],
  [/zh/g, "j"],
  [/dj/g, "j"],
  [/ph/g, "f"],
  [/ck/g, "k"],
  [/x/g, "h"],
  [/q/g, "k"],
  [/w/g, "v"],
  [/y/g, "i"],
  [/c(?!h)/g, "k"],
  [/([a-z])\1+/g, "$1"],
  [/\s+/g, " "],
];
const known = new Map<string, string>();

function pairs(from: string, to: string): [string, string][] {
  return [...from].map((letter, place) => [letter, to[place] ?? ""]);
}

/** Return a text as it is compared: "Гашиш", "gashish" and "GASHISH" are one. */
export function fold(text: string): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  const small = [...text.normalize("NFC").toLowerCase()].map((letter) => LETTERS.get(letter) ?? letter).join("");
  const bare = small.normalize("NFKD").replace(/\p{Mn}|['’ʻʼ‘`\u0640\u200c\u200d-]/gu, "");
  let plain = [...bare].map((letter) => ARABIC.get(letter) ?? letter).join("");
  for (const [spelled, said] of SPELLINGS) plain = plain.replace(spelled, said);
  plain = plain.trim();
  known.set(text, plain);
  return plain;
}

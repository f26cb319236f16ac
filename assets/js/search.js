// Search on a static host. A port of mujaz/search_keys.py and a reader of the files that
// mujaz/search.py writes; tests/search_vectors.json holds both sides to the same answers.
// Texts of articles go into the page as textContent only.

const MARKS = /[\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8\u06EA-\u06ED\u0897-\u089F\u08CA-\u08E1\u08E3-\u08FF]/g;
const INVISIBLE = /[\u0640\u00AD\u034F\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFE00-\uFE0F\uFEFF]/g;
const WORD = /[0-9A-Za-z\u00C0-\u024F\u0620-\u063F\u0641-\u064A\u066E-\u06D3\u06FA-\u06FF]+/g;
const SUFFIXES = "هما كما ات ون ين ان يه ها هم هن كم نا ه ي".split(" ");
const table = (from, to) => new Map([...from].map((letter, at) => [letter, to[at] ?? ""]));
const LETTERS = table(
  "\u06CC\u06D2\u06A9\u06AA\u06C1\u06BE\u06D5\u06C3\u0671\u0672\u0673\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u06F0\u06F1\u06F2\u06F3\u06F4\u06F5\u06F6\u06F7\u06F8\u06F9",
  "ييككهههةاأإ01234567890123456789",
);
const CARRIER = table("آأإىةپچ\u06A4\u06A5گژؤئء", "ااايهبجففكزوي");
const NO_HAMZA = table("آأإىةپچ\u06A4\u06A5گژؤئء", "ااايهبجففكز");
const translate = (text, map) => [...text].map((letter) => map.get(letter) ?? letter).join("");

export const tokens = (text) => {
  const plain = translate(text.normalize("NFKC").replace(MARKS, "").replace(INVISIBLE, ""), LETTERS);
  return (plain.match(WORD) ?? []).map((word) =>
    (/^[\u0620-\u06FF]/.test(word) ? word : word.normalize("NFKD").replace(/[\u0300-\u036F]/g, "")).toLowerCase().replace(/ß/g, "ss"));
};

const bare = (word) => {
  while (word.startsWith("ال") && word.length >= 5) word = word.slice(2);
  return word;
};

export const baseForm = (token) => bare(translate(token, CARRIER));

const withoutPrefixes = (word) => {
  const forms = [];
  for (const rest of /^[وف]/.test(word) ? [word, word.slice(1)] : [word]) {
    forms.push(rest);
    if (rest.length > 3 && /^[بكل]/.test(rest)) forms.push(rest.slice(1));
    if (rest.length > 4 && rest.startsWith("لل")) forms.push("ا" + rest.slice(1));
    if (rest.length > 4 && /^س[يتنا]/.test(rest)) forms.push(rest.slice(1));
  }
  return new Set([...forms, ...forms.map(bare)].filter((form) => form.length >= 3 || form === word));
};

const stems = (word) => {
  const found = [word];
  for (let step = 0; step < 2; step += 1) {
    const suffix = SUFFIXES.find((end) => word.endsWith(end) && word.length - end.length >= 3);
    if (!suffix) break;
    word = word.slice(0, -suffix.length);
    found.push(word);
    if (word.endsWith("ت") && word.length > 3) found.push(word.slice(0, -1));
  }
  return found;
};

// The table of mujaz/plurals.py.
const PLURALS = `
@@PLURALS@@
`;
let singulars = null;
const singular = (form) => {
  singulars ??= new Map(PLURALS.trim().split("\n").flatMap((line) => {
    const [one, ...many] = line.split(" ");
    return many.flatMap((word) => [CARRIER, NO_HAMZA].map((map) => [bare(translate(word, map)), baseForm(one)]));
  }));
  return singulars.get(form);
};

export const searchKeys = (token) => {
  const keys = new Set();
  for (const map of [CARRIER, NO_HAMZA]) {
    for (const form of withoutPrefixes(translate(token, map))) {
      stems(form).forEach((stem) => keys.add(bare(stem)));
      const alone = form.replace(/(?:هما|ها|هم|هن|كم|نا|ه)$/, "").replace(/اي$/, "ا");
      for (const one of [singular(form), singular(alone)]) if (one) keys.add(one);
    }
  }
  return keys;
};

export const shardOf = (key, shards) => {
  const [first, second] = [key.codePointAt(0), key.length > 1 ? key.charCodeAt(1) : 0];
  return (first * 37 + second * 101 + (second >> 3) * 11) % shards;
};

// Rising document numbers: the first, then how many are left out each time, in base 32.
export const numbers = (text = "") => {
  const found = [];
  let [value, next] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    value = value * 32 + (digit & 31);
    if (digit < 32) {
      found.push(next + value);
      [value, next] = [0, next + value + 1];
    }
  }
  return found;
};

export const query = (text) => {
  const words = tokens(text);
  const open = !/\s$/.test(text); // the last word may go on
  return words.map((word, at) => ({
    word, base: baseForm(word), keys: searchKeys(word),
    prefix: open && at === words.length - 1 && baseForm(word).length > 1,
  }));
};

export const matchesWord = (term, token) => {
  if (term.prefix && baseForm(token).startsWith(term.base)) return true;
  for (const key of searchKeys(token)) if (term.keys.has(key)) return true;
  return false;
};

// rows: key -> [key, folded, exact, strong]. Returns document -> score of one word.
const scores = (term, rows) => {
  const found = new Map();
  const take = (text, points, strong) => {
    for (const at of numbers(text)) found.set(at, Math.max(found.get(at) ?? 0, points + strong.has(at)));
  };
  const row = ([key, folded, exact, strong], full) => {
    const heads = new Set(numbers(strong));
    take(folded, full ? 3 : 1, heads);
    take(exact, key === term.base ? 5 : full ? 3 : 1, heads);
  };
  for (const key of term.keys) if (rows.has(key)) row(rows.get(key), true);
  if (term.prefix) for (const [key, columns] of rows) if (key.startsWith(term.base)) row(columns, term.keys.has(key));
  return found;
};

// All words and labels must match; best first, then newest. Returns [document, score] pairs.
export const rank = (terms, labels, rows) => {
  const maps = terms.map((term) => scores(term, rows));
  for (const label of labels) maps.push(new Map(numbers(rows.get(label)?.[1]).map((at) => [at, 0])));
  if (!maps.length) return [];
  const [first, ...others] = maps.sort((a, b) => a.size - b.size);
  return [...first].filter(([at]) => others.every((map) => map.has(at)))
    .map(([at, score]) => [at, others.reduce((sum, map) => sum + map.get(at), score)])
    .sort((a, b) => b[1] - a[1] || b[0] - a[0]);
};

export const distance = (a, b) => {
  let before = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a[i - 1] !== b[j - 1]));
    }
    before = row;
  }
  return before[b.length];
};

export const nearest = (term, rows) => [...rows.values()]
  .filter(([key, , exact]) => exact && Math.abs(key.length - term.base.length) < 3)
  .map(([key, , exact]) => [distance(key, term.base), -exact.length, key])
  .filter(([steps]) => steps > 0 && steps <= (term.base.length > 4 ? 2 : 1))
  .sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, 3).map((row) => row[2]);

export const counted = (number) => {
  if (number < 3) return ["لا أخبار", "خبر واحد", "خبران"][number];
  const rest = number % 100;
  return `${number} ${rest > 10 ? "خبرًا" : rest > 2 ? "أخبار" : "خبر"}`;
};

// Pieces of a text, every second one a match: the text itself is left as its author wrote it.
export const pieces = (text, terms) => {
  const parts = [""];
  for (const [piece] of text.matchAll(/[\p{L}\p{M}\p{N}\p{Cf}\u0640]+|[^\p{L}\p{M}\p{N}\p{Cf}\u0640]+/gu)) {
    const hit = tokens(piece).some((token) => terms.some((term) => matchesWord(term, token)));
    if (hit === (parts.length % 2 === 0)) parts[parts.length - 1] += piece;
    else parts.push(piece);
  }
  return parts;
};

// --- files ---------------------------------------------------------------------------------------

class Segment {
  constructor(root, text, fetcher) {
    const [name, shards, chunks] = text.split(":");
    Object.assign(this, { name, root, fetcher, shards: +shards, chunks: +chunks, rows: new Map(), documents: new Map(), size: 0, stamps: "" });
    this.waiting = new Map();
  }

  once(file, read) {
    if (!this.waiting.has(file)) {
      const got = this.get(file).then(read);
      this.waiting.set(file, got);
      got.catch(() => this.waiting.delete(file));
    }
    return this.waiting.get(file);
  }

  async get(file, cache = "default") {
    const answer = await this.fetcher(`${this.root}search/${this.name}/${file}.txt`, { cache });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.text();
  }

  async shard(number) {
    return this.once(`k${number}`, (text) => {
      const [head, ...lines] = text.trimEnd().split("\n");
      const [, shards, size, stamps = ""] = head.split(" ");
      if (+shards !== this.shards) throw new Error("stale");
      Object.assign(this, { size: +size, stamps });
      for (const line of lines) {
        const columns = line.split("\t");
        this.rows.set(columns[0], columns);
      }
    });
  }

  async chunk(number) {
    const read = (text) => {
      const [head, ...lines] = text.trimEnd().split("\n");
      this.documents.set(number, { stamp: head.split(" ")[1], lines });
    };
    await this.once(`d${number}`, read);
  }

  // A chunk from another build than the shard's is asked for again, past the browser's cache.
  async checked(number) {
    await this.chunk(number);
    if (this.documents.get(number).stamp === this.stamps.slice(number * 3, number * 3 + 3)) return;
    this.waiting.delete(`d${number}`);
    const text = await this.get(`d${number}`, "reload");
    await this.once(`d${number}`, () => {});
    const [head, ...lines] = text.trimEnd().split("\n");
    this.documents.set(number, { stamp: head.split(" ")[1], lines });
  }
}

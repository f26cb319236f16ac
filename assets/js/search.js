// A port of mujaz/search_keys.py, and a reader of the files that mujaz/search.py writes;
// tests/search_vectors.json holds both sides to the same answers. No text becomes markup.

const MARKS = /[\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8\u06EA-\u06ED\u0897-\u089F\u08CA-\u08E1\u08E3-\u08FF]/g;
const INVISIBLE = /[\u0640\u00AD\u034F\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFE00-\uFE0F\uFEFF]/g;
const WORD = /[0-9A-Za-z\u00C0-\u024F\u0620-\u063F\u0641-\u064A\u066E-\u06D3\u06FA-\u06FF]+/g;
const SUFFIXES = "هما كما ات ون ين ان يه ها هم هن كم نا ه ي".split(" ");
const table = (from, to) => new Map([...from].map((letter, at) => [letter, to[at] ?? ""]));
const LETTERS = table("\u06CC\u06D2\u06A9\u06AA\u06C1\u06BE\u06D5\u06C3\u0671\u0672\u0673", "ييككهههةاأإ");
const SPELLINGS = "آأإىةپچ\u06A4\u06A5گژؤئء";
const CARRIER = table(SPELLINGS, "ااايهبجففكزوي");
const NO_HAMZA = table(SPELLINGS, "ااايهبجففكز");
const translate = (text, map) => [...text].map((letter) => map.get(letter) ?? letter).join("");

export const tokens = (text) => {
  const plain = translate(text.normalize("NFKC").replace(MARKS, "").replace(INVISIBLE, ""), LETTERS)
    .replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15);
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
رئيس رؤساء
خبر أخبار
وزير وزراء
حرب حروب
قائد قادة
زعيم زعماء
حزب أحزاب
شعب شعوب
ملك ملوك
أمير أمراء
سفير سفراء
وفد وفود
خبير خبراء
عضو أعضاء
نائب نواب
طالب طلاب
عامل عمال
مدينة مدن
قرية قرى
بلد بلدان
منطقة مناطق
جيش جيوش
جندي جنود
ضابط ضباط
سلاح أسلحة
صاروخ صواريخ
سفينة سفن
قتيل قتلى
جريح جرحى
ضحية ضحايا
أسير أسرى
طفل أطفال
رجل رجال
شخص أشخاص
ابن أبناء
بنك بنوك
مصرف مصارف
سوق أسواق
سعر أسعار
سهم أسهم
مال أموال
ضريبة ضرائب
رسم رسوم
أجر أجور
قرض قروض
مشروع مشاريع
مصنع مصانع
ميناء موانئ
حقل حقول
بئر آبار
نهر أنهار
جبل جبال
جزيرة جزر
طريق طرق
شارع شوارع
جسر جسور
حادث حوادث
زلزال زلازل
حريق حرائق
مرض أمراض
دواء أدوية
طبيب أطباء
مريض مرضى
مدرسة مدارس
عالم علماء
شاعر شعراء
فيلم أفلام
فريق فرق
هدف أهداف
كأس كؤوس
نجم نجوم
ملعب ملاعب
برنامج برامج
تقرير تقارير
قانون قوانين
حكم أحكام
جهد جهود
قضية قضايا
خطة خطط
هجوم هجمات
معركة معارك
موقف مواقف
رأي آراء
عقد عقود
عام أعوام
شهر أشهر شهور
يوم أيام
أسبوع أسابيع
رقم أرقام
مركز مراكز
مكتب مكاتب
مجلس مجالس
منصب مناصب
مقعد مقاعد
صوت أصوات
حاكم حكام
مسجد مساجد
كنيسة كنائس
موقع مواقع
مصدر مصادر
عنصر عناصر
فصيل فصائل
سجين سجناء
شهيد شهداء
رسالة رسائل
صحيفة صحف
وثيقة وثائق
حدث أحداث
سبب أسباب
نتيجة نتائج
منزل منازل
بيت بيوت
تاجر تجار
محصول محاصيل
صندوق صناديق
عمل أعمال
جريمة جرائم
مبنى مباني
`;
let singulars = null;
const singular = (form) => {
  singulars ??= new Map(PLURALS.trim().split("\n").flatMap((line) => {
    const [one, ...many] = line.split(" ");
    return many.flatMap((word) => [CARRIER, NO_HAMZA].map((map) => [bare(translate(word, map)), baseForm(one)]));
  }));
  return singulars.get(form);
};

// Prefixes off, endings on: what the index holds.
export const indexForms = (token) => {
  const forms = new Set();
  for (const map of [CARRIER, NO_HAMZA]) {
    for (const form of withoutPrefixes(translate(token, map))) {
      forms.add(bare(form));
      const alone = form.replace(/(?:هما|ها|هم|هن|كم|نا|ه)$/, "").replace(/اي$/, "ا");
      for (const one of [singular(form), singular(alone)]) if (one) forms.add(one);
    }
  }
  return forms;
};

export const searchKeys = (token) => new Set([...indexForms(token)].flatMap(stems));

export const shardOf = (key, shards) => (key.charCodeAt(0) * 33 + (key.charCodeAt(1) || 0)) % shards;

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
  return words.map((word, at) => {
    const [base, keys] = [baseForm(word), searchKeys(word)];
    const starts = new Set([...keys].map((key) => key.slice(0, 3))); // a stem keeps three letters
    return { word, base, keys, starts, prefix: open && at === words.length - 1 && base.length > 1 };
  });
};

export const matchesWord = (term, token) => {
  if (term.prefix && baseForm(token).startsWith(term.base)) return true;
  for (const key of searchKeys(token)) if (term.keys.has(key)) return true;
  return false;
};

// rows: form -> [form, folded, exact, strong]. Returns document -> score of one word.
const scores = (term, rows) => {
  const found = new Map();
  for (const [key, folded, exact, strong] of rows.values()) {
    const full = term.starts.has(key.slice(0, 3)) && stems(key).some((stem) => term.keys.has(stem));
    if (!full && !(term.prefix && key.startsWith(term.base))) continue;
    const heads = new Set(numbers(strong));
    const take = (text, points) => {
      for (const at of numbers(text)) found.set(at, Math.max(found.get(at) ?? 0, points + heads.has(at)));
    };
    take(folded, full ? 3 : 1);
    take(exact, key === term.base ? 5 : full ? 3 : 1);
  }
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

// A month or a year of the index. Its files may come from two builds, some out of the browser's
// cache: whatever doesn't fit together is asked for once more, past the cache.
export class Segment {
  constructor(root, text, fetcher) {
    const [name, shards, chunks] = text.split(":");
    Object.assign(this, { name, root, fetcher, shards: +shards, chunks: +chunks, cache: "default" });
    this.forget();
  }

  forget() {
    Object.assign(this, { rows: new Map(), documents: new Map(), waiting: new Map(), stamps: null });
  }

  once(file, read) {
    if (!this.waiting.has(file)) {
      const got = this.lines(file).then(read);
      this.waiting.set(file, got);
      got.catch(() => this.waiting.delete(file));
    }
    return this.waiting.get(file);
  }

  async lines(file) {
    const answer = await this.fetcher(`${this.root}search/${this.name}/${file}.txt`, { cache: this.cache });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return (await answer.text()).trimEnd().split("\n");
  }

  shard(number) {
    return this.once(`k${number}`, ([head, ...lines]) => {
      const [, shards, , stamps = ""] = head.split(" ");
      const stale = +shards !== this.shards || (this.stamps ?? stamps) !== stamps;
      Object.assign(this, { shards: +shards, stamps, chunks: Math.max(1, stamps.length / 3) });
      if (stale) throw this.stale();
      for (const line of lines) this.rows.set(line.split("\t", 1)[0], line.split("\t"));
    });
  }

  chunk(number) {
    return this.once(`d${number}`, ([head, ...lines]) => {
      this.documents.set(number, { stamp: head.split(" ")[1], lines });
    });
  }

  // The error to throw: the first time, the search is to be run again.
  stale() {
    const again = this.cache === "default";
    this.cache = "reload";
    this.forget();
    return Object.assign(new Error("stale"), { again });
  }

  // Loads what some words need, and the newest documents with them: one round trip.
  async load(terms, labels) {
    const keys = [...terms.flatMap((term) => [term.base, ...term.keys]), ...labels.map((label) => baseForm(tokens(label)[0] ?? ""))];
    const places = new Set(keys.filter(Boolean).map((key) => shardOf(key, this.shards)));
    const newest = this.chunk(this.chunks - 1).catch(() => {});
    await Promise.all([...places].map((place) => this.shard(place)));
    await newest;
  }

  // The line of a document: [day, slug or address, headline].
  async document(at) {
    const number = Math.min(Math.floor(at / 128), this.chunks - 1);
    await this.chunk(number);
    const { stamp, lines } = this.documents.get(number);
    if (stamp !== this.stamps.slice(number * 3, number * 3 + 3)) throw this.stale();
    return lines[at - number * 128].split("\t");
  }
}

// --- page ----------------------------------------------------------------------------------------

const element = (name, text = "", values = {}) => Object.assign(document.createElement(name), { textContent: text }, values);
const encoded = (address) => address.split("/").map(encodeURIComponent).join("/");

const marked = (into, text, terms) => pieces(text, terms).forEach((part, at) => into.append(at % 2 ? element("mark", part) : part));

const excerpt = (text, terms) => {
  const parts = pieces(text.replace(/\s+/g, " "), terms);
  if (parts.length < 2) return "";
  const before = parts[0].length > 60 ? `…${parts[0].slice(-60).replace(/^\S*/, "")}` : parts[0];
  const rest = parts.slice(1).join("");
  return before + (rest.length > 140 ? `${rest.slice(0, 140).replace(/\S*$/, "")}…` : rest);
};

export const start = (form) => {
  const { root, segments, digits, months } = form.dataset;
  const [status, filters, list, more] = ["status", "filters", "results", "more"].map((name) => document.getElementById(`search-${name}`));
  const all = segments.split(" ").filter(Boolean).map((text) => new Segment(root, text, (...asked) => fetch(...asked)));
  const box = form.elements.q;
  const year = form.elements.year;
  const local = (text) => (digits === "arab" ? `${text}`.replace(/\d/g, (digit) => "٠١٢٣٤٥٦٧٨٩"[digit]) : `${text}`);
  let [latest, labels, limit, timer] = [0, [], 10, 0];

  for (const name of new Set(all.map((segment) => segment.name.slice(0, 4)))) year?.append(element("option", local(name), { value: name }));

  const written = (day) => {
    const [y, m, d] = day.split("-").map(Number);
    return local(months ? `${d} ${months.split("|")[m - 1]} ${y}` : `${d}/${m}/${y}`);
  };

  // Where the word stands in the text only, the article's own page has it: fetched once it is seen.
  const watcher = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach(async ({ target }) => {
    watcher.unobserve(target);
    const { terms, link } = target.search;
    try {
      const html = (await (await fetch(link)).text()).replace(/<style>[^]*?<\/style>/, ""); // this page's CSP would report it
      const page = new DOMParser().parseFromString(html, "text/html");
      const texts = [...page.querySelectorAll(".summary, .body :is(p, li, td, h2, h3), .names")].map((found) => excerpt(found.textContent, terms));
      const text = texts.find(Boolean);
      if (text) {
        const place = element("p", "", { className: "excerpt" });
        marked(place, text, terms);
        target.append(place);
      }
    } catch { /* the headline is enough */ }
  }));

  const fill = async (item, segment, at, terms) => {
    const [day, slug, headline] = await segment.document(at);
    const address = slug.includes("/") ? slug : `/${day.replaceAll("-", "/")}/${slug}/`;
    const link = element("a", "", { href: root + encoded(address.slice(1)) });
    marked(link, headline, terms);
    item.replaceChildren(link, " ", element("time", written(day), { dateTime: day }));
    item.search = { terms, link: link.href };
    if (terms.length && !link.querySelector("mark") && !navigator.connection?.saveData) watcher.observe(item);
  };

  const address = () => {
    const asked = new URLSearchParams();
    if (box.value.trim()) asked.set("q", box.value.trim());
    if (year?.value) asked.set("year", year.value);
    for (const label of labels) asked.append(label[0] === "#" ? "tag" : "name", label.slice(1));
    return `${asked}` ? `?${asked}` : location.pathname;
  };

  const chip = (text, act, pressed) => {
    const button = element("button", text, { type: "button" });
    if (pressed !== undefined) button.setAttribute("aria-pressed", pressed);
    button.addEventListener("click", act);
    filters.append(button, " ");
  };

  const choose = (chosen) => {
    labels = chosen;
    go(true);
  };

  // Active tags and names, and those whose words are being typed.
  const offer = (terms, done) => {
    filters.replaceChildren();
    for (const label of labels) chip(`${label.slice(1)} ×`, () => choose(labels.filter((other) => other !== label)), true);
    const sums = new Map();
    for (const { rows } of done) {
      for (const [label, columns] of rows) {
        if (!/^[#@]/.test(label) || labels.includes(label) || !terms.length) continue;
        const words = tokens(label).map(baseForm);
        if (terms.every((term) => words.some((word) => word.startsWith(term.base)))) sums.set(label, (sums.get(label) ?? 0) + numbers(columns[1]).length);
      }
    }
    for (const [label, sum] of [...sums].sort((a, b) => b[1] - a[1]).slice(0, 6)) {
      chip(`${label[0] === "#" ? "وسم" : "اسم"}: ${label.slice(1)} (${local(sum)})`, () => {
        box.value = "";
        choose([...labels, label]);
      }, false);
    }
  };

  const suggest = (terms, done) => {
    const rows = new Map(done.flatMap((segment) => [...segment.rows]));
    const found = terms.filter((term) => !rank([term], [], rows).length).flatMap((term) => nearest(term, rows).map((word) => [term.word, word]));
    if (found.length) status.append(" هل تقصد:");
    for (const [typed, word] of found) {
      chip(word, () => {
        box.value = tokens(box.value).map((other) => (other === typed ? word : other)).join(" ");
        go(true);
      });
    }
  };

  const go = async (push) => {
    latest += 1;
    const run = latest;
    limit = 10;
    if (push !== undefined) history[push ? "pushState" : "replaceState"](null, "", address());
    const terms = query(box.value);
    const chosen = all.filter((segment) => segment.name.startsWith(year?.value ?? ""));
    const [done, hits] = [[], []];
    let shown = 0;
    const clear = () => {
      list.replaceChildren();
      filters.replaceChildren();
      more.hidden = true;
    };
    if (!terms.length && !labels.length) {
      clear();
      status.textContent = "";
      return;
    }
    const show = () => {
      const items = hits.slice(shown, limit).map(([segment, at]) => {
        const item = list.appendChild(element("li", "…"));
        return fill(item, segment, at, terms);
      });
      shown += items.length;
      more.hidden = hits.length <= shown;
      return Promise.all(items);
    };
    const tell = (text) => {
      if (run === latest) status.textContent = text;
    };
    more.textContent = "المزيد";
    more.onclick = () => {
      limit += 10;
      show().catch((error) => (error.again ? go : fail)());
    };
    const fail = () => {
      if (!done.length) clear();
      tell(navigator.onLine ? "تعذّر تحميل فهرس البحث." : "لا اتصال بالشبكة؛ البحث يحتاج إليها.");
      more.textContent = "أعد المحاولة";
      more.hidden = false;
      more.onclick = () => go();
    };
    try {
      // In the first one's round trip, but behind it on a narrow line.
      setTimeout(() => run === latest && chosen[1]?.load(terms, labels).catch(() => {}), 100);
      for (const segment of chosen) {
        await segment.load(terms, labels);
        if (run !== latest) return;
        if (!done.length) clear(); // what was found before stays till then
        done.push(segment);
        hits.push(...rank(terms, labels, segment.rows).map(([at]) => [segment, at]));
        await show();
        if (run !== latest) return;
        offer(terms, done);
        if (hits.length) tell(local(counted(hits.length)) + (done.length < chosen.length ? "…" : ""));
      }
      tell(hits.length ? local(counted(hits.length)) : "لم نجد شيئًا.");
      if (!hits.length) suggest(terms, done);
    } catch (error) {
      if (run === latest) (error.again ? go : fail)();
    }
  };

  const read = () => {
    const asked = new URLSearchParams(location.search);
    box.value = asked.get("q") ?? "";
    if (year) year.value = asked.get("year") ?? "";
    labels = [...asked.getAll("tag").map((label) => `#${label}`), ...asked.getAll("name").map((label) => `@${label}`)];
    go();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(true);
  });
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => go(false), 40);
  });
  year?.addEventListener("change", () => go(true));
  window.addEventListener("popstate", read);
  read();
};

if (typeof document !== "undefined" && document.getElementById("search")) start(document.getElementById("search"));

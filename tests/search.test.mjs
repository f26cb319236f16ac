// The browser's side of search, held to the same vectors as mujaz/search_keys.py. node --test
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
  Segment, baseForm, counted, distance, indexForms, matchesWord, nearest, numbers, pieces, query, rank, searchKeys, shardOf, tokens,
} from "../assets/js/search.js";

const read = (name) => readFileSync(new URL(name, import.meta.url), "utf-8");
const vectors = JSON.parse(read("search_vectors.json"));
const pairs = read("search_pairs.tsv").trimEnd().split("\n").slice(1).map((line) => line.split("\t"));

const served = (files, asked = []) => async (url, options) => {
  asked.push([url, options.cache]);
  const text = files[url.replace("/mujaz", "")];
  return { ok: text !== undefined, status: text === undefined ? 404 : 200, text: async () => text };
};

const index = (files = vectors.index.files, asked = []) => new Segment("/mujaz/", vectors.index.segment, served(files, asked));

const searchOnce = async (text, labels, segment) => {
  const terms = query(text);
  await segment.load(terms, labels);
  const hits = rank(terms, labels, segment.rows);
  return Promise.all(hits.map(async ([at]) => (await segment.document(at))[1]));
};

const search = (text, labels = [], segment = index()) => searchOnce(text, labels, segment).catch((error) => {
  if (!error.again) throw error;
  return searchOnce(text, labels, segment);
});

test("words and keys are those of the vectors", () => {
  for (const { text, tokens: words, forms, rows, keys } of vectors.words) {
    assert.deepEqual(tokens(text), words, text);
    assert.deepEqual(words.map(baseForm), forms, text);
    assert.deepEqual(words.map((word) => [...indexForms(word)].sort()), rows.map((set) => [...set].sort()), text);
    assert.deepEqual(words.map((word) => [...searchKeys(word)].sort()), keys.map((set) => [...set].sort()), text);
  }
});

test("shards and postings are those of the vectors", () => {
  for (const [key, shards, place] of vectors.shards) assert.equal(shardOf(key, shards), place, key);
  for (const [list, text] of vectors.postings) assert.deepEqual(numbers(text), list);
});

test("pairs of words match as in Python", () => {
  const finds = (asked, text) => query(`${asked} `).every((term) => tokens(text).some((word) => matchesWord(term, word)));
  const [wanted, unwanted] = ["yes", "no"].map((want) => pairs.filter((row) => row[0] === want));
  assert.ok(wanted.filter(([, , asked, text]) => !finds(asked, text)).length <= 0.03 * wanted.length);
  assert.deepEqual(unwanted.filter(([, , asked, text]) => finds(asked, text)), []);
});

for (const [asked, slug] of [
  ["اسفي", "a"], ["مراكش", "b"], ["مَرَّاكُش", "b"], ["الدورى", "c"], ["مدرسه", "d"], ["كتاب", "e"], ["الشرق الاوسط", "f"], ["دوري", "c"], ["٢٠١٩", "f"],
]) {
  test(`${asked} finds ${slug} first`, async () => assert.equal((await search(asked))[0], slug));
}

test("exact before folded, headline and names before text, newer before older", async () => {
  assert.deepEqual(await search("بوتين"), ["h", "g", "old"]);
});

test("all words must match", async () => {
  assert.deepEqual(await search("بوتين الكرملين"), ["g"]);
  assert.deepEqual(await search("بوتين مراكش"), []);
});

test("the last word may go on, until a space ends it", async () => {
  assert.deepEqual(await search("مرا"), ["b"]);
  assert.deepEqual(await search("مرا "), []);
});

test("a tag or a name narrows, and is enough by itself", async () => {
  assert.deepEqual(await search("بوتين", ["#روسيا"]), ["h"]);
  assert.deepEqual(await search("", ["@فلاديمير بوتين"]), ["h", "g"]);
  assert.deepEqual(await search("", ["@لا أحد"]), []);
});

test("no words, or marks only, find nothing", async () => {
  assert.deepEqual(await search(""), []);
  assert.deepEqual(await search("\u064e\u0651"), []);
});

test("one word asks for few files, and for each once", async () => {
  const asked = [];
  const segment = index(vectors.index.files, asked);
  await search("مراكش", [], segment);
  await search("مراكش", [], segment);
  assert.ok(asked.length <= 4, `${asked}`);
  assert.equal(new Set(asked.map(([url]) => url)).size, asked.length);
});

test("documents of another build are asked for again, past the cache", async () => {
  const files = { ...vectors.index.files };
  const asked = [];
  const old = { ...files, "/search/2019/d1.txt": files["/search/2019/d1.txt"].replace(/^1 .../, "1 zzz") };
  const fresh = served(files);
  const segment = new Segment("/mujaz/", vectors.index.segment, (url, options) => {
    asked.push(options.cache);
    return (options.cache === "reload" ? fresh : served(old))(url, options);
  });
  assert.equal((await search("قمح", [], segment)).length, 100);
  assert.ok(asked.includes("reload"));
});

test("files that never fit together are an error", async () => {
  const files = { ...vectors.index.files };
  files["/search/2019/d1.txt"] = files["/search/2019/d1.txt"].replace(/^1 .../, "1 zzz");
  await assert.rejects(search("قمح", [], index(files)), /stale/);
});

test("a page that knows too few shards learns it from the first one", async () => {
  const segment = new Segment("/mujaz/", "2019:2:1", served(vectors.index.files));
  assert.deepEqual(await search("مراكش", [], segment), ["b"]);
});

test("a missing file is an error, and may be asked for again", async () => {
  const files = {};
  const segment = index(files);
  await assert.rejects(segment.load(query("مراكش"), []));
  Object.assign(files, vectors.index.files);
  assert.deepEqual(await search("مراكش", [], segment), ["b"]);
});

test("the words are marked in the text as its author wrote it", () => {
  assert.deepEqual(pieces("مَرَّاكُش تستضيف القمة", query("مراكش قمه")), ["", "مَرَّاكُش", " تستضيف ", "القمة"]);
  assert.deepEqual(pieces("<b>لبوتين</b>", query("بوتين")), ["<b>", "لبوتين", "</b>"]);
  assert.deepEqual(pieces("", query("بوتين")), [""]);
});

test("counts agree", () => {
  const rows = [[0, "لا أخبار"], [1, "خبر واحد"], [2, "خبران"], [3, "3 أخبار"], [10, "10 أخبار"], [11, "11 خبرًا"], [99, "99 خبرًا"], [100, "100 خبر"], [102, "102 خبر"], [103, "103 أخبار"], [111, "111 خبرًا"]];
  for (const [number, text] of rows) assert.equal(counted(number), text);
});

test("the nearest spellings that exist are offered", async () => {
  assert.equal(distance("بوتن", "بوتين"), 1);
  const segment = index();
  const [term] = query("مراكس ");
  await segment.load([term], []);
  assert.deepEqual(rank([term], [], segment.rows), []);
  assert.deepEqual(nearest(term, segment.rows), ["مراكش"]);
});

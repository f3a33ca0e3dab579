// The viewer: a document's cleaned text, the cited words marked and in view.

import { fetchJson } from "./client.js";
import { scriptSwitch, tag } from "./script.js";
import { element, paint, placeOf } from "./text.js";
import { speak, words } from "./words.js";

const LONGEST = 300; // characters of replaced words that a title shows

const id = location.pathname.split("/").pop();
const asked = new URLSearchParams(location.search);
const cited = { start: Number(asked.get("start")), end: Number(asked.get("end")) };
const at = (name) => document.getElementById(name);

speak();
const script = scriptSwitch(at("script"), load);

async function load() {
  try {
    show(await fetchJson(`/v1/documents/${id}/text?script=${script()}`));
  } catch (error) {
    explain(error.message);
  }
}

function explain(message) {
  at("notice").hidden = !message;
  at("notice").textContent = message;
}

function show(found) {
  const section = found.sections.findLast(({ span }) => span[0] <= cited.start) ?? {};
  const page = found.pages.findLast(({ span }) => span[0] <= cited.start);
  const path = cited.end ? section.heading_path ?? [] : [];
  at("title").textContent = document.title = section.title || found.title;
  at("place").textContent = placeOf(
    "", path, cited.end && page && words("page", { number: page.number }));
  explain(asked.get("version") && asked.get("version") !== found.version ? words("changed") : "");
  showTools(found);
  at("text").lang = tag(script());
  at("text").replaceChildren(...lines(found));
  at("mark")?.scrollIntoView({ block: "center" });
}

function showTools(found) {
  at("tools").hidden = false;
  at("source").href = `/v1/documents/${id}/source`;
  at("report").href = `/documents/${id}/report`;
  at("edits").hidden = !found.edits.length;
  at("edits").querySelector("span").textContent = words("edits", { count: found.edits.length });
  const damaged = found.marks.filter(isDamage);
  at("damage").hidden = !damaged.length;
  at("damage").textContent = words("damage", { count: damaged.length });
}

/** An element for every line of the text that is not blank, and for every border of a page. */
function* lines(found) {
  const chars = Array.from(found.text);
  const damaged = found.marks.filter(isDamage);
  const layers = [...citation(chars), ...damaged.map(damage), ...found.edits.map(edit)];
  const waiting = layers.sort((a, b) => a.start - b.start);
  const headings = new Map(found.sections.map((section) => [section.span[0], section]));
  const pages = [...found.pages];
  const pictures = found.marks.filter((mark) => !isDamage(mark));
  let open = []; // layers that began earlier and reach further
  let next = 0;
  for (const [start, end] of lineSpans(chars)) {
    while (pages.length && pages[0].span[0] <= start) {
      yield pageBorder(pages.shift(), pictures);
    }
    while (waiting[next]?.start <= end) open.push(waiting[next++]);
    if (chars.slice(start, end).some((char) => char.trim())) {
      const name = lineName(headings.get(start), chars.slice(start, end).join("").trim());
      yield element(name, "", paint(chars, start, end, open));
    }
    open = open.filter((layer) => layer.end > end);
  }
}

function* lineSpans(chars) {
  let start = 0;
  for (let end = chars.indexOf("\n"); end >= 0; end = chars.indexOf("\n", start)) {
    yield [start, end];
    start = end + 1;
  }
  yield [start, chars.length];
}

/** A line that begins a section is its heading, or the title of the manual it belongs to. */
function lineName(section, line) {
  if (section?.heading_path.length) return `h${Math.min(section.heading_path.length + 2, 6)}`;
  return section?.title === line ? "h2" : "p";
}

/** The number of a page, and whether its words were read in a picture. */
function pageBorder({ number, span: [start, end] }, pictures) {
  const read = pictures.some(({ span }) => span[0] < end && start < span[1]);
  const told = [words("page", { number }), read && words("mark_ocr")];
  return element("p", "page", told.filter(Boolean).join(" · "));
}

function isDamage({ kind }) {
  return kind !== "ocr";
}

function citation(chars) {
  if (!(cited.start >= 0 && cited.start < cited.end && cited.end <= chars.length)) return [];
  let first = true;
  const wrap = () => {
    const mark = element("mark");
    if (first) mark.id = "mark";
    first = false;
    return mark;
  };
  return [{ ...cited, wrap }];
}

function damage({ kind, span: [start, end] }) {
  return { start, end, wrap: () => titled("damage", words(`mark_${kind}`) ?? kind) };
}

function edit({ rule, before, after, span: [start, end] }) {
  const was = before.length > LONGEST ? `${before.slice(0, LONGEST)}…` : before;
  const title = words(after ? "edit" : "dropped", { rule, before: was });
  return { start, end, wrap: () => titled(after ? "edit" : "edit dropped", title) };
}

function titled(className, title) {
  const made = element("span", className);
  made.title = title;
  return made;
}

at("edited").addEventListener("change", (event) => {
  at("text").classList.toggle("edited", event.target.checked);
});
at("back").addEventListener("click", (event) => {
  if (history.length < 2) return;
  event.preventDefault();
  history.back();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") at("back").click();
});

load();

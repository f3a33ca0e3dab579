// The search page: ask, move, open, copy, without a mouse.

import { fetchJson } from "./client.js";
import {
  copyText, quotable, show, showNearest, showSuggestion, spokenWords,
} from "./results.js";
import { element } from "./text.js";
import { scriptSwitch, tag } from "./script.js";
import { speak, words } from "./words.js";

const PAUSE = 300; // milliseconds without a key before a question is asked by itself
const BREATH = 40; // milliseconds without a key before passages are suggested
const SUGGESTED = 5;

const [form, query, results, notice, status, fieldset, meant] = [
  "form", "query", "results", "notice", "status", "script", "meant",
].map((id) => document.getElementById(id));

speak();
const script = scriptSwitch(fieldset, () => ask());

let asked = ""; // what the answer on the page belongs to
// The question and the suggestion under way: what is aborted may no longer show anything.
let asking = new AbortController();
let suggesting = new AbortController();
let askTimer, suggestTimer;
let exact = false; // whether the words in the box are meant as they are

/** Asks what is in the box; `then` is called once its answer is on the page. */
async function ask(then = () => {}) {
  clearTimeout(askTimer);
  clearTimeout(suggestTimer);
  const body = { query: query.value.trim(), script: script(), exact };
  if (!body.query) return clear();
  if (asked === JSON.stringify(body)) return then();
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  status.textContent = words("searching");
  results.setAttribute("aria-busy", "true");
  try {
    const answer = await fetchJson("/v1/search", { body, signal });
    if (signal.aborted) return;
    suggesting.abort();
    asked = JSON.stringify(body);
    history.replaceState(history.state, "", `#${encodeURIComponent(body.query)}`);
    tell(answer);
    then();
  } catch (error) {
    if (!signal.aborted) fail(error);
  }
}

function tell(answer) {
  const count = answer.results.length;
  const ms = Math.round(answer.took_ms);
  const shown = (result) =>
    answer.answered ? show(result, say) : showNearest(result, answer.query.intent);
  fill(answer.results.map(shown), answer.answered ? "" : "nearest");
  results.removeAttribute("aria-busy");
  const found = words(count ? "found" : "nothing", { count, ms });
  status.textContent = answer.level === "found" ? `${words("level_found")} · ${found}` : found;
  explainMeant(answer.query);
  explain(
    answer.level === "found" ? "" : words(`level_${answer.level}`),
    answer.answered ? words("check") : count ? words("nearest") : "",
    answer.level,
  );
}

/** Puts passages on the page, as `kind`: "" for answers, "nearest" or "suggested". */
function fill(shown, kind) {
  results.lang = tag(script());
  results.replaceChildren(...shown);
  results.className = `results ${kind}`.trim();
}

/** Says what was searched in place of mistyped words, and offers to search those. */
function explainMeant({ text, corrections }) {
  meant.hidden = !corrections.length;
  meant.replaceChildren();
  if (meant.hidden) return;
  const chars = Array.from(text);
  let place = 0;
  meant.append(`${words("meant")} `);
  for (const { span: [start, end], meant: instead } of corrections) {
    meant.append(chars.slice(place, start).join(""), element("b", "", instead));
    place = end;
  }
  const button = element("button", "", words("exactly", { typed: text }));
  button.type = "button";
  button.addEventListener("click", () => {
    exact = true;
    ask(() => query.focus());
  });
  meant.append(chars.slice(place).join(""), " ", button);
}

/** Shows passages with the words typed so far, until the real answer comes. */
async function suggest() {
  const typed = query.value.trim();
  if (!typed) return;
  suggesting = new AbortController();
  const { signal } = suggesting;
  const wanted = new URLSearchParams({ query: typed, top_k: SUGGESTED, script: script() });
  try {
    const found = await fetchJson(`/v1/suggest?${wanted}`, { signal });
    if (signal.aborted || !found.results.length) return;
    asked = "";
    fill(found.results.map(showSuggestion), "suggested");
    status.textContent = words("typing");
    meant.hidden = true;
    explain("");
  } catch (error) {
    if (signal.aborted || results.hasAttribute("aria-busy")) return;
    status.textContent = ""; // the real answer tells what is wrong
  }
}

function typed() {
  exact = false;
  drop();
  if (!query.value.trim()) return clear();
  askTimer = setTimeout(ask, PAUSE);
  suggestTimer = setTimeout(suggest, BREATH);
}

/** Forgets what is under way: other words are in the box now. */
function drop() {
  clearTimeout(askTimer);
  clearTimeout(suggestTimer);
  asking.abort();
  suggesting.abort();
  results.removeAttribute("aria-busy");
}

function fail(error) {
  suggesting.abort();
  asked = "";
  meant.hidden = true;
  results.replaceChildren();
  results.removeAttribute("aria-busy");
  status.textContent = "";
  explain(error.message);
}

function explain(what, more = "", level = "") {
  notice.hidden = !what;
  notice.className = `notice ${level}`.trim();
  notice.replaceChildren();
  if (!what) return;
  const strong = document.createElement("strong");
  strong.textContent = what;
  notice.append(strong, more && ` ${more}`);
}

function clear() {
  drop();
  asked = "";
  meant.hidden = true;
  query.value = "";
  results.replaceChildren();
  status.textContent = "";
  explain("");
  history.replaceState(null, "", location.pathname);
  query.focus();
}

function say(text) {
  status.textContent = text;
}

/** Moves to the result `step` away from the one that has the focus; before the first is the box. */
function move(step) {
  const all = [...results.children];
  const here = all.findIndex((result) => result.contains(document.activeElement));
  focus(here + step);
}

function focus(index) {
  if (index < 0) return query.focus();
  const result = results.children[Math.min(index, results.children.length - 1)];
  result?.focus();
  result?.scrollIntoView({ block: "nearest" });
}

function open(result) {
  const selected = [...results.children].indexOf(result);
  history.replaceState({ selected }, "", location.href);
  location.assign(result.querySelector("a").href);
}

/** Copies the words to say; where a result offers none, the passage with its source. */
async function copy(result) {
  const spoken = spokenWords(result);
  if (!spoken) return copyWhole(result);
  say(words((await copyText(spoken)) ? "copiedWords" : "copyFailed"));
}

async function copyWhole(result) {
  if (!result.source) return;
  say(words((await copyText(quotable(result))) ? "copied" : "copyFailed"));
}

/** Down from the box: to the first result, which is asked for where only suggestions are shown. */
function enterResults() {
  if (results.classList.contains("suggested")) ask(() => focus(0));
  else focus(0);
}

const KEYS = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  j: () => move(1),
  k: () => move(-1),
  "/": () => query.select(),
};

const RESULT_KEYS = { Enter: open, c: copy, C: copyWhole };

function pressed(event) {
  if (event.isComposing || event.altKey) return;
  const combined = event.ctrlKey || event.metaKey;
  const typing = event.target === query;
  let action;
  if (combined) action = event.key.toLowerCase() === "k" && (() => query.select());
  else if (event.key === "Escape") action = clear;
  else if (typing) action = event.key === "ArrowDown" && enterResults;
  else if (event.target.matches(".results > li") && RESULT_KEYS[event.key])
    action = () => RESULT_KEYS[event.key](event.target);
  else if (!event.target.matches("input")) action = KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

document.addEventListener("keydown", pressed);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(() => focus(0));
});
query.addEventListener("input", (event) => {
  if (!event.isComposing) typed(); // half a character of an input method is no question yet
});
query.addEventListener("compositionend", typed);

query.value = decodeURIComponent(location.hash.slice(1));
if (query.value) ask(() => focus(history.state?.selected ?? -1));

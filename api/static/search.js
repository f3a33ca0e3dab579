// The search page: ask, move, open, copy, without a mouse.

import { fetchJson } from "./client.js";
import { copyText, quotable, show } from "./results.js";
import { scriptSwitch, tag } from "./script.js";
import { speak, words } from "./words.js";

const PAUSE = 180; // milliseconds without a key before a question is asked by itself

const [form, query, results, notice, status, fieldset] = [
  "form", "query", "results", "notice", "status", "script",
].map((id) => document.getElementById(id));

speak();
const script = scriptSwitch(fieldset, () => ask());

let turn = 0; // only the latest question may show its answer
let asked = ""; // what the answer on the page belongs to
let running = new AbortController();
let timer;

/** Asks what is in the box; `then` is called once its answer is on the page. */
async function ask(then = () => {}) {
  clearTimeout(timer);
  const body = { query: query.value.trim(), script: script() };
  if (!body.query) return clear();
  if (asked === JSON.stringify(body)) return then();
  const mine = ++turn;
  running.abort();
  running = new AbortController();
  status.textContent = words("searching");
  results.setAttribute("aria-busy", "true");
  try {
    const answer = await fetchJson("/v1/search", { body, signal: running.signal });
    if (mine !== turn) return;
    asked = JSON.stringify(body);
    history.replaceState(history.state, "", `#${encodeURIComponent(body.query)}`);
    tell(answer);
    then();
  } catch (error) {
    if (mine === turn) fail(error);
  }
}

function tell(answer) {
  const count = answer.results.length;
  const ms = Math.round(answer.took_ms);
  results.lang = tag(script());
  results.replaceChildren(...answer.results.map((result) => show(result, say)));
  results.classList.toggle("nearest", !answer.answered);
  results.removeAttribute("aria-busy");
  status.textContent = words(count ? "found" : "nothing", { count, ms });
  explain(answer.answered ? "" : words("notIn"), count ? words("nearest") : "");
}

function fail(error) {
  asked = "";
  results.replaceChildren();
  results.removeAttribute("aria-busy");
  status.textContent = "";
  explain(error.message);
}

function explain(what, more = "") {
  notice.hidden = !what;
  notice.replaceChildren();
  if (!what) return;
  const strong = document.createElement("strong");
  strong.textContent = what;
  notice.append(strong, more && ` ${more}`);
}

function clear() {
  turn += 1;
  running.abort();
  asked = "";
  query.value = "";
  results.replaceChildren();
  results.removeAttribute("aria-busy");
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

async function copy(result) {
  say(words((await copyText(quotable(result))) ? "copied" : "copyFailed"));
}

const KEYS = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  j: () => move(1),
  k: () => move(-1),
  "/": () => query.select(),
};

const RESULT_KEYS = { Enter: open, c: copy };

function pressed(event) {
  if (event.isComposing || event.altKey) return;
  const combined = event.ctrlKey || event.metaKey;
  const typing = event.target === query;
  let action;
  if (combined) action = event.key.toLowerCase() === "k" && (() => query.select());
  else if (event.key === "Escape") action = clear;
  else if (typing) action = event.key === "ArrowDown" && KEYS.ArrowDown;
  else if (event.target.matches(".result") && RESULT_KEYS[event.key])
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
  if (event.isComposing) return; // half a character of an input method is no question yet
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
});
query.addEventListener("compositionend", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
});

query.value = decodeURIComponent(location.hash.slice(1));
if (query.value) ask(() => focus(history.state?.selected ?? -1));

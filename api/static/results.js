// One result as an element, and as text to paste elsewhere.

import { element, paint, placeOf } from "./text.js";
import { words } from "./words.js";

/** The element of a result; `say` tells the reader what a button did. */
export function show(result, say) {
  const chars = Array.from(result.text);
  const shown = element(
    "li",
    "result",
    head(result),
    result.deadlines.length > 0 && showDeadlines(result, chars),
    ...result.scripts.flatMap((script) => showScript(script, result, chars, say)),
    result.columns && element("p", "columns", result.columns),
    element("p", "text", paint(chars, 0, chars.length, layers(result, chars))),
    result.also_in.length > 0 && alsoIn(result.also_in),
  );
  shown.tabIndex = -1;
  shown.source = result;
  return shown;
}

function head(result) {
  const { title, heading_path, page } = result.citation;
  const link = element("a", "", title || heading_path.at(-1) || words("open"));
  link.href = result.citation.url;
  link.title = words("open");
  const kinds = result.kinds.map((kind) => element("span", "kind", kindWord(kind)));
  const path = placeOf("", heading_path, page && words("page", { number: page }));
  return element(
    "header",
    "",
    element("h2", "", link),
    element("p", "place", path),
    element("p", "kinds", ...kinds),
  );
}

function kindWord(kind) {
  return words(kind === "script" ? "kind_script" : kind) ?? kind;
}

function showDeadlines(result, chars) {
  const shown = result.deadlines.map((deadline) => showDeadline(deadline, result, chars));
  return element("div", "deadlines", ...shown);
}

function showDeadline(deadline, result, chars) {
  const { actor, trigger, business_days, value_missing } = deadline;
  const more = [
    business_days && words("businessDays"),
    actor,
    trigger && words("from", { trigger }),
    value_missing && words("valueMissing"),
  ].filter(Boolean);
  return element(
    "p",
    value_missing ? "deadline missing" : "deadline",
    element("strong", "", wordsOf(deadline, result, chars)),
    more.length ? ` ${more.join(" · ")}` : "",
  );
}

function showScript(script, result, chars, say) {
  const lines = (quotes) => quotes.map((quote) => wordsOf(quote, result, chars));
  return [
    script.situation && element("p", "situation", script.situation),
    ...lines(script.say).map((line) => element("p", "say", label("say"), line, copyButton(line, say))),
    ...lines(script.never_say).map((line) => element("p", "never", label("neverSay"), line)),
  ];
}

function labelled(key) {
  return words("label", { words: words(key) });
}

function label(key) {
  return element("b", "label", labelled(key));
}

function copyButton(line, say) {
  const button = element("button", "", words("copy"));
  button.type = "button";
  button.addEventListener("click", async () => {
    say(words((await copyText(line)) ? "copied" : "copyFailed"));
  });
  return button;
}

/** A quotation in the script of the result's text, where it is part of it. */
function wordsOf({ quote, span }, { citation }, chars) {
  const [start, end] = span.map((place) => place - citation.span[0]);
  return start >= 0 && end <= chars.length ? chars.slice(start, end).join("") : quote;
}

/** Highlights, and the words never to say, labelled so that nobody reads them out. */
function layers(result, chars) {
  const marked = result.highlights.map(([start, end]) => ({
    start, end, wrap: () => element("mark"),
  }));
  return [...forbidden(result).flatMap(warning), ...marked, ...blankLines(chars)];
}

/** Line breaks that follow another one: they take room and say nothing. */
function blankLines(chars) {
  return chars.flatMap((char, i) =>
    char === "\n" && chars[i - 1] === "\n"
      ? [{ start: i, end: i + 1, wrap: () => element("span", "blank") }]
      : []);
}

function warning([start, end]) {
  return [
    { start, end: start, wrap: () => element("b", "label never-label", labelled("neverSay")) },
    { start, end, wrap: () => element("span", "never-words") },
  ];
}

/** Spans of the result's text that must not be said. */
function forbidden(result) {
  const [from, to] = result.citation.span;
  return result.scripts
    .flatMap((script) => script.never_say)
    .map((quote) => quote.span)
    .filter(([start, end]) => start >= from && end <= to)
    .map((span) => span.map((place) => place - from));
}

function alsoIn(citations) {
  const links = citations.map(({ title, heading_path, page, url }) => {
    const link = element("a", "", placeOf(title, heading_path, page && words("page", { number: page })));
    link.href = url;
    return element("li", "", link);
  });
  return element("div", "also", words("alsoIn"), element("ul", "", ...links));
}

/** A result's passage with its citation; words never to say keep their warning. */
export function quotable({ source }) {
  const chars = Array.from(source.text);
  for (const [start, end] of forbidden(source)) {
    chars[start] = `【${labelled("neverSay")}${chars[start]}`;
    chars[end - 1] += "】";
  }
  const { title, heading_path, page, url } = source.citation;
  const place = placeOf(title, heading_path, page && words("page", { number: page }));
  return `${chars.join("")}\n— ${place}\n${new URL(url, location.origin)}`;
}

/** Puts `text` on the clipboard; false where the browser does not allow it. */
export async function copyText(text) {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(() => true, () => false);
  }
  const here = document.activeElement; // without HTTPS there is only the old way
  const area = element("textarea", "unseen", text);
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  here?.focus();
  return done;
}

// One result as an element, and as text to paste elsewhere.

import { showDeadline } from "./deadline.js";
import { element, paint, placeOf } from "./text.js";
import { words } from "./words.js";

/** The element of a result; `say` tells the reader what a button did. */
export function show(result, say) {
  const { answer } = result;
  const chars = Array.from(result.text);
  const shown = element(
    "li",
    "result",
    head(result),
    answer?.deadlines.length > 0 && showDeadlines(answer, result, chars),
    ...(answer ? showWords(answer, chars, say) : []),
    result.columns && element("p", "columns", result.columns),
    element("p", "text", paint(chars, 0, chars.length, layers(result, chars, answer))),
    result.also_in.length > 0 && alsoIn(result.also_in),
  );
  return ready(shown, result);
}

/**
 * A passage that is only near the question: nothing in it is offered as the answer. That the
 * source lost the number is said where the `intent` of the question is a limit.
 */
export function showNearest(result, intent) {
  const chars = Array.from(result.text);
  const [limit] = intent === "deadline" ? result.answer?.deadlines ?? [] : [];
  const lost = limit?.value_missing && [limit];
  const shown = element(
    "li",
    "result",
    head(result),
    element("p", "near", words("nearestOne")),
    lost && showDeadlines({ deadlines: lost }, result, chars),
    result.columns && element("p", "columns", result.columns),
    element("p", "text", paint(chars, 0, chars.length, layers(result, chars))),
  );
  return ready(shown, { ...result, answer: null });
}

/** A passage with the words typed so far, in a line or two. */
export function showSuggestion(found) {
  const chars = Array.from(found.text);
  const link = element("a", "", placeOf(found.title, found.heading_path));
  link.href = found.url;
  const marked = found.highlights.map(([start, end]) => ({
    start, end, wrap: () => element("mark"),
  }));
  const shown = element(
    "li",
    "suggestion",
    element("p", "place", link),
    element("p", "text", paint(chars, 0, chars.length, marked)),
  );
  return ready(shown, null);
}

function ready(shown, source) {
  shown.tabIndex = -1;
  shown.source = source;
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
    element("p", "kinds", ...kinds, ...result.marks.map(markNote)),
  );
}

/** Why the words are to be trusted less, in short; the whole of it where the pointer rests. */
function markNote(mark) {
  const note = element("span", "kind doubt", words(`short_${mark}`) ?? mark);
  note.title = words(`mark_${mark}`) ?? mark;
  return note;
}

function kindWord(kind) {
  return words(kind === "script" ? "kind_script" : kind) ?? kind;
}

function showDeadlines(answer, result, chars) {
  const shown = answer.deadlines.map((each) => showDeadline(each, wordsOf(each, result, chars)));
  return element("div", "deadlines", ...shown);
}

function showWords({ situation, say: toSay, never_say }, chars, say) {
  const lines = (excerpts) => excerpts.map((each) => within(each, chars));
  const spoken = toSay.length > 0 || never_say.length > 0;
  return [
    spoken && situation && element("p", "situation", situation),
    ...lines(toSay).map((line) => element("p", "say", label("say"), line, copyButton(line, say))),
    ...lines(never_say).map((line) =>
      element("p", "never", label("neverSay"), element("s", "", line))),
  ];
}

function within({ span }, chars) {
  return chars.slice(...span).join("");
}

/** The words to say that a result offers, in the script that it is shown in; "" for none. */
export function spokenWords({ source }) {
  const chars = Array.from(source?.text ?? "");
  return (source?.answer?.say ?? []).map((each) => within(each, chars)).join("\n");
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
    say(words((await copyText(line)) ? "copiedWords" : "copyFailed"));
  });
  return button;
}

/** A quotation in the script of the result's text, where it is part of it. */
function wordsOf({ quote, span }, { citation }, chars) {
  const [start, end] = span.map((place) => place - citation.span[0]);
  return start >= 0 && end <= chars.length ? chars.slice(start, end).join("") : quote;
}

/** The answering sentence, highlights, and the words never to say, labelled as such. */
function layers(result, chars, answer) {
  const marked = result.highlights.map(([start, end]) => ({
    start, end, wrap: () => element("mark"),
  }));
  const sentence = answer
    ? [{ start: answer.span[0], end: answer.span[1], wrap: () => element("span", "answer") }]
    : [];
  return [...sentence, ...forbidden(result).flatMap(warning), ...marked, ...blankLines(chars)];
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

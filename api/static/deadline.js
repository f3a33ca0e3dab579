// A deadline in the reader's words: value, unit, how it binds, who must act, from when.

import { element } from "./text.js";
import { words } from "./words.js";

const CALENDAR = ["clock", "weekday", "day_of_month"];
const PERIODS = {
  D: "day",
  W: "week",
  M: "month",
  Y: "year",
  TH: "hour",
  TM: "minute",
  TS: "second",
};

/** The badge of a deadline; `quote` are the words of the passage that state it. */
export function showDeadline(deadline, quote) {
  const { actor, trigger, value_missing } = deadline;
  const more = [
    quote && `“${quote}”`,
    actor && words("who", { actor }),
    trigger && words("from", { trigger }),
    value_missing && words("valueMissing"),
  ].filter(Boolean);
  return element(
    "p",
    value_missing ? "deadline missing" : "deadline",
    element("strong", "", inWords(deadline)),
    element("span", "more", more.join(" · ")),
  );
}

/** "within 3 working days", "before 18:00", "every 2 hours", "every Friday", "2 times every month". */
export function inWords(deadline) {
  const { comparator, unit, recurrence } = deadline;
  const times = comparator === "every" && unit === "time";
  const weekly = comparator === "at" && unit === "weekday" && recurrence === "R/P1W";
  if (weekly || (comparator === "every" && !times)) return words("every", { amount: amountOf(deadline, "") });
  const bound = words(formOf(deadline), { amount: amountOf(deadline) });
  const period = periodOf(recurrence);
  return period ? words("recurring", { bound, again: words("every", { amount: period }) }) : bound;
}

/** The words for how a limit binds that is no mere period. */
function formOf({ comparator, unit, quote }) {
  if (comparator === "every") return "at"; // so many times, of which the period tells how often
  if (comparator === "before" && (CALENDAR.includes(unit) || isNth({ unit, quote }))) return "before_date";
  if (comparator === "within" && unit === "time") return "at_most"; // 限两次
  if (comparator === "within" && isNth({ unit, quote })) return "by"; // 不迟于第5天
  return comparator;
}

/** Whether a day is counted to, and not so many of them: 第3天 is the third. */
function isNth({ unit, quote }) {
  return unit === "day" && Boolean(quote?.includes("第"));
}

/** R/P1W as "week", R/P3M as "3 months". */
function periodOf(recurrence) {
  const [, time = "", value, letter] = recurrence?.match(/^R\/P(T?)(\d+)([DWMYHS])$/) ?? [];
  const unit = PERIODS[time + letter];
  return unit && amountOf({ value: Number(value), unit }, "");
}

/** The amount; `one` is shown for a value of 1. */
function amountOf({ value, unit, iso8601, business_days, value_missing, quote }, one = "1") {
  const shown = value_missing ? "?" : value === 1 ? one : String(value);
  if (unit === "clock") return words("on_clock", { value: clock(iso8601) ?? shown });
  if (unit === "weekday") return words("weekdays").split("|")[value - 1] ?? shown;
  if (unit === "day_of_month") return words("on_day_of_month", { value: shown });
  if (isNth({ unit, quote })) return words(business_days ? "on_nth_business_day" : "on_nth_day", { value: shown });
  const forms = words(`units_${business_days && unit === "day" ? "business_day" : unit}`);
  const [single, many = single] = (forms ?? unit).split("|");
  return words("amount", { value: shown, unit: value === 1 ? single : many }).trim();
}

/** T18:00 as 18:00, T09:00/T18:00 as 09:00–18:00. */
function clock(iso) {
  return iso?.replaceAll("T", "").replace("/", "–");
}

// A deadline in the reader's words: value, unit, how it binds, who must act, from when.

import { element } from "./text.js";
import { words } from "./words.js";

const CALENDAR = ["clock", "weekday", "day_of_month"];

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

/** "within 3 working days", "before 18:00", "every 2 hours". */
export function inWords(deadline) {
  const { comparator, unit } = deadline;
  const dated = comparator === "before" && CALENDAR.includes(unit);
  return words(dated ? "before_date" : comparator, { amount: amountOf(deadline) });
}

function amountOf({ value, unit, iso8601, business_days, value_missing }) {
  const shown = value_missing ? "?" : String(value);
  if (unit === "clock") return words("on_clock", { value: clock(iso8601) ?? shown });
  if (unit === "weekday") return words("weekdays").split("|")[value - 1] ?? shown;
  if (unit === "day_of_month") return words("on_day_of_month", { value: shown });
  const forms = words(`units_${business_days && unit === "day" ? "business_day" : unit}`);
  const [one, many = one] = (forms ?? unit).split("|");
  return words("amount", { value: shown, unit: value === 1 ? one : many });
}

/** T18:00 as 18:00, T09:00/T18:00 as 09:00–18:00. */
function clock(iso) {
  return iso?.replaceAll("T", "").replace("/", "–");
}

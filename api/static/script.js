// The script that the reader wants passages in: her choice, or else that of her browser.

import { language } from "./words.js";

const KEY = "script";

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage may be switched off
  }
}

function store(script) {
  try {
    localStorage.setItem(KEY, script);
  } catch {
    return; // the choice then holds for this page
  }
}

/** Sets up the switch `fieldset`, calls `changed` on a new choice, and returns how to ask for it. */
export function scriptSwitch(fieldset, changed) {
  const radios = [...fieldset.querySelectorAll("input")];
  const wanted = stored() ?? (language === "en" ? "original" : language);
  (radios.find((radio) => radio.value === wanted) ?? radios[0]).checked = true;
  fieldset.addEventListener("change", (event) => {
    store(event.target.value);
    changed();
  });
  return () => radios.find((radio) => radio.checked).value;
}

/** The language tag of text shown in `script`, "" for text as it was written. */
export function tag(script) {
  return { hans: "zh-Hans", hant: "zh-Hant" }[script] ?? "";
}

// Speaks to the API. What goes wrong comes back as an Error with words for the reader.

import { words } from "./words.js";

/** The JSON at `path`; with `body` it is posted. */
export async function fetchJson(path, { body, signal } = {}) {
  let found;
  const post = { method: "POST", headers: { "content-type": "application/json" } };
  try {
    const response = await fetch(
      path, body ? { ...post, body: JSON.stringify(body), signal } : { signal });
    found = await response.json();
    if (response.ok) return found;
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error(words("unreachable"));
  }
  throw new Error(found.error.message);
}

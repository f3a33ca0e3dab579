// Speaks to the API. What goes wrong comes back as an Error with words for the reader.

import { words } from "./words.js";

/** The JSON at `path`; with `body` it is posted. */
export async function fetchJson(path, { body, signal } = {}) {
  const post = { method: "POST", headers: { "content-type": "application/json" } };
  let response;
  try {
    response = await fetch(path, body ? { ...post, body: JSON.stringify(body), signal } : { signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error(words("unreachable"));
  }
  const found = await response.json();
  if (!response.ok) throw new Error(found.error.message);
  return found;
}

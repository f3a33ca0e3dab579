// Text with parts of it wrapped. Spans count code points, so text comes as a list of characters.

/** A new element with a class, filled with strings and other elements; nothing stays nothing. */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children.filter(Boolean));
  return made;
}

/**
 * The characters from `start` to `end`, wrapped by the layers that cover them.
 * A layer is {start, end, wrap}: `wrap` makes its element, the first layer is the outermost.
 * An empty layer puts its element between two characters.
 */
export function paint(chars, start, end, layers) {
  const inside = layers.filter((layer) => layer.start <= end && layer.end >= start);
  const borders = inside.flatMap((layer) => [layer.start, layer.end]);
  const cuts = [...new Set([start, end, ...borders])]
    .filter((cut) => cut >= start && cut <= end)
    .sort((a, b) => a - b);
  const painted = new DocumentFragment();
  cuts.forEach((cut, i) => {
    for (const layer of inside)
      if (layer.start === cut && layer.end === cut) painted.append(layer.wrap());
    if (i + 1 < cuts.length) painted.append(piece(chars, cut, cuts[i + 1], inside));
  });
  return painted;
}

function piece(chars, start, end, layers) {
  let made = document.createTextNode(chars.slice(start, end).join(""));
  for (const layer of layers.toReversed()) {
    if (layer.start > start || layer.end < end) continue;
    const wrapper = layer.wrap();
    wrapper.append(made);
    made = wrapper;
  }
  return made;
}

/** Title, heading path and page of a citation or section, in one line. */
export function placeOf(title, headings, page) {
  return [[title, ...headings].filter(Boolean).join(" › "), page].filter(Boolean).join(" · ");
}

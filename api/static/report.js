// Sorts the table over all documents by the column whose head is pressed, the highest first; pressed
// again, the lowest.

for (const head of document.querySelectorAll(".cleaning thead th")) {
  head.querySelector("button").addEventListener("click", () => {
    const down = head.ariaSort !== "descending";
    for (const other of head.parentElement.cells) other.ariaSort = null;
    head.ariaSort = down ? "descending" : "ascending";
    const body = head.closest("table").tBodies[0];
    const rows = [...body.rows].sort((a, b) => compare(a, b, head.cellIndex));
    body.append(...(down ? rows.reverse() : rows));
  });
}

function compare(a, b, column) {
  const [left, right] = [a, b].map((row) => row.cells[column].dataset.value);
  return left - right || left.localeCompare(right);
}

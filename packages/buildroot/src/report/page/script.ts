/** What the page does by itself: the table of packages is sorted by its heads and searched. Without it all of the page can be read. */
export const script: string = `
const table = document.getElementById("packages");
const body = table.tBodies[0];
const heads = [...table.tHead.rows[0].cells];
const valueOf = (row, column) => {
  const cell = row.cells[column];
  return cell.dataset.sort === undefined ? cell.textContent : Number(cell.dataset.sort);
};
for (const [column, head] of heads.entries()) {
  head.firstElementChild.addEventListener("click", () => {
    const numbers = body.rows.length > 0 && typeof valueOf(body.rows[0], column) === "number";
    const first = numbers ? "descending" : "ascending";
    const order = head.getAttribute("aria-sort") === first ? (numbers ? "ascending" : "descending") : first;
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const rows = [...body.rows].sort((a, b) => {
      const [x, y] = [valueOf(a, column), valueOf(b, column)];
      return sign * (typeof x === "number" ? x - y : x.localeCompare(y, "en", { numeric: true }));
    });
    body.append(...rows);
  });
}
document.getElementById("search").addEventListener("input", (event) => {
  const wanted = event.target.value.toLowerCase().split(/\\s+/);
  for (const row of body.rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !wanted.every((word) => text.includes(word));
  }
});
heads[3].firstElementChild.click();
`;

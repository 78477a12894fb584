
"use strict";
(() => {
  const table = document.getElementById("letters");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const issued = [...body.rows];
  const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  // An empty value stands last, whichever way the column is sorted.
  function compare(column, down) {
    return (one, other) => {
      const [a, b] = [one, other].map((row) => row.cells[column].dataset.value);
      if (!a || !b) return !a - !b;
      return down * order.compare(a, b);
    };
  }

  function sort(column) {
    const down = heads[column].getAttribute("aria-sort") === "ascending" ? -1 : 1;
    for (const head of heads) head.removeAttribute("aria-sort");
    heads[column].setAttribute("aria-sort", down === 1 ? "ascending" : "descending");
    body.append(...[...body.rows].sort(compare(column, down)));
  }

  heads.forEach((head, column) => {
    if (!head.dataset.key) return;
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-labelledby", head.firstElementChild.id);
    head.append(button);
    head.addEventListener("click", () => sort(column)); // the button's clicks arrive here too
  });

  const field = document.getElementById("find");
  const plain = (text) => text.normalize("NFC").toLowerCase();

  function find() {
    const words = plain(field.value).split(/\s+/);
    let shown = 0;
    for (const row of issued) {
      const text = plain(row.textContent);
      row.hidden = !words.every((word) => text.includes(word));
      shown += !row.hidden;
    }
    document.getElementById("shown").textContent = shown;
  }

  field.addEventListener("input", find);
  document.getElementById("search").hidden = false;

  // #sort=rank, #sort=-rank (downwards), #find=… : a view that can be linked to.
  function follow() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    const key = wanted.get("sort") ?? "";
    const head = heads.find((cell) => cell.dataset.key && cell.dataset.key === key.replace(/^-/, ""));
    if (head) {
      head.removeAttribute("aria-sort");
      for (const _ of key.startsWith("-") ? [1, 2] : [1]) head.querySelector("button").click();
    }
    if (wanted.has("find")) {
      field.value = wanted.get("find");
      find();
    }
  }

  window.addEventListener("hashchange", follow);
  follow();

  // What is folded away is printed too.
  const folded = () => document.querySelectorAll("details:not([open])");
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...folded()];
    for (const part of opened) part.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
  });
})();

// Tables that sort, filter and show as much as one can look at.
"use strict";

const rowsAtOnce = 50;
const fewAtOnce = 15;  // Where several tables share a section.

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true, sensitivity: "base" });
}

// A table. `columns`: {title, cell(row), value(row), numeric, least, head}; `value` is what it sorts by, a
// number or a text; of a numeric column the largest come first. `words`: numeric, but shown as words.
// `least` 2 or 3 hides it on narrower screens. `choices`: {label, options, holds(row, option)}.
// `text(row)` is what the filter looks in. `atOnce` rows are shown first.
class DataTable {
  constructor(options) {
    Object.assign(this, { choices: [], noun: "row", sortBy: 0, descending: false, atOnce: rowsAtOnce }, options);
    this.shown = this.atOnce;
    this.haystack = new Map(this.rows.map((row) => [row, this.text(row).toLowerCase()]));
    this.element = h("div", { class: "table" }, this.toolbar(), this.frame(), this.foot());
    this.update();
  }

  toolbar() {
    const changed = () => {
      this.shown = this.atOnce;
      this.update();
    };
    this.search = h("input", { type: "search", id: `${this.id}-filter`, oninput: changed });
    this.selects = this.choices.map((choice, i) =>
      h("select", { id: `${this.id}-choice-${i}`, onchange: changed },
        h("option", { value: "" }, choice.all || "all"),
        choice.options.map(([value, word]) => h("option", { value }, word))));
    this.count = h("p", { class: "count", role: "status" });
    return h("div", { class: "toolbar" },
      h("label", { for: this.search.id }, "Filter ", this.search),
      this.selects.map((select, i) => h("label", { for: select.id }, `${this.choices[i].label} `, select)),
      this.count);
  }

  frame() {
    this.heads = this.columns.map((column, i) => {
      const button = h("button", { type: "button", onclick: () => this.sort(i) }, column.title);
      return h("th", { scope: "col", class: this.classOf(column) }, button);
    });
    this.body = h("tbody", {});
    return h("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": `${this.caption}, table` },
      h("table", {}, h("caption", {}, this.caption), h("thead", {}, h("tr", {}, this.heads)), this.body));
  }

  foot() {
    const more = (rows) => () => {
      const first = this.shown;
      this.shown += rows;
      this.update();
      const link = this.body.rows[first] && this.body.rows[first].querySelector("a");
      if (link) link.focus();
    };
    this.more = h("button", { type: "button", onclick: more(rowsAtOnce) });
    this.all = h("button", { type: "button", onclick: more(Infinity) });
    this.pager = h("div", { class: "pager" }, this.more, this.all);
    return this.pager;
  }

  classOf(column) {
    return [column.numeric && !column.wide && !column.words ? "number" : "", column.least ? `least-${column.least}` : "", column.wide ? "bar-cell" : ""]
      .join(" ").trim() || null;
  }

  sort(index) {
    if (this.sortBy === index) this.descending = !this.descending;
    else this.descending = Boolean(this.columns[index].numeric);
    this.sortBy = index;
    this.update();
  }

  matching() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    return this.rows.filter((row) =>
      words.every((word) => this.haystack.get(row).includes(word)) &&
      this.selects.every((select, i) => !select.value || this.choices[i].holds(row, select.value)));
  }

  sorted(rows) {
    const { value } = this.columns[this.sortBy];
    const sign = this.descending ? -1 : 1;
    return rows.map((row) => [value(row), row])
      .sort((a, b) => sign * compare(a[0], b[0]))
      .map((pair) => pair[1]);
  }

  update() {
    const matching = this.sorted(this.matching());
    const shown = matching.slice(0, this.shown);
    this.body.replaceChildren(...shown.map((row) =>
      h("tr", {}, this.columns.map((column) =>
        h(column.head ? "th" : "td", { class: this.classOf(column), scope: column.head ? "row" : null },
          column.cell(row))))));
    if (!shown.length) {
      this.body.append(h("tr", {}, h("td", { colspan: this.columns.length, class: "empty" },
        this.rows.length ? "Nothing matches the filter." : this.empty)));
    }
    this.heads.forEach((head, i) => {
      const order = this.descending ? "descending" : "ascending";
      if (i === this.sortBy) head.setAttribute("aria-sort", order);
      else head.removeAttribute("aria-sort");
    });
    this.tell(matching.length, shown.length);
  }

  tell(matching, shown) {
    const of = matching === this.rows.length ? counted(matching, this.noun) :
      `${number(matching)} of ${counted(this.rows.length, this.noun)}`;
    this.count.textContent = shown < matching ? `${of}, the first ${number(shown)} shown` : of;
    const left = matching - shown;
    this.more.hidden = left <= rowsAtOnce;
    this.pager.hidden = left <= 0;
    this.more.textContent = `Show ${rowsAtOnce} more`;
    this.all.textContent = `Show all ${number(matching)}`;
  }
}

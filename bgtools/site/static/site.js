"use strict";

// Letters without their marks, small: "Bưu chính" is found by "buu chinh"; digits also without their grouping.
const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d")
  .replace(/[\s\u00a0]+/g, " ").toLowerCase();
const ungrouped = (text) => text.replace(/(\d)[.,](?=\d{3}(?!\d))/g, "$1");
const make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

function menu() {
  const button = document.querySelector(".menu"), nav = document.getElementById("nav");
  button.addEventListener("click", () => {
    button.setAttribute("aria-expanded", nav.classList.toggle("open"));
  });
}

function code() {
  const button = document.querySelector(".show-code");
  if (!button) return;
  button.addEventListener("click", () => {
    const show = button.getAttribute("aria-pressed") === "false";
    document.querySelectorAll("details.code").forEach((one) => { one.open = show; });
    button.setAttribute("aria-pressed", show);
    button.textContent = show ? button.dataset.hide : button.dataset.show;
  });
}

// How well an entry answers a word: 0 is not at all; whole words and beginnings count more, titles more than texts.
function strength(text, word, weight) {
  const at = text.indexOf(word);
  if (at < 0) return 0;
  const start = at === 0 || !/[\p{L}\d]/u.test(text[at - 1]);
  const whole = new RegExp(`(?<![\\p{L}\\d.,])${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\d]|[.,]\\d)`, "u").test(text);
  return weight * (whole ? 4 : start ? 2 : 1);
}

function matches(entries, query) {
  const words = fold(query).split(" ").filter(Boolean);
  if (!words.length) return [];
  const phrase = words.join(" ");
  return entries.map((entry) => {
    const each = words.map((word) => Math.max(
      strength(entry.title, word, 3), strength(entry.text, word, 1.5), strength(entry.digits, word, 1)));
    if (each.some((one) => one === 0)) return null;
    const together = entry.title === phrase ? 16 : entry.title.startsWith(phrase) ? 10
      : entry.title.includes(phrase) ? 8 : entry.text.includes(phrase) ? 4 : 0;
    return { entry, score: each.reduce((sum, one) => sum + one, 0) + together - entry.kind };
  }).filter(Boolean).sort((one, other) => other.score - one.score);
}

// The part of a text around what was looked for (the whole of it, else its longest word), with all words marked.
function excerpt(text, query) {
  const words = fold(query).split(" ").filter(Boolean);
  const letters = [...text.normalize("NFC")];
  const joined = letters.map((letter) => (fold(letter) || " ")[0]).join("");
  const wanted = [words.join(" "), ...[...words].sort((one, other) => other.length - one.length)];
  const at = wanted.map((one) => joined.indexOf(one)).find((found) => found >= 0) ?? 0;
  const from = at > 60 ? joined.indexOf(" ", at - 60) + 1 : 0, to = Math.min(letters.length, from + 180);
  const marked = new Array(letters.length).fill(false);
  for (const word of words) {
    for (let i = joined.indexOf(word); i >= 0; i = joined.indexOf(word, i + 1)) marked.fill(true, i, i + word.length);
  }
  const line = document.createElement("span");
  line.append(from > 0 ? "…" : "");
  for (let i = from; i < to;) {
    let end = i;
    while (end < to && marked[end] === marked[i]) end += 1;
    const part = letters.slice(i, end).join("");
    line.append(marked[i] ? make("mark", part) : part);
    i = end;
  }
  line.append(to < letters.length ? "…" : "");
  return line;
}

function search() {
  const box = document.querySelector(".search");
  if (!box) return;
  const input = box.querySelector("input"), panel = box.querySelector(".results");
  const status = panel.querySelector("p"), list = panel.querySelector("ol");
  let entries = null;

  const prepared = () => window.bgdataSearch.map(([kind, title, text, href]) => {
    const folded = fold(text);
    return { kind, href, shownTitle: title, shownText: text, title: fold(title), text: folded, digits: ungrouped(folded) };
  });
  const close = () => { panel.hidden = true; };
  const show = () => {
    if (!entries) return;
    const query = input.value, found = matches(entries, query);
    panel.hidden = !query.trim();
    status.textContent = found.length ? box.dataset.found.replace("#", found.length) : box.dataset.none;
    list.replaceChildren(...found.slice(0, 40).map(({ entry }) => {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = entry.href;
      link.append(make("strong", entry.shownTitle), excerpt(entry.shownText, query));
      item.append(link);
      return item;
    }));
  };
  const load = () => {
    if (entries) return;
    if (window.bgdataSearch) { entries = prepared(); return; }
    if (document.getElementById("search-index")) return;
    const script = Object.assign(document.createElement("script"), { id: "search-index", src: box.dataset.index });
    script.addEventListener("load", () => { entries = prepared(); show(); });
    document.head.append(script);
  };
  const step = (event) => {
    const links = [input, ...list.querySelectorAll("a")], here = links.indexOf(document.activeElement);
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") { close(); input.focus(); }
    if (event.key === "Enter" && here === 0 && links.length > 1) { close(); links[1].click(); }
    if (!move || here < 0) return;
    event.preventDefault();
    links[Math.max(0, Math.min(links.length - 1, here + move))].focus();
  };

  input.addEventListener("focus", load);
  input.addEventListener("input", () => { load(); show(); });
  box.addEventListener("keydown", step);
  list.addEventListener("click", close);
  document.addEventListener("click", (event) => { if (!box.contains(event.target)) close(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) { event.preventDefault(); input.focus(); }
  });
}

function sorting(table) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  const key = (row, column) => row.cells[column].dataset.key ?? row.cells[column].textContent.trim();
  const compare = (one, other) => {
    const [a, b] = [Number(one), Number(other)];
    if (one !== "" && other !== "" && !Number.isNaN(a) && !Number.isNaN(b)) return a - b;
    return one.localeCompare(other, document.documentElement.lang, { numeric: true });
  };
  heads.forEach((head, column) => {
    const button = make("button", head.textContent);
    button.type = "button";
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((one) => one.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].map((row) => [key(row, column), row]);
      rows.sort(([one], [other]) => {
        if ((one === "nan") !== (other === "nan")) return one === "nan" ? 1 : -1;
        return down ? compare(other, one) : compare(one, other);
      });
      body.append(...rows.map(([, row]) => row));
    });
  });
}

function filtering(form, table) {
  const rows = [...table.tBodies[0].rows].map((row) => {
    const text = fold(row.textContent);
    return { row, text, digits: ungrouped(text) };
  });
  const fields = form.elements, shown = form.querySelector("output");
  const apply = () => {
    const words = fold(fields.text.value).split(" ").filter(Boolean);
    let count = 0;
    for (const { row, text, digits } of rows) {
      const fits = words.every((word) => text.includes(word) || digits.includes(word))
        && (!fields.sector.value || row.dataset.sector === fields.sector.value)
        && (!fields.verdict.value || row.dataset.verdict === fields.verdict.value);
      row.hidden = !fits;
      count += fits;
    }
    shown.textContent = form.dataset.shown.replace("#", count);
  };
  const reveal = () => {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (row?.hidden) { form.reset(); apply(); row.scrollIntoView(); }
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", reveal);
  apply();
}

function start() {
  document.documentElement.classList.add("scripted");
  menu();
  code();
  search();
  const table = document.querySelector("table.numbers");
  if (table) {
    sorting(table);
    filtering(document.querySelector("form.filter"), table);
  }
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();

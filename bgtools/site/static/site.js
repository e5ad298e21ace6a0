"use strict";

// Letters without their marks, small: "Bưu chính" is found by "buu chinh"; digits also without their grouping.
const small = (text) => text.normalize("NFC").replace(/[\s\u00a0]+/g, " ").toLowerCase();
const fold = (text) => small(text).normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");
const ungrouped = (text) => text.replace(/(\d)[.,](?=\d{3}(?!\d))/g, "$1");
const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
const SECTION = /^(?:i{1,3}|iv|v)(?:\.[\da-zđ]+)*$/i;

// A text as it is looked into: as it stands, without marks, without marks and grouping. A word typed with marks is
// looked for as it stands, a word without them in all; so "sở" finds no "số", and "so" finds both.
const prepared = (text) => { const plain = fold(text); return [small(text), plain, ungrouped(plain)]; };
const marked = (word) => fold(word) !== word;
const within = (texts, word) => (marked(word) ? texts[0].includes(word) : texts[1].includes(word) || texts[2].includes(word));
const words = (query) => small(query).split(" ").filter(Boolean);
// A section is found from its beginning, part by part: "I.2" finds "I.2.1.a" and neither "II.2" nor "I.20".
const inSection = (section, word) => (`${section.toLowerCase().split(" ")[0]}.`).startsWith(`${word.toLowerCase()}.`);

function menu() {
  const button = document.querySelector(".menu"), nav = document.getElementById("nav"), periods = document.querySelector("details.periods");
  button.addEventListener("click", () => {
    button.setAttribute("aria-expanded", nav.classList.toggle("open"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && periods?.open) { periods.open = false; periods.querySelector("summary").focus(); }
  });
  document.addEventListener("click", (event) => { if (periods?.open && !periods.contains(event.target)) periods.open = false; });
}

// One switch for the page: how each section was computed.
function method() {
  const button = document.querySelector(".show-method");
  if (!button) return;
  if (!document.querySelector(".method, .code")) { button.hidden = true; return; }
  button.addEventListener("click", () => {
    const show = document.body.classList.toggle("computed");
    button.setAttribute("aria-pressed", show);
    button.textContent = show ? button.dataset.hide : button.dataset.show;
  });
}

// What is folded is on paper.
function printing() {
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open])")];
    opened.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => { opened.forEach((one) => { one.open = false; }); });
}

// A fold that holds what an address leads to opens.
function unfolding() {
  const open = () => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let one = place; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
  };
  window.addEventListener("hashchange", open);
  open();
}

// How well an entry answers a word: 0 is not at all; whole words and beginnings count more, titles more than texts.
function strength(texts, word, weight) {
  if (!within(texts, word)) return 0;
  const text = marked(word) ? texts[0] : texts[1].includes(word) ? texts[1] : texts[2], at = text.indexOf(word);
  const start = at === 0 || !/[\p{L}\d]/u.test(text[at - 1]);
  const whole = new RegExp(`(?<![\\p{L}\\d.,])${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\d]|[.,]\\d)`, "u").test(text);
  return weight * (whole ? 4 : start ? 2 : 1);
}

function matches(entries, query) {
  const asked = words(query);
  if (!asked.length) return [];
  const phrase = asked.join(" "), form = marked(phrase) ? 0 : 1;
  return entries.map((entry) => {
    const each = asked.map((word) => (SECTION.test(word) && word.includes(".")
      ? 6 * (entry.section !== "" && inSection(entry.section, word))
      : Math.max(strength(entry.title, word, 3), strength(entry.text, word, 1.5))));
    if (each.some((one) => one === 0)) return null;
    const title = entry.title[form];
    const together = title === phrase ? 16 : title.startsWith(phrase) ? 10
      : title.includes(phrase) ? 8 : entry.text[form].includes(phrase) ? 4 : 0;
    return { entry, score: each.reduce((sum, one) => sum + one, 0) + together - entry.kind };
  }).filter(Boolean).sort((one, other) => other.score - one.score);
}

// The part of a text around what was looked for (the whole of it, else its longest word), with all words marked.
function excerpt(text, query) {
  const asked = words(query), letters = [...text.normalize("NFC")], exact = asked.some(marked);
  const joined = letters.map((letter) => ((exact ? small(letter) : fold(letter)) || " ")[0]).join("");
  const wanted = [asked.join(" "), ...[...asked].sort((one, other) => other.length - one.length)];
  const at = wanted.map((one) => joined.indexOf(one)).find((found) => found >= 0) ?? 0;
  const from = at > 60 ? joined.indexOf(" ", at - 60) + 1 : 0, to = Math.min(letters.length, from + 180);
  const found = new Array(letters.length).fill(false);
  for (const word of asked) {
    for (let i = joined.indexOf(word); i >= 0; i = joined.indexOf(word, i + 1)) found.fill(true, i, i + word.length);
  }
  const line = document.createElement("span");
  line.append(from > 0 ? "…" : "");
  for (let i = from; i < to;) {
    let end = i;
    while (end < to && found[end] === found[i]) end += 1;
    const part = letters.slice(i, end).join("");
    line.append(found[i] ? make("mark", part) : part);
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

  const ready = () => window.bgdataSearch.map(([kind, title, text, href, section]) => (
    { kind, href, section, shownTitle: title, shownText: text, title: prepared(title), text: prepared(text) }));
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
    if (window.bgdataSearch) { entries = ready(); return; }
    if (document.getElementById("search-index")) return;
    const script = Object.assign(document.createElement("script"), { id: "search-index", src: box.dataset.index });
    script.addEventListener("load", () => { entries = ready(); show(); });
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

// Rows by a column: verdicts worst first, values within one unit, what has none last.
function sorting(table) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  const key = (row, column) => {
    const cell = row.cells[column], said = cell.dataset.sort ?? cell.textContent.trim();
    return { unit: cell.dataset.unit ?? "", none: said === "" || said === "nan", said, number: Number(said) };
  };
  const compare = (one, other) => (Number.isNaN(one.number) || Number.isNaN(other.number)
    ? one.said.localeCompare(other.said, document.documentElement.lang, { numeric: true }) : one.number - other.number);
  heads.forEach((head, column) => {
    const button = make("button", head.textContent, { type: "button" });
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((one) => one.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].map((row) => [key(row, column), row]);
      rows.sort(([one], [other]) => one.none - other.none || one.unit.localeCompare(other.unit)
        || (down ? compare(other, one) : compare(one, other)));
      body.append(...rows.map(([, row]) => row));
    });
  });
}

function filtering(form, table) {
  const rows = [...table.tBodies[0].rows].map((row) => ({ row, texts: prepared(row.textContent), section: row.dataset.section }));
  const fields = form.elements, shown = form.querySelector("output");
  const apply = () => {
    const asked = words(fields.text.value);
    let count = 0;
    for (const { row, texts, section } of rows) {
      const fits = asked.every((word) => (SECTION.test(word) ? inSection(section, word) : within(texts, word)))
        && (!fields.sector.value || row.dataset.sector === fields.sector.value)
        && (!fields.section.value || inSection(section, fields.section.value))
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

// A reviewer's ticks and remarks: kept in this browser, taken away as a file, sent nowhere.
function reviewing() {
  const form = document.querySelector(".reviewing");
  if (!form) return;
  const period = document.body.dataset.period, lang = document.documentElement.lang, name = `bgdata-review-${period}-${lang}`;
  const said = form.dataset, panel = form.querySelector(".panel"), count = form.querySelector("output");
  const read = () => { try { return JSON.parse(localStorage.getItem(name)) || {}; } catch { return {}; } };
  const id = (element) => `${element.dataset.kind} ${element.dataset.id}`;
  const tell = () => { count.textContent = said.marked.replace("#", Object.keys(read()).length); };
  const keep = (element, change) => {
    const all = read(), { kind, id: what, seen } = element.dataset;
    const one = { kind, id: what, seen, done: false, remark: "", ...(all[id(element)]?.seen === seen ? all[id(element)] : {}), ...change };
    if (one.done || one.remark) all[id(element)] = one; else delete all[id(element)];
    localStorage.setItem(name, JSON.stringify(all));
    tell();
  };
  const own = (element) => {
    const known = read()[id(element)], here = known?.seen === element.dataset.seen ? known : { done: false, remark: "" };
    const box = make("span", "", { className: "own" }), label = make("label", "");
    const tick = make("input", "", { type: "checkbox", checked: here.done });
    const remark = make("textarea", "", { value: here.remark, maxLength: 2000, hidden: !here.remark, ariaLabel: said.remark });
    const more = make("button", said.remark, { type: "button", hidden: !!here.remark });
    label.append(tick, ` ${said.tick}`);
    tick.addEventListener("change", () => keep(element, { done: tick.checked }));
    remark.addEventListener("input", () => keep(element, { remark: remark.value.trim() }));
    more.addEventListener("click", () => { remark.hidden = false; more.hidden = true; remark.focus(); });
    box.append(label, more, remark);
    (element.querySelector(":scope > th, :scope > figcaption") ?? element).append(box);
  };
  const start = () => {
    if (!document.querySelector(".own")) document.querySelectorAll("[data-kind]").forEach(own);
    const on = document.body.classList.toggle("in-review");
    form.elements.start.setAttribute("aria-pressed", on);
    form.elements.start.textContent = on ? said.stop : said.start;
    panel.hidden = !on;
    localStorage.setItem("bgdata-reviewing", on ? "on" : "");
  };
  const take = () => {
    const by = form.elements.by.value.trim(), now = new Date();
    if (!by) { count.textContent = said.nobody; form.elements.by.focus(); return; }
    const on = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
    const file = JSON.stringify({ "bgdata-review": 1, period, lang, by, on, items: Object.values(read()) }, null, 1);
    const link = make("a", "", { download: `bgdata-review-${period}.json`, href: URL.createObjectURL(new Blob([file], { type: "application/json" })) });
    link.click();
    URL.revokeObjectURL(link.href);
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.elements.start.addEventListener("click", start);
  form.elements.take.addEventListener("click", take);
  form.elements.by.value = localStorage.getItem("bgdata-reviewer") ?? "";
  form.elements.by.addEventListener("input", () => localStorage.setItem("bgdata-reviewer", form.elements.by.value));
  form.elements.clear.addEventListener("click", () => {
    if (window.confirm(form.elements.clear.dataset.sure)) { localStorage.removeItem(name); location.reload(); }
  });
  tell();
  if (localStorage.getItem("bgdata-reviewing") === "on") start();
}

function start() {
  document.documentElement.classList.add("scripted");
  menu();
  method();
  printing();
  unfolding();
  search();
  reviewing();
  const table = document.querySelector("table.numbers");
  if (table) {
    sorting(table);
    filtering(document.querySelector("form.filter"), table);
  }
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();

"use strict";
// The report's one script. What documents say becomes text nodes and nothing else: there is no
// innerHTML here, no link made from a document's address.
(() => {
  const ROW = 64; // height of a row of the list, as in the style sheet
  const SPARE = 8; // rows drawn above and below the visible ones
  const PIECE = 600; // blocks drawn at once
  const RUN = 5; // a longer run of removed blocks is folded
  const LEAD = 2; // of it stay in sight
  const RULES = 25; // shown in the overview, as SITES
  const SITES = 15;
  const LEAST = 10;
  const BINS = 20;
  const KEPT = 12; // parts kept unpacked
  const HUES = {
    __proto__: null, // a reason may have any name
    "ad-marker": 25, sponsored: 45, "media-caption": 310, "related-link": 255, "teaser-list": 235,
    "call-to-action": 75, "author-bio": 150, byline: 165, credit: 135, duplicate: 350,
    metadata: 195, navigation: 210, comments: 280, legal: 100, "outside-article": 270,
  };
  const VIEWS = [["both", "Side by side"], ["source", "Source"], ["article", "Article"]];

  const $ = (id) => document.getElementById(id);
  const list = $("list");
  const main = $("main");
  let rows = [];
  let low = 0.9;
  let shown = []; // indexes of rows, filtered and sorted
  let current = -1; // index of the row on show, -1 for the overview
  let view = matchMedia("(max-width: 800px)").matches ? "source" : "both";
  let found = null; // documents whose text has what is searched for, null where not asked
  let searching = 0;
  let drawing = 0;
  const filters = {};

  // --- making elements ---------------------------------------------------------------------------

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === undefined || value === null || value === false) continue;
      if (name === "class") element.className = value;
      else if (name === "click") element.addEventListener("click", value);
      else if (name === "hue") element.style.setProperty("--hue", hue(value));
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  const hue = (reason) => String(HUES[reason] ?? 220);
  const number = (value) => value.toLocaleString("en");
  const percent = (part, all) => (all ? `${Math.round((100 * part) / all)} %` : "–");
  const plural = (count, word) => `${number(count)} ${word}${count === 1 ? "" : "s"}`;
  const level = (value) =>
    value >= 0.95 ? "good" : value >= low ? "fair" : value >= 0.7 ? "weak" : "bad";
  // Half a percent is no whole one: 0.996 is not shown as sure.
  const sure = (value) => make("span", { class: `sure ${level(value)}` },
    value >= 1 ? "1.0" : (Math.floor(value * 100) / 100).toFixed(2).slice(1));

  // --- unpacking ---------------------------------------------------------------------------------

  const parts = new Map();

  async function unpack(id) {
    const packed = atob($(id).textContent);
    const bytes = new Uint8Array(packed.length);
    for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }

  async function documentAt([part, place]) {
    if (!parts.has(part)) {
      parts.set(part, unpack(`part-${part}`));
      if (parts.size > KEPT) parts.delete(parts.keys().next().value);
    }
    return (await parts.get(part))[place];
  }

  // --- filters -----------------------------------------------------------------------------------

  function counted(name, indexes) {
    const counts = new Map();
    const add = (key, by) => counts.set(key, (counts.get(key) || 0) + by);
    for (const i of indexes) {
      const row = rows[i];
      if (row.error !== undefined) continue;
      if (name === "reason") for (const [reason, , count] of row.rules) add(reason, count);
      else if (name === "rule") for (const [reason, rule, n] of row.rules) add(`${reason} ${rule}`, n);
      else if (name === "warning") row.warnings.forEach((warning) => add(warning, 1));
      else add(row.site || "", 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }

  function matches(row, index) {
    if (row.error !== undefined) {
      const bound = ["reason", "rule", "site", "warning"].some((name) => filters[name] !== undefined);
      if (bound || filters.low > 0 || filters.high < 1) return false;
    } else {
      const { reason, rule, site, warning } = filters;
      if (reason !== undefined && !row.rules.some((r) => r[0] === reason)) return false;
      if (rule !== undefined && !row.rules.some((r) => `${r[0]} ${r[1]}` === rule)) return false;
      if (site !== undefined && (row.site || "") !== site) return false;
      if (warning !== undefined && !row.warnings.includes(warning)) return false;
      if (row.confidence < filters.low || row.confidence > filters.high) return false;
    }
    const query = filters.query;
    return !query || row.haystack.includes(query) || (found !== null && found.has(index));
  }

  const ORDERS = {
    order: () => 0,
    confidence: (a, b) => (a.confidence ?? -1) - (b.confidence ?? -1),
    removed: (a, b) => removedOf(b) - removedOf(a),
    date: (a, b) => compare(b.date || "", a.date || ""),
    name: (a, b) => compare(a.name, b.name),
  };
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const removedOf = (row) => (row.rules || []).reduce((sum, rule) => sum + rule[2], 0);

  function refresh() {
    const order = ORDERS[$("sort").value];
    shown = [];
    rows.forEach((row, i) => { if (matches(row, i)) shown.push(i); });
    shown.sort((a, b) => order(rows[a], rows[b]) || a - b);
    drawChips();
    report("");
    list.scrollTop = 0;
    drawList();
    moved();
    if (current < 0) drawOverview();
  }

  function report(more) {
    const all = shown.length === rows.length;
    const text = all ? plural(rows.length, "document")
      : `${number(shown.length)} of ${plural(rows.length, "document")}`;
    $("status").textContent = text + more;
  }

  function setFilter(name, value) {
    filters[name] = filters[name] === value ? undefined : value;
    const select = $(`by-${name}`);
    select.value = filters[name] === undefined ? "*" : `=${filters[name]}`;
    refresh();
  }

  function setRange(from, to) {
    const same = filters.low === from && filters.high === to;
    filters.low = same ? 0 : from;
    filters.high = same ? 1 : to;
    $("low").value = filters.low;
    $("high").value = filters.high;
    refresh();
  }

  function drawChips() {
    const chips = [];
    const chip = (text, click) => chips.push(make("button",
      { class: "chip", type: "button", "aria-label": `Remove the filter ${text}`, click }, `${text}  ×`));
    for (const name of ["reason", "rule", "site", "warning"]) {
      const value = filters[name];
      if (value !== undefined) chip(value || "no site stated", () => setFilter(name, value));
    }
    if (filters.low > 0 || filters.high < 1) {
      chip(`confidence ${filters.low} to ${filters.high}`, () => setRange(0, 1));
    }
    $("chips").replaceChildren(...chips);
  }

  function fillSelects() {
    const everything = rows.map((_, i) => i);
    for (const name of ["reason", "rule", "site", "warning"]) {
      const options = counted(name, everything).map(([value, count]) =>
        make("option", { value: `=${value}` }, `${value || "none stated"} (${number(count)})`));
      $(`by-${name}`).replaceChildren(make("option", { value: "*" }, "any"), ...options);
      $(`by-${name}`).addEventListener("change", (event) => {
        const value = event.target.value;
        filters[name] = value === "*" ? undefined : value.slice(1);
        refresh();
      });
    }
  }

  // --- search ------------------------------------------------------------------------------------

  async function searchTexts() {
    const query = filters.query;
    const mine = ++searching;
    found = null;
    refresh();
    if (!query || !$("in-text").checked) return;
    const byPart = new Map();
    rows.forEach((row, i) => {
      if (row.at) byPart.set(row.at[0], [...(byPart.get(row.at[0]) || []), i]);
    });
    const hits = new Set();
    let done = 0;
    for (const [part, indexes] of byPart) {
      const documents = await unpack(`part-${part}`); // not kept: a search passes all of them
      if (mine !== searching) return;
      for (const i of indexes) {
        const blocks = documents[rows[i].at[1]].blocks;
        if (blocks.some((block) => block[0].toLowerCase().includes(query))) hits.add(i);
      }
      done += 1;
      if (done % 8 === 0) report(`, searching the texts: ${percent(done, byPart.size)}`);
    }
    found = hits;
    refresh();
  }

  // --- the list ----------------------------------------------------------------------------------

  function drawList() {
    const from = Math.max(0, Math.floor(list.scrollTop / ROW) - SPARE);
    const to = Math.min(shown.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW) + SPARE);
    $("rows").style.height = `${shown.length * ROW}px`;
    const drawn = [];
    for (let place = from; place < to; place++) drawn.push(rowAt(place));
    $("rows").replaceChildren(...drawn);
    const place = shown.indexOf(current);
    if (place >= from && place < to) list.setAttribute("aria-activedescendant", `row-${current}`);
    else list.removeAttribute("aria-activedescendant");
  }

  function rowAt(place) {
    const i = shown[place];
    const row = rows[i];
    const failed = row.error !== undefined;
    const below = failed ? [row.error]
      : [row.site, number(removedOf(row)) + " removed", row.name].filter(Boolean);
    const element = make("div", {
      class: "row", role: "option", id: `row-${i}`, "aria-selected": String(i === current),
      "aria-setsize": shown.length, "aria-posinset": place + 1, title: row.name,
      click: () => { listing(false); open(i); },
    },
    failed ? make("span", { class: "sure bad" }, "!") : sure(row.confidence),
    make("span", {},
      row.headline ? make("b", { dir: "auto" }, row.headline)
        : make("b", {}, make("i", {}, failed ? "not read" : "no headline stated")),
      make("small", {}, ...below.flatMap((text, n) => [n ? " · " : "", make("bdi", {}, text)]))));
    element.style.top = `${place * ROW}px`;
    return element;
  }

  // On a narrow screen the list covers the rest.
  function listing(on) {
    document.body.classList.toggle("listing", on);
    $("toggle").setAttribute("aria-expanded", String(on));
    drawList();
  }

  function reveal(place) {
    const above = place * ROW - list.scrollTop;
    const room = list.clientHeight - ROW;
    if (above < 0 || above > room) {
      const near = above > -2 * ROW && above < room + 2 * ROW; // a step on, else a jump
      list.scrollTop += near ? (above < 0 ? above : above - room) : above - room / 2;
    }
  }

  // --- going from one to another -----------------------------------------------------------------

  function open(index) {
    location.hash = index < 0 ? "#/" : `#/document/${index}`;
  }

  function step(by) {
    if (!shown.length) return;
    const place = shown.indexOf(current);
    const next = place < 0 ? (by > 0 ? 0 : shown.length - 1) : place + by;
    if (next >= 0 && next < shown.length) open(shown[next]);
  }

  function moved() {
    const place = shown.indexOf(current);
    $("previous").disabled = !shown.length || place === 0;
    $("next").disabled = !shown.length || place === shown.length - 1;
    if (current < 0) $("to-overview").setAttribute("aria-current", "page");
    else $("to-overview").removeAttribute("aria-current");
  }

  async function route() {
    const asked = /^#\/document\/(\d+)$/.exec(location.hash);
    current = asked && Number(asked[1]) < rows.length ? Number(asked[1]) : -1;
    const place = shown.indexOf(current);
    if (place >= 0) reveal(place);
    drawList();
    moved();
    if (current < 0) drawOverview();
    else await drawDocument(current);
    main.scrollTop = 0;
    // The list keeps the focus while one walks through it; else the new heading is read.
    const heading = main.querySelector("h1");
    if (heading && document.activeElement !== list && !typing(document.activeElement)) {
      heading.focus({ preventScroll: true });
    }
  }

  // --- the overview ------------------------------------------------------------------------------

  function drawOverview() {
    drawing += 1;
    const good = shown.filter((i) => rows[i].error === undefined);
    const failed = shown.filter((i) => rows[i].error !== undefined);
    const sum = (of) => good.reduce((total, i) => total + of(rows[i]), 0);
    const total = sum((row) => row.total);
    const figures = [
      ["documents", number(shown.length)],
      ["mean confidence", good.length ? (sum((row) => row.confidence) / good.length).toFixed(3) : "–"],
      ["of the text kept", percent(sum((row) => row.kept), total)],
      ["passages removed", number(sum(removedOf))],
      ["without a headline", number(good.filter((i) => !rows[i].headline).length)],
      ["without a date", number(good.filter((i) => !rows[i].date).length)],
    ];
    if (failed.length) figures.push(["not read", number(failed.length)]);
    const least = [...good].sort((a, b) => rows[a].confidence - rows[b].confidence || a - b);
    const heading = shown.length === rows.length ? "Overview"
      : `Overview of ${number(shown.length)} of ${number(rows.length)}`;
    document.title = $("filters").dataset.title;
    main.replaceChildren(make("div", { class: "wrap" },
      make("h1", { tabindex: "-1" }, heading),
      make("dl", { class: "figures" }, ...figures.map(([name, value]) =>
        make("div", { class: "figure" }, make("dt", {}, name), make("dd", {}, value)))),
      make("div", { class: "cards" },
        make("div", { class: "stack" }, card("Confidence", histogram(good)),
          card("Warnings", bars("warning", good, Infinity))),
        card("Least sure first", leastSure(least.slice(0, LEAST))),
        card("Removed, by reason", bars("reason", good, Infinity)),
        card("Removed, by rule", bars("rule", good, RULES)),
        card("Documents, by site", bars("site", good, SITES), "whole"),
        failed.length ? card("Not read", make("ul", { class: "errors" },
          ...failed.slice(0, 200).map((i) => make("li", {}, rows[i].error))), "whole") : null),
      make("footer", {}, $("filters").dataset.version)));
  }

  const card = (title, content, more = "") =>
    make("section", { class: `card ${more}` }, make("h2", {}, title), content);

  function histogram(good) {
    const bins = new Array(BINS).fill(0);
    for (const i of good) bins[Math.min(BINS - 1, Math.floor(rows[i].confidence * BINS + 1e-9))] += 1;
    const most = Math.max(1, ...bins);
    const buttons = bins.map((count, bin) => {
      const [from, to] = [bin / BINS, (bin + 1) / BINS];
      const bar = make("span", { class: level(from + 0.001) });
      bar.style.height = `${count ? Math.max(2, (100 * count) / most) : 0}px`;
      const label = `${from.toFixed(2)} to ${to.toFixed(2)}: ${plural(count, "document")}`;
      const top = bin === BINS - 1 ? 1 : to - 0.001;
      return make("button", { type: "button", title: label, "aria-label": label, disabled: !count,
        click: () => setRange(from, top) }, count ? number(count) : "", bar);
    });
    return make("div", {}, make("div", { class: "histogram" }, ...buttons),
      make("div", { class: "scale", "aria-hidden": "true" },
        ...["0", "0.25", "0.5", "0.75", "1"].map((text) => make("span", {}, text))));
  }

  function bars(name, good, most) {
    const counts = counted(name, good);
    if (!counts.length) return make("p", { class: "none" }, "none");
    const top = counts[0][1];
    const items = counts.slice(0, most).map(([value, count]) => {
      const reason = name === "reason" ? value : name === "rule" ? value.split(" ")[0] : null;
      const fill = make("div", { class: reason ? "fill hued" : "fill", hue: reason });
      fill.style.width = `${(100 * count) / top}%`;
      const text = name === "rule"
        ? [value.slice(reason.length + 1) || "–", " ", make("small", {}, reason)]
        : [value || make("i", {}, "none stated")];
      return make("li", {}, make("button", {
        type: "button", "aria-pressed": String(filters[name] === value), title: value,
        click: () => setFilter(name, value),
      }, make("span", { class: "name", dir: "auto" }, ...text),
      make("span", { class: "track" }, fill), make("span", { class: "count" }, number(count))));
    });
    const rest = counts.length - items.length;
    return make("div", {}, make("ul", { class: "bars" }, ...items),
      rest > 0 ? make("div", { class: "more" }, `and ${number(rest)} more, under “Filter and sort”`) : null);
  }

  function leastSure(indexes) {
    if (!indexes.length) return make("p", { class: "none" }, "none");
    return make("ol", { class: "least" }, ...indexes.map((i) => make("li", {},
      make("a", { href: `#/document/${i}` }, sure(rows[i].confidence),
        make("b", { dir: "auto" }, rows[i].headline || make("i", {}, "no headline stated")),
        make("small", {}, rows[i].site || rows[i].name)))));
  }

  // --- one document ------------------------------------------------------------------------------

  async function drawDocument(index) {
    const mine = ++drawing;
    const row = rows[index];
    const place = shown.indexOf(index);
    const where = make("p", { class: "where" },
      (place < 0 ? "" : `${number(place + 1)} of ${number(shown.length)} · `) + row.name);
    document.title = `${row.headline || row.name} – ${$("filters").dataset.title}`;
    if (row.error !== undefined) {
      main.replaceChildren(make("div", { class: "wrap" }, where,
        make("h1", { tabindex: "-1" }, "Not read"), make("p", {}, row.error)));
      return;
    }
    const data = await documentAt(row.at);
    if (mine !== drawing) return; // another was asked for meanwhile
    const title = make("h1", { tabindex: "-1", dir: "auto", lang: data.language },
      row.headline || make("span", { class: "none" }, "No headline stated"));
    const pair = data.ordered ? aligned(row, data) : apart(row, data);
    main.replaceChildren(make("div", { class: "wrap" }, where, title,
      data.standfirst ? make("p", { class: "lead", dir: "auto" }, data.standfirst) : null,
      factsOf(row, data), badges(row), views(pair),
      data.ordered ? null : make("p", { class: "note" },
        "How kept and removed passages stood among each other is not known here: two lists."),
      data.left_out ? make("p", { class: "note cut" },
        `This document is long: ${number(data.left_out)} characters more are not shown.`) : null,
      pair));
  }

  function factsOf(row, data) {
    const source = data.source || {};
    const facts = [
      ["headline", row.headline ? "" : null, source.headline], ["date", row.date, source.date],
      ["changed", data.date_modified, source.date_modified],
      ["not before", data.date_not_before],
      ["by", (data.authors || []).join(", "), source.authors],
      ["credits", (data.credits || []).join(", ")], ["site", row.site],
      ["language", data.language], ["kept", percent(row.kept, row.total) + " of the text"],
      ["address", data.url],
    ];
    const items = facts.filter(([name, value]) => value || name === "date" || value === "")
      .filter(([name, value, from]) => value || from || name === "date")
      .map(([name, value, from]) => make("div", {}, make("dt", {}, name), make("dd", {},
        value ? make("bdi", {}, value)
          : name === "date" ? make("span", { class: "none" }, "none stated") : null,
        from && value ? " " : null, from ? make("span", { class: "from" }, from) : null)));
    const trust = make("div", {}, make("dt", {}, "confidence"), make("dd", {},
      make("span", { class: `sure ${level(row.confidence)}` }, ` ${row.confidence.toFixed(3)} `)));
    return make("dl", { class: "facts" }, trust, ...items);
  }

  function badges(row) {
    const reasons = new Map();
    for (const [reason, , count] of row.rules) reasons.set(reason, (reasons.get(reason) || 0) + count);
    const sorted = [...reasons].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));
    return make("ul", { class: "badges" },
      ...row.warnings.map((warning) => make("li", {},
        make("span", { class: "badge warn" }, make("span", { class: "unseen" }, "warning: "), warning))),
      ...sorted.map(([reason, count]) => make("li", {}, make("button", {
        class: "badge why", type: "button", hue: reason, title: "Go to the next of these",
        click: () => seek(1, reason),
      }, `${reason} ${number(count)}`))));
  }

  function views(pair) {
    const set = (name) => { view = name; pair.dataset.view = name; };
    set(view);
    return make("div", { class: "views", role: "radiogroup", "aria-label": "Show" },
      ...VIEWS.map(([name, text]) => {
        const input = make("input", { type: "radio", name: "view", value: name });
        input.checked = view === name;
        input.addEventListener("change", () => set(name));
        return make("label", {}, input, text);
      }));
  }

  function passage([text, role, kind, line, reason, rule], language, gridRow) {
    const gone = role === "removed";
    const element = make("p", {
      class: `passage ${gone ? "removed" : "kept"} ${role} ${kind}`, dir: "auto", lang: language,
      hue: gone ? reason : null, "data-reason": reason,
    });
    if (gone) {
      element.append(make("span", { class: "tag", dir: "ltr", lang: "en" },
        line ? make("span", { class: "line" }, `line ${line}`) : null,
        make("span", { class: "unseen" }, "removed: "), reason, " ", make("span", {}, rule || "")),
      make("del", {}, text));
    } else element.append(text);
    if (gridRow) element.style.gridRow = String(gridRow);
    return element;
  }

  // Source and article side by side, each kept passage beside itself.
  function aligned(row, data) {
    const source = make("section", { class: "source", "aria-label": "Source" }, make("h2", {}, "Source"));
    const result = make("section", { class: "result", "aria-label": "Article" }, make("h2", {}, "Article"));
    const pair = make("div", { class: "pair" }, source, result);
    let at = 2;
    const beside = (text, role, kind, gridRow) => {
      result.append(passage([text, role, kind], data.language, gridRow));
    };
    for (const role of ["headline", "standfirst"]) { // stated outside of the text
      const value = role === "headline" ? row.headline : data.standfirst;
      if (value && !data.blocks.some((block) => block[1] === role)) beside(value, role, "", at++);
    }
    draw(0);
    return pair;

    function draw(start) {
      let i = start;
      const end = Math.min(data.blocks.length, start + PIECE);
      while (i < end) {
        let stop = i;
        while (stop < end && data.blocks[stop][1] === "removed") stop += 1;
        if (stop - i > RUN) {
          fold(data.blocks.slice(i, stop), at);
          at += 1 + LEAD;
          i = stop;
          continue;
        }
        const block = data.blocks[i];
        source.append(passage(block, data.language, at));
        if (block[1] === "headline") beside(row.headline, "headline", "", at);
        else if (block[1] === "standfirst") beside(data.standfirst, "standfirst", "", at);
        else if (block[1] === "body") {
          const text = (block[6] || "").trimStart() + block[0];
          beside(text, "body", block[2], at);
        }
        at += 1;
        i += 1;
      }
      if (end < data.blocks.length) {
        const more = make("button", { class: "longer", type: "button", click: () => {
          more.remove();
          draw(end);
        } }, `Show more: ${plural(data.blocks.length - end, "passage")}`);
        more.style.gridRow = String(at + 1);
        pair.append(more);
      }
    }

    function fold(run, gridRow) {
      run.slice(0, LEAD).forEach((block, k) => source.append(passage(block, data.language, gridRow + k)));
      const rest = run.slice(LEAD);
      const counts = new Map();
      rest.forEach((block) => counts.set(block[4], (counts.get(block[4]) || 0) + 1));
      const text = [...counts].map(([reason, count]) => `${reason} ${count}`).join(", ");
      const holder = make("div", { class: "folded" });
      const button = make("button", { class: "fold", type: "button", click: unfold },
        `+ ${rest.length} more removed: ${text}`);
      holder.unfold = unfold;
      holder.append(button);
      holder.style.gridRow = String(gridRow + LEAD);
      source.append(holder);
      function unfold() {
        holder.replaceChildren(...rest.map((block) => passage(block, data.language, 0)));
        delete holder.unfold;
      }
    }
  }

  // Where the order is not known: what was removed, and the article.
  function apart(row, data) {
    const source = make("section", { class: "source", "aria-label": "Removed" }, make("h2", {}, "Removed"));
    const result = make("section", { class: "result", "aria-label": "Article" }, make("h2", {}, "Article"));
    if (row.headline) result.append(passage([row.headline, "headline", ""], data.language, 0));
    for (const block of data.blocks) {
      (block[1] === "removed" ? source : result).append(passage(block, data.language, 0));
    }
    return make("div", { class: "pair apart" }, source, result);
  }

  function seek(by, reason) {
    if (view === "article") return;
    main.querySelectorAll(".folded").forEach((holder) => holder.unfold && holder.unfold());
    const all = [...main.querySelectorAll(".passage.removed")]
      .filter((element) => !reason || element.dataset.reason === reason);
    if (!all.length) return;
    const was = main.querySelector(".passage.shown");
    const after = (element) => was.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
    const before = (element) => was.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING;
    let next = by > 0 ? all[0] : all[all.length - 1];
    if (was) next = (by > 0 ? all.find(after) : all.findLast(before)) || next;
    if (was) was.classList.remove("shown");
    next.classList.add("shown");
    next.scrollIntoView({ block: "center" });
  }

  // --- keyboard ----------------------------------------------------------------------------------

  const typing = (element) => element && element.matches("input:not([type=radio]):not([type=checkbox]), select, textarea");

  function inList(event) {
    const page = Math.max(1, Math.floor(list.clientHeight / ROW) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page,
      Home: -Infinity, End: Infinity };
    if (event.key === "Enter") { const heading = main.querySelector("h1"); if (heading) heading.focus(); }
    if (!(event.key in steps) || !shown.length) return;
    event.preventDefault();
    const place = Math.max(-1, shown.indexOf(current));
    const wanted = Math.max(0, Math.min(shown.length - 1, place + steps[event.key]));
    open(shown[wanted]);
  }

  function keyboard(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
    if (typing(event.target)) {
      if (event.key === "Escape") { event.target.blur(); event.preventDefault(); }
      return;
    }
    if (event.target === list && event.key.startsWith("Arrow")) return;
    if (event.target.matches("input") && event.key.startsWith("Arrow")) return;
    const actions = {
      j: () => step(1), ArrowRight: () => step(1), k: () => step(-1), ArrowLeft: () => step(-1),
      n: () => seek(1), p: () => seek(-1), o: () => open(-1), Escape: () => open(-1),
      "/": () => { listing(true); $("search").focus(); $("search").select(); },
      "?": () => $("help").showModal(),
    };
    const action = actions[event.key];
    if (action) { event.preventDefault(); action(); }
  }

  // --- start -------------------------------------------------------------------------------------

  async function start() {
    $("filters").dataset.title = document.title;
    $("filters").dataset.version = document.querySelector("meta[name=generator]").content;
    if (!("DecompressionStream" in window)) {
      main.replaceChildren(make("p", { class: "note" },
        "This browser is too old for the report: it cannot unpack what is in it."));
      return;
    }
    const index = await unpack("index");
    rows = index.documents;
    low = index.low;
    for (const row of rows) {
      const words = [row.name, row.headline, row.site, row.error, ...(row.warnings || [])];
      for (const [reason, rule] of row.rules || []) words.push(reason, rule);
      row.haystack = words.filter(Boolean).join("\n").toLowerCase();
    }
    Object.assign(filters, { low: 0, high: 1, query: "" });
    fillSelects();
    let waiting = 0;
    $("search").addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        filters.query = $("search").value.trim().toLowerCase();
        searchTexts();
      }, 150);
    });
    $("in-text").addEventListener("change", searchTexts);
    $("sort").addEventListener("change", refresh);
    for (const name of ["low", "high"]) {
      $(name).addEventListener("change", () => {
        const value = Number.parseFloat($(name).value);
        filters[name] = Number.isFinite(value) ? value : name === "low" ? 0 : 1;
        refresh();
      });
    }
    $("filters").addEventListener("submit", (event) => event.preventDefault());
    $("previous").addEventListener("click", () => step(-1));
    $("next").addEventListener("click", () => step(1));
    $("to-help").addEventListener("click", () => $("help").showModal());
    $("toggle").addEventListener("click", () =>
      listing(!document.body.classList.contains("listing")));
    let frame = 0;
    const redraw = () => { cancelAnimationFrame(frame); frame = requestAnimationFrame(drawList); };
    list.addEventListener("scroll", redraw, { passive: true });
    list.addEventListener("keydown", inList);
    addEventListener("resize", redraw);
    addEventListener("keydown", keyboard);
    addEventListener("hashchange", route);
    refresh();
    await route();
  }

  start();
})();

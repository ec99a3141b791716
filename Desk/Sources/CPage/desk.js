// The page of the desk. Texts come from anywhere: they become text nodes and nothing else.
"use strict";

// ---- What is on the page -------------------------------------------------------------------------------------------------

const $ = (selector, within = document) => within.querySelector(selector);
const main = $("#main");

/** An element; properties that are functions listen, the others are attributes. */
function el(name, properties = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag || "div");
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(key, value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  add(element, children);
  return element;
}

function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

function show(...children) {
  main.replaceChildren();
  add(main, children);
}

function svg(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  add(element, children);
  return element;
}

let silence = 0;
/** Says something that goes away again. */
function tell(text) {
  $("#told").textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => { $("#told").textContent = ""; }, 6000);
}

/** A link out of the page, where it is one of the web. */
function outward(url, text) {
  let parsed = null;
  try { parsed = new URL(url); } catch { /* no URL */ }
  if (!parsed || !["http:", "https:"].includes(parsed.protocol)) return text;
  return el("a", { href: parsed.href, rel: "noreferrer noopener external", target: "_blank" }, text);
}

const path = (view, ...parts) => "/" + [view, ...parts.map(encodeURIComponent)].join("/");

function query(parameters) {
  const kept = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return kept.length ? "?" + new URLSearchParams(kept) : "";
}

// ---- Times and numbers, as the reader's machine writes them --------------------------------------------------------------

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const date = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const both = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const count = new Intl.NumberFormat();

/** A moment. */
function time(text, short = false) {
  const moment = new Date(text ?? "");
  if (isNaN(moment)) return null;
  const isToday = moment.toDateString() === new Date().toDateString();
  return el("time", { datetime: moment.toISOString(), title: moment.toISOString() },
    (short && isToday ? clock : both).format(moment));
}

/** A day, which has no zone. */
function day(text) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(text ?? "");
  if (!parts) return null;
  return el("time", { datetime: text.slice(0, 10) }, date.format(new Date(+parts[1], parts[2] - 1, +parts[3])));
}

const plural = (number, one, many = one + "s") => `${count.format(number)} ${number === 1 ? one : many}`;

function seconds(value) {
  if (value === null || value === undefined) return "–";
  if (value < 0.001) return `${Math.round(value * 1e6)} µs`;
  if (value < 1) return `${+(value * 1000).toPrecision(3)} ms`;
  return value < 120 ? `${+value.toPrecision(3)} s` : `${Math.round(value / 60)} min`;
}

function bytes(value) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let place = 0;
  for (; value >= 1024 && place < units.length - 1; place++) value /= 1024;
  return `${+value.toPrecision(3)} ${units[place]}`;
}

// ---- Asking ---------------------------------------------------------------------------------------------------------------

class Refused extends Error {
  constructor(status, message) { super(message); this.status = status; }
}

async function ask(address, body) {
  const options = body === undefined ? {} : {
    method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", "X-Linecaster": "desk" },
  };
  let answer;
  try { answer = await fetch(address, options); } catch { throw new Refused(0, "The desk does not answer. Does it still run?"); }
  let value = null;
  try { value = await answer.json(); } catch { /* told by the status */ }
  if (!answer.ok || value?.ok === false) throw new Refused(answer.status, value?.error ?? `The desk says ${answer.status}.`);
  return value;
}

let about = { actions: false, corrections: false, trial: false, spool: "" };

/** Shows the token of the address once; the cookie stands for it from then on. */
async function begin() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) {
    history.replaceState(null, "", location.pathname + location.search);
    try { await ask("/api/session", { token }); } catch (problem) { tell(problem.message); }
  }
  try {
    about = await ask("/api/desk");
  } catch (problem) {
    if (problem.status === 401) return locked();
    return show(heading("Nobody answers"), el("p", {}, problem.message));
  }
  strip();
  setInterval(strip, 5000);
  route();
}

function locked() {
  const field = el("input", { id: "token", type: "password", autocomplete: "off", required: true });
  show(el("div.empty", {},
    heading("Who is there?"),
    el("p", {}, "Open the address that ", el("code", {}, "linecaster desk"), " printed when it started. It has a token behind the #, which this browser then remembers. Or give the token here:"),
    el("form.ask", {
      submit: async event => {
        event.preventDefault();
        try { await ask("/api/session", { token: field.value.trim() }); location.reload(); } catch (problem) { tell(problem.message); }
      },
    }, el("label.wide", {}, "Token", field), el("button", { type: "submit" }, "Open"))));
}

// ---- The line, at the top -------------------------------------------------------------------------------------------------

let status = null;

async function strip() {
  const place = $("#strip");
  try { status = await ask("/api/status"); } catch (problem) {
    status = null;
    if (problem.status === 401) { locked(); return; }
    place.replaceChildren(el("span.dot.bad", { title: problem.message }, "no daemon answers"));
    return;
  }
  const rate = status.pipelines.reduce((sum, each) => sum + each.articles_per_second, 0);
  const queued = status.pipelines.reduce((sum, each) => sum + each.queued, 0);
  const oldest = status.oldest_ready_seconds;
  place.replaceChildren(el(status.healthy ? "span.dot" : "span.dot.bad", { title: status.problems.join(" ") || null },
    status.pipelines.map(each => each.name).join(", "), status.healthy ? " well" : " not well"),
    ` · ${rate.toFixed(1)}/s · ${count.format(queued)} queued` + (oldest ? `, the oldest ${seconds(oldest)}` : ""));
}

// ---- Views ----------------------------------------------------------------------------------------------------------------

let leave = () => {};
let turn = 0;

const views = {
  feed: { title: "Feed", show: feed }, article: { title: "Article", show: feed }, quotes: { title: "Who said what", show: quotes },
  people: { title: "People", show: people }, stories: { title: "Stories", show: stories }, failed: { title: "Failed", show: failed },
  line: { title: "Line", show: line },
};

const heading = (...text) => el("h1", { tabindex: "-1" }, ...text);

function go(address, replace = false) {
  history[replace ? "replaceState" : "pushState"](null, "", address);
  route();
}

async function route() {
  const [name, ...rest] = location.pathname.slice(1).split("/").map(part => { try { return decodeURIComponent(part); } catch { return part; } });
  const view = views[name || "feed"] ?? views.feed;
  const current = name === "article" || !views[name] ? "feed" : name;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.getAttribute("href") === "/" + current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${view.title} · Linecaster`;
  const mine = ++turn;
  const isCurrent = () => mine === turn;
  try {
    await view.show(rest.filter(Boolean), new URLSearchParams(location.search), isCurrent);
  } catch (problem) {
    if (!isCurrent()) return;
    if (problem.status === 401) return locked();
    leave();
    leave = () => {};
    show(heading(view.title), el("p.bad", { role: "alert" }, problem.message), problem.status === 503 ? nothing() : null);
    // The file may still be on its way.
    if (problem.status === 503) setTimeout(() => { if (isCurrent()) route(); }, 2000);
  }
}

addEventListener("popstate", route);
document.addEventListener("click", event => {
  const link = event.target.closest("a");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (link.origin !== location.origin || link.target || link.hasAttribute("download") || link.pathname.startsWith("/api/")) return;
  if (link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  go(link.href);
  if (link.closest("header")) focusHeading();
});

function focusHeading() { requestAnimationFrame(() => $("h1", main)?.focus()); }

/** What to do where there is nothing yet. */
function nothing() {
  const root = about.spool;
  return el("div.empty", {},
    el("h2", {}, "Nothing has come yet"),
    el("p", {}, "Articles show here as soon as their lines are in the outbox of ", el("code", {}, root), ". Start a daemon on it and give it one:"),
    el("pre", {}, `linecaster run pipelines/news.yaml --root ${root}\nlinecaster put article.html --root ${root} --wait`),
    el("p.soft", {}, "A daemon that runs already writes there now: files that are put into its inbox come out here within a second. What cannot be read is under Failed, with the reason."));
}

// ---- Feed -----------------------------------------------------------------------------------------------------------------

const feedState = { rows: [], newest: 0, held: [], words: "", source: null, list: null };
const mostRows = 200;

async function feed(rest, parameters, isCurrent) {
  const words = parameters.get("q") ?? "";
  const chosen = rest[0] ?? null;
  if (!feedState.list?.isConnected || feedState.words !== words) {
    const [rows, newest] = await Promise.all([
      ask("/api/articles" + query({ q: words })), words ? ask("/api/articles") : null]);
    if (!isCurrent()) return;
    leave();
    feedState.rows = rows;
    feedState.words = words;
    feedState.held = [];
    feedState.newest = Math.max(0, ...(newest ?? rows).map(row => row.arrival));
    layFeed();
    if (!words) listen();
    leave = () => { feedState.source?.close(); feedState.source = null; feedState.list = null; leave = () => {}; };
  }
  for (const link of feedState.list.querySelectorAll("a")) {
    if (chosen && link.dataset.article === chosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  $(".feed").classList.toggle("reading", chosen !== null);
  const place = $("#reading");
  if (chosen === null) {
    place.replaceChildren(feedState.rows.length ? el("p.hint.choose", {}, "Choose an article. j and k step through the list, / searches.") : "");
    return;
  }
  const found = await ask("/api/articles/" + encodeURIComponent(chosen));
  if (!isCurrent()) return;
  document.title = `${found.article.row.title ?? "Article"} · Linecaster`;
  place.replaceChildren(article(found));
  const quote = new URLSearchParams(location.hash.slice(1)).get("quote");
  if (quote) light("quote", quote, true); else place.scrollIntoView({ block: "nearest" });
  if (matchMedia("(max-width: 60rem)").matches) scrollTo(0, 0);
}

function layFeed() {
  const search = el("input", { type: "search", name: "q", value: feedState.words, id: "search" });
  feedState.list = el("ol.list", { "aria-label": "Articles, the newest first", tabindex: "0" }, feedState.rows.map(row => feedItem(row, { words: feedState.words })));
  const more = el("button", { type: "button", hidden: feedState.rows.length < 50, click: () => older(more) }, "Older");
  const held = el("button", { type: "button", id: "held", hidden: true, click: release });
  show(el("div.feed.columns", {},
    el("section.stream", { "aria-label": "Feed" },
      heading("Feed"),
      el("form.ask", { role: "search", submit: event => { event.preventDefault(); go("/feed" + query({ q: search.value.trim() })); } },
        el("label.wide", {}, "Words of the headline or text", search), el("button", { type: "submit" }, "Search")),
      held, feedState.list,
      feedState.rows.length ? null : feedState.words ? el("p.hint", { id: "none" }, "No article has these words.") : el("div", { id: "none" }, nothing()),
      more),
    el("section", { id: "reading", "aria-label": "Article" })));
  feedState.list.addEventListener("scroll", () => { if (feedState.list.scrollTop < 4) release(); });
}

function feedItem(row, { isNew = false, words = "" } = {}) {
  const name = row.title || row.begins || row.id;
  return el(isNew ? "li.item.new" : "li.item", {},
    el("a", { href: path("article", row.article) + query({ q: words }), "data-article": row.article },
      el("span.meta", {}, time(row.received, true) ?? day(row.published), row.site ? " · " + row.site : ""),
      el("span.title", {}, name),
      el("span.meta", {},
        row.copies > 1 ? el("span.tag", {}, `copies ×${row.copies}`) : null, row.copies > 1 ? " " : null,
        row.quotes ? plural(row.quotes, "quotation") : row.quotes === 0 ? "nobody quoted" : null,
        row.errors?.length ? el("span.tag.bad", { title: row.errors.map(each => each.message ?? "").join(" ") }, "⚠ in part") : null,
        row.revision_of ? [" ", el("span.tag", {}, "revised")] : null)));
}

async function older(button) {
  const last = feedState.rows.at(-1);
  // Hits come by their numbers, all others by their arrival.
  const rows = await ask("/api/articles" + query({ q: feedState.words, before: feedState.words ? last.article : last.arrival }));
  feedState.rows.push(...rows);
  add(feedState.list, rows.map(row => feedItem(row, { words: feedState.words })));
  button.hidden = rows.length < 50;
}

function listen() {
  const source = new EventSource("/api/feed" + query({ after: String(feedState.newest) }));
  feedState.source = source;
  source.addEventListener("article", event => {
    const row = JSON.parse(event.data);
    if (row.arrival <= feedState.newest) return;
    feedState.newest = row.arrival;
    feedState.held.push(row);
    // Whoever has scrolled down reads there: the list stands still.
    if (feedState.list.scrollTop < 4 && scrollY < 400) release();
    else {
      const button = $("#held");
      button.hidden = false;
      button.textContent = `Show ${plural(feedState.held.length, "new article")}`;
    }
  });
  source.onerror = () => {
    // A new connection goes on behind what came.
    source.close();
    if (feedState.source === source) setTimeout(() => { if (feedState.source === source) listen(); }, 2000);
  };
}

function release() {
  const { list, held } = feedState;
  if (!held.length || !list) return;
  $("#none")?.remove();
  for (const row of held) {
    list.querySelector(`a[data-article="${CSS.escape(String(row.article))}"]`)?.parentElement.remove();
    list.prepend(feedItem(row, { isNew: true }));
    feedState.rows.unshift(row);
  }
  feedState.held = [];
  feedState.rows.length = Math.min(feedState.rows.length, mostRows);
  while (list.children.length > mostRows) list.lastElementChild.remove();
  const button = $("#held");
  if (button) button.hidden = true;
}

// ---- An article -----------------------------------------------------------------------------------------------------------

const shown = ["PERSON", "ORG", "LOC", "MISC"];
const typeNames = { PERSON: "People", ORG: "Organisations", LOC: "Places", MISC: "Other names" };

function article(found) {
  const { article, entities, quotes, copies, history } = found;
  const row = article.row;
  const names = entities.filter(each => shown.includes(each.type));
  const element = el("article.article", { "aria-labelledby": "headline" },
    el("div", {},
      el("p.back", {}, el("a", { href: "/feed" + query({ q: feedState.words }) }, "← Feed")),
      el("h2", { id: "headline" }, row.title || "Without a headline"),
      el("p.meta", {}, [article.byline, row.site, article.agency, day(row.published), time(row.received) ? ["came ", time(row.received)] : null]
        .filter(Boolean).flatMap((part, index) => index ? [" · ", part] : [part]),
        article.url ? [" · ", outward(article.url, "original")] : null),
      row.errors?.length ? el("p.bad", {}, "⚠ ", row.errors.map(each => `${each.stage ?? ""}: ${each.message ?? ""}`).join("; ")) : null,
      marked(article.text, names, quotes, "codepoints")),
    el("aside", { "aria-label": "Names and quotations" },
      shown.map(type => nameList(type, names.filter(each => each.type === type), row)),
      el("section", {}, el("h2", {}, "Who said what"),
        quotes.length ? el("ul.names", {}, quotes.map(quote => el("li", {},
          quote.speaker ? el("a.who", { href: path("people", quote.speaker) }, quote.speaker) : el("span.soft", {}, "nobody named"), " ",
          el("span.tag", {}, quote.kind), el("br"),
          el("button.plain", { type: "button", click: () => light("quote", quote.quote, true) }, quote.text))))
          : el("p.hint", {}, row.quotes === null ? "The pipeline does not look for quotations." : "Nobody is quoted.")),
      el("section", {}, el("h2", {}, "The same story"),
        copies.length > 1 ? el("ol.names", {}, copies.map(copy => el("li", {},
          copy.article === row.article ? el("b", {}, "this one") : el("a", { href: path("article", copy.article) }, copy.title || copy.id),
          " ", el("span.meta", {}, copy.site ?? "", " ", time(copy.received) ?? day(copy.published)), " ", el("span.tag", {}, copy.status ?? "")))) : el("p.hint", {}, "No copies.")),
      el("section", {}, el("h2", {}, "Where it is from"),
        el("p.small", {}, row.source ? ["From ", el("code", {}, row.source), ", pipeline ", row.pipeline, ". "] : null,
          article.file ? ["Its record: line ", count.format(article.line), " of ", el("code", {}, article.file), ". "] : null,
          "id ", el("code", {}, row.id)),
        history.length ? el("p.small", {}, `It took the place of ${plural(history.length, "earlier one")}: `, history.map(each => [time(each.received), " "])) : null)));
  return element;
}

function nameList(type, names, row) {
  if (!names.length) return null;
  return el("section", {}, el("h2", {}, typeNames[type]),
    el("ul.names", {}, names.map(name => el("li", {},
      el(`button.name.${type}`, { type: "button", "aria-pressed": "false", "data-pick": name.entity, click: () => light("entity", name.entity, true) }, name.name),
      el("span.meta", {}, ` ×${name.mentions.length}`, name.roles?.length ? " · " + name.roles.join(", ") : ""),
      el("span.small", {}, " ", type === "PERSON" ? el("a", { href: path("people", name.name), "aria-label": `All about ${name.name}` }, "more") : null, " ",
        about.corrections ? el("button.plain.small", { type: "button", "aria-label": `Wrong name? ${name.name}`, click: () => correct(name, row) }, "Wrong name?") : null)))));
}

/** Frames all places of a name or a quotation, and goes to the first, or from there to the next. */
let lit = { key: null, place: 0 };
function light(kind, number, jump = false) {
  const key = `${kind} ${number}`;
  for (const element of main.querySelectorAll(".on")) element.classList.remove("on");
  for (const element of main.querySelectorAll("[data-pick]")) element.setAttribute("aria-pressed", String(kind === "entity" && element.dataset.pick === String(number)));
  const places = [...main.querySelectorAll(`[data-${kind}]`)].filter(element => element.dataset[kind].split(" ").includes(String(number)));
  for (const element of places) element.classList.add("on");
  lit = { key, place: lit.key === key ? (lit.place + 1) % Math.max(1, places.length) : 0 };
  if (jump) places[kind === "quote" ? 0 : lit.place]?.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

/** Places in the text in units of JavaScript, for offsets that count code points, UTF-16 or bytes of UTF-8. */
function placesOf(text, unit) {
  if (unit === "utf16") return offset => offset;
  const places = [];
  let at = 0;
  for (const character of text) {
    const code = character.codePointAt(0);
    const units = unit === "utf8" ? (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4) : 1;
    for (let each = 0; each < units; each++) places.push(at);
    at += character.length;
  }
  places.push(at);
  return offset => places[Math.max(0, Math.min(offset, places.length - 1))];
}

/** The text with its names and quotations. Cut wherever one of them begins or ends, so that any of them may overlap. */
function marked(text, names, quotes, unit) {
  const at = placesOf(text, unit);
  const spans = [];
  for (const name of names) for (const [start, end, kind] of name.mentions) spans.push({ start: at(start), end: at(end), name, kind });
  for (const quote of quotes) for (const [start, end] of quote.spans ?? [[quote.start, quote.end]]) spans.push({ start: at(start), end: at(end), quote });
  const cuts = new Set([0, text.length]);
  for (const span of spans) { cuts.add(span.start); cuts.add(span.end); }
  for (const line of text.matchAll(/\n+/g)) { cuts.add(line.index); cuts.add(line.index + line[0].length); }
  const places = [...cuts].filter(place => place >= 0 && place <= text.length).sort((a, b) => a - b);
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  const result = el("div.text", {
    click: event => { const mark = event.target.closest("mark"); if (mark) light("entity", mark.dataset.entity.split(" ")[0]); },
  });
  let paragraph = el("p");
  let next = 0;
  let open = [];
  for (let index = 0; index + 1 < places.length; index++) {
    const [start, end] = [places[index], places[index + 1]];
    const piece = text.slice(start, end);
    if (/^\n+$/.test(piece)) {
      if (paragraph.hasChildNodes()) result.append(paragraph);
      paragraph = el("p");
      continue;
    }
    while (next < spans.length && spans[next].start <= start) open.push(spans[next++]);
    open = open.filter(span => span.end > start);
    const said = open.filter(span => span.quote).map(span => span.quote);
    const named = open.filter(span => span.name);
    let node = document.createTextNode(piece);
    if (named.length) {
      // The shortest one is the innermost.
      const inner = named.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
      const others = named.filter(span => span !== inner);
      node = el("mark", {
        class: inner.name.type + (inner.kind && inner.kind !== "name" ? " reference" : ""),
        "data-entity": [inner, ...others].map(span => span.name.entity).join(" "),
        title: named.map(span => span.name.name + (span.name.roles?.length ? `, ${span.name.roles.join(", ")}` : "")).join(" / "),
      }, node);
    }
    if (said.length) {
      node = el(said.every(quote => quote.kind === "indirect") ? "span.said.indirect" : "span.said", {
        "data-quote": said.map(quote => quote.quote).join(" "),
        title: said.map(quote => `${quote.speaker ?? "nobody named"}, ${quote.kind}`).join(" / "),
      }, node);
    }
    paragraph.append(node);
  }
  if (paragraph.hasChildNodes()) result.append(paragraph);
  return result;
}

function correct(name, row) {
  const words = el("input", { value: name.words ?? name.name, required: true, maxlength: 300 });
  const right = el("input", { value: name.name, required: true, maxlength: 300 });
  const type = el("select", {}, shown.map(each => el("option", { value: each, selected: each === name.type }, typeNames[each])));
  const only = el("input", { type: "checkbox" });
  const dialog = el("dialog", { "aria-labelledby": "correcting", close: () => dialog.remove() },
    el("form", {
      submit: async event => {
        event.preventDefault();
        const isNone = event.submitter?.value === "none";
        try {
          await ask("/api/corrections", {
            words: words.value, name: isNone ? "-" : right.value, type: isNone ? null : type.value,
            link: isNone ? null : name.link, article: only.checked ? row.id : null,
          });
          tell("Written. It holds for what comes next; linecaster reprocess applies it to what is there.");
          dialog.close();
        } catch (problem) { tell(problem.message); }
      },
    },
      el("h2", { id: "correcting" }, "Wrong name?"),
      el("label", {}, "As the text writes it", words), el("label", {}, "The right name", right), el("label", {}, "What it is", type),
      el("label.check", {}, el("span", {}, only, " only in this article")),
      el("div.row", {}, el("button", { type: "submit" }, "Write it down"),
        el("button", { type: "submit", value: "none", formnovalidate: true }, "It is no name"),
        el("button", { type: "button", click: () => dialog.close() }, "Cancel"))));
  document.body.append(dialog);
  dialog.showModal();
}

// ---- Who said what --------------------------------------------------------------------------------------------------------

async function quotes(rest, parameters, isCurrent) {
  const search = Object.fromEntries(["speaker", "q", "kind", "from", "to", "site"].map(name => [name, parameters.get(name) ?? ""]));
  const found = await ask("/api/quotes" + query(search));
  if (!isCurrent()) return;
  leave();
  const field = (label, name, properties = {}) => el(properties.wide ? "label.wide" : "label", {}, label,
    el("input", { name, value: search[name], type: properties.type ?? "text", id: properties.id, autocomplete: "off" }));
  const form = el("form.ask", {
    role: "search",
    submit: event => { event.preventDefault(); go("/quotes" + query(Object.fromEntries(new FormData(form)))); },
  },
    field("Speaker", "speaker", { wide: true }), field("Words", "q", { wide: true, id: "search" }),
    el("label", {}, "Kind", el("select", { name: "kind" },
      [["", "all"], ["said", "in their words"], ["direct", "direct"], ["mixed", "mixed"], ["indirect", "indirect"]].map(([value, text]) =>
        el("option", { value, selected: value === search.kind }, text)))),
    field("From", "from", { type: "date" }), field("To", "to", { type: "date" }), field("Source", "site"),
    el("button", { type: "submit" }, "Search"));
  const list = el("div", { id: "hits" }, found.quotes.map(hit));
  let next = found.next;
  const more = el("button", {
    type: "button", hidden: next === null,
    click: async () => {
      const page = await ask("/api/quotes" + query({ ...search, before: String(next) }));
      add(list, page.quotes.map(hit));
      next = page.next;
      more.hidden = next === null;
    },
  }, "More");
  const any = Object.values(search).some(Boolean);
  show(heading("Who said what"), form,
    found.quotes.length ? el("p.row", {},
      el("a.button", { href: "/api/quotes.csv" + query(search), download: "quotations.csv" }, "CSV"),
      el("a.button", { href: "/api/quotes.json" + query(search), download: "quotations.json" }, "JSON"),
      el("span.hint", {}, "of all that is found; the address of this page is the search")) : any ? el("p.hint", {}, "Nobody said that.") : nothing(),
    list, more);
}

function hit(quote) {
  return el("section.hit", { "aria-label": quote.speaker ?? "nobody named" },
    el("p.meta", {}, quote.speaker ? el("a", { href: path("people", quote.speaker) }, quote.speaker) : "nobody named", " ", el("span.tag", {}, quote.kind), " ",
      day(quote.published), quote.site ? " · " + quote.site : ""),
    el("blockquote", {}, el("span.context", {}, quote.before), el("mark", {}, quote.text), el("span.context", {}, quote.after)),
    el("p.meta", {}, el("a", { href: path("article", quote.article) + "#quote=" + quote.quote }, quote.title || "the article"),
      quote.url ? [" · ", outward(quote.url, "original")] : null));
}

// ---- People ---------------------------------------------------------------------------------------------------------------

async function people(rest, parameters, isCurrent) {
  if (rest.length) return person(rest.join("/"), isCurrent);
  const words = parameters.get("q") ?? "";
  const offset = +(parameters.get("offset") ?? 0) || 0;
  const list = await ask("/api/people" + query({ q: words, offset: offset || "" }));
  if (!isCurrent()) return;
  leave();
  const search = el("input", { type: "search", value: words, id: "search" });
  const most = Math.max(1, ...list.map(each => each.quotes));
  show(heading("People"),
    el("form.ask", { role: "search", submit: event => { event.preventDefault(); go("/people" + query({ q: search.value.trim() })); } },
      el("label.wide", {}, "Name", search), el("button", { type: "submit" }, "Search")),
    list.length ? el("table.stack", {},
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Who"), el("th.number", { scope: "col" }, "Quotations"), el("th", { scope: "col" }, el("span", {}, "Share")), el("th", { scope: "col" }, "The newest"))),
      el("tbody", {}, list.map(each => el("tr", {},
        el("td", {}, el("a", { href: path("people", each.name) }, each.name)), el("td.number", {}, count.format(each.quotes)),
        el("td", {}, bar(each.quotes / most)), el("td", {}, dayNumber(each.day))))))
      : words ? el("p.hint", {}, "Nobody of that name is quoted.") : nothing(),
    pager("/people", { q: words }, offset, list.length));
}

const bar = share => svg("svg", { width: 120, height: 14, "aria-hidden": "true" }, svg("rect", { x: 0, y: 2, width: Math.max(1, 120 * share), height: 10, rx: 2 }));

const dayText = number => new Date(number * 86400000).toISOString().slice(0, 10);
const dayNumber = number => (number > -62091 ? day(dayText(number)) : "without a date");

function pager(base, parameters, offset, rows, size = 50, total = null) {
  if (offset === 0 && rows < size) return null;
  return el("nav.row", { "aria-label": "Pages" },
    offset > 0 ? el("a.button", { href: base + query({ ...parameters, offset: Math.max(0, offset - size) || "" }) }, "← Before") : null,
    el("span.meta", {}, `${count.format(offset + 1)}–${count.format(offset + rows)}`, total === null ? "" : ` of ${count.format(total)}`),
    rows === size ? el("a.button", { href: base + query({ ...parameters, offset: offset + size }) }, "Next →") : null);
}

async function person(name, isCurrent) {
  const [found, said] = await Promise.all([ask("/api/people/" + encodeURIComponent(name)), ask("/api/quotes" + query({ speaker: name }))]);
  if (!isCurrent()) return;
  leave();
  document.title = `${name} · Linecaster`;
  show(heading(name),
    el("p.meta", {}, found.roles.map(([role]) => role).join(" · ")),
    el("p", {}, el("a.button", { href: "/quotes" + query({ speaker: name }) }, plural(found.quotes, "quotation"))),
    found.days.length ? el("section", {}, el("h2", {}, "Over time"), chart(found.days)) : null,
    el("div.columns", {},
      el("aside", {},
        el("section", {}, el("h2", {}, "Named with"), found.company.length ? el("ul.names", {}, found.company.map(each => el("li", {},
          el("a", { href: path("people", each.name) }, each.name), el("span.meta", {}, " ", plural(each.articles, "article"))))) : el("p.hint", {}, "Nobody.")),
        found.sources.length ? el("section", {}, el("h2", {}, "Quoted by"), el("ul.names", {}, found.sources.map(([site, number]) => el("li", {}, site ?? "no source named", el("span.meta", {}, ` ×${count.format(number)}`))))) : null),
      el("div", {},
        el("section", {}, el("h2", {}, "Said"), said.quotes.length ? said.quotes.slice(0, 10).map(hit) : el("p.hint", {}, "Nothing is quoted of them.")),
        el("section", {}, el("h2", {}, "Named in"), el("ol.list", {}, found.articles.map(row => feedItem(row)))))));
}

/** Quotations by day, week or month, whichever gives some sixty bars at most. */
function chart(days) {
  const dated = days.filter(([number]) => number > -62091);
  if (!dated.length) return el("p.hint", {}, "None of them has a date.");
  const first = dated[0][0];
  const last = dated.at(-1)[0];
  const width = [1, 7, 30, 91, 365, 3650].find(size => (last - first) / size < 60) ?? 36500;
  const bins = new Array(Math.floor((last - first) / width) + 1).fill(0);
  for (const [number, quotes] of dated) bins[Math.floor((number - first) / width)] += quotes;
  const most = Math.max(...bins);
  const room = Math.min(620, main.clientWidth - 40);
  const step = (room - 20) / Math.max(bins.length, 12);
  const label = `${plural(bins.reduce((a, b) => a + b, 0), "quotation")} from ${dayText(first)} to ${dayText(last)}, at most ${most} in ${plural(width, "day")}`;
  return svg("svg", { viewBox: `0 0 ${room} 96`, width: room, height: 96, role: "img", "aria-label": label },
    bins.map((value, index) => svg("rect", { x: 2 + index * step, y: 76 - 70 * value / most, width: Math.max(1, step - 2), height: 70 * value / most })),
    svg("text", { x: 2, y: 92 }, dayText(first)),
    last > first ? svg("text", { x: room - 2, y: 92, "text-anchor": "end" }, dayText(last)) : "");
}

// ---- Stories --------------------------------------------------------------------------------------------------------------

async function stories(rest, parameters, isCurrent) {
  if (rest.length) {
    const list = await ask("/api/stories/" + encodeURIComponent(rest[0]));
    if (!isCurrent()) return;
    leave();
    const first = list[0]?.row;
    show(el("p", {}, el("a", { href: "/stories" }, "← Stories")), heading(first?.title || "A story"),
      el("ol.list", {}, list.map((each, index) => el("li.item", {},
        el("a", { href: path("article", each.row.article) },
          el("span.meta", {}, time(each.row.received) ?? day(each.row.published), each.row.site ? " · " + each.row.site : "", " ",
            el("span.tag", {}, index === 0 ? "first" : each.row.status), each.similarity ? ` ${Math.round(100 * each.similarity)} % alike` : ""),
          el("span.title", {}, each.row.title || each.row.begins))))));
    return;
  }
  const order = parameters.get("order") === "size" ? "size" : "newest";
  const offset = +(parameters.get("offset") ?? 0) || 0;
  const list = await ask("/api/stories" + query({ order, offset: offset || "" }));
  if (!isCurrent()) return;
  leave();
  show(heading("Stories"),
    el("p.row", {}, ["newest", "size"].map(each => el("a.button", { href: "/stories" + query({ order: each }), "aria-current": each === order ? "true" : null },
      each === "size" ? "Most copies" : "Newest"))),
    list.length ? el("ol.list", {}, list.map(story => el("li.item", {},
      el("a", { href: path("stories", story.cluster) },
        el("span.meta", {}, el("span.tag", {}, plural(story.articles, "article")), " first ",
          story.first ? [time(story.first.received) ?? day(story.first.published), story.first.site ? " · " + story.first.site : ""] : "elsewhere"),
        el("span.title", {}, story.first?.title || story.first?.begins || story.cluster)))))
      : el("p.hint", {}, "No article has a copy yet. The stage dedupe finds them."),
    pager("/stories", { order }, offset, list.length));
}

// ---- Failed ---------------------------------------------------------------------------------------------------------------

async function failed(rest, parameters, isCurrent) {
  const offset = +(parameters.get("offset") ?? 0) || 0;
  const found = await ask("/api/failed" + query({ offset: offset || "" }));
  if (!isCurrent()) return;
  leave();
  countFailed(found.count);
  const retry = async (body, button) => {
    button.disabled = true;
    try {
      const answer = await ask("/api/retry", body);
      const bad = answer.results.filter(each => each.error);
      tell(bad.length ? bad[0].error : `${plural(answer.results.length, "input")} put back into the inbox`);
      setTimeout(() => { if (isCurrent()) route(); }, 700);
    } catch (problem) { tell(problem.message); button.disabled = false; }
  };
  show(heading("Failed"),
    found.count ? el("p.row", {}, el("span", {}, plural(found.count, "input"), " failed."),
      about.actions ? el("button", { type: "button", click: event => { if (confirm(`Put ${plural(found.count, "input")} back into the inbox?`)) retry({ all: true }, event.target); } }, "Retry all")
        : el("span.hint", {}, "This desk only reads: linecaster desk --actions lets you retry.")) : el("p.hint", {}, "Nothing failed. What cannot be read, or takes too long, comes here with the reason."),
    el("ol.list", {}, found.inputs.map(({ input, begins }) => {
      const reason = input.reason ?? {};
      return el("li.hit", {},
        el("h2", {}, input.name), el("p", {}, el("span.tag.bad", {}, reason.class ?? "unknown"), " ", reason.message ?? "No reason lies beside it."),
        el("p.meta", {}, [reason.pipeline, reason.stage ? `stage ${reason.stage}` : null, input.bytes === null ? "it was taken away" : bytes(input.bytes),
          reason.attempts > 1 ? plural(reason.attempts, "attempt") : null].filter(Boolean).join(" · "), " ", time(reason.failed_at)),
        begins ? el("details", {}, el("summary", {}, "How it begins"), el("pre", {}, begins)) : null,
        about.actions ? el("button", { type: "button", "aria-label": `Retry ${input.name}`, click: event => retry({ files: [input.file] }, event.target) }, "Retry") : null);
    })),
    pager("/failed", {}, offset, found.inputs.length, 50, found.count));
}

function countFailed(number) {
  const place = $("#failed-count");
  place.hidden = !number;
  place.textContent = number ? count.format(number) : "";
}

// ---- The line -------------------------------------------------------------------------------------------------------------

async function line(rest, parameters, isCurrent) {
  leave();
  const [now, files] = await Promise.all([
    ask("/api/status").catch(problem => problem), ask("/api/pipelines").catch(problem => problem)]);
  if (!isCurrent()) return;
  const state = el("div", {}, now instanceof Error ? el("p.bad", {}, now.message) : lineState(now));
  show(heading("Line"), state,
    el("section", {}, el("h2", {}, "Pipelines"), files instanceof Error ? el("p.bad", {}, files.message) : pipelineFiles(files)),
    files.files?.length ? trial(files.files) : null);
  const timer = setInterval(async () => {
    if (document.hidden) return;
    try { const next = await ask("/api/status"); if (isCurrent()) state.replaceChildren(...lineState(next).filter(Boolean)); } catch { /* told at the top */ }
  }, 5000);
  leave = () => { clearInterval(timer); leave = () => {}; };
}

function lineState(now) {
  const card = (value, text) => el("div.card", {}, el("b", {}, value), el("span", {}, text));
  return [
    el("div.cards", {},
      card(now.healthy ? "well" : "not well", "the line"), card(count.format(now.records), "records since the start"),
      card(count.format(now.failures), "failed since the start"), card(count.format(now.workers), "workers"),
      card(seconds(now.oldest_ready_seconds), "the oldest that waits")),
    now.problems.length ? el("ul.bad", {}, now.problems.map(problem => el("li", {}, problem))) : null,
    ...now.pipelines.map(pipeline => {
      const stages = Object.entries(pipeline.latency.stages);
      const most = Math.max(1e-9, ...stages.map(([, each]) => each.p99 ?? 0));
      return el("section", {},
        el("h2", {}, pipeline.name),
        el("p.meta", {}, [`${pipeline.articles_per_second.toFixed(1)} articles/s`, `${count.format(pipeline.queued)} queued`, `${count.format(pipeline.in_flight)} under way`,
          `drop to line ${seconds(pipeline.latency.drop_to_line.p50)}, 99 % ${seconds(pipeline.latency.drop_to_line.p99)}`, `${plural(pipeline.workers.length, "worker")}, ${bytes(pipeline.worker_bytes)}`,
          `${bytes(pipeline.disk_free)} free`].join(" · "), pipeline.pause ? el("b.bad", {}, " paused: ", pipeline.pause) : pipeline.paused_by_operator ? el("b.bad", {}, " paused") : null),
        Object.keys(pipeline.failed).length ? el("p.small", {}, "failed: ", Object.entries(pipeline.failed).map(([name, number]) => `${name} ${count.format(number)}`).join(", ")) : null,
        Object.keys(pipeline.duplicates).length ? el("p.small", {}, "copies: ", Object.entries(pipeline.duplicates).map(([name, number]) => `${name} ${count.format(number)}`).join(", ")) : null,
        el("div.scroll", { tabindex: "0", role: "region", "aria-label": `Stages of ${pipeline.name}` }, el("table.figures", {},
          el("thead", {}, el("tr", {}, ["Stage", "Articles", "Median", "90 %", "99 %", ""].map((text, index) => text ? el(index && index < 5 ? "th.number" : "th", { scope: "col" }, text) : el("td")))),
          el("tbody", {}, stages.map(([name, each]) => el("tr", {}, el("th", { scope: "row" }, name), el("td.number", {}, count.format(each.count)),
            ["p50", "p90", "p99"].map(key => el("td.number", {}, seconds(each[key]))), el("td", {}, bar((each.p99 ?? 0) / most))))))),
        pipeline.plugins.length ? el("ul", {}, pipeline.plugins.map(plugin => el("li", {}, `plugin ${plugin.name} ${plugin.version ?? ""}: ${plural(plugin.processes, "process", "processes")}, ${plural(plugin.articles, "article")}, `,
          `${count.format(Math.round(plugin.microseconds_per_article ?? 0))} µs each`, plugin.problem ? el("b.bad", {}, " ", plugin.problem) : null))) : null);
    }),
  ];
}

function pipelineFiles(found) {
  if (!found.files.length) return el("p.hint", {}, "linecaster desk --pipelines PATH shows them here, with what is wrong.");
  return el("div", {}, found.files.map(({ file, text }) => {
    const wrong = found.diagnostics.filter(each => each.file === file);
    const lines = (text ?? "").split("\n");
    return el("details", { open: wrong.length > 0 },
      el("summary", {}, el("code", {}, file), " ", wrong.length ? el("b.bad", {}, plural(wrong.length, "remark")) : el("span.good", {}, "nothing is wrong")),
      wrong.filter(each => each.line === null).map(each => el("p.bad", {}, each.message)),
      el("pre.code", { tabindex: "0", role: "region", "aria-label": file }, lines.map((content, index) => [
        el("span.number", {}, String(index + 1).padStart(4) + "  "), content + "\n",
        wrong.filter(each => each.line === index + 1).map(each => {
          const before = [...content].slice(0, each.column - 1).map(c => (c === "\t" ? c : " ")).join("");
          const length = each.end_line === each.line ? Math.max(1, each.end_column - each.column) : 1;
          return el("span.caret", {}, "      " + before + "^".repeat(length) + " " + each.message + "\n");
        }),
      ])));
  }));
}

function trial(files) {
  const text = el("textarea", { id: "trial", placeholder: "Paste an article, or a page’s HTML" });
  const pipeline = el("select", {}, files.map(({ file }, index) => el("option", { value: index }, file)));
  const result = el("div", { "aria-live": "polite" });
  const button = el("button", { type: "submit" }, "Try it");
  return el("section", {}, el("h2", {}, "Try a text"),
    el("p.hint", {}, "It runs through the stages here. Nothing is written, and no other article is known to it."),
    el("form", {
      submit: async event => {
        event.preventDefault();
        button.disabled = true;
        try { result.replaceChildren(...tried(await ask("/api/simulate", { text: text.value, pipeline: +pipeline.value }))); }
        catch (problem) { result.replaceChildren(el("pre.bad", {}, problem.message)); }
        button.disabled = false;
      },
    }, el("label", {}, "Text", text), el("div.row", {}, files.length > 1 ? el("label", {}, "Pipeline", pipeline) : null, button)),
    result);
}

function tried(found) {
  const record = found.record;
  const names = (record?.entities ?? []).filter(each => shown.includes(each.type)).map(each => ({
    entity: each.id, type: each.type, name: each.name, roles: each.roles,
    mentions: [...each.mentions.map(m => [m.start, m.end, "name"]), ...(each.references ?? []).map(m => [m.start, m.end, "reference"])],
  }));
  const said = (record?.quotes ?? []).map(each => ({
    quote: each.id, kind: each.kind, speaker: each.speaker?.name ?? each.speaker?.text, start: each.start, end: each.end, spans: each.spans?.map(s => [s.start, s.end]),
  }));
  return [
    el("p", {}, "Outcome: ", el("b", {}, found.outcome)),
    record?.text ? el("div", {}, el("h3", {}, record.title ?? ""), marked(record.text, names, said, record.pipeline?.offsets ?? "codepoints")) : "",
    ...found.stages.map(stage => el("details", {}, el("summary", {}, `${stage.stage}: `, stage.ran ? seconds(stage.microseconds / 1e6) : "did not run",
      stage.errors?.length ? el("b.bad", {}, " ", stage.errors.map(each => each.message).join("; ")) : ""), el("pre", {}, JSON.stringify(stage.added, null, 1)))),
    record ? el("details", {}, el("summary", {}, "The record"), el("pre", {}, JSON.stringify(record, null, 1))) : "",
  ];
}

// ---- Keys -----------------------------------------------------------------------------------------------------------------

addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]")) return;
  if (event.target.matches("input, textarea, select")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "/") {
    const field = $("#search");
    if (field) { event.preventDefault(); field.focus(); field.select(); }
  } else if (event.key === "j" || event.key === "k") {
    const links = [...main.querySelectorAll(".item > a, .hit a[href*='#quote']")];
    if (!links.length) return;
    const here = links.findIndex(link => link === document.activeElement || link.hasAttribute("aria-current"));
    const next = links[Math.max(0, Math.min(links.length - 1, here + (event.key === "j" ? 1 : -1)))];
    next.focus();
    if (next.dataset.article && matchMedia("(min-width: 60.01rem)").matches) go(next.href, true);
  }
});

begin();

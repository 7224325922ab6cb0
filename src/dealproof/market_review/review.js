"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const data = read("data"), charts = read("charts");
  const root = document.documentElement, panel = document.getElementById("panel");
  const heading = document.getElementById("panel-title"), body = document.getElementById("panel-body");
  const byDeal = new Map(data.deals.map((deal, at) => [deal[0], at]));
  const NARROW = 560, ASKED = 5;
  let language = "zh", opened = null;

  const say = (zh, en) => (language === "zh" ? zh : en);
  const pick = (row, at) => row[at + (language === "zh" ? 0 : 1)];
  const make = (tag, text, attributes = {}) => {
    const node = document.createElement(tag);
    if (text !== undefined && text !== null) node.textContent = text;
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };

  function drawAll() {
    for (const place of document.querySelectorAll(".chart")) draw(place);
  }

  // The page forbids text to become code and styles from elsewhere: expressions are interpreted, looks are in our own sheet.
  const EMBED = { renderer: "svg", actions: false, ast: true, defaultStyle: false, tooltip: { disableDefaultStyle: true } };

  function draw(place) {
    const width = Math.floor(place.clientWidth);
    const room = width < NARROW ? "narrow" : "wide";
    const wanted = `${language} ${width}`;
    if (!width || place.dataset.drawn === wanted) return;
    place.dataset.drawn = wanted;
    const own = charts.figures[place.dataset.figure][language][room];
    const spec = { ...own, width, layer: own.layer.map((layer) => ({ ...layer, data: { values: charts.data[layer.data].map(withTip) } })) };
    vegaEmbed(place, spec, EMBED).then(({ view }) => {
      view.addEventListener("click", (_, item) => {
        const ref = item && item.datum && item.datum.ref;
        if (ref) go({ n: ref });
      });
      place.dataset.done = room;
    });
  }

  function withTip(row) {
    const result = data.results[row.ref];
    if (!result) return row;
    const metric = data.metrics[result[0]];
    const lines = [`${pick(metric, 0)} ${result[1]}`, pick(result, 2), pick(result, 4), pick(result, 6), pick(result, 8)];
    return { ...row, tip: lines.filter(Boolean).join("\n") };
  }

  function speak(to) {
    language = to;
    root.dataset.lang = to;
    root.lang = to === "zh" ? "zh-CN" : "en";
    for (const button of document.querySelectorAll("[data-lang-to]")) button.setAttribute("aria-pressed", String(button.dataset.langTo === to));
    drawAll();
  }

  // The address names what is open (#n=…&deal=…&lang=…), so that a number can be sent to somebody.
  function go(wanted) {
    const parts = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...wanted, lang: language })) if (value) parts.set(name, value);
    location.hash = parts.toString();
  }

  function follow() {
    const parts = new URLSearchParams(location.hash.slice(1));
    if (parts.get("lang") && parts.get("lang") !== language) speak(parts.get("lang") === "en" ? "en" : "zh");
    const id = parts.get("n"), deal = parts.get("deal");
    if (id && data.results[id]) show(() => tellNumber(id, deal));
    else if (deal && byDeal.has(deal)) show(() => tellDeal(byDeal.get(deal)));
    else if (panel.open) panel.close();
  }

  function show(tell) {
    opened = tell;
    body.replaceChildren();
    tell();
    if (!panel.open) panel.showModal();
    panel.scrollTop = 0;
    heading.focus();
    const open = body.querySelector("details.deal[open]");
    if (open) open.scrollIntoView({ block: "center" });
  }

  function fact(list, name, value) {
    if (value === "" || value === undefined || value === null) return;
    list.append(make("dt", name), make("dd", value));
  }

  function tellNumber(id, wanted) {
    const result = data.results[id], metric = data.metrics[result[0]];
    const [, year] = result, deals = result[13];
    heading.textContent = `${pick(metric, 0)} ${year}`;
    const list = make("dl");
    fact(list, say("分组", "Group"), pick(result, 2));
    fact(list, say("口径", "Definition"), pick(metric, 2));
    fact(list, say("占比", "Share"), pick(result, 6) && say(`${pick(result, 6)}（分母：${pick(metric, 6)}）`, `${pick(result, 6)} (of ${pick(metric, 6)})`));
    fact(list, say("同比", "Change"), pick(result, 8));
    fact(list, "n", String(result[10]));
    fact(list, say("来源", "Origin"), result[11] || say("交易文件", "documents of the deals"));
    body.append(make("p", pick(result, 4), { class: "value" }), list);
    for (const note of result[14]) body.append(make("p", pick(note, 0), { class: "soft" }));
    if (result[12].length > ASKED) body.append(make("p", say(`未决问题共 ${result[12].length} 个，逐单见下。`, `${result[12].length} open questions; see each deal below.`), { class: "ask" }));
    else for (const at of result[12]) body.append(make("p", `${say("未决问题：", "Open question: ")}${data.questions[at]}`, { class: "ask" }));
    body.append(make("h3", say(`背后的产品（${deals.length} 单）`, `Deals behind it (${deals.length})`)));
    if (!deals.length) body.append(make("p", say("该数值不来自交易文件。", "This number does not come from documents of deals."), { class: "soft" }));
    const size = (told) => Number.parseFloat(told) || 0;
    for (const [at, told, own] of [...deals].sort((one, other) => size(other[1]) - size(one[1]))) body.append(dealRow(at, told, own, data.deals[at][0] === wanted));
  }

  function dealRow(at, told, own, open) {
    const deal = data.deals[at], row = make("details", null, { class: "deal", "data-deal-row": deal[0] });
    const summary = make("summary");
    const name = make("span");
    name.append(make("b", deal[1]), make("span", ` ${pick(deal, 2)}`, { class: "soft" }));
    summary.append(name, make("span", told));
    row.append(summary);
    const fill = () => { if (row.open && row.children.length === 1) row.append(...proofs(deal, own)); };
    row.addEventListener("toggle", fill);
    if (open) { row.open = true; fill(); }
    return row;
  }

  function proofs(deal, own) {
    const chosen = own.length ? own.map((at) => deal[5][at]) : deal[5];
    const rest = own.length ? deal[5].filter((_, at) => !own.includes(at)) : [];
    const parts = [proofTable(chosen)];
    if (rest.length) {
      const more = make("details");
      more.append(make("summary", say(`该产品的其他数值（${rest.length}）`, `Other values of the deal (${rest.length})`)), proofTable(rest));
      parts.push(more);
    }
    return parts;
  }

  function proofTable(rows) {
    if (!rows.length) return make("p", say("没有出处。", "No proof."), { class: "soft" });
    const table = make("table"), head = make("tr"), holder = make("div", null, { class: "scroll" });
    for (const name of [say("字段", "Field"), say("数值", "Value"), say("原文", "As printed"), say("文件与页码", "Document and page")]) head.append(make("th", name, { scope: "col" }));
    table.append(head);
    for (const [label, value, text, file, page, question] of rows) {
      const line = make("tr"), where = make("td"), [name, address] = data.files[file];
      const place = page ? `${name} ${say(`第 ${page} 页`, `page ${page}`)}` : name;
      where.append(address ? make("a", place, { href: page ? `${address}#page=${page}` : address, target: "_blank", rel: "noopener" }) : place);
      line.append(make("td", pick(data.labels[label], 0)), make("td", value), make("td", text, { class: "printed" }), where);
      table.append(line);
      if (question >= 0) {
        const asked = make("tr"), cell = make("td", null, { colspan: "4" });
        cell.append(make("p", `${say("未决问题：", "Open question: ")}${data.questions[question]}`, { class: "ask" }));
        asked.append(cell);
        table.append(asked);
      }
    }
    holder.append(table);
    return holder;
  }

  function tellDeal(at) {
    const deal = data.deals[at];
    heading.textContent = deal[1];
    body.append(make("p", `${deal[0]} · ${pick(deal, 2)}`, { class: "soft" }), ...proofs(deal, []));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-n], [data-deal], [data-lang-to], #close");
    if (!button) { if (event.target === panel) panel.close(); return; }
    if (button.dataset.langTo) { speak(button.dataset.langTo); if (panel.open && opened) show(opened); }
    else if (button.dataset.n) go({ n: button.dataset.n });
    else if (button.dataset.deal) go({ deal: button.dataset.deal });
    else panel.close();
  });
  panel.addEventListener("close", () => history.replaceState(null, "", location.pathname + location.search));
  let waiting = 0;
  addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(drawAll, 200); });
  addEventListener("hashchange", follow);
  if (innerWidth <= 900) document.getElementById("contents").open = false;
  drawAll();
  follow();
})();

"use strict";
// Banding dua edisi: peta geser dan kedip, matriks, saringan, tabel. Semua data ada di #data.
(function () {
  // Tanpa skrip halaman menampilkan peta dan tabel yang diam; dengan skrip bagian-bagian ini.
  for (const part of document.querySelectorAll("[data-script]")) part.hidden = false;
  const D = JSON.parse(document.getElementById("data").textContent);
  const W = D.words;
  const SVG = "http://www.w3.org/2000/svg";
  const $ = (id) => document.getElementById(id);
  const state = { m: D.start, cells: new Set(), one: -1, mode: "swipe", at: 50, shown: D.rows, sort: null, down: false };
  const number = (v, digits) => v === null || v === undefined ? "–"
    : format(digits).format(v).replace("-", "−");
  const formats = new Map();
  function format(digits) {
    if (!formats.has(digits)) {
      formats.set(digits, new Intl.NumberFormat(D.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }));
    }
    return formats.get(digits);
  }
  // Isian {n} menjadi angkanya, {n:village|villages} menjadi kata yang cocok dengan angka itu.
  const filled = (words, facts) => words.replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g,
    (_, name, one, many) => one === undefined ? facts[name] : facts[name] === "1" ? one : many);
  const sign = (d) => d > 0 ? "+" + d : d < 0 ? "−" + (-d) : "0";
  const el = (tag, text, cls) => {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (cls) made.className = cls;
    return made;
  };

  // ---- Satu baris per desa untuk ukuran yang dipilih --------------------------------------------
  const rowsOf = new Map();
  function rows() {
    if (rowsOf.has(state.m)) return rowsOf.get(state.m);
    const c = D.cells[state.m], known = new Map(c.changes.map((x) => [x[0], x]));
    const made = D.villages.map((v, i) => {
      const a = +c.a[i], b = +c.b[i], x = known.get(i);
      return {
        i, a, b, name: v[2], kec: v[3], kind: v[4], pair: v[0] !== null && v[1] !== null,
        va: c.va ? c.va[i] : null, vb: c.vb ? c.vb[i] : null,
        tier: x ? x[1] : -1, why: x ? x[2] : [], maybe: x ? x[3] : [], none: x ? x[4] : 0, caused: x ? x[5] : [],
        d: v[0] !== null && v[1] !== null && a && b ? b - a : null,
      };
    });
    rowsOf.set(state.m, made);
    return made;
  }
  const group = (r) => {
    if (!r.pair) return D.groups.length - 1;
    if (r.d === null) return D.groups.length - 2;
    const most = Math.max(...D.groups.map((g) => g.last)), d = Math.max(-most, Math.min(most, r.d));
    return D.groups.findIndex((g) => g.first !== null && g.first <= d && d <= g.last);
  };
  const measure = () => D.measures[state.m];
  // Satu bilangan per sel matriks; kelas 0 = tanpa kelas.
  const cellOf = (a, b) => a * measure().classes.length + b;

  // ---- Peta -------------------------------------------------------------------------------------
  const parts = { a: [], b: [], signs: [], numbers_a: [], names: [] };
  let frame = null, ready = false;
  function draw() {
    if (!D.map) return;
    const map = $("map");
    map.setAttribute("viewBox", `0 0 ${D.map.w} ${D.map.h}`);
    const layer = (id) => { const g = document.createElementNS(SVG, "g"); g.id = id; map.append(g); return g; };
    const add = (to, d, cls, title) => {
      const p = document.createElementNS(SVG, "path");
      p.setAttribute("d", d); p.setAttribute("class", cls);
      if (title) { const t = document.createElementNS(SVG, "title"); t.textContent = title; p.append(t); }
      to.append(p); return p;
    };
    const title = (i) => `${D.villages[i][2]} (${D.kecamatan[D.villages[i][3]]})`;
    const gb = layer("layer-b");
    D.map.b.forEach((d, i) => {
      if (!d) return;
      const p = add(gb, d, "v", title(i));
      p.dataset.i = i; parts.b[i] = p;
    });
    gb.append(...D.map.lines_b.map((d, n) => { const p = add(gb, d, n ? "o" : "k"); return p; }));
    const clip = document.createElementNS(SVG, "clipPath");
    clip.id = "left";
    const rect = document.createElementNS(SVG, "rect");
    rect.setAttribute("y", -D.map.h); rect.setAttribute("height", 3 * D.map.h); clip.append(rect); map.prepend(clip);
    const ga = layer("layer-a");
    const back = document.createElementNS(SVG, "rect");
    back.setAttribute("x", -D.map.w); back.setAttribute("y", -D.map.h); back.setAttribute("width", 3 * D.map.w); back.setAttribute("height", 3 * D.map.h); back.setAttribute("fill", "var(--ground)");
    ga.append(back); ga.setAttribute("clip-path", "url(#left)");
    D.map.a.forEach(([d, i, name]) => {
      const p = add(ga, d, "v", name);
      p.dataset.i = i; parts.a.push(p);
    });
    D.map.lines_a.forEach((d, n) => add(ga, d, n ? "o" : "k"));
    const words = (to, s) => {
      const t = document.createElementNS(SVG, "text");
      t.setAttribute("x", s[0]); t.setAttribute("y", s[1]);
      const size = Math.max(9, Math.min(24, s[2] * 1.1));
      t.setAttribute("font-size", size); t.setAttribute("stroke-width", size / 4);
      to.append(t); return t;
    };
    D.map.spots.forEach((s, i) => { if (s && s[2] > 6) parts.signs[i] = words(gb, s); });
    D.map.spots_a.forEach((s, n) => { if (s[2] > 6) { parts.numbers_a[n] = words(ga, s); parts.numbers_a[n].setAttribute("class", "c"); } });
    const called = layer("names"); called.setAttribute("class", "names"); called.setAttribute("aria-hidden", "true");
    D.map.spots.forEach((s, i) => {
      if (!s) return;
      const t = document.createElementNS(SVG, "text");
      t.setAttribute("x", s[0]); t.textContent = D.villages[i][2]; t.style.display = "none";
      called.append(t); parts.names[i] = t;
    });
    const line = document.createElementNS(SVG, "line");
    line.id = "edge"; line.setAttribute("y1", -D.map.h); line.setAttribute("y2", 2 * D.map.h); map.append(line);
    map.addEventListener("click", (e) => {
      const i = e.target.dataset ? e.target.dataset.i : undefined;
      if (i === undefined || +i < 0 || (frame.zoomed() && frame.dragged())) return;
      state.one = state.one === +i ? -1 : +i;
      state.cells.clear(); render();
    });
    frame = petaGeser(map, { after: () => { place(); names(); save(); }, still: () => state.down && state.mode === "swipe" });
    const follow = (e) => {
      if (state.mode !== "swipe" || !state.down) return;
      const box = $("stage").getBoundingClientRect();
      setSwipe(100 * (e.clientX - box.left) / box.width);
    };
    // Peta yang diperbesar digeser; geseran kedua peta lalu dipegang di garisnya.
    $("stage").addEventListener("pointerdown", (e) => {
      if (e.target.closest("button")) return;
      const box = $("stage").getBoundingClientRect();
      state.down = !frame.zoomed() || Math.abs(e.clientX - box.left - box.width * state.at / 100) < 24;
      follow(e);
    });
    $("stage").addEventListener("pointermove", follow);
    window.addEventListener("pointerup", () => { state.down = false; });
  }
  function paint() {
    if (!D.map) return;
    const all = rows(), colours = measure().classes;
    const change = state.mode === "change", wanted = chosen();
    const look = (p, i) => {
      p.classList.toggle("dim", wanted !== null && !wanted.has(i));
      p.classList.toggle("on", i === state.one);
    };
    parts.b.forEach((p, i) => {
      if (!p) return;
      p.setAttribute("fill", change ? D.groups[group(all[i])].colour : colours[all[i].b].colour);
      look(p, i);
    });
    const ca = D.map.classes_a ? D.map.classes_a[state.m] : null;
    parts.a.forEach((p, n) => {
      const i = +p.dataset.i;
      const own = ca ? +ca[n] : i < 0 ? 0 : all[i].a;
      p.setAttribute("fill", colours[own].colour);
      if (parts.numbers_a[n]) parts.numbers_a[n].textContent = own || "";
      look(p, i);
    });
    parts.signs.forEach((t, i) => {
      if (!t) return;
      const r = all[i], g = D.groups[group(r)];
      t.textContent = !change ? r.b || "" : r.d === null ? g.sign : r.d ? sign(r.d) : "";
      t.setAttribute("class", change ? "" : "c");
      t.setAttribute("fill", r.d === null ? D.ink.other : r.d > 0 ? D.ink.up : D.ink.down);
    });
    $("layer-a").style.display = change ? "none" : "";
    $("edge").style.display = state.mode === "swipe" ? "" : "none";
    $("swipe-box").hidden = state.mode !== "swipe";
    $("blink-box").hidden = state.mode !== "blink";
    $("tag-a").hidden = change || (state.mode === "blink" && !blink.a);
    $("tag-b").hidden = state.mode === "blink" && blink.a;
    $("tag-b").textContent = change ? W.change : D.sides[1];
    key(change);
    place();
  }
  function place() {
    const swipe = state.mode === "swipe", v = frame.view(), unit = frame.scale();
    // Kotak peta lebih lebar daripada gambarnya: geseran mengikuti layar, bukan gambar.
    const wide = $("map").getBoundingClientRect().width * unit || D.map.w;
    const x = v.x + v.w / 2 + wide * (state.at / 100 - 0.5);
    const far = wide + 2 * D.map.w;
    const rect = document.querySelector("#left rect");
    rect.setAttribute("x", -far);
    rect.setAttribute("width", Math.max(0, swipe ? x + far : state.mode === "blink" && blink.a ? 3 * far : 0));
    for (const end of ["x1", "x2"]) $("edge").setAttribute(end, x);
  }
  // Nama berdiri di bawah tandanya bila muat di desanya.
  function names() {
    const unit = frame.scale();
    $("map").style.setProperty("--unit", unit.toFixed(4));
    D.map.spots.forEach((s, i) => {
      if (!s) return;
      const sign = s[2] > 6 ? Math.max(9, Math.min(24, s[2] * 1.1)) : 0;
      parts.names[i].setAttribute("y", s[1] + (sign ? sign / 2 + 7 * unit : 0));
      parts.names[i].style.display = D.villages[i][2].length * 5.6 * unit < 2.2 * s[2] && 12 * unit + sign / 2 < s[2] ? "" : "none";
    });
  }
  function setSwipe(at) {
    state.at = Math.max(0, Math.min(100, at));
    $("swipe").value = state.at; place();
  }
  function key(change) {
    const list = $("key"), r = rows();
    list.replaceChildren();
    const add = (colour, words, n) => {
      const li = el("li"), i = el("i"); i.style.background = colour;
      li.append(i, document.createTextNode(`${words}: ${n}`)); list.append(li);
    };
    const b = r.filter((x) => D.villages[x.i][1] !== null);
    if (change) D.groups.forEach((g, n) => add(g.colour, `${g.sign} ${g.name}`, b.filter((x) => group(x) === n).length));
    else measure().classes.forEach((c, n) => {
      const na = r.filter((x) => x.pair && x.a === n).length, nb = b.filter((x) => x.b === n).length;
      add(c.colour, n ? `${n} ${c.name}` : c.name, `${na} → ${nb}`);
    });
  }
  const blink = { a: true, timer: 0 };
  function setBlink(on) {
    clearInterval(blink.timer); blink.timer = 0;
    if (on) blink.timer = setInterval(() => { blink.a = !blink.a; paint(); }, 900);
    $("blink").setAttribute("aria-pressed", String(on));
    $("blink").textContent = on ? W.stop : W.start;
  }

  // ---- Pilihan dan saringan ---------------------------------------------------------------------
  function chosen() {
    if (state.one >= 0) return new Set([state.one]);
    const kec = $("f-kec").value, tier = $("f-tier").value, why = $("f-why").value, way = $("f-way").value;
    const text = $("f-text").value.trim().toLocaleLowerCase(D.locale);
    if (!state.cells.size && kec === "" && tier === "" && why === "" && way === "" && !text) return null;
    return new Set(rows().filter((r) => keep(r, kec, tier, why, text) && goes(r, way)).map((r) => r.i));
  }
  const goes = (r, way) => way === "" || (r.d !== null && Math.sign(r.d) === +way);
  function keep(r, kec, tier, why, text) {
    if (state.cells.size && !(r.pair && state.cells.has(cellOf(r.a, r.b)))) return false;
    if (kec !== "" && r.kec !== +kec) return false;
    if (tier === "any" ? r.tier < 0 : tier !== "" && r.tier !== +tier) return false;
    if (why !== "" && !r.why.some((w) => w[0] === +why) && !r.maybe.includes(+why) && !r.caused.some((w) => w[0] === +why)) return false;
    return !text || r.name.toLocaleLowerCase(D.locale).includes(text)
      || D.villages[r.i].slice(0, 2).some((c) => c !== null && c.includes(text));
  }
  function matrix() {
    const table = $("matrix"), m = D.cells[state.m].matrix;
    const most = Math.max(1, ...m.flatMap((row, a) => row.filter((_, b) => a !== b)));
    table.replaceChildren();
    const caption = el("caption", `${W.row}: ${D.sides[0]}; ${W.column}: ${D.sides[1]}`, "axis");
    const head = el("thead"), first = el("tr"), order = [...measure().classes.keys()].slice(1).concat(0);
    const headCell = (n, scope) => {
      const th = el("th"); th.scope = scope;
      const i = el("i", undefined, "chip"); i.style.background = measure().classes[n].colour;
      th.append(i, document.createTextNode(n ? n : "–")); th.title = measure().classes[n].name;
      return th;
    };
    first.append(el("td"), ...order.map((n) => headCell(n, "col"))); head.append(first);
    const body = el("tbody");
    for (const a of order) {
      const tr = el("tr"); tr.append(headCell(a, "row"));
      for (const b of order) {
        const n = m[a][b], td = el("td", undefined, !n ? "nought" : a === b ? "same" : "");
        const button = el("button", n ? number(n, 0) : "·"), on = state.cells.has(cellOf(a, b));
        button.type = "button"; button.disabled = !n;
        button.dataset.cell = `${a}-${b}`;
        button.setAttribute("aria-pressed", String(on));
        button.setAttribute("aria-label", filled(W.cell,
          { a: measure().classes[a].name, b: measure().classes[b].name, n: number(n, 0) }));
        if (n && a !== b && !on) {
          // Kehilangan atau mendapat kelas bukan naik dan bukan turun.
          const fill = !a || !b ? D.ink.no_class : b > a ? D.ink.up_fill : D.ink.down_fill;
          button.style.background = `color-mix(in srgb, ${fill} ${Math.round(20 + 50 * n / most)}%, var(--card))`;
        }
        button.addEventListener("click", () => {
          const cell = cellOf(a, b);
          if (!state.cells.delete(cell)) state.cells.add(cell);
          state.one = -1; $("f-tier").value = ""; render();
          document.querySelector(`[data-cell="${a}-${b}"]`).focus();
        });
        td.append(button); tr.append(td);
      }
      body.append(tr);
    }
    table.append(caption, head, body);
  }
  function reasons() {
    const box = $("reasons"), count = new Map();
    box.replaceChildren();
    const wanted = chosen();
    for (const r of rows()) if (r.why.length && (wanted === null || wanted.has(r.i))) {
      for (const [part, share] of r.why) count.set(part, (count.get(part) || 0) + Math.abs(share));
    }
    const most = Math.max(1e-9, ...count.values());
    for (const [part, sum] of [...count].sort((x, y) => y[1] - x[1])) {
      const bar = el("span", undefined, "b"); bar.style.width = `${100 * sum / most}%`;
      box.append(el("span", D.parts[part]), bar, el("span", number(sum, 1), "n"));
    }
    $("no-reasons").hidden = count.size > 0;
    // Tanpa pilihan dihitung dari matriks: ia lengkap, juga bila tidak semua desa didaftar.
    let up = 0, down = 0;
    if (wanted === null) {
      D.cells[state.m].matrix.forEach((row, a) => row.forEach((n, b) => { if (a && b > a) up += n; else if (b && b < a) down += n; }));
    } else for (const r of rows()) if (r.d && wanted.has(r.i)) { if (r.d > 0) up += 1; else down += 1; }
    $("moved").textContent = filled(W.moved, { up: number(up, 0), down: number(down, 0) });
  }

  // ---- Tabel ------------------------------------------------------------------------------------
  const COLUMNS = [
    ["village", (r) => r.name, 0], ["kecamatan", (r) => D.kecamatan[r.kec], 0],
    ["class_a", (r) => r.a, 1], ["class_b", (r) => r.b, 1], ["delta", (r) => r.d === null ? -99 : r.d, 1],
    ["value_a", (r) => r.va === null ? -Infinity : r.va, 1], ["value_b", (r) => r.vb === null ? -Infinity : r.vb, 1],
    ["tier", (r) => r.tier < 0 ? 99 : r.tier, 0], ["why", (r) => r.why.length ? r.why[0][0] : r.caused.length ? r.caused[0][0] : 99, 0],
  ];
  function listed() {
    const wanted = chosen();
    const found = rows().filter((r) => wanted === null ? r.tier >= 0 || !r.pair : wanted.has(r.i));
    const by = state.sort;
    if (!by) return found.sort((x, y) => (x.tier < 0 ? 99 : x.tier) - (y.tier < 0 ? 99 : y.tier)
      || Math.abs(y.d || 0) - Math.abs(x.d || 0) || x.i - y.i);
    const take = COLUMNS[by.n][1];
    const cmp = (x, y) => { const p = take(x), q = take(y); return typeof p === "string" ? p.localeCompare(q, D.locale) : p - q; };
    return found.sort((x, y) => by.up * cmp(x, y) || x.i - y.i);
  }
  function chip(n) {
    const span = el("span"), i = el("i", undefined, "chip");
    i.style.background = measure().classes[n].colour; span.title = measure().classes[n].name;
    span.append(i, document.createTextNode(n || "–")); return span;
  }
  function table() {
    const head = $("head"), body = $("rows"), found = listed(), digits = measure().digits;
    head.replaceChildren(...COLUMNS.map(([name, , n], at) => {
      const th = el("th", undefined, n ? "n" : ""), button = el("button", W.col[name]);
      th.scope = "col"; button.type = "button";
      if (state.sort && state.sort.n === at) th.setAttribute("aria-sort", state.sort.up > 0 ? "ascending" : "descending");
      button.addEventListener("click", () => {
        state.sort = { n: at, up: state.sort && state.sort.n === at ? -state.sort.up : 1 }; table();
      });
      th.append(button); return th;
    }));
    body.replaceChildren(...found.slice(0, state.shown).map((r) => {
      const tr = el("tr", undefined, r.i === state.one ? "on" : ""), name = el("td"), button = el("button", undefined, "name");
      const bdi = el("bdi", r.name); button.type = "button"; button.append(bdi);
      button.setAttribute("aria-pressed", String(r.i === state.one));
      button.addEventListener("click", () => {
        state.one = state.one === r.i ? -1 : r.i; state.cells.clear(); render();
      });
      name.append(button);
      if (r.kind) name.append(el("small", ` ${D.kinds[r.kind]}`));
      const cell = (child, n) => { const td = el("td", undefined, n ? "n" : ""); td.append(child); return td; };
      const d = el("b", r.d === null ? "–" : sign(r.d), r.d > 0 ? "up" : r.d < 0 ? "down" : "");
      const why = reasonWords(r);
      tr.append(name, cell(el("bdi", D.kecamatan[r.kec])), cell(chip(r.a), 1), cell(chip(r.b), 1), cell(d, 1),
        cell(number(r.va, digits), 1), cell(number(r.vb, digits), 1),
        cell(r.tier < 0 ? (r.pair ? W.unchanged : W.unpaired) : D.tiers[r.tier]), cell(why));
      return tr;
    }));
    $("count").textContent = filled(W.count, { n: number(found.length, 0), all: number(D.total, 0) });
    $("more").hidden = found.length <= state.shown;
  }
  // ---- Angka di kepala: desa di peta yang dipilih -------------------------------------------------
  function numbers() {
    $("numbers-of").textContent = D.titles[state.m];
    D.counts.forEach((key, n) => {
      document.querySelector(`[data-count="${key}"]`).textContent = number(D.cells[state.m].counts[n], 0);
    });
    // Di kertas tidak ada saringan: yang dipilih disebut.
    const set = ["f-kec", "f-tier", "f-way", "f-why"].filter((id) => $(id).value !== "").map((id) => $(id).selectedOptions[0].textContent);
    if ($("f-text").value.trim()) set.push(`“${$("f-text").value.trim()}”`);
    const wanted = chosen();
    if (wanted !== null) set.push(filled(W.picked, { n: number(wanted.size, 0) }));
    $("chosen").textContent = filled(W.shown, { ukuran: measure().title, saringan: set.join("; ") || W.chosen });
  }
  // ---- Nilai desa yang dipilih, di samping peta ---------------------------------------------------
  function village() {
    const box = $("village"), i = state.one;
    box.parentElement.hidden = i < 0;
    if (i < 0) return;
    const head = el("h3"), table = el("table"), top = el("tr"), body = el("tbody"), thead = el("thead"), place = D.kecamatan[D.villages[i][3]];
    head.append(el("bdi", D.villages[i][2]), ", ", el("bdi", place));
    for (const [words, n] of [[W.measure, 0], [W.col.class_a, 1], [W.col.class_b, 1], [W.col.value_a, 1], [W.col.value_b, 1]]) {
      const th = el("th", words, n ? "n" : ""); th.scope = "col"; top.append(th);
    }
    thead.append(top);
    const kept = state.m;
    D.measures.forEach((one, m) => {
      state.m = m;
      const r = rows()[i], tr = el("tr", undefined, m === kept ? "on" : ""), th = el("th", one.title);
      th.scope = "row"; tr.append(th);
      for (const n of [r.a, r.b]) { const td = el("td", undefined, "n"); td.append(chip(n)); tr.append(td); }
      tr.append(el("td", number(r.va, one.digits), "n"), el("td", number(r.vb, one.digits), "n"));
      body.append(tr);
    });
    state.m = kept;
    const r = rows()[i], why = reasonWords(r);
    table.append(thead, body);
    box.replaceChildren(head, table, ...(why ? [el("p", `${W.col.why}: ${why}`)] : []));
  }
  const reasonWords = (r) => r.why.map(([p, s]) => `${D.parts[p]} ${s > 0 ? "+" : "−"}${number(Math.abs(s), 2)}`).join("; ")
    || r.caused.map(([p, what]) => `${D.parts[p]} (${what})`).join("; ")
    || (r.maybe.length ? `${W.maybe}: ${r.maybe.map((p) => D.parts[p]).join(", ")}` : ["", W.not_found, W.cut][r.none]);
  // ---- Alamat: pilihan dapat dikirim ----------------------------------------------------------------
  const fields = { kecamatan: "f-kec", perubahan: "f-tier", arah: "f-way", sebab: "f-why" };
  function save() {
    if (!ready) return;
    const v = frame && frame.zoomed() ? frame.view() : null, said = {
      peta: state.m + 1, desa: state.one < 0 ? "" : D.villages[state.one][1] || D.villages[state.one][0],
      sel: [...state.cells].sort((x, y) => x - y).join("."), cari: $("f-text").value.trim(),
      cara: state.mode === "swipe" ? "" : state.mode, jendela: v ? [v.x, v.y, v.w].map(Math.round).join(".") : "",
    };
    for (const [name, id] of Object.entries(fields)) said[name] = $(id).value;
    alamat.write(said);
  }
  function restore() {
    const facts = alamat.read(), m = Number(facts.get("peta")) - 1, wanted = facts.get("desa");
    if (Number.isInteger(m) && D.measures[m]) state.m = m;
    state.one = wanted ? D.villages.findIndex((v) => v[1] === wanted || v[0] === wanted) : -1;
    const known = measure().classes.length ** 2;
    state.cells = new Set((facts.get("sel") || "").split(".").filter(Boolean).map(Number).filter((n) => Number.isInteger(n) && n >= 0 && n < known));
    $("measure").value = state.m; $("f-text").value = facts.get("cari") || "";
    for (const [name, id] of Object.entries(fields)) { $(id).value = facts.get(name) || ""; if ($(id).selectedIndex < 0) $(id).value = ""; }
    const mode = document.querySelector(`[data-mode="${["blink", "change"].includes(facts.get("cara")) ? facts.get("cara") : "swipe"}"]`);
    if (mode) setMode(mode);
    const w = (facts.get("jendela") || "").split(".").map(Number);
    if (frame && w.length === 3 && w.every(Number.isFinite) && w[2] > 0) frame.show({ x: w[0], y: w[1], w: w[2], h: 0 });
  }
  function setMode(button) {
    state.mode = button.dataset.mode;
    for (const other of document.querySelectorAll("[data-mode]")) other.setAttribute("aria-pressed", String(other === button));
    setBlink(false); blink.a = true;
  }
  // ---- Cetakan: kedua peta utuh, peta perubahan, semua baris dan bagian ----------------------------
  const before = { shown: 0, open: [], ready: false };
  function figure(mode, title) {
    const kept = [state.mode, blink.a];
    state.mode = mode === "change" ? "change" : "blink"; blink.a = mode === "a"; paint();
    const made = el("figure"), svg = $("map").cloneNode(true);
    svg.removeAttribute("id");
    svg.querySelector("#edge").remove();
    svg.setAttribute("viewBox", `0 0 ${D.map.w} ${D.map.h}`);
    svg.querySelector("clipPath").remove();
    svg.querySelector(mode === "a" ? "#layer-b" : "#layer-a").remove();
    for (const layer of svg.querySelectorAll("g")) { layer.removeAttribute("id"); layer.removeAttribute("clip-path"); layer.style.display = ""; }
    const list = $("key").cloneNode(true);
    list.removeAttribute("id");
    made.append(el("figcaption", title), svg, list);
    [state.mode, blink.a] = kept;
    return made;
  }
  function printed() {
    if (before.ready) return;
    before.ready = true; before.shown = state.shown;
    state.shown = Infinity; table();
    before.open = [...document.querySelectorAll("details:not([open])")];
    for (const one of before.open) one.open = true;
    if (!D.map) return;
    $("prints").replaceChildren(figure("a", D.sides[0]), figure("b", D.sides[1]), figure("change", W.change));
    paint();
  }
  function screen() {
    if (!before.ready) return;
    before.ready = false; state.shown = before.shown; table();
    for (const one of before.open) one.open = false;
    $("prints").replaceChildren();
  }
  function render() {
    const wanted = chosen();
    $("clear").hidden = wanted === null;
    $("picked").textContent = wanted === null ? "" : filled(W.picked, { n: number(wanted.size, 0) });
    numbers(); paint(); matrix(); reasons(); village(); table(); save();
  }

  // ---- Mulai ------------------------------------------------------------------------------------
  const options = (id, list) => $(id).append(...list.map(([value, words]) => {
    const o = el("option", words); o.value = value; return o;
  }));
  options("measure", D.measures.map((m, n) => [n, m.title]));
  $("measure").value = state.m;
  options("f-kec", [["", W.all_kecamatan], ...D.kecamatan.map((k, n) => [n, k])]);
  options("f-tier", [["", W.all_tiers], ["any", W.any_change], ...D.tiers.map((t, n) => [n, t])]);
  options("f-way", [["", W.all_ways], ["1", W.risen], ["-1", W.fallen]]);
  options("f-why", [["", W.all_reasons], ...D.parts.map((p, n) => [n, p])]);
  $("measure").addEventListener("change", (e) => { state.m = +e.target.value; state.cells.clear(); state.shown = D.rows; render(); });
  for (const id of Object.values(fields)) $(id).addEventListener("change", () => { state.one = -1; state.shown = D.rows; render(); });
  $("f-text").addEventListener("input", () => { state.one = -1; render(); });
  $("clear").addEventListener("click", () => {
    state.cells.clear(); state.one = -1;
    for (const id of [...Object.values(fields), "f-text"]) $(id).value = "";
    render();
  });
  $("more").addEventListener("click", () => { state.shown += D.rows; table(); });
  if (D.map) {
    draw();
    for (const button of document.querySelectorAll("[data-mode]")) button.addEventListener("click", () => { setMode(button); paint(); save(); });
    $("swipe").addEventListener("input", (e) => setSwipe(+e.target.value));
    $("blink").addEventListener("click", () => setBlink(!blink.timer));
    $("turn").addEventListener("click", () => { setBlink(false); blink.a = !blink.a; paint(); });
    window.addEventListener("resize", place);
  }
  window.addEventListener("beforeprint", printed);
  window.addEventListener("afterprint", screen);
  restore(); render();
  alamat.onOther(() => { restore(); render(); });
  if (frame) frame.show(frame.view());
  ready = true;
  document.documentElement.dataset.ready = "ya";
})();

"use strict";
// Atlas satu halaman: peta, legenda, desa, tabel. Semua data ada di #data; semua angka dari tabel gabungan.
(function () {
  const D = JSON.parse(document.getElementById("data").textContent);
  const SVG = "http://www.w3.org/2000/svg";
  const $ = (id) => document.getElementById(id);
  const last = D.digits.length - 1, n = D.villages.length;
  const state = { lang: D.language, m: last, one: -1, parent: "", rows: new Set(), text: "", sort: null, focus: 0 };
  let W = D.texts[state.lang];
  const el = (tag, text, cls) => {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (cls) made.className = cls;
    return made;
  };
  const formats = new Map();
  function number(v, digits) {
    if (v === null || v === undefined) return "–";
    const key = `${state.lang}${digits}`;
    if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(W.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }));
    return formats.get(key).format(v).replace("-", "−");
  }
  const filled = (words, facts) => words.replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g,
    (_, name, one, many) => one === undefined ? facts[name] : facts[name] === "1" ? one : many);
  const plain = (text) => text.toLocaleLowerCase(W.locale);
  const parentOf = (i) => D.parents[D.villages[i][3]];
  const legendRow = (m, i) => D.legend[m][D.classes[m][i]];
  const wordsOf = (m, i) => W.measures[m].legend[D.classes[m][i]];

  // ---- Peta -------------------------------------------------------------------------------------
  const map = $("map"), paths = [...document.querySelectorAll("#villages path")], discs = [...document.querySelectorAll("#discs circle")], names = [];
  const ring = document.createElementNS(SVG, "circle");
  ring.id = "ring"; ring.setAttribute("r", 0); map.append(ring);
  D.spots.forEach(([x, y], i) => {
    const t = document.createElementNS(SVG, "text");
    t.setAttribute("x", x); t.setAttribute("y", y); t.textContent = D.villages[i][2];
    t.style.display = "none"; names[i] = t; $("names").append(t);
  });
  const frame = petaGeser(map, { after: labels });
  // Nama kecamatan dulu; nama desa berdiri bila muat di desanya dan tidak menimpa yang sudah ada.
  // Bila sudah diperbesar, nama kecamatan mundur dari nama desa.
  const parents = [...document.querySelectorAll("#parents text")].map((node) => [node, +node.getAttribute("x"), +node.getAttribute("y")]);
  function labels(view, unit) {
    map.style.setProperty("--unit", unit.toFixed(4));
    const taken = [];
    const box = (text, x, y, size) => [x - text.length * size * 0.29 * unit, y - size * 0.6 * unit, x + text.length * size * 0.29 * unit, y + size * 0.6 * unit];
    const free = (b) => taken.every((t) => b[2] < t[0] || b[0] > t[2] || b[3] < t[1] || b[1] > t[3]);
    const put = (node, b, fits) => { const show = fits && free(b); if (node.shown !== show) { node.shown = show; node.style.display = show ? "" : "none"; } if (show) taken.push(b); };
    const within = (x, y) => x > view.x && x < view.x + view.w && y > view.y - view.h && y < view.y + 2 * view.h;
    const villages = () => D.spots.forEach(([x, y, r], i) => {
      const text = D.villages[i][2];
      put(names[i], box(text, x, y, 11), within(x, y) && text.length * 5.6 * unit < 2.2 * r && 12 * unit < 2 * r);
    });
    // Nama di tepi digeser ke dalam jendela, supaya tidak terpotong.
    const all = () => parents.forEach(([node, x, y]) => {
      const half = node.textContent.length * 13 * 0.29 * unit, at = Math.min(view.x + view.w - half, Math.max(view.x + half, x));
      node.setAttribute("x", at.toFixed(1));
      put(node, box(node.textContent, at, y, 13), within(x, y));
    });
    discs.forEach((disc, i) => disc.setAttribute("r", D.spots[i][2] < 3.5 * unit ? (6 * unit).toFixed(1) : 0));
    if (frame.zoomed()) { villages(); all(); } else { all(); villages(); }
    save();
  }
  const marks = [];
  let shownMap = "";
  function paint() {
    const wanted = chosen(), rows = D.legend[state.m];
    // Hanya yang berubah yang ditulis: pada ribuan desa tiap tulisan terasa.
    const turned = shownMap !== `${state.m}${state.lang}`;
    shownMap = `${state.m}${state.lang}`;
    paths.forEach((p, i) => {
      const now = (wanted.has(i) ? 0 : 1) + (i === state.one ? 2 : 0) + (i === state.focus ? 4 : 0);
      if (now !== marks[i]) {
        marks[i] = now;
        discs[i].classList.toggle("dim", !wanted.has(i));
        p.classList.toggle("dim", !wanted.has(i));
        p.classList.toggle("on", i === state.one);
        p.setAttribute("aria-selected", String(i === state.one));
        p.tabIndex = i === state.focus ? 0 : -1;
      }
      if (!turned) return;
      p.setAttribute("fill", rows[D.classes[state.m][i]][1]);
      discs[i].setAttribute("fill", rows[D.classes[state.m][i]][1]);
      const said = `${D.villages[i][2]}, ${parentOf(i)}: ${wordsOf(state.m, i)[0]}`;
      p.setAttribute("aria-label", said);
      p.firstElementChild.textContent = said;
    });
    // Desa yang kecil di layar ditandai lingkaran, supaya yang dipilih selalu tampak.
    const spot = state.one >= 0 ? D.spots[state.one] : null, unit = frame.scale();
    ring.setAttribute("r", spot && spot[2] < 14 * unit ? 18 * unit : 0);
    if (spot) { ring.setAttribute("cx", spot[0]); ring.setAttribute("cy", spot[1]); }
  }
  for (const id of ["villages", "discs"]) $(id).addEventListener("click", (e) => {
    const path = e.target.closest("[data-i]");
    if (!path || frame.dragged()) return;
    state.focus = +path.dataset.i;
    pick(state.one === +path.dataset.i ? -1 : +path.dataset.i);
  });
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  $("villages").addEventListener("keydown", (e) => {
    const step = steps[e.key];
    if (step && !e.shiftKey) go(step);
    else if (e.key === "Enter" || e.key === " ") pick(state.one === state.focus ? -1 : state.focus);
    else if (e.key === "Escape") pick(-1);
    else return;
    e.preventDefault(); e.stopPropagation();
  });
  // Desa berikut ke arah panah: yang terdekat di dalam sudut 45 derajat.
  function go([dx, dy]) {
    const [x, y] = D.spots[state.focus];
    let best = -1, least = Infinity;
    D.spots.forEach(([u, v], i) => {
      const along = (u - x) * dx + (v - y) * dy, aside = Math.abs((u - x) * dy) + Math.abs((v - y) * dx);
      if (along <= 0 || aside > along || along + 2 * aside >= least) return;
      best = i; least = along + 2 * aside;
    });
    if (best < 0) return;
    state.focus = best; paint(); reveal(best); paths[best].focus({ preventScroll: true });
  }
  function reveal(i) {
    const [x, y] = D.spots[i], v = frame.view();
    if (frame.zoomed() && (x < v.x || x > v.x + v.w || y < v.y || y > v.y + v.h)) frame.show({ ...v, x: x - v.w / 2, y: y - v.h / 2 });
  }

  // ---- Pilihan ----------------------------------------------------------------------------------
  function chosen() {
    const text = plain(state.text.trim()), out = new Set();
    for (let i = 0; i < n; i += 1) {
      const v = D.villages[i];
      if (state.parent !== "" && v[3] !== +state.parent) continue;
      if (state.rows.size && !state.rows.has(D.classes[state.m][i])) continue;
      if (text && !plain(v[2]).includes(text) && !v[0].includes(text) && !String(v[1]).includes(text)) continue;
      out.add(i);
    }
    return out;
  }
  const filtered = () => state.parent !== "" || state.rows.size > 0 || state.text.trim() !== "";
  function pick(i) {
    state.one = i;
    if (i >= 0) { state.focus = i; reveal(i); }
    render();
  }

  // ---- Legenda ----------------------------------------------------------------------------------
  function legend() {
    const measure = W.measures[state.m];
    $("h-map").textContent = measure.name;
    $("unit").textContent = measure.unit; $("alt").textContent = measure.alt;
    $("legend").replaceChildren(...measure.legend.map(([words, range], row) => {
      const [, colour, count] = D.legend[state.m][row];
      const li = el("li"), button = el("button", undefined, count ? "" : "none"), chip = el("i", undefined, "chip");
      chip.style.background = colour;
      button.type = "button"; button.dataset.row = row;
      button.setAttribute("aria-pressed", String(state.rows.has(row)));
      const said = el("span"); said.append(words, el("small", range));
      button.append(chip, said, el("span", filled(W.jumlah, { n: number(count, 0) }), "count"));
      button.addEventListener("click", () => {
        if (!state.rows.delete(row)) state.rows.add(row);
        render(); document.querySelector(`#legend [data-row="${row}"]`).focus();
      });
      li.append(button); return li;
    }));
    $("sources").replaceChildren(...measure.notes.map((words) => el("li", words)));
  }

  // ---- Desa yang dipilih ------------------------------------------------------------------------
  function value(m, i) {
    const v = D.values[m][i], names = W.measures[m].categories;
    return D.categories[m] && v !== null && names[v] ? names[v] : number(v, D.digits[m]);
  }
  function village() {
    const box = $("village"), i = state.one;
    if (i < 0) { box.replaceChildren(el("p", W.belum_dipilih, "muted")); return; }
    const v = D.villages[i], head = el("h3"), table = el("table"), top = el("tr"), body = el("tbody"), list = el("dl");
    head.append(el("bdi", v[2]), `, ${W.kecamatan} `, el("bdi", parentOf(i)));
    for (const key of ["ukuran", "nilai", "kelas"]) { const th = el("th", W[key], key === "nilai" ? "n" : ""); th.scope = "col"; top.append(th); }
    const thead = el("thead"); thead.append(top);
    W.measures.forEach((measure, m) => {
      const tr = el("tr", undefined, m === state.m ? "now" : ""), th = el("th", measure.short), chip = el("i", undefined, "chip"), cls = el("td");
      th.scope = "row"; chip.style.background = legendRow(m, i)[1];
      cls.append(chip, wordsOf(m, i)[0]);
      if (D.basis[m][i]) cls.append(el("small", ` (${W.dasar_kelas[D.basis[m][i]]})`));
      tr.append(th, el("td", value(m, i), "n"), cls);
      body.append(tr);
    });
    table.append(thead, body);
    const fact = (name, words) => list.append(el("dt", name), el("dd", words));
    const cls = D.classes[last][i], isWeak = D.vulnerable.includes(D.legend[last][cls][0]);
    fact(W.penyebab, D.causes[i].length ? D.causes[i].map((m) => W.measures[m].short).join("; ") : isWeak ? "–" : W.tanpa_penyebab);
    fact(W.peringkat, D.ranks[i] ? filled(W.peringkat_dari, { n: number(D.ranks[i], 0), m: number(D.ranks.filter(Boolean).length, 0) }) : "–");
    if (D.sure[i] !== null) fact(W.keyakinan, number(D.sure[i], 2));
    if (D.people) fact(W.penduduk, D.people[i] === null ? "–" : D.people[i] < 0 ? W.penduduk_sedikit : filled(W.jiwa, { n: number(D.people[i], 0) }));
    if (D.earlier.length) fact(W.terdahulu, D.earlier.map(([name, classes]) => `${name}: ${classes[i] ? classes[i] : W.tanpa_kelas}${change(classes[i], D.legend[last][cls][0])}`).join("; "));
    const close = el("button", W.tutup); close.type = "button";
    close.addEventListener("click", () => { pick(-1); $("h-table").focus({ preventScroll: true }); });
    box.replaceChildren(head, el("p", filled(W.kode, { kode: v[0], bps: v[1] }), "muted"), el("p", W.sentences[i]), table, list, close);
  }
  function change(before, now) {
    if (!before || !now) return "";
    const d = now - before;
    return ` (${d === 0 ? W.tetap : filled(d > 0 ? W.naik : W.turun, { n: String(Math.abs(d)) })})`;
  }

  // ---- Tabel ------------------------------------------------------------------------------------
  const body = document.querySelector("#table tbody"), rows = [...body.rows], heads = [...document.querySelectorAll("#table thead th")];
  const key = (at, i) => at === 0 ? D.villages[i][2] : at === 1 ? parentOf(i)
    : at === heads.length - 1 ? D.ranks[i] || null : D.values[at - 2][i];
  function start() {
    rows.forEach((tr, i) => {
      const th = tr.cells[0], button = el("button", undefined, "name");
      button.type = "button"; button.append(...th.childNodes); th.append(button);
      button.addEventListener("click", () => pick(state.one === i ? -1 : i));
    });
    heads.forEach((th, at) => {
      const button = el("button", th.textContent); button.type = "button";
      th.replaceChildren(button);
      button.addEventListener("click", () => {
        state.sort = { at, up: state.sort && state.sort.at === at ? !state.sort.up : true };
        sort(); table();
      });
    });
  }
  function sort() {
    const order = [...rows.keys()];
    if (state.sort) {
      const { at, up } = state.sort;
      const cmp = (a, b) => typeof a === "string" ? a.localeCompare(b, W.locale) : a - b;
      // Yang tidak bernilai selalu di akhir: tidak ada bukan yang terkecil dan bukan yang terbesar.
      order.sort((i, j) => {
        const a = key(at, i), b = key(at, j);
        if (a === null || b === null) return (a === null) - (b === null) || i - j;
        return (up ? 1 : -1) * cmp(a, b) || i - j;
      });
    }
    body.append(...order.map((i) => rows[i]));
  }
  const listed = [];
  function table() {
    const wanted = chosen();
    rows.forEach((tr, i) => {
      const now = (wanted.has(i) ? 0 : 1) + (i === state.one ? 2 : 0);
      if (now === listed[i]) return;
      listed[i] = now;
      tr.hidden = !wanted.has(i);
      tr.className = i === state.one ? "on" : "";
      tr.cells[0].firstElementChild.setAttribute("aria-pressed", String(i === state.one));
    });
    heads.forEach((th, at) => {
      th.classList.toggle("now", at === state.m + 2);
      if (state.sort && state.sort.at === at) th.setAttribute("aria-sort", state.sort.up ? "ascending" : "descending");
      else th.removeAttribute("aria-sort");
    });
    const words = filled(W.terpilih, { n: number(wanted.size, 0), m: number(n, 0) });
    $("status").textContent = filtered() ? words : "";
    $("clear").hidden = !filtered();
  }
  function numbers() {
    rows.forEach((tr, i) => D.digits.forEach((digits, m) => {
      const star = D.basis[m][i] === 0 || D.basis[m][i] === 4 ? "" : "*";
      tr.cells[m + 2].firstChild.nodeValue = `${number(D.values[m][i], digits)}${star} `;
    }));
  }

  // ---- Bahasa, alamat, unduhan ------------------------------------------------------------------
  function language(to) {
    state.lang = to; W = D.texts[to];
    document.documentElement.lang = to; document.title = W.judul; $("title").textContent = W.judul;
    for (const node of document.querySelectorAll("[data-w]")) node.textContent = W[node.dataset.w];
    for (const node of document.querySelectorAll("[data-a]")) { node.setAttribute("aria-label", W[node.dataset.a]); node.title = W[node.dataset.a]; }
    $("language").lang = to === "id" ? "en" : "id";
    $("villages").setAttribute("aria-label", W.desa_pada_peta);
    heads.forEach((th, at) => { th.firstElementChild.textContent = at === 0 ? W.nama : at === 1 ? W.kecamatan : at === heads.length - 1 ? W.peringkat : W.measures[at - 2].short; });
    $("measure").replaceChildren(...W.measures.map((m, at) => { const o = el("option", m.name); o.value = at; return o; }));
    $("parent").replaceChildren(...[["", W.semua_kecamatan], ...D.parents.map((k, at) => [at, k])].map(([v, words]) => { const o = el("option", words); o.value = v; return o; }));
    $("measure").value = state.m; $("parent").value = state.parent;
    $("issued").textContent = W.tanggal;
    for (const [id, words] of [["draft", W.draf], ["schematic", W.skematis], ["sharing", W.boleh]]) if ($(id)) $(id).textContent = words;
    numbers();
  }
  let ready = false;
  function save() {
    if (!ready) return;
    const v = frame.view();
    alamat.write({
      peta: state.m + 1, desa: state.one < 0 ? "" : D.villages[state.one][0],
      kecamatan: state.parent === "" ? "" : D.parents[state.parent],
      kelas: [...state.rows].map((row) => D.legend[state.m][row][0]).sort().join("."),
      cari: state.text.trim(), bahasa: state.lang === D.language ? "" : state.lang,
      jendela: frame.zoomed() ? [v.x, v.y, v.w].map(Math.round).join(".") : "",
    });
  }
  // Alamat dari luar: hanya nilai yang dikenal yang dipakai.
  function restore() {
    const facts = alamat.read(), m = Number(facts.get("peta")) - 1;
    if (Number.isInteger(m) && m >= 0 && m <= last) state.m = m;
    state.one = D.villages.findIndex((v) => v[0] === facts.get("desa"));
    const parent = D.parents.indexOf(facts.get("kecamatan"));
    state.parent = parent < 0 ? "" : String(parent);
    const wanted = (facts.get("kelas") || "").split(".");
    state.rows = new Set(D.legend[state.m].flatMap(([priority], row) => wanted.includes(String(priority)) ? [row] : []));
    state.text = facts.get("cari") || "";
    if (state.one >= 0) state.focus = state.one;
    const window = (facts.get("jendela") || "").split(".").map(Number);
    language(D.texts[facts.get("bahasa")] ? facts.get("bahasa") : D.language);
    $("search").value = state.text;
    if (window.length === 3 && window.every(Number.isFinite) && window[2] > 0) frame.show({ x: window[0], y: window[1], w: window[2], h: 0 });
  }
  function download() {
    const link = el("a"), url = URL.createObjectURL(new Blob([D.csv], { type: "text/csv;charset=utf-8" }));
    link.href = url; link.download = D.file; document.body.append(link); link.click(); link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }
  function render() { paint(); legend(); village(); table(); save(); }

  // ---- Mulai ------------------------------------------------------------------------------------
  start(); restore();
  $("measure").addEventListener("change", (e) => { state.m = +e.target.value; state.rows.clear(); render(); });
  $("parent").addEventListener("change", (e) => {
    state.parent = e.target.value; render();
    if (state.parent === "") { frame.home(); return; }
    const boxes = paths.filter((_, i) => D.villages[i][3] === +state.parent).map((p) => p.getBBox());
    const x = Math.min(...boxes.map((b) => b.x)), y = Math.min(...boxes.map((b) => b.y));
    frame.fit({ x, y, width: Math.max(...boxes.map((b) => b.x + b.width)) - x, height: Math.max(...boxes.map((b) => b.y + b.height)) - y }, 0.85);
  });
  $("search").addEventListener("input", (e) => {
    state.text = e.target.value;
    const found = [...chosen()], exact = found.filter((i) => plain(D.villages[i][2]) === plain(state.text.trim()) || D.villages[i][0] === state.text.trim());
    if (exact.length === 1) pick(exact[0]); else render();
  });
  $("search").addEventListener("keydown", (e) => { const found = [...chosen()]; if (e.key === "Enter" && found.length && state.text.trim()) pick(found[0]); });
  $("clear").addEventListener("click", () => {
    state.parent = ""; state.rows.clear(); state.text = ""; $("parent").value = ""; $("search").value = "";
    frame.home(); render(); $("measure").focus();
  });
  $("language").addEventListener("click", () => { language(state.lang === "id" ? "en" : "id"); render(); });
  $("download").addEventListener("click", download);
  alamat.onOther(() => { restore(); render(); });
  // Di kertas peta lebih kecil daripada di layar: nama ditata untuk ukuran cetaknya (105 mm tinggi).
  window.addEventListener("beforeprint", () => { const v = frame.view(); labels(v, Math.max(v.w / 610, v.h / 397)); });
  window.addEventListener("afterprint", () => frame.show(frame.view()));
  document.documentElement.dataset.ready = "ya";
  frame.show(frame.view()); render(); ready = true; save();
})();

"use strict";
// Saringan temuan dan petanya. Semua temuan sudah ada di tabel; skrip hanya menyembunyikan dan menunjuk.
(function () {
  const D = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const rows = [...document.querySelectorAll("#found tbody tr")], map = $("map");
  const fields = { tingkat: "level", kecamatan: "parent", aturan: "rule" };
  let one = "", ready = false;
  const frame = map ? petaGeser(map, { after: (_, unit) => { for (const disc of map.querySelectorAll("circle")) disc.setAttribute("r", 6 * unit); save(); } }) : null;
  const value = (id) => $(id) ? $(id).value : "";
  function keep(tr) {
    const text = value("search").trim().toLowerCase();
    return (one === "" || tr.dataset.i === one) && Object.values(fields).every((id) => value(id) === "" || tr.dataset[id] === value(id))
      && (!text || tr.textContent.toLowerCase().includes(text));
  }
  function render() {
    const shown = rows.filter((tr) => { tr.hidden = !keep(tr); return !tr.hidden; });
    const villages = new Set(shown.map((tr) => tr.dataset.i));
    if (map) for (const node of map.querySelectorAll("[data-i]")) {
      node.classList.toggle("dim", !villages.has(node.dataset.i) && node.matches(".galat, .peringatan, .info"));
      node.classList.toggle("on", node.tagName === "path" && node.dataset.i === one);
    }
    for (const tr of rows) {
      const button = tr.querySelector("button.name");
      if (button) button.setAttribute("aria-pressed", String(one !== "" && tr.dataset.i === one));
    }
    const all = one === "" && !value("search").trim() && Object.values(fields).every((id) => value(id) === "");
    $("clear").hidden = all;
    $("status").textContent = all ? "" : D.count.replace("{n}", shown.length).replace("{m}", D.most);
    save();
  }
  function pick(i) {
    one = one === i ? "" : i;
    if (frame && one !== "") {
      const box = map.querySelector(`path[data-i="${one}"]`).getBBox();
      frame.fit(box, 0.35);
    }
    render();
  }
  function save() {
    if (!ready) return;
    const said = { cari: value("search").trim(), nomor: one };
    for (const [name, id] of Object.entries(fields)) said[name] = value(id);
    alamat.write(said);
  }
  function restore() {
    const facts = alamat.read();
    for (const [name, id] of Object.entries(fields)) if ($(id)) { $(id).value = facts.get(name) || ""; if ($(id).selectedIndex < 0) $(id).value = ""; }
    $("search").value = facts.get("cari") || "";
    const wanted = facts.get("nomor") || "";
    one = rows.some((tr) => tr.dataset.i === wanted) ? wanted : "";
  }
  for (const tr of rows) {
    const name = tr.querySelector("span.name");
    if (!name || tr.dataset.i === undefined) continue;
    const button = document.createElement("button");
    button.type = "button"; button.className = "name"; button.append(...name.childNodes);
    button.addEventListener("click", () => pick(tr.dataset.i));
    name.replaceWith(button);
  }
  if (map) map.addEventListener("click", (e) => {
    const node = e.target.closest(".galat, .peringatan, .info");
    if (node && !(frame.zoomed() && frame.dragged())) pick(node.dataset.i);
  });
  for (const id of Object.values(fields)) if ($(id)) $(id).addEventListener("change", render);
  $("search").addEventListener("input", render);
  $("clear").addEventListener("click", () => {
    one = ""; $("search").value = "";
    for (const id of Object.values(fields)) if ($(id)) $(id).value = "";
    if (frame) frame.home();
    render(); $("search").focus();
  });
  // Di kertas semua bagian terbuka.
  const closed = () => [...document.querySelectorAll("details:not([open])")];
  let opened = [];
  window.addEventListener("beforeprint", () => { opened = closed(); for (const part of opened) part.open = true; });
  window.addEventListener("afterprint", () => { for (const part of opened) part.open = false; });
  alamat.onOther(() => { restore(); render(); });
  restore(); render();
  if (frame) frame.show(frame.view());
  ready = true;
  document.documentElement.dataset.ready = "ya";
})();

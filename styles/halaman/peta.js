"use strict";
// Peta yang dapat digeser dan diperbesar: dipakai semua halaman. Tanpa pustaka.
// Tetikus: seret, Ctrl+roda, klik ganda. Sentuh: dua jari; satu jari bila sudah diperbesar.
// Papan tik pada kotak peta: + - 0, Shift+panah menggeser.
function petaGeser(svg, options) {
  const [x0, y0, w0, h0] = svg.getAttribute("viewBox").split(" ").map(Number);
  const most = options.most || 60, after = options.after || (() => {});
  let view = { x: x0, y: y0, w: w0, h: h0 };
  const fingers = new Map();
  let moved = 0, waiting = false;
  const keep = (v) => {
    const w = Math.min(w0, Math.max(w0 / most, v.w)), h = w * h0 / w0;
    // Peta tidak dapat digeser seluruhnya keluar dari kotaknya.
    return { w, h, x: Math.min(x0 + w0 - w / 2, Math.max(x0 - w / 2, v.x)), y: Math.min(y0 + h0 - h / 2, Math.max(y0 - h / 2, v.y)) };
  };
  const zoomed = () => view.w < w0 * 0.999;
  function draw() {
    waiting = false;
    svg.setAttribute("viewBox", [view.x, view.y, view.w, view.h].map((n) => +n.toFixed(2)).join(" "));
    svg.style.touchAction = zoomed() ? "none" : "pan-y";
    after(view, scale());
  }
  function show(next) {
    view = zoomed() || next.w < w0 ? keep(next) : { x: x0, y: y0, w: w0, h: h0 };
    if (view.w >= w0 * 0.999) view = { x: x0, y: y0, w: w0, h: h0 };
    if (!waiting) { waiting = true; requestAnimationFrame(draw); }
  }
  // Satuan gambar per piksel layar.
  function scale() {
    const box = svg.getBoundingClientRect();
    return Math.max(view.w / (box.width || 1), view.h / (box.height || 1));
  }
  function at(x, y) {
    const box = svg.getBoundingClientRect(), s = scale();
    return { x: view.x + view.w / 2 + (x - box.left - box.width / 2) * s, y: view.y + view.h / 2 + (y - box.top - box.height / 2) * s };
  }
  function zoom(factor, middle) {
    const c = middle || { x: view.x + view.w / 2, y: view.y + view.h / 2 };
    const w = Math.min(w0, Math.max(w0 / most, view.w / factor)), f = w / view.w;
    show({ w, h: view.h * f, x: c.x - (c.x - view.x) * f, y: c.y - (c.y - view.y) * f });
  }
  function fit(box, share) {
    const w = Math.max(box.width / share, box.height / share * w0 / h0, w0 / most);
    show({ w, h: w * h0 / w0, x: box.x + box.width / 2 - w / 2, y: box.y + box.height / 2 - w * h0 / w0 / 2 });
  }
  const home = () => show({ x: x0, y: y0, w: w0, h: h0 });
  const pan = (dx, dy) => show({ ...view, x: view.x + dx, y: view.y + dy });
  svg.addEventListener("wheel", (e) => {
    if (!e.ctrlKey && !e.metaKey) return;
    e.preventDefault(); zoom(Math.exp(-e.deltaY / 300), at(e.clientX, e.clientY));
  }, { passive: false });
  svg.addEventListener("dblclick", (e) => { e.preventDefault(); zoom(2, at(e.clientX, e.clientY)); });
  svg.addEventListener("pointerdown", (e) => { if (e.button === 0) { fingers.set(e.pointerId, { x: e.clientX, y: e.clientY }); moved = 0; } });
  window.addEventListener("pointermove", (e) => {
    const last = fingers.get(e.pointerId);
    if (!last || (options.still && options.still())) return;
    const s = scale(), dx = e.clientX - last.x, dy = e.clientY - last.y;
    if (fingers.size === 1) {
      moved += Math.abs(dx) + Math.abs(dy);
      if (zoomed()) pan(-dx * s, -dy * s);
    } else {
      const other = [...fingers].find(([id]) => id !== e.pointerId)[1];
      const d0 = Math.hypot(last.x - other.x, last.y - other.y), d1 = Math.hypot(e.clientX - other.x, e.clientY - other.y);
      if (d0 && d1) zoom(d1 / d0, at((e.clientX + other.x) / 2, (e.clientY + other.y) / 2));
      moved += 99;
    }
    fingers.set(e.pointerId, { x: e.clientX, y: e.clientY });
  });
  for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, (e) => fingers.delete(e.pointerId));
  svg.addEventListener("keydown", (e) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
    if (e.key === "+" || e.key === "=") zoom(1.5);
    else if (e.key === "-") zoom(1 / 1.5);
    else if (e.key === "0") home();
    else if (step && e.shiftKey) pan(step[0] * view.w / 6, step[1] * view.h / 6);
    else return;
    e.preventDefault();
  });
  window.addEventListener("resize", () => show(view));
  for (const [id, act] of [["zoom-in", () => zoom(1.5)], ["zoom-out", () => zoom(1 / 1.5)], ["zoom-home", home]]) {
    const button = document.getElementById(id);
    if (button) button.addEventListener("click", act);
  }
  return { show, zoom, home, fit, pan, scale, view: () => view, zoomed, dragged: () => moved > 6 };
}
// Teks alamat (#peta=7&desa=5304...) sebagai nilai, dan sebaliknya; halaman dapat dikirim apa adanya.
const alamat = (function () {
  let own = null, later = 0;
  const read = () => new Map(new URLSearchParams(location.hash.slice(1)));
  function write(facts) {
    const known = Object.entries(facts).filter(([, v]) => v !== "" && v !== null && v !== undefined);
    const text = new URLSearchParams(known).toString();
    clearTimeout(later);
    later = setTimeout(() => { if (location.hash.slice(1) !== text) { own = text; location.replace(`#${text}`); } }, 200);
  }
  // Alamat yang diganti pembaca, bukan oleh halaman ini sendiri.
  const onOther = (act) => window.addEventListener("hashchange", () => { if (location.hash.slice(1) !== own) act(); });
  return { read, write, onOther };
})();

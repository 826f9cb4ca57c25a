"use strict";
// Charts: drawn when they come near the screen, and again when the colours or the size of the page change.

const charts = [];

/**
 * A figure with a chart.
 *
 * options: build() gives ECharts' options; says() the words below it, which are also what a screen reader hears; classes of
 * the chart's box; canvas for many points, else SVG, which prints sharply.
 */
function chart(options) {
  const box = element("div", { class: "chart " + (options.classes || ""), role: "img" });
  const caption = element("figcaption", {});
  const entry = { box, caption, options, instance: null };
  entry.node = element("figure", { id: options.id || null }, box, caption);
  entry.draw = () => draw(entry);
  caption.textContent = options.says();
  box.setAttribute("aria-label", short(caption.textContent, 900));
  charts.push(entry);
  return entry;
}

function draw(entry) {
  if (entry.instance === null) {
    entry.instance = echarts.init(entry.box, null, { renderer: entry.options.canvas ? "canvas" : "svg" });
  }
  entry.instance.setOption(entry.options.build(), { notMerge: true });
  entry.caption.textContent = entry.options.says();
  entry.box.setAttribute("aria-label", short(entry.caption.textContent, 900));
}

/** Draws each chart once it is about to be seen. */
function drawWhenSeen() {
  const observer = new IntersectionObserver((seen) => {
    for (const change of seen.filter((one) => one.isIntersecting)) {
      observer.unobserve(change.target);
      const entry = charts.find((one) => one.box === change.target);
      if (entry.instance === null) {
        entry.draw();
      }
    }
  }, { rootMargin: "400px" });
  charts.forEach((entry) => observer.observe(entry.box));

  const resizer = new ResizeObserver((changes) => {
    for (const change of changes) {
      const entry = charts.find((one) => one.box === change.target);
      if (entry.instance !== null && change.contentRect.width > 0) {
        entry.instance.resize();
      }
    }
  });
  charts.forEach((entry) => resizer.observe(entry.box));
}

function drawAll() {
  recolorSymbols();
  for (const entry of charts) {
    entry.draw();
    entry.instance.resize();
  }
}

/** Every chart in light colours. A printer does not wait for the next frame, when a canvas would be painted, so it gets a picture. */
function toPaper() {
  document.documentElement.classList.add("paper");
  drawAll();
  for (const entry of charts.filter((one) => one.options.canvas)) {
    const picture = element("img", { class: "print", alt: "", src: entry.instance.getDataURL({ pixelRatio: 3, backgroundColor: "#ffffff" }) });
    entry.node.insertBefore(picture, entry.caption);
  }
}

function fromPaper() {
  document.documentElement.classList.remove("paper");
  document.querySelectorAll("img.print").forEach((picture) => picture.remove());
  redrawDrawn();
}

/** Again in the present colours; what was not drawn yet is not drawn now. */
function redrawDrawn() {
  recolorSymbols();
  charts.filter((entry) => entry.instance !== null).forEach((entry) => entry.draw());
}

/** What all charts have in common. */
function baseOptions(description) {
  return Object.assign({
    animation: false,
    backgroundColor: "transparent",
    textStyle: { color: color("text"), fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 13 },
    grid: { left: 64, right: 24, top: 24, bottom: 52 },
    tooltip: {
      // As text and not as HTML: names come from data.
      renderMode: "richText",
      confine: true,
      backgroundColor: color("raised"),
      borderColor: color("line"),
      textStyle: { color: color("text"), fontSize: 13 },
    },
  }, description);
}

/** An axis in the colours of the page; extra overrides. */
function axis(name, extra) {
  return Object.assign({
    type: "value",
    name: short(name, 48),
    nameLocation: "middle",
    nameGap: 32,
    nameTextStyle: { color: color("text"), fontSize: 13 },
    axisLine: { onZero: false, lineStyle: { color: color("quiet") } },
    axisTick: { show: false },
    axisLabel: { color: color("quiet"), fontSize: 12, hideOverlap: true },
    splitLine: { lineStyle: { color: color("line"), opacity: 0.6 } },
  }, extra);
}

/** A tick of an axis of numbers. */
function tickLabel(value) {
  if (value === 0) {
    return "0";
  }
  const size = Math.abs(value);
  const rounded = Number(value.toPrecision(10));
  return minus(size >= 1e9 || size < 1e-4 ? rounded.toExponential().replace("e+", "e") : String(rounded));
}

/** Bars between edges, as a custom series: [from, to, height]. */
function bars(rectangles, fill, name) {
  return {
    type: "custom",
    name,
    data: rectangles,
    dimensions: ["from", "to", "height"],
    encode: { x: [0, 1], y: 2 },
    clip: true,
    renderItem(parameters, api) {
      const [left, top] = api.coord([api.value(0), api.value(2)]);
      const [right, bottom] = api.coord([api.value(1), 0]);
      return {
        type: "rect",
        shape: { x: left, y: top, width: Math.max(1, right - left - 1), height: Math.max(0, bottom - top) },
        style: { fill },
      };
    },
  };
}

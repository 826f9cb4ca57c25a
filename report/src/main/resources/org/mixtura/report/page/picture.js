"use strict";
// The large picture with its controls: what is drawn is in scatter.js and curves.js.

const HISTOGRAM = "histogram";

/** Layers: mixtures to draw, [{mixture, name, dashed}]; rows and labels are those of the first, if there are any. */
function picture(data, layers, title, leadText) {
  const axes = data.picture.axes;
  const mixtures = layers.map((layer) => layer.mixture);
  const rows = data.picture.rows === undefined ? null : decodeRows(data.picture.rows, axes.length);
  const labels = rows ? new Int16Array(bytes(data.picture.labels)) : null;
  const odd = rows ? decodeRows(data.picture.oddest, axes.length) : null;
  const state = {
    x: data.picture.x,
    y: axes.length === 1 ? HISTOGRAM : data.picture.y,
    focus: "all",
    rows: true,
    ellipses: true,
    contours: mixtures.length === 1,
    odd: true,
    zoom: 1,
  };
  const context = { data, axes, layers, mixtures, rows, labels, odd, state };

  const main = chart({
    id: "main-picture",
    classes: "tall",
    canvas: true,
    build: () => (!oneAxis(state) ? scatterOptions(context) : rows ? histogramOptions(context) : curveOptions(context)),
    says: () => (!oneAxis(state) ? scatterWords(context) : rows ? histogramWords(context) : curveWords(context)),
  });
  const controls = element("div", { class: "controls", role: "group", "aria-label": "What to draw" });
  const fill = () => controls.replaceChildren(...pictureControls(context, show).filter((node) => node !== null));
  const pairs = rows && axes.filter((one) => one.column).length > 2 ? pairsView(context, show) : null;
  function show() {
    fill();
    main.draw();
    controls.querySelector("[data-kept]")?.focus();
  }
  fill();
  return section("picture", title, leadText, controls, main.node, rows ? rowLegend(context) : layerLegend(layers), pairs);
}

/** Whether there is one axis only; an axis against itself says no more. */
function oneAxis(state) {
  return state.y === HISTOGRAM || state.y === state.x;
}

function pictureControls(context, show) {
  const { axes, state, rows, mixtures } = context;
  const named = axes.map((one, a) => [a, one.name]);
  const change = (name, decode) => (value) => {
    state[name] = decode(value);
    state.zoom = 1;
    show();
  };
  const axisOf = (value) => (value === HISTOGRAM ? HISTOGRAM : Number(value));
  const flat = !oneAxis(state);
  return [
    axes.length > 1 ? keep(choice("Horizontal", named, state.x, change("x", axisOf)), "x", state) : null,
    axes.length > 1 ? keep(choice("Vertical", [...named, [HISTOGRAM, rows ? "— count of rows —" : "— density —"]], state.y, change("y", axisOf)), "y", state) : null,
    mixtures.length === 1 && mixtures[0].size > 1
      ? keep(choice("Show", [["all", "all components"], ...context.data.components.map((one) => [one.label, `component ${one.label}`])], state.focus, change("focus", (value) => (value === "all" ? "all" : Number(value)))), "focus", state)
      : null,
    rows && flat ? tick("Rows", state.rows, change("rows", Boolean)) : null,
    flat ? tick("Ellipses", state.ellipses, change("ellipses", Boolean)) : null,
    flat ? tick("Density", state.contours, change("contours", Boolean)) : null,
    rows && flat ? tick("Odd rows", state.odd, change("odd", Boolean)) : null,
    flat ? zoomButtons(context, show) : null,
  ];
}

/** After a change the control that was used has the focus again. */
function keep(label, name, state) {
  const select = label.querySelector("select");
  select.name = name;
  select.addEventListener("change", () => { state.used = name; }, { capture: true });
  if (state.used === name) {
    select.dataset.kept = "";
  }
  return label;
}

function zoomButtons(context, show) {
  const zoom = (factor) => () => {
    context.state.zoom = factor === 0 ? 1 : Math.min(64, Math.max(1 / 16, context.state.zoom * factor));
    context.state.used = null;
    show();
  };
  return element("span", { class: "group" },
    element("button", { type: "button", "aria-label": "Zoom in", click: zoom(2) }, "+"),
    element("button", { type: "button", "aria-label": "Zoom out", click: zoom(0.5) }, "−"),
    context.state.zoom === 1 ? null : element("button", { type: "button", click: zoom(0) }, "Reset"));
}

/** The part of an axis that is shown: the frame, larger or smaller about what is in focus. */
function shown(context, a) {
  const { state, mixtures, rows } = context;
  const whole = frame(mixtures, rows, a);
  if (state.zoom === 1) {
    return whole;
  }
  const middle = state.focus === "all" ? (whole.from + whole.to) / 2 : mixtures[0].mean(state.focus, a);
  const half = (whole.to - whole.from) / 2 / state.zoom;
  return { from: middle - half, to: middle + half };
}

/** From an axis' own scale to the column's unit. */
function unit(one) {
  return (value) => one.centre + one.scale * value;
}

function rowLegend(context) {
  const components = inUse(context.data);
  return components.length > 24 ? null : element("ul", { class: "legend", "aria-label": "Components" },
    components.map((one) => element("li", {}, symbolOf(one.label), `${one.label} · ${percent(one.weight)}`)),
    context.data.noise ? element("li", {}, symbolOf(NOISE), `noise · ${percent(context.data.noise.share)}`) : null);
}

function layerLegend(layers) {
  return element("ul", { class: "legend", "aria-label": "Models" },
    layers.map((layer) => element("li", {}, `${layer.dashed ? "dashed" : "solid"}: ${layer.prefix} `, named(layer.name, 60))));
}

"use strict";
// The mixture on two axes: rows, ellipses, regions of highest density; on one axis: a histogram with the components' curves.

const SHARES = [0.5, 0.8, 0.95];
const HISTOGRAM = "histogram";

/** Layers: mixtures to draw, [{mixture, name, dashed}]; rows and labels are those of the first, if there are any. */
function picture(data, layers, title, leadText) {
  const axes = data.picture.axes;
  const mixtures = layers.map((layer) => layer.mixture);
  const rows = data.picture.rows === undefined ? null : decodeRows(data.picture.rows, axes.length);
  const labels = rows ? new Uint16Array(bytes(data.picture.labels)) : null;
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

function scatterOptions(context) {
  const { axes, state, layers, mixtures, rows } = context;
  const [toX, toY] = [unit(axes[state.x]), unit(axes[state.y])];
  const [frameX, frameY] = [shown(context, state.x), shown(context, state.y)];
  const convert = (points) => points.map(([x, y]) => [toX(x), toY(y)]);
  const series = [];
  if (rows && state.rows) {
    series.push(...rowSeries(context, toX, toY));
  }
  if (state.contours) {
    layers.forEach((layer) => series.push(contourSeries(context, layer, frameX, frameY, convert)));
  }
  if (state.ellipses) {
    layers.forEach((layer) => series.push(...ellipseSeries(context, layer, convert)));
  }
  if (rows && state.odd) {
    series.push(oddSeries(context, toX, toY));
  }
  layers.forEach((layer) => series.push(labelSeries(context, layer, toX, toY)));
  if (mixtures.length === 2) {
    series.push(moveSeries(context, toX, toY));
  }
  return baseOptions({
    grid: { left: 76, right: 20, top: 12, bottom: 52 },
    xAxis: axis(axes[state.x].name, scatterAxis(toX, frameX, {})),
    yAxis: axis(axes[state.y].name, scatterAxis(toY, frameY, { nameGap: 58 })),
    series,
  });
}

function scatterAxis(convert, range, extra) {
  return Object.assign({
    min: convert(range.from),
    max: convert(range.to),
    axisLabel: { color: color("quiet"), fontSize: 12, hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: tickLabel },
  }, extra);
}

function inFocus(context, k) {
  return context.state.focus === "all" || context.state.focus === k;
}

function rowSeries(context, toX, toY) {
  const { rows, labels, state } = context;
  const byLabel = new Map();
  for (let i = 0; i < rows.count; i++) {
    const list = byLabel.get(labels[i]) || [];
    list.push(toX(rows.get(i, state.x)), toY(rows.get(i, state.y)));
    byLabel.set(labels[i], list);
  }
  // Of very many, points so small that their shape cannot be seen; drawn alike, their density can.
  const symbols = rows.count < 8000;
  const size = rows.count < 300 ? 8 : rows.count < 2000 ? 6 : 3.5;
  const opacity = rows.count < 2000 ? 0.6 : rows.count < 8000 ? 0.45 : 0.3;
  // What is in focus comes last, on top.
  const order = [...byLabel.keys()].sort((a, b) => inFocus(context, a) - inFocus(context, b) || a - b);
  return order.map((k) => ({
    type: "scatter",
    name: `component ${k}`,
    data: Float64Array.from(byLabel.get(k)),
    dimensions: ["x", "y"],
    large: true,
    largeThreshold: 0,
    silent: true,
    symbol: symbols ? componentSymbol(k) : "circle",
    symbolSize: !symbols || componentSymbol(k) === "circle" || componentSymbol(k) === "rect" ? size : size * 1.25,
    itemStyle: { color: inFocus(context, k) ? componentColor(k) : color("quiet"), opacity: inFocus(context, k) ? opacity : 0.12 },
  }));
}

function contourSeries(context, layer, frameX, frameY, convert) {
  const levels = contours(layer.mixture, context.state.x, context.state.y, frameX, frameY, SHARES);
  return {
    type: "lines",
    coordinateSystem: "cartesian2d",
    polyline: true,
    silent: true,
    clip: true,
    data: levels.flatMap((level) => level.lines.map((line) => ({
      coords: convert(line),
      lineStyle: { color: color("text"), width: 1.25, opacity: 0.9 - 0.5 * level.share, type: "dotted" },
    }))),
  };
}

/** Whether a component holds half a row at least; an empty one, as Bayesian fits leave them, is drawn only in focus. */
function present(context, layer, k) {
  const component = layer.prefix ? null : context.data.components[k];
  return (component ? component.rows >= 0.5 : layer.mixture.weights[k] > 0) || context.state.focus === k;
}

function ellipseSeries(context, layer, convert) {
  const { state } = context;
  const data = [];
  for (let k = 0; k < layer.mixture.size; k++) {
    if (!inFocus(context, k) || !present(context, layer, k)) {
      continue;
    }
    const g = marginal(layer.mixture, k, state.x, state.y);
    for (const n of [1, 2, 3]) {
      data.push({
        coords: convert(ellipse(g, n)),
        lineStyle: { color: layer.color ? layer.color() : componentColor(k), width: n === 1 ? 2 : 1.25, opacity: n === 3 ? 0.6 : 0.95, type: layer.dashed ? "dashed" : "solid" },
      });
    }
  }
  return [{ type: "lines", coordinateSystem: "cartesian2d", polyline: true, silent: true, clip: true, data }];
}

/** The number of each component at its mean. */
function labelSeries(context, layer, toX, toY) {
  const { state } = context;
  const data = [];
  for (let k = 0; k < layer.mixture.size; k++) {
    if (inFocus(context, k) && present(context, layer, k)) {
      data.push({ value: [toX(layer.mixture.mean(k, state.x)), toY(layer.mixture.mean(k, state.y))], label: { formatter: (layer.prefix || "") + k, position: !layer.prefix ? "inside" : layer.dashed ? "right" : "left" } });
    }
  }
  return {
    type: "scatter",
    data,
    symbolSize: 1,
    silent: true,
    itemStyle: { color: "transparent" },
    labelLayout: { hideOverlap: data.length > 24 },
    label: { show: true, color: color("text"), fontSize: 14, fontWeight: "bold", textBorderColor: color("ground"), textBorderWidth: 3 },
    z: 5,
  };
}

function oddSeries(context, toX, toY) {
  const { odd, state, data, axes } = context;
  const points = [];
  for (let i = 0; i < odd.count; i++) {
    if (data.oddest[i].energy === null || data.oddest[i].energy > data.energy.threshold) {
      points.push({ value: [toX(odd.get(i, state.x)), toY(odd.get(i, state.y))], odd: data.oddest[i] });
    }
  }
  return {
    type: "scatter",
    name: "odd rows",
    data: points,
    symbol: "circle",
    symbolSize: 12,
    itemStyle: { color: "transparent", borderColor: color("text"), borderWidth: 1.25 },
    tooltip: {
      formatter: (at) => `row ${count(at.data.odd.row + 1)}: energy ${significant(at.data.odd.energy, 4)}\n`
        + `${short(axes[state.x].name)} ${significant(at.value[0], 5)}\n${short(axes[state.y].name)} ${significant(at.value[1], 5)}`,
    },
    z: 4,
  };
}

/** Arrows from the components of one mixture to those of the other, as thick as what moves. */
function moveSeries(context, toX, toY) {
  const { state, data, mixtures } = context;
  return {
    type: "lines",
    coordinateSystem: "cartesian2d",
    silent: true,
    clip: true,
    symbol: ["none", "arrow"],
    symbolSize: 8,
    data: data.flows.filter((flow) => flow.mass > 0.01).map((flow) => ({
      coords: [
        [toX(mixtures[0].mean(flow.from, state.x)), toY(mixtures[0].mean(flow.from, state.y))],
        [toX(mixtures[1].mean(flow.to, state.x)), toY(mixtures[1].mean(flow.to, state.y))],
      ],
      lineStyle: { color: color("quiet"), width: 1 + 5 * flow.mass, opacity: 0.7, curveness: 0.15 },
    })),
  };
}

function scatterWords(context) {
  const { axes, state, rows, data, layers } = context;
  const [x, y] = [axes[state.x], axes[state.y]];
  const parts = [`${short(x.name, 60)} and ${short(y.name, 60)}.`];
  if (rows) {
    parts.push(sampledWords(data));
  }
  if (state.ellipses) {
    parts.push("Ellipses are 1, 2 and 3 standard deviations from each component's mean.");
  }
  if (state.contours) {
    parts.push("Dotted lines hold 50, 80 and 95 % of the mixture.");
  }
  if (rows && state.odd) {
    parts.push("Rings are the oddest rows.");
  }
  parts.push(...[x, y].filter((one, i) => !one.column && (i === 0 || x !== y)).map(loadingWords));
  layers.forEach((layer) => {
    const centres = [];
    for (let k = 0; k < layer.mixture.size && centres.length < 8; k++) {
      if (!present(context, layer, k)) {
        continue;
      }
      centres.push(`${layer.prefix || ""}${k} at ${significant(unit(x)(layer.mixture.mean(k, state.x)), 3)}, ${significant(unit(y)(layer.mixture.mean(k, state.y)), 3)} (${percent(layer.mixture.weights[k])})`);
    }
    parts.push(`Components${layer.name ? " of " + short(layer.name, 60) : ""}: ${centres.join("; ")}${layer.mixture.size > 8 && centres.length === 8 ? "; …" : ""}.`);
  });
  return parts.join(" ");
}

function sampledWords(data) {
  const { sampled, of } = data.picture;
  return sampled < of ? `${count(sampled)} of ${count(of)} rows, drawn at random.` : `All ${count(of)} rows.`;
}

/** Of which columns a separating direction is made. */
function loadingWords(one) {
  return `${one.name} weighs most on ${one.loadings.map((loading) => `${short(loading.name, 40)} (${significant(loading.weight, 2)})`).join(", ")}, per standard deviation.`;
}

function histogramOptions(context) {
  const { axes, state, rows, data } = context;
  const mixture = context.mixtures[0];
  const to = unit(axes[state.x]);
  const range = shown(context, state.x);
  const heights = histogram(rows, state.x, range);
  const width = (range.to - range.from) / heights.length;
  const scale = axes[state.x].scale;
  const rectangles = heights.map((height, i) => [to(range.from + i * width), to(range.from + (i + 1) * width), height / rows.count / width / scale]);
  const curve = (density) => Array.from({ length: 301 }, (_, i) => {
    const x = range.from + ((range.to - range.from) * i) / 300;
    return [to(x), density(x) / scale];
  });
  const components = data.components.map((one) => one.label).filter((k) => inFocus(context, k));
  const line = (name, points, style) => ({ type: "line", name, data: points, showSymbol: false, silent: true, lineStyle: style, itemStyle: { color: style.color } });
  const series = [bars(rectangles, faded(dark() ? "#9aa5b1" : "#57606a", 0.3), "rows")];
  if (components.length > 1) {
    series.push(line("mixture", curve((x) => mixture.weights.reduce((sum, _, k) => sum + density1(mixture, k, state.x, x), 0)), { color: color("text"), width: 1.5, type: "dashed" }));
  }
  components.forEach((k) => series.push(Object.assign(
    line(`component ${k}`, curve((x) => density1(mixture, k, state.x, x)), { color: componentColor(k), width: 2.5 }),
    components.length > 24 ? {} : { markPoint: {
      symbol: "circle", symbolSize: 1, silent: true,
      data: [{ coord: [to(mixture.mean(k, state.x)), density1(mixture, k, state.x, mixture.mean(k, state.x)) / scale], value: k }],
      label: { show: true, formatter: String(k), position: "top", color: color("text"), fontWeight: "bold", fontSize: 14, textBorderColor: color("ground"), textBorderWidth: 3 },
    } })));
  return baseOptions({
    grid: { left: 76, right: 20, top: 28, bottom: 52 },
    xAxis: axis(axes[state.x].name, scatterAxis(to, range, {})),
    yAxis: axis("density", { nameGap: 58, min: 0, axisLabel: { color: color("quiet"), fontSize: 12, formatter: tickLabel } }),
    series,
  });
}

/** Mixtures on one axis, without rows: each as a whole, and its components. */
function curveOptions(context) {
  const { axes, state, layers } = context;
  const to = unit(axes[state.x]);
  const scale = axes[state.x].scale;
  const range = shown(context, state.x);
  const curve = (density) => Array.from({ length: 301 }, (_, i) => {
    const x = range.from + ((range.to - range.from) * i) / 300;
    return [to(x), density(x) / scale];
  });
  const line = (layer, points, width, opacity) => ({
    type: "line", name: layer.prefix, data: points, showSymbol: false, silent: true,
    lineStyle: { color: layer.color(), width, opacity, type: layer.dashed ? "dashed" : "solid" }, itemStyle: { color: layer.color() },
  });
  const series = layers.flatMap((layer) => {
    const components = layer.mixture.weights.map((_, k) => k);
    return [
      line(layer, curve((x) => components.reduce((sum, k) => sum + density1(layer.mixture, k, state.x, x), 0)), 2.5, 1),
      ...(components.length > 1 ? components.map((k) => line(layer, curve((x) => density1(layer.mixture, k, state.x, x)), 1, 0.6)) : []),
    ];
  });
  return baseOptions({
    grid: { left: 76, right: 20, top: 28, bottom: 52 },
    xAxis: axis(axes[state.x].name, scatterAxis(to, range, {})),
    yAxis: axis("density", { nameGap: 58, min: 0, axisLabel: { color: color("quiet"), fontSize: 12, formatter: tickLabel } }),
    series,
  });
}

function curveWords(context) {
  const { axes, state, layers } = context;
  const one = axes[state.x];
  const means = layers.map((layer) => `${layer.prefix}: ` + layer.mixture.weights.slice(0, 8).map((_, k) =>
    meanDeviation(unit(one)(layer.mixture.mean(k, state.x)), one.scale * Math.sqrt(layer.mixture.covariance(k, state.x, state.x)))).join(", "));
  return `${short(one.name, 60)}. Thick curves: the mixtures; thin ones: their components. Mean ± standard deviation of the components, ${means.join("; ")}.`;
}

/** Counts of rows in bins of the width of Freedman and Diaconis; at least 2 √n, up to 60, for data of several humps. */
function histogram(rows, a, range) {
  const values = Float32Array.from({ length: rows.count }, (_, i) => rows.get(i, a)).sort();
  const quartiles = values[Math.floor(values.length * 0.75)] - values[Math.floor(values.length * 0.25)];
  const wanted = (range.to - range.from) / ((2 * quartiles) / Math.cbrt(values.length));
  const least = Math.max(12, Math.min(60, 2 * Math.sqrt(values.length)));
  const bins = Math.round(Number.isFinite(wanted) ? Math.max(least, Math.min(120, wanted)) : least);
  const heights = new Array(bins).fill(0);
  for (const value of values) {
    const bin = Math.floor(((value - range.from) / (range.to - range.from)) * bins);
    if (bin >= 0 && bin < bins) {
      heights[bin]++;
    }
  }
  return heights;
}

function histogramWords(context) {
  const { axes, state, data, mixtures } = context;
  const one = axes[state.x];
  const centres = data.components.slice(0, 8).map((component) =>
    `${component.label}: ${meanDeviation(unit(one)(mixtures[0].mean(component.label, state.x)), one.scale * Math.sqrt(mixtures[0].covariance(component.label, state.x, state.x)))}`);
  return `${short(one.name, 60)}. Bars: ${sampledWords(data).toLowerCase().replace(/\.$/, "")}. Curves: each component times its weight; dashed, their sum. `
    + `Mean ± standard deviation: ${centres.join("; ")}${data.components.length > 8 ? "; …" : ""}.${one.column ? "" : " " + loadingWords(one)}`;
}

function rowLegend(context) {
  const components = inUse(context.data);
  return components.length > 24 ? null : element("ul", { class: "legend", "aria-label": "Components" },
    components.map((one) => element("li", {}, symbolOf(one.label), `${one.label} · ${percent(one.weight)}`)));
}

function layerLegend(layers) {
  return element("ul", { class: "legend", "aria-label": "Models" },
    layers.map((layer) => element("li", {}, `${layer.dashed ? "dashed" : "solid"}: ${layer.prefix} `, named(layer.name, 60))));
}

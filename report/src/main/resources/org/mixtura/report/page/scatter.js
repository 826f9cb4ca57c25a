"use strict";
// The large picture on two axes: rows, ellipses, regions of highest density, what moves between two mixtures.

const SHARES = [0.5, 0.8, 0.95];

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
    name: k === NOISE ? "noise" : `component ${k}`,
    data: Float64Array.from(byLabel.get(k)),
    dimensions: ["x", "y"],
    large: true,
    largeThreshold: 0,
    silent: true,
    symbol: symbols && k !== NOISE ? componentSymbol(k) : "circle",
    symbolSize: k === NOISE ? size * 0.7 : !symbols || componentSymbol(k) === "circle" || componentSymbol(k) === "rect" ? size : size * 1.25,
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
    parts.push(data.noise ? "Small grey points are noise." : "");
  }
  if (state.ellipses) {
    const { place, spread } = spreadWords(data);
    parts.push(`Ellipses are 1, 2 and 3 ${spread}s from each component's ${place}.`);
  }
  if (state.contours) {
    parts.push(`Dotted lines hold 50, 80 and 95 % of the mixture${data.noise ? ", noise apart" : ""}.`);
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
      centres.push(`${layer.prefix || ""}${k} at ${centre(x, layer.mixture, k, state.x)}, ${centre(y, layer.mixture, k, state.y)} (${percent(layer.mixture.weights[k])})`);
    }
    parts.push(`Components${layer.name ? " of " + short(layer.name, 60) : ""}: ${centres.join("; ")}${layer.mixture.size > 8 && centres.length === 8 ? "; …" : ""}.`);
  });
  return parts.filter((part) => part !== "").join(" ");
}

/** The mean of a component on an axis, to a tenth of its deviation. */
function centre(one, mixture, k, a) {
  return valueNear(unit(one)(mixture.mean(k, a)), one.scale * Math.sqrt(mixture.covariance(k, a, a)));
}

function sampledWords(data) {
  const { sampled, of } = data.picture;
  return sampled < of ? `${count(sampled)} of ${count(of)} rows, drawn at random.` : `All ${count(of)} rows.`;
}

/** Of which columns a separating direction is made. */
function loadingWords(one) {
  return `${one.name} weighs most on ${one.loadings.map((loading) => `${short(loading.name, 40)} (${significant(loading.weight, 2)})`).join(", ")}, per standard deviation.`;
}

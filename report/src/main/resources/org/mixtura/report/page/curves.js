"use strict";
// The large picture on one axis: a histogram with the components' curves, or the curves of two mixtures.

/** A density at 301 places of a range, in the units of the axis. */
function densityPoints(density, range, to, scale) {
  return Array.from({ length: 301 }, (_, i) => {
    const x = range.from + ((range.to - range.from) * i) / 300;
    return [to(x), density(x) / scale];
  });
}

function densityChart(name, to, range, series) {
  return baseOptions({
    grid: { left: 76, right: 20, top: 28, bottom: 52 },
    xAxis: axis(name, scatterAxis(to, range, {})),
    yAxis: axis("density", { nameGap: 58, min: 0, axisLabel: { color: color("quiet"), fontSize: 12, formatter: tickLabel } }),
    series,
  });
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
  const curve = (density) => densityPoints(density, range, to, scale);
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
  return densityChart(axes[state.x].name, to, range, series);
}

/** Mixtures on one axis, without rows: each as a whole, and its components. */
function curveOptions(context) {
  const { axes, state, layers } = context;
  const to = unit(axes[state.x]);
  const scale = axes[state.x].scale;
  const range = shown(context, state.x);
  const curve = (density) => densityPoints(density, range, to, scale);
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
  return densityChart(axes[state.x].name, to, range, series);
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
    + `${sentence(spreadWords(data).place).slice(0, -1)} ± ${spreadWords(data).spread}: ${centres.join("; ")}${data.components.length > 8 ? "; …" : ""}.${one.column ? "" : " " + loadingWords(one)}`;
}

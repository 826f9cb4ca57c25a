"use strict";
// How certain rows are, how odd, and which are the oddest.

function certaintySection(data) {
  const sure = chart({
    id: "certainty-histogram",
    classes: "short",
    build: () => certaintyOptions(data),
    says: () => `The probability of each row's most probable component${data.noise ? ", noise counted as one" : ""}: 0.9 or more for ${percent(data.shareSure)} of the rows.`,
  });
  const energy = chart({
    id: "energy-histogram",
    classes: "short",
    build: () => energyOptions(data),
    says: () => energyWords(data),
  });
  return section("certainty", "Certainty and energy", "How surely each row belongs to its component, and how unusual it is: its energy is minus the logarithm of its density" + (data.noise ? " under the components, noise apart" : "") + ", in nats.",
    element("div", { class: "columns" }, data.components.length > 1 ? sure.node : null, data.energy.from === null ? null : energy.node));
}

function certaintyOptions(data) {
  const bins = data.certainty.length;
  const least = Math.max(0, Math.floor(bins / data.components.length) - 1);
  const total = data.certainty.reduce((sum, value) => sum + value, 0);
  return baseOptions({
    grid: { left: 64, right: 24, top: 16, bottom: 52 },
    xAxis: axis("largest probability", { min: least / bins, max: 1, splitLine: { show: false }, axisLabel: { color: color("quiet"), formatter: tickLabel } }),
    yAxis: axis("share of rows", { nameGap: 46, min: 0, axisLabel: { color: color("quiet"), formatter: (value) => tickLabel(Number((value * 100).toPrecision(6))) + " %" } }),
    series: [bars(data.certainty.map((value, i) => [i / bins, (i + 1) / bins, value / total]), color("accent"), "rows")],
  });
}

function energyOptions(data) {
  const { from, to, weights, threshold } = data.energy;
  const total = weights.reduce((sum, value) => sum + value, data.energy.beyond);
  const width = (to - from) / weights.length || 1;
  return baseOptions({
    grid: { left: 64, right: 48, top: 28, bottom: 52 },
    xAxis: axis("energy, nats", { min: from, max: Math.max(to, from + width), splitLine: { show: false }, axisLabel: { color: color("quiet"), showMinLabel: false, showMaxLabel: false, formatter: tickLabel } }),
    yAxis: axis("share of rows", { nameGap: 46, min: 0, axisLabel: { color: color("quiet"), formatter: (value) => tickLabel(Number((value * 100).toPrecision(6))) + " %" } }),
    series: [Object.assign(bars(weights.map((value, i) => [from + i * width, from + (i + 1) * width, value / total]), color("accent"), "rows"), {
      markLine: {
        silent: true,
        symbol: "none",
        lineStyle: { color: color("caution"), width: 2, type: "solid" },
        label: { formatter: `threshold ${significant(threshold, 4)}`, color: color("text"), position: "end" },
        data: [{ xAxis: threshold }],
      },
    })],
  });
}

function energyWords(data) {
  const { threshold, level, above, beyond, weights } = data.energy;
  const total = weights.reduce((sum, value) => sum + value, beyond);
  return `Energies of the rows. ${percent(level)} of them lie at or below the threshold of ${significant(threshold, 4)} nats, ${percent(above)} above.`
    + (beyond > 0 ? ` ${percent(beyond / total)} lie beyond the right end.` : "");
}

function oddSection(data) {
  const rows = data.oddest.map((odd) => element("tr", {},
    element("th", { scope: "row", class: "number" }, count(odd.row + 1)),
    numberCell(odd.energy === null ? "∞" : significant(odd.energy, 4)),
    element("td", {}, symbolOf(odd.label), componentName(odd.label)),
    element("td", {}, element("ul", {}, odd.reasons.map((reason) => element("li", {},
      named(reason.column, 40), ` is ${valueNear(reason.value, reason.deviation)}, expected ${meanDeviation(reason.mean, reason.deviation)}`,
      reason.givenOthers && data.dimension > 1 ? " given the other columns" : ""))))));
  const draw = (some) => table("The oddest rows", [heading("Row", true), heading("Energy", true), heading("Component"), heading("What makes it odd")], some);
  return section("odd", "The oddest rows",
    `Rows count from 1 ${data.source.rowsDropped > 0 ? "among those that were used" : "in the order of the data"}. The columns that contribute most to the energy come first${data.picture.freedom ? ", as Gaussians of the same locations and scales tell it" : ""}.`,
    ...folded(rows, 12, "rows", draw));
}

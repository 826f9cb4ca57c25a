"use strict";
// What each component is, what makes it different, and which are hard to tell apart.

/** More components than this become a map of colours in place of lines. */
const MOST_LINES = 10;
/** More components than this have no numbers in their matrices. */
const MOST_NUMBERS = 12;

function componentsSection(data) {
  const several = data.components.length > 1;
  return section("components", "Components", several ? "The heaviest first, under the numbers that the model gives them." : null,
    componentTable(data),
    several ? [element("h3", {}, "What makes each one different"), ...differences(data)] : null,
    several && data.columns.length > 1 ? [element("h3", {}, "Profiles"), profile(data).node] : null,
    several ? overlap(data) : null);
}

/** Components that hold half a row at least; Bayesian fits leave empty ones. */
function inUse(data) {
  return data.components.filter((one) => one.rows >= 0.5);
}

function byWeight(components) {
  return [...components].sort((a, b) => b.weight - a.weight || a.label - b.label);
}

function componentTable(data) {
  const box = element("div", {});
  const all = data.columns.map((_, j) => j);
  const few = data.telling;
  const heaviest = Math.max(...data.components.map((one) => one.weight));
  const { place, spread } = spreadWords(data);
  const freedom = data.picture.freedom;
  const fill = (columns) => {
    const head = () => [heading("Component"), heading("Weight"), heading("Rows", true), freedom ? heading("Degrees of freedom", true) : null, ...columns.map((j) => element("th", { scope: "col", class: "number name" }, named(data.columns[j], 24)))];
    const lines = byWeight(data.components).map((one) => element("tr", {},
      element("th", { scope: "row" }, symbolOf(one.label), String(one.label)),
      element("td", { class: "share" }, share(one.weight), bar(one.weight / heaviest)),
      numberCell(count(one.rows)),
      freedom ? numberCell(freedomWords(freedom[one.label])) : null,
      ...columns.map((j) => numberCell(meanDeviation(one.mean[j], one.deviation[j])))));
    box.replaceChildren(...folded(lines, 20, "components", (some) => table(`Components: ${place} ± ${spread} of each column`, head(), some)));
    if (few.length < all.length) {
      const shown = columns.length < all.length;
      box.append(element("p", { class: "quiet" },
        shown ? `The ${few.length} columns in which the components differ most. ` : "",
        element("button", { type: "button", click: () => fill(shown ? all : few) }, shown ? `Show all ${count(all.length)} columns` : `Show only ${few.length}`)));
    }
    if (data.columns.length < data.dimension) {
      box.append(element("p", { class: "quiet" }, `${count(data.dimension - data.columns.length)} columns in which the components differ less are in the model file.`));
    }
  };
  fill(few);
  return box;
}

/** Degrees of freedom, of which a Gaussian has infinitely many. */
function freedomWords(freedom) {
  return freedom === null ? "∞" : freedom >= 1000 ? count(freedom) : significant(freedom, 3);
}

/** A bar under a share. */
function bar(share) {
  const line = element("i", { "aria-hidden": "true" });
  line.style.width = Math.max(1, share * 64) + "px";
  return line;
}

function differences(data) {
  const items = byWeight(inUse(data)).map((one) => element("li", {}, symbolOf(one.label),
    element("span", {}, element("strong", {}, `Component ${one.label}`), `, ${percent(one.weight)} of the rows: `, ...traitWords(one))));
  return folded(items, 12, "components", (nodes) => element("ul", { class: "words" }, nodes));
}

function traitWords(one) {
  const words = one.traits.flatMap((trait, i) => [
    i === 0 ? "" : "; ",
    named(trait.column, 40),
    ` ${degree(trait.effect)}, ${meanDeviation(trait.mean, trait.deviation)} against ${meanDeviation(trait.restMean, trait.restDeviation)} elsewhere`,
  ]);
  if (words.length === 0) {
    words.push("its means lie within half a standard deviation of the rest; it differs, if at all, in spread and correlation");
  }
  one.correlations.forEach((pair) => words.push("; ", named(pair.first, 40), " and ", named(pair.second, 40),
    pair.value > 0 ? " rise together" : " go opposite ways", ` (correlation ${significant(pair.value, 2)})`));
  words.push(".");
  return words;
}

function degree(effect) {
  const size = Math.abs(effect);
  const word = effect > 0 ? "higher" : "lower";
  return size >= 3 ? "far " + word : size >= 1.2 ? "much " + word : size >= 0.8 ? word : "somewhat " + word;
}

/** Standardised means: lines for few components, a map for many. */
function profile(data) {
  const lines = inUse(data).length <= MOST_LINES;
  const columns = data.columns.length <= 40 ? data.columns.map((_, j) => j) : data.telling;
  const z = (one, j) => (one.mean[j] - data.columnMeans[j]) / data.columnDeviations[j];
  return chart({
    id: "profile",
    build: () => (lines ? profileLines(data, columns, z) : profileMap(data, columns, z)),
    says: () => (data.picture.freedom
      ? "Each component's location in scales of the whole, zero being the mean of all locations."
      : "Each component's mean in standard deviations of the whole, zero being the mean of all rows.")
      + (columns.length < data.columns.length ? ` The ${columns.length} columns in which the components differ most.` : ""),
  });
}

function columnAxis(data, columns) {
  return {
    type: "category",
    data: columns.map((j) => data.columns[j]),
    axisLine: { lineStyle: { color: color("quiet") }, onZero: false },
    axisTick: { show: false },
    axisLabel: { color: color("text"), interval: 0, rotate: columns.length > 6 ? 45 : 0, formatter: (name) => short(name, columns.length > 6 ? 12 : 20), hideOverlap: true },
  };
}

function profileLines(data, columns, z) {
  return baseOptions({
    grid: { left: 40, right: 24, top: 12, bottom: 8, containLabel: true },
    xAxis: columnAxis(data, columns),
    yAxis: axis(spreadWords(data).spread + "s", { nameGap: 46, axisLabel: { color: color("quiet"), formatter: tickLabel } }),
    tooltip: Object.assign(baseOptions({}).tooltip, { formatter: (at) => `component ${at.seriesName}\n${short(at.name)}: ${significant(at.value, 3)}` }),
    series: inUse(data).map((one) => ({
      type: "line",
      name: String(one.label),
      data: columns.map((j) => z(one, j)),
      symbol: componentSymbol(one.label),
      symbolSize: 8,
      lineStyle: { color: componentColor(one.label), width: 2 },
      itemStyle: { color: componentColor(one.label) },
      endLabel: { show: true, formatter: String(one.label), color: color("text"), fontWeight: "bold", offset: [-2, 0] },
    })),
  });
}

function profileMap(data, columns, z) {
  const order = byWeight(inUse(data));
  const cells = order.flatMap((one, row) => columns.map((j, column) => [column, row, Math.max(-3, Math.min(3, z(one, j)))]));
  return baseOptions({
    grid: { left: 28, right: 84, top: 8, bottom: 8, containLabel: true },
    xAxis: columnAxis(data, columns),
    yAxis: { type: "category", inverse: true, data: order.map((one) => String(one.label)), name: "component", nameLocation: "middle", nameGap: 36, nameTextStyle: { color: color("text") }, axisLabel: { color: color("quiet"), fontSize: 11 }, axisTick: { show: false }, axisLine: { show: false } },
    visualMap: { min: -3, max: 3, precision: 1, calculable: false, right: 0, top: "middle", itemHeight: 160, textStyle: { color: color("text") }, text: ["3 above", "3 below"], inRange: { color: dark() ? ["#f08a45", "#7a4a2c", "#1a2027", "#2c5a7a", "#56b4e9"] : ["#b35806", "#f1b778", "#f6f7f9", "#7fb2d9", "#0b5cad"] } },
    tooltip: Object.assign(baseOptions({}).tooltip, { formatter: (at) => `component ${order[at.value[1]].label}\n${short(data.columns[columns[at.value[0]]])}: ${significant(at.value[2], 2)}` }),
    series: [{ type: "heatmap", data: cells }],
  });
}

function overlap(data) {
  const order = byWeight(inUse(data));
  const small = order.length > MOST_NUMBERS;
  const worst = confusions(data);
  return [
    element("h3", {}, "Overlap and separation"),
    element("p", {}, "Of the rows that belong to a component by the model, the share that the most probable component takes. ",
      `Put so, ${percent(wrong(data))} of the rows would go to another component than their own.`),
    matrix("Share of each component's rows, by the component that takes them", order, small,
      (one, other) => data.assigned[one.label][other.label], share, (x) => x),
    small && worst.length > 0 ? element("p", {}, "The most confused: " + worst.slice(0, 5).map((pair) => `${pair.k} goes to ${pair.l} (${percent(pair.share)})`).join(", ") + ".") : null,
    data.separations.length > 0 && order.length > 1 ? [
      element("p", {}, "Effective separation: how many standard deviations two components are apart, correlation and different spreads included. ",
        "Below 2 two components make one hump; above 4 they rarely share a row."),
      small
        ? element("p", {}, "The closest: " + closestPairs(data).slice(0, 8).map((pair) => `${pair.k} and ${pair.l} (${significant(pair.separation, 2)})`).join(", ") + ".")
        : matrix("Effective separation in standard deviations", order, false,
          (one, other) => (one === other ? null : data.separations[one.label][other.label]), (x) => (x === null ? "" : significant(x, 2)), (x) => (x === null ? 0 : Math.max(0, 1 - x / 4))),
    ] : null,
  ].flat(Infinity).filter((node) => node !== null);
}

/** The share of all rows that the most probable component takes from their own. */
function wrong(data) {
  return data.components.reduce((sum, one) => sum + (one.rows > 0 ? one.rows * (1 - data.assigned[one.label][one.label]) : 0), 0)
    / data.components.reduce((sum, one) => sum + one.rows, 0);
}

function confusions(data) {
  return data.assigned.flatMap((row, k) => row.map((share, l) => ({ k, l, share })))
    .filter((pair) => pair.k !== pair.l && pair.share > 0.005)
    .sort((a, b) => b.share - a.share);
}

/** A square table tinted by value; without numbers, and darker, if there are many components. */
function matrix(caption, order, small, value, text, tint) {
  const cell = (one, other) => {
    const x = value(one, other);
    const strength = tint(x) || 0;
    const node = element("td", { title: small ? `${one.label} to ${other.label}: ${text(x)}` : null }, small ? "" : text(x));
    node.style.backgroundColor = `rgba(var(--tint), ${(small ? Math.sqrt(strength) : 0.32 * strength).toFixed(3)})`;
    return node;
  };
  return table(caption,
    [element("td", {}), ...order.map((one) => element("th", { scope: "col" }, String(one.label)))],
    order.map((one) => element("tr", {},
      element("th", { scope: "row" }, small ? null : symbolOf(one.label), String(one.label)),
      ...order.map((other) => cell(one, other)))),
    small ? "matrix small" : "matrix");
}

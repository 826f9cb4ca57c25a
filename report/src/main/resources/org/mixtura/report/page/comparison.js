"use strict";
// Two mixtures side by side: where they lie, what moves from one to the other, how far apart they are.

function comparisonPage(data) {
  const axes = data.picture.axes.length;
  const layers = [
    { mixture: decodeMixture(data.picture.a, axes), name: data.a.name, prefix: "A", dashed: false, color: () => componentColor(0) },
    { mixture: decodeMixture(data.picture.b, axes), name: data.b.name, prefix: "B", dashed: true, color: () => componentColor(1) },
  ];
  const sections = [
    picture(data, layers, "Both mixtures", "Ellipses are 1, 2 and 3 standard deviations; arrows show what the cheapest transport moves from A to B."),
    flowSection(data, layers),
    distanceSection(data),
  ];
  const moved = data.flows.filter((flow) => !flow.matched).reduce((sum, flow) => sum + flow.mass, 0);
  document.getElementById("top").append(
    element("p", { class: "kicker" }, "Comparison of two Gaussian mixtures" + (data.made ? " · " + data.made : "")),
    element("h1", {}, named(fileName(data.a.name), 60), " and ", named(fileName(data.b.name), 60)),
    element("p", { class: "quiet" }, `A: ${counted(data.a.size, "component")}, ${STRUCTURES[data.a.structure] || data.a.structure} · B: ${counted(data.b.size, "component")}, ${STRUCTURES[data.b.structure] || data.b.structure} · ${counted(data.dimension, "column")}`),
    element("dl", { class: "figures" },
      ...data.distances.slice(0, 4).map((distance) => figure(distance.name, significant(distance.value, 4), (distance.error > 1e-12 * distance.value ? `± ${significant(distance.error, 1)} · ` : "") + distance.unit)),
      figure("Moved elsewhere", percent(moved), "of the mass goes to another than the matched component")),
    contents(sections));
  document.getElementById("main").append(...sections);
}

function flowSection(data) {
  const height = Math.min(900, Math.max(260, 34 * Math.max(data.a.size, data.b.size)));
  const flows = chart({
    id: "flows",
    build: () => flowOptions(data),
    says: () => "The cheapest way to turn A into B, component by component; as wide as the mass that moves. "
      + [...data.flows].sort((one, other) => other.mass - one.mass).slice(0, 6).map((flow) => `A${flow.from} to B${flow.to}: ${percent(flow.mass)}`).join("; ") + (data.flows.length > 6 ? "; …" : "."),
  });
  flows.box.style.height = height + "px";
  const rows = [...data.flows].sort((one, other) => other.mass - one.mass).map((flow) => element("tr", {},
    element("th", { scope: "row" }, `A${flow.from}`),
    element("td", {}, `B${flow.to}`),
    numberCell(percent(flow.mass)),
    numberCell(significant(flow.distance, 3)),
    element("td", {}, flow.matched ? "matched" : ""),
    element("td", {}, element("ul", {}, flow.shifts.map((shift) => element("li", {}, named(shift.column, 32), ` ${meanDeviation(shift.before, shift.beforeDeviation)} → ${meanDeviation(shift.after, shift.afterDeviation)}`))))));
  const draw = (some) => table("What moves", [heading("From"), heading("To"), heading("Mass", true), heading("Distance W2", true), heading(""), heading("Means that moved")], some);
  return section("flows-section", "What moves", null, flows.node, ...folded(rows, 20, "moves", draw));
}

function flowOptions(data) {
  const node = (side, k, share) => ({
    name: side + k,
    itemStyle: { color: componentColor(side === "A" ? 0 : 1) },
    label: { position: side === "A" ? "left" : "right", formatter: `${side}${k} · ${percent(share)}` },
    depth: side === "A" ? 0 : 1,
  });
  return baseOptions({
    tooltip: Object.assign(baseOptions({}).tooltip, { formatter: (at) => (at.dataType === "edge" ? `${at.data.source} to ${at.data.target}: ${percent(at.value)}` : at.name) }),
    series: [{
      type: "sankey",
      left: 96,
      right: 96,
      top: 8,
      bottom: 8,
      nodeWidth: 14,
      nodeGap: 10,
      draggable: false,
      layoutIterations: 32,
      label: { color: color("text"), fontSize: 13 },
      lineStyle: { color: color("quiet"), opacity: dark() ? 0.45 : 0.3, curveness: 0.5 },
      data: [
        ...data.picture.a.weights.map((share, k) => node("A", k, share)).filter((_, k) => data.flows.some((flow) => flow.from === k)),
        ...data.picture.b.weights.map((share, k) => node("B", k, share)).filter((_, k) => data.flows.some((flow) => flow.to === k)),
      ],
      links: data.flows.map((flow) => ({ source: "A" + flow.from, target: "B" + flow.to, value: flow.mass })),
    }],
  });
}

function distanceSection(data) {
  return section("distances", "Distances", "With the error that is left; a number without one is known to rounding.",
    table("Distances", [heading("Distance"), heading("Value", true), heading("Unit and range")],
      data.distances.map((one) => element("tr", {}, element("th", { scope: "row" }, one.name), numberCell(withError(one.value, one.error || 0)), element("td", {}, one.unit)))));
}

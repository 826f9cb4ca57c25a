"use strict";
// How the fit came about: the choice among candidates, the climb of the objective, the starts; prior and posterior weights.

function choiceSection(data) {
  if (data.candidates.length < 2) {
    return null;
  }
  const state = { criterion: data.criterion };
  const curves = chart({
    id: "choice-curves",
    build: () => choiceCurves(data, state.criterion),
    says: () => choiceWords(data, state.criterion),
  });
  return section("choice", "Choice of the number of components", "Lower is better.",
    element("div", { class: "controls" },
      choice("Criterion", ["bic", "aic", "icl"].map((name) => [name, name.toUpperCase()]), state.criterion, (name) => {
        state.criterion = name;
        curves.draw();
      })),
    curves.node,
    element("details", {}, element("summary", {}, "All candidates as a table"), candidateTable(data)));
}

function structuresOf(data) {
  return [...new Set(data.candidates.map((one) => one.structure))];
}

function choiceCurves(data, criterion) {
  const structures = structuresOf(data);
  const chosen = data.candidates.find((one) => one.chosen);
  // The names of many curves do not find room at their ends.
  const crowded = structures.length > 5;
  return baseOptions({
    grid: { left: 84, right: crowded ? 150 : 110, top: 24, bottom: 52 },
    legend: { show: crowded, orient: "vertical", right: 0, top: 16, itemGap: 5, textStyle: { color: color("text") }, data: structures },
    xAxis: axis("components", { minInterval: 1, min: "dataMin", max: "dataMax", splitLine: { show: false }, axisLabel: { color: color("quiet"), formatter: tickLabel } }),
    yAxis: axis(criterion.toUpperCase(), { scale: true, nameGap: 66, axisLabel: { color: color("quiet"), formatter: tickLabel } }),
    tooltip: Object.assign(baseOptions({}).tooltip, { formatter: (at) => `${counted(at.value[0], "component")}, ${at.seriesName}\n${criterion.toUpperCase()} ${decimals(at.value[1], 2)}${at.name === "estimated" ? ", estimated from a sample" : ""}` }),
    series: structures.map((structure, s) => ({
      type: "line",
      name: structure,
      symbol: componentSymbol(s),
      symbolSize: 8,
      lineStyle: { color: componentColor(s), width: 2 },
      itemStyle: { color: componentColor(s) },
      endLabel: { show: !crowded, formatter: structure, color: color("text") },
      labelLayout: { moveOverlap: "shiftY" },
      data: data.candidates.filter((one) => one.structure === structure && Number.isFinite(one[criterion])).map((one) => ({
        value: [one.components, one[criterion]],
        name: one.estimated ? "estimated" : "",
        itemStyle: one.estimated ? { color: color("ground"), borderColor: componentColor(s), borderWidth: 1.5 } : undefined,
      })),
      markPoint: chosen && chosen.structure === structure ? {
        symbol: "circle", symbolSize: 22, silent: true,
        itemStyle: { color: "transparent", borderColor: color("text"), borderWidth: 2 },
        label: { show: true, position: "bottom", distance: 6, color: color("text"), formatter: "chosen" },
        data: [{ coord: [chosen.components, chosen[criterion]] }],
      } : undefined,
    })),
  });
}

function choiceWords(data, criterion) {
  const fitted = data.candidates.filter((one) => Number.isFinite(one[criterion]));
  const best = fitted.reduce((least, one) => (one[criterion] < least[criterion] ? one : least));
  const chosen = data.candidates.find((one) => one.chosen);
  const failed = data.candidates.length - fitted.length;
  const name = (one) => `${counted(one.components, "component")}, ${one.structure}`;
  return (chosen === best || criterion === data.criterion
    ? `${criterion.toUpperCase()} is least at ${name(best)}: ${decimals(best[criterion], 1)}.`
    : `${criterion.toUpperCase()} would choose ${name(best)} (${decimals(best[criterion], 1)}); ${data.criterion.toUpperCase()} chose ${name(chosen)}.`)
    + (criterion === data.criterion && lead(data) ? ` That is ${lead(data)}.` : "")
    + (failed > 0 ? ` ${counted(failed, "candidate")} could not be fitted.` : "")
    + (data.candidates.some((one) => one.estimated) ? " Hollow marks are estimates from a sample of the rows; the others were fitted to all of them." : "");
}

function candidateTable(data) {
  return table("Candidates",
    [heading("Components", true), heading("Covariance"), heading("Parameters", true), heading("Log-likelihood", true), heading("AIC", true), heading("BIC", true), heading("ICL", true), heading("Remark")],
    data.candidates.map((one) => element("tr", { class: one.chosen ? "chosen" : null },
      numberCell(String(one.components)),
      element("td", {}, one.structure),
      ...(one.failure !== ""
        ? [element("td", { colspan: "6" }, short("not fitted: " + one.failure, 300))]
        : [numberCell(count(one.parameters)), ...["logLikelihood", "aic", "bic", "icl"].map((name) => numberCell(one.estimated ? "~" + decimals(one[name], 0) : decimals(one[name], 2))),
          element("td", {}, one.chosen ? "chosen" : one.estimated ? "estimated from a sample" : one.stop === "converged" ? "" : one.stop.replace("max_iterations", "not converged"))]))));
}

function convergenceSection(data) {
  const objective = data.fit.variational ? "Evidence lower bound" : "Objective";
  const climb = chart({
    id: "climb",
    classes: "short",
    build: () => climbOptions(data, objective),
    says: () => climbWords(data, objective),
  });
  const starts = data.fit.restarts.length > 1 ? chart({
    id: "starts",
    classes: "short",
    build: () => startOptions(data, objective),
    says: () => startWords(data),
  }) : null;
  return section("convergence", "Convergence", stopInWords(data),
    element("div", { class: "columns" }, climb.node, starts ? starts.node : null),
    data.fit.variational ? [element("h3", {}, "Weights before and after"), weightsChart(data).node] : null);
}

/** The ends of an axis for values that may be all the same. */
function span(values) {
  const top = Math.max(...values);
  const bottom = Math.min(...values);
  const margin = Math.max((top - bottom) * 0.08, Math.abs(top) * 1e-3, 1e-9);
  return { min: bottom - margin, max: top + margin };
}

function climbOptions(data, objective) {
  const points = data.fit.history.map((value, i) => [i, value]).filter(([, value]) => value !== null);
  return baseOptions({
    grid: { left: 84, right: 24, top: 16, bottom: 52 },
    xAxis: axis("iteration", { minInterval: 1, min: "dataMin", max: "dataMax", splitLine: { show: false }, axisLabel: { color: color("quiet"), formatter: tickLabel } }),
    yAxis: axis("nats per row", { ...span(points.map((point) => point[1])), nameGap: 66, axisLabel: { color: color("quiet"), showMinLabel: false, showMaxLabel: false, formatter: tickLabel } }),
    tooltip: Object.assign(baseOptions({}).tooltip, { formatter: (at) => `iteration ${at.value[0]}\n${significant(at.value[1], 8)}` }),
    series: [{ type: "line", name: objective, data: points, symbol: "circle", symbolSize: points.length > 60 ? 2 : 6, lineStyle: { color: color("accent"), width: 2 }, itemStyle: { color: color("accent") } }],
  });
}

function climbWords(data, objective) {
  const values = data.fit.history.filter((value) => value !== null);
  if (values.length < 2) {
    return `${objective}: ${significant(data.fit.objective, 6)} nats per row.`;
  }
  const last = values[values.length - 1] - values[values.length - 2];
  const noise = data.fit.parameters / (2 * data.fit.totalWeight);
  return `${objective} after each iteration, from ${significant(values[0], 6)} to ${significant(values[values.length - 1], 6)} nats per row. `
    + `The last iteration gained ${significant(Math.max(0, last), 2)}; what chance alone does to it, p / 2N, is ${significant(noise, 2)}.`;
}

function startOptions(data, objective) {
  const sorted = data.fit.restarts.filter((value) => value !== null).sort((a, b) => b - a);
  return baseOptions({
    grid: { left: 84, right: 24, top: 16, bottom: 52 },
    xAxis: axis("start, the best first", { minInterval: 1, min: 1, max: Math.max(2, sorted.length), splitLine: { show: false }, axisLabel: { color: color("quiet"), formatter: tickLabel } }),
    yAxis: axis("nats per row", { ...span(sorted), nameGap: 66, axisLabel: { color: color("quiet"), showMinLabel: false, showMaxLabel: false, formatter: tickLabel } }),
    tooltip: Object.assign(baseOptions({}).tooltip, { formatter: (at) => `start ${at.value[0]}\n${significant(at.value[1], 8)}` }),
    series: [{ type: "scatter", name: objective, data: sorted.map((value, i) => [i + 1, value]), symbolSize: 9, itemStyle: { color: color("accent") } }],
  });
}

function startWords(data) {
  const starts = data.fit.restarts.filter((value) => value !== null);
  const best = Math.max(...starts);
  const noise = data.fit.parameters / (2 * data.fit.totalWeight);
  const near = starts.filter((value) => best - value <= Math.min(noise, 1e-3)).length;
  return `Where each of ${starts.length} starts stood when it stopped; those that fell behind were given up early. `
    + (near > 1 ? `${near} of them came within ${significant(Math.min(noise, 1e-3), 1)} nats of the best.` : "One alone came to the best; more starts may find a better one.");
}

function weightsChart(data) {
  const labels = data.components.map((one) => String(one.label));
  return chart({
    id: "weights",
    classes: "short",
    build: () => baseOptions({
      grid: { left: 64, right: 24, top: 36, bottom: 52 },
      legend: { top: 0, left: 0, textStyle: { color: color("text") }, selectedMode: false, itemWidth: 14 },
      xAxis: { type: "category", data: labels, name: "component", nameLocation: "middle", nameGap: 32, nameTextStyle: { color: color("text") }, axisLabel: { color: color("quiet") }, axisTick: { show: false }, axisLine: { lineStyle: { color: color("quiet") } } },
      yAxis: axis("expected weight", { nameGap: 44, min: 0, axisLabel: { color: color("quiet"), formatter: tickLabel } }),
      tooltip: Object.assign(baseOptions({}).tooltip, { formatter: (at) => `component ${at.name}, ${at.seriesName}\n${significant(at.value, 3)}` }),
      series: [
        { type: "bar", name: "before the rows (prior)", data: data.fit.priorWeights, itemStyle: { color: "transparent", borderColor: color("quiet"), borderWidth: 1.5 } },
        { type: "bar", name: "after (posterior)", data: data.fit.posteriorWeights, itemStyle: { color: color("accent") } },
      ],
    }),
    says: () => `The weight that the prior expected of each component, and what the rows made of it. ${counted(data.fit.inUse, "component")} of ${labels.length} in use.`,
  });
}

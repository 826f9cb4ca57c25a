"use strict";
// Starts the page.

function fitPage(data) {
  const axes = data.picture.axes.length;
  const layers = [{ mixture: decodeMixture(data.picture, axes) }];
  const sections = [
    picture(data, layers, "The mixture", null),
    componentsSection(data),
    choiceSection(data),
    convergenceSection(data),
    certaintySection(data),
    oddSection(data),
    details(data),
  ].filter((one) => one !== null);
  document.getElementById("top").append(...summary(data), contents(sections));
  document.getElementById("main").append(...sections);
}

function start() {
  const data = JSON.parse(document.getElementById("data").textContent);
  if (data.kind === "fit") {
    fitPage(data);
  } else {
    comparisonPage(data);
  }
  document.getElementById("foot").append(`Made by Mixtura ${data.version}. This page is complete in itself and asks the network for nothing. Charts: Apache ECharts.`);
  charts[0].draw();
  charts[0].instance.on("finished", () => {
    if (performance.getEntriesByName("first-picture").length === 0) {
      performance.mark("first-picture");
    }
  });
  drawWhenSeen();
  darkScheme.addEventListener("change", redrawDrawn);
  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("afterprint", fromPaper);
}

start();

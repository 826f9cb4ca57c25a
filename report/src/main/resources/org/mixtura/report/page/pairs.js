"use strict";
// All pairs of up to eight columns at once. A click on a panel shows its pair in the large picture.

const MOST_DRAWN = 2500;

function pairsView(context, show) {
  const chosen = context.data.picture.paired;
  const names = chosen.map((a) => context.axes[a].name);
  const canvas = element("canvas", {
    class: "pairs",
    role: "img",
    "aria-label": `Every pair of ${names.map((name) => short(name, 40)).join(", ")}: rows and the 2-sigma ellipses of the components. The lists above show any pair in large.`,
    click: (event) => choosePair(context, canvas, event, show),
  });
  const figure = element("figure", { id: "pairs" }, canvas,
    element("figcaption", {}, `${context.axes.filter((one) => one.column).length > chosen.length ? `The ${chosen.length} columns in which the components differ most. ` : ""}`
      + `Off the diagonal: rows and ellipses of 2 ${spreadWords(context.data).spread}s; on it: the components' densities. Click on a panel to see it in large.`));
  const paint = () => paintPairs(context, canvas);
  const entry = { box: canvas, caption: null, instance: null, options: { says: () => "" } };
  entry.draw = () => {
    entry.instance = { resize: paint };
    paint();
  };
  charts.push(entry);
  return [element("h3", {}, chosen.length < context.data.dimension ? `Pairs of ${chosen.length} columns` : "All pairs"), figure];
}

function pairsLayout(context, canvas) {
  const n = context.data.picture.paired.length;
  const width = canvas.clientWidth;
  const gap = width < 500 ? 3 : 6;
  const cell = (width - gap * (n - 1)) / n;
  return { n, width, gap, cell: Math.min(cell, 320), step: Math.min(cell, 320) + gap };
}

function choosePair(context, canvas, event, show) {
  const { n, step } = pairsLayout(context, canvas);
  const bounds = canvas.getBoundingClientRect();
  const column = Math.floor((event.clientX - bounds.left) / step);
  const row = Math.floor((event.clientY - bounds.top) / step);
  if (column >= 0 && column < n && row >= 0 && row < n) {
    const paired = context.data.picture.paired;
    context.state.x = paired[column];
    context.state.y = row === column ? HISTOGRAM : paired[row];
    context.state.zoom = 1;
    show();
    document.getElementById("main-picture").scrollIntoView({ block: "center" });
  }
}

function paintPairs(context, canvas) {
  const { n, width, cell, step } = pairsLayout(context, canvas);
  if (!(width > 0)) {
    return;
  }
  const ratio = Math.max(2, window.devicePixelRatio || 1);
  const height = n * step;
  canvas.style.height = height + "px";
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  const paired = context.data.picture.paired;
  const frames = paired.map((a) => frame(context.mixtures, context.rows, a));
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      pen.save();
      pen.translate(column * step, row * step);
      pen.strokeStyle = color("line");
      pen.strokeRect(0.5, 0.5, cell - 1, cell - 1);
      pen.beginPath();
      pen.rect(1, 1, cell - 2, cell - 2);
      pen.clip();
      if (row === column) {
        paintDensities(context, pen, paired[row], frames[row], cell);
      } else {
        paintPair(context, pen, paired[column], paired[row], frames[column], frames[row], cell);
      }
      pen.restore();
    }
  }
}

function paintPair(context, pen, x, y, frameX, frameY, cell) {
  const { rows, labels, mixtures } = context;
  const toX = (value) => ((value - frameX.from) / (frameX.to - frameX.from)) * cell;
  const toY = (value) => cell - ((value - frameY.from) / (frameY.to - frameY.from)) * cell;
  const every = Math.max(1, Math.ceil(rows.count / MOST_DRAWN));
  const size = cell < 90 ? 1.2 : 2;
  pen.globalAlpha = 0.5;
  for (let i = 0; i < rows.count; i += every) {
    pen.fillStyle = componentColor(labels[i]);
    pen.fillRect(toX(rows.get(i, x)) - size / 2, toY(rows.get(i, y)) - size / 2, size, size);
  }
  pen.globalAlpha = 1;
  pen.lineWidth = 1.25;
  for (let k = 0; k < mixtures[0].size; k++) {
    if (mixtures[0].weights[k] > 0) {
      pen.strokeStyle = componentColor(k);
      pen.beginPath();
      ellipse(marginal(mixtures[0], k, x, y), 2).forEach(([u, v], i) => (i === 0 ? pen.moveTo(toX(u), toY(v)) : pen.lineTo(toX(u), toY(v))));
      pen.stroke();
    }
  }
}

function paintDensities(context, pen, a, range, cell) {
  const mixture = context.mixtures[0];
  const points = 80;
  const at = (i) => range.from + ((range.to - range.from) * i) / points;
  let top = 0;
  for (let k = 0; k < mixture.size; k++) {
    for (let i = 0; i <= points; i++) {
      top = Math.max(top, density1(mixture, k, a, at(i)));
    }
  }
  pen.lineWidth = 1.5;
  for (let k = 0; k < mixture.size; k++) {
    pen.strokeStyle = componentColor(k);
    pen.beginPath();
    for (let i = 0; i <= points; i++) {
      pen.lineTo((i / points) * cell, cell - 2 - (density1(mixture, k, a, at(i)) / top) * (cell - 30));
    }
    pen.stroke();
  }
  pen.font = `600 ${cell < 90 ? 9 : 12}px ${getComputedStyle(document.body).fontFamily}`;
  pen.fillStyle = color("text");
  pen.fillText(fitted(pen, context.axes[a].name, cell - 10), 5, cell < 90 ? 12 : 17);
}

/** A name cut to a width in pixels. */
function fitted(pen, name, width) {
  let letters = Array.from(name).slice(0, 60);
  while (letters.length > 1 && pen.measureText(letters.join("")).width > width) {
    letters = [...letters.slice(0, -2), "…"];
  }
  return letters.join("");
}

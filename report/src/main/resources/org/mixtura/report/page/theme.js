"use strict";
// Colours and symbols. Colours are told apart with every common colour blindness and have a contrast of at least 3 on their
// ground; each component also has a symbol and its number.

const LIGHT = ["#0072b2", "#c44e00", "#007a5a", "#a8438f", "#8a6d00", "#40338f", "#5a6673", "#b0203c"];
const DARK = ["#56b4e9", "#f08a45", "#2bc79a", "#e796d3", "#dcc24a", "#a9a2f5", "#aab5c0", "#ff8a94"];
/** The label of rows that belong to no component. */
const NOISE = -1;
const SYMBOLS = ["circle", "triangle", "rect", "diamond"];

const darkScheme = window.matchMedia("(prefers-color-scheme: dark)");

function dark() {
  return darkScheme.matches && !document.documentElement.classList.contains("paper");
}

function componentColor(k) {
  if (k === NOISE) {
    return color("quiet");
  }
  return (dark() ? DARK : LIGHT)[k % LIGHT.length];
}

function componentName(k) {
  return k === NOISE ? "noise" : String(k);
}

/** Components that share a colour differ in symbol. */
function componentSymbol(k) {
  return k === NOISE ? "dot" : SYMBOLS[(k + Math.floor(k / LIGHT.length)) % SYMBOLS.length];
}

/** The value of a colour in page.css. */
function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
}

/** A colour of six hexadecimal digits, made transparent. */
function faded(hex, opacity) {
  const value = parseInt(hex.slice(1), 16);
  return `rgba(${value >> 16}, ${(value >> 8) & 255}, ${value & 255}, ${opacity})`;
}

const OUTLINES = {
  circle: "M7 1.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z",
  triangle: "M7 1L13 12.5H1z",
  rect: "M2 2H12V12H2z",
  diamond: "M7 0.5L13.5 7L7 13.5L0.5 7z",
  dot: "M7 4a3 3 0 1 0 0 6a3 3 0 1 0 0-6z",
};

/** The symbol of a component beside its name, recoloured with the theme. */
function symbolOf(k) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 14 14");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", OUTLINES[componentSymbol(k)]);
  path.dataset.component = k;
  path.style.fill = componentColor(k);
  svg.append(path);
  return svg;
}

function recolorSymbols() {
  for (const path of document.querySelectorAll("path[data-component]")) {
    path.style.fill = componentColor(Number(path.dataset.component));
  }
}

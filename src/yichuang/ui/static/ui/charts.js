/* Draws <figure data-chart="line|bar|hbar"> from its own table, or from data-source; without scripts the table stands alone. */
"use strict";

(() => {
  const ROW = 24; // pixels a lying bar takes
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");

  function token(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function number(cell) {
    const words = (cell.dataset.value ?? cell.textContent).replace(/[,\s]/g, "");
    return words === "" || words === "—" ? null : Number(words);
  }

  // The first column names the points, each further column is a series.
  function fromTable(table) {
    const names = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent.trim());
    const rows = [...table.tBodies[0].rows].filter((row) => !("undrawn" in row.dataset));
    return {
      categories: rows.map((row) => row.cells[0].textContent.trim()),
      rest: rows.findIndex((row) => "rest" in row.dataset), // all others together, drawn apart; -1: none
      series: names.map((name, index) => ({ name, values: rows.map((row) => number(row.cells[index + 1])) })),
    };
  }

  async function dataOf(figure) {
    if (!figure.dataset.source) return fromTable(figure.querySelector("table"));
    const answer = await fetch(figure.dataset.source, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${figure.dataset.source}: ${answer.status}`);
    return answer.json();
  }

  function grouped(value) {
    return value === null || value === undefined || Number.isNaN(value) ? "—" : Number(value).toLocaleString("en-US");
  }

  // Room for the names at the ends of lines: Chinese characters are square, Latin ones half as wide.
  function widthOf(names) {
    return Math.max(...names.map((name) => [...name].reduce((sum, sign) => sum + (sign > "\u2e80" ? 12 : 7), 0)));
  }

  function optionsFor(kind, unit, data, width) {
    const ink = token("--ink");
    const muted = token("--muted");
    const line = token("--line");
    const colours = [token("--brand"), token("--green"), token("--amber"), token("--seal"), token("--violet"), muted];
    const isBar = kind === "bar";
    const isDirect = !isBar && data.series.length > 1 && width > 520; // lines are named at their ends, given room
    const isNamed = data.series.length > 1 && !isDirect;
    const ends = isDirect ? widthOf(data.series.map((series) => series.name)) : 0;
    return {
      color: colours,
      animation: !still.matches,
      animationDuration: 300,
      textStyle: { fontFamily: token("--sans"), color: ink },
      grid: { left: 8, right: 16 + ends, top: isNamed ? 56 : 24, bottom: 8, containLabel: true },
      legend: { show: isNamed, top: 0, left: 0, itemWidth: 16, textStyle: { color: ink, fontSize: 12 } },
      tooltip: {
        trigger: "axis",
        renderMode: "richText", // HTML tooltips need inline styles, which the content policy forbids
        backgroundColor: token("--paper"),
        borderColor: line,
        textStyle: { color: ink, fontSize: 13 },
        axisPointer: { type: isBar ? "shadow" : "line", lineStyle: { color: muted } },
        formatter: (points) =>
          [points[0].name, ...points.map((point) => `${point.seriesName}  ${grouped(point.value)} ${unit}`)].join("\n"),
      },
      xAxis: {
        type: "category",
        data: data.categories,
        boundaryGap: isBar,
        axisLine: { lineStyle: { color: line } },
        axisTick: { show: false },
        axisLabel: { color: muted, hideOverlap: true, alignMinLabel: "left", alignMaxLabel: "right", fontSize: 12 },
      },
      yAxis: {
        type: "value",
        min: 0,
        minInterval: 1,
        axisLabel: { color: muted, fontSize: 12, formatter: grouped },
        splitLine: { lineStyle: { color: line } },
      },
      series: data.series.map((series) => ({
        type: isBar ? "bar" : "line",
        name: series.name,
        data: series.values,
        barMaxWidth: 28,
        showSymbol: false,
        lineStyle: { width: 2 },
        endLabel: { show: isDirect, formatter: "{a}", color: "inherit", fontSize: 12 },
        labelLayout: { moveOverlap: "shiftY" },
        emphasis: { focus: "series" },
      })),
    };
  }

  // Bars that lie, one below the other, each with its name before and its value behind it.
  function lying(unit, data, width) {
    const options = optionsFor("bar", unit, data, width);
    const { type, data: names, axisLine, axisTick } = options.xAxis;
    const room = Math.min(200, Math.round(width * 0.4));
    return {
      ...options,
      grid: { left: 8, right: 64, top: 8, bottom: 8, containLabel: true },
      xAxis: { ...options.yAxis, axisLabel: { show: false } },
      yAxis: {
        type,
        data: names,
        inverse: true, // the first on top
        axisLine,
        axisTick,
        axisLabel: { color: token("--ink"), fontSize: 12, width: room, overflow: "truncate" },
      },
      series: options.series.map((series) => ({
        ...series,
        data: series.data.map((value, row) => (row === data.rest ? { value, itemStyle: { color: token("--muted") } } : value)),
        barMaxWidth: 16,
        label: { show: true, position: "right", color: token("--ink"), formatter: ({ value }) => grouped(value) },
      })),
    };
  }

  async function draw(figure) {
    const canvas = figure.querySelector(".chart-canvas");
    const table = figure.querySelector(".chart-table");
    let data;
    try {
      data = await dataOf(figure);
    } catch (error) {
      console.warn(error.message); // the table stays open and says the same
      return;
    }
    if (!data.categories.length) return;
    canvas.hidden = false;
    table.open = false;
    const locale = document.documentElement.lang.startsWith("zh") ? "ZH" : "EN";
    const chart = echarts.init(canvas, null, { renderer: "canvas", locale });
    const kind = figure.dataset.chart;
    if (kind === "hbar") canvas.style.height = `${data.categories.length * ROW + 16}px`;
    const paint = () => {
      const asked = [figure.dataset.unit || "", data, canvas.clientWidth];
      chart.resize();
      chart.setOption(kind === "hbar" ? lying(...asked) : optionsFor(kind, ...asked), true);
    };
    paint();
    dark.addEventListener("change", paint);
    new ResizeObserver(paint).observe(canvas);
  }

  document.querySelectorAll("figure[data-chart]").forEach(draw);
})();

// The live bar chart: one bar a candidate, its total written at its end.
/* global Chart */

const MOVE_MS = 450;

const valueAtBarEnd = {
  id: "valueAtBarEnd",
  afterDatasetsDraw(chart) {
    const { ctx } = chart;
    ctx.save();
    ctx.font = `700 15px ${chart.options.font.family}`;
    ctx.fillStyle = chart.options.color;
    ctx.textBaseline = "middle";
    chart.getDatasetMeta(0).data.forEach((bar, index) => {
      ctx.fillText(chart.data.datasets[0].data[index].toLocaleString(), bar.x + 10, bar.y + 1);
    });
    ctx.restore();
  },
};

export class Bars {
  #box;
  #chart;

  constructor(canvas, box) {
    this.#box = box;
    this.#chart = new Chart(canvas, {
      type: "bar",
      data: { labels: [], datasets: [{ data: [], backgroundColor: [], borderRadius: 10, maxBarThickness: 34 }] },
      options: {
        indexAxis: "y",
        maintainAspectRatio: false,
        events: [],
        layout: { padding: { right: 58 } },
        plugins: { legend: { display: false }, tooltip: { enabled: false } },
        scales: {
          x: {
            beginAtZero: true,
            suggestedMax: 5,
            border: { display: false },
            grid: { drawTicks: false },
            ticks: { display: false, maxTicksLimit: 6 },
          },
          y: {
            border: { display: false },
            grid: { display: false },
            ticks: { autoSkip: false, padding: 8, font: { size: 15, weight: 500 } },
          },
        },
      },
      plugins: [valueAtBarEnd],
    });
    follow("(prefers-color-scheme: dark)", () => this.#dress());
    follow("(prefers-reduced-motion: reduce)", (reduced) => {
      this.#chart.options.animation = reduced ? false : { duration: MOVE_MS, easing: "easeOutCubic" };
    });
  }

  // Takes candidates with their totals, [{name, emoji, color, votes}], in the order of the bars.
  show(rows) {
    const [dataset] = this.#chart.data.datasets;
    this.#box.style.setProperty("--rows", rows.length);
    this.#chart.data.labels = rows.map((row) => `${row.emoji}  ${shortened(row.name)}`);
    dataset.data = rows.map((row) => row.votes);
    dataset.backgroundColor = rows.map((row) => row.color);
    this.#chart.update();
  }

  // A canvas knows nothing of the page's style sheet.
  #dress() {
    const style = getComputedStyle(document.documentElement);
    const { options } = this.#chart;
    options.color = style.getPropertyValue("--ink");
    options.font.family = getComputedStyle(document.body).fontFamily;
    options.scales.x.grid.color = style.getPropertyValue("--line");
    options.scales.y.ticks.color = style.getPropertyValue("--ink");
    this.#chart.update("none");
  }
}

function follow(query, apply) {
  const media = matchMedia(query);
  media.addEventListener("change", () => apply(media.matches));
  apply(media.matches);
}

function shortened(name) {
  return name.length > 14 ? `${name.slice(0, 13)}…` : name;
}

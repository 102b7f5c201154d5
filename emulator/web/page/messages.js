// What the page says in words: the connection's state, what is wrong, who leads.

const STATUS = { connecting: "Connecting…", live: "Live", lost: "Not connected" };
const SUMMARY_EVERY_MS = 1_000;

export function showStatus(state) {
  document.getElementById("status").dataset.state = state;
  setText("status-text", STATUS[state]);
  document.body.dataset.connection = state;
}

export function showNotice({ live, connectionProblem, loadProblem }) {
  const notice = document.getElementById("notice");
  const lost = document.body.dataset.connection === "lost";
  const texts = [];
  if (lost && !live) texts.push("The live connection is lost: these totals may be out of date. Reconnecting…");
  if (connectionProblem) texts.push(connectionProblem);
  if (loadProblem) texts.push(`The totals could not be read. ${loadProblem}`);
  notice.hidden = texts.length === 0;
  setText("notice", texts.join(" "));
}

// null takes the message away.
export function showFailure(text, again) {
  const box = document.getElementById("failure");
  box.hidden = text === null;
  setText("failure-text", text ?? "");
  document.getElementById("failure-retry").onclick = () => {
    box.hidden = true;
    again();
  };
  document.getElementById("failure-close").onclick = () => {
    box.hidden = true;
  };
}

let summaryRows = [];
let summaryTimer = null;

// A screen reader speaks every change of this line, so it changes at most once a second.
export function showSummary(rows) {
  summaryRows = rows;
  if (summaryTimer) return;
  setText("summary", summaryOf(summaryRows));
  summaryTimer = setTimeout(() => {
    summaryTimer = null;
    setText("summary", summaryOf(summaryRows));
  }, SUMMARY_EVERY_MS);
}

function summaryOf(rows) {
  const sum = rows.reduce((total, row) => total + row.votes, 0);
  if (sum === 0) return "No votes yet. Press a pet to cast the first.";
  const best = Math.max(...rows.map((row) => row.votes));
  const leaders = rows.filter((row) => row.votes === best).map((row) => row.name);
  const cast = `${sum.toLocaleString()} ${sum === 1 ? "vote" : "votes"} so far. `;
  if (leaders.length > 3) return `${cast}It is a tie.`;
  const names = new Intl.ListFormat("en").format(leaders);
  return `${cast}${names} ${leaders.length > 1 ? "are tied" : "leads"} with ${best.toLocaleString()}.`;
}

function setText(id, text) {
  const node = document.getElementById(id);
  if (node.textContent !== text) node.textContent = text;
}

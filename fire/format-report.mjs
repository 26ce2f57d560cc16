import { existsSync, readFileSync } from "node:fs";
import { styleText } from "node:util";

/** What the experiments wrote down, in the order in which they ended. */
export function readFindings(file) {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line));
}

/** A table by section: what, how often it was tried, what was lost, and further figures. */
export function formatReport(findings, { seconds, isShort }) {
  const width = Math.max(4, ...findings.map(({ what }) => what.length));
  const line = (what, tried, lost, figures) =>
    `  ${what.padEnd(width)}  ${tried.padStart(9)}  ${lost}  ${figures}`.trimEnd();
  const lines = ["", styleText("dim", line("", "tried", "lost".padStart(6), ""))];
  for (const section of [...new Set(findings.map((finding) => finding.section))].sort()) {
    lines.push(styleText("bold", section));
    for (const { what, tried, lost, figures } of findings.filter((finding) => finding.section === section)) {
      lines.push(
        line(what, count(tried), styleText(lost === 0 ? "green" : "red", count(lost).padStart(6)), list(figures)),
      );
    }
  }
  const lost = findings.reduce((sum, finding) => sum + finding.lost, 0);
  const total = `${findings.length} experiments (${isShort ? "short" : "full"}), ${count(lost)} lost, ${seconds.toFixed(0)} s`;
  return [...lines, "", styleText(lost === 0 && findings.length > 0 ? "green" : "red", total), ""].join("\n");
}

function list(figures = {}) {
  return Object.entries(figures)
    .map(([name, value]) => `${name} ${typeof value === "number" ? count(value) : value}`)
    .join(", ");
}

function count(value) {
  return value.toLocaleString("en-US");
}

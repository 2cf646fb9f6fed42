// Words that are selected in the text become the start and end of a claim; all of it works without this.
const text = document.getElementById("text");
const choose = document.getElementById("choose");
const kinds = { c: "control", e: "event", p: "presence", m: "movement", t: "toll" };

// Offsets are in code points, as the ledger counts them; the browser counts UTF-16 units.
const before = (node, offset) => {
  const range = document.createRange();
  range.setStart(text, 0);
  range.setEnd(node, offset);
  return [...range.toString()].length;
};

const chosen = () => {
  const selection = document.getSelection();
  if (selection.isCollapsed || selection.rangeCount === 0) return false;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return false;
  choose.elements.start.value = before(range.startContainer, range.startOffset);
  choose.elements.end.value = before(range.endContainer, range.endOffset);
  choose.elements.words.value = "";
  return true;
};

document.addEventListener("selectionchange", chosen);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  const kind = kinds[event.key];
  if (kind === undefined || !chosen()) return;
  event.preventDefault();
  choose.elements.kind.value = kind;
  choose.requestSubmit();
});

// A passage that was chosen before is where the eye is, unless its form is to be filled in.
if (document.getElementById("claim") === null) {
  document.querySelector("#text .chosen")?.scrollIntoView({ block: "center" });
}

// Keys of the review desk; all of it works without them.
const questions = [...document.querySelectorAll(".question")];
const help = document.getElementById("help");

const typing = (at) => at.closest("input, textarea, select, [contenteditable]") !== null;

// The question in which the focus is; none before the first key.
const current = () => questions.findIndex((one) => one.contains(document.activeElement));

const go = (step) => {
  const at = current();
  const next = questions[Math.min(Math.max(at < 0 ? 0 : at + step, 0), questions.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "start" });
};

// A button of the question; asked again, that of the next account.
const button = (key) => {
  const found = [...(questions[Math.max(current(), 0)]?.querySelectorAll(`[data-key="${key}"]`) ?? [])];
  found[(found.indexOf(document.activeElement) + 1) % found.length]?.focus();
};

const acts = {
  j: () => go(1),
  k: () => go(-1),
  a: () => button("a"),
  r: () => button("r"),
  w: () => questions[Math.max(current(), 0)]?.querySelector(".reason")?.focus(),
  "?": () => {
    help.open = !help.open;
    if (help.open) help.querySelector("summary").focus();
  },
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event.target)) {
    event.target.closest(".question")?.focus();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
  const act = acts[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
});

// What was refused is where the person was.
document.getElementById("refused")?.closest(".question")?.scrollIntoView({ block: "start" });

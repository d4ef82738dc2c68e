// Hides the terms of the ontology's page that a person does not look for. Without this
// script the page has them all, and no box.

const form = document.querySelector("form.filter");
const box = form.querySelector("input");
const status = form.querySelector("[role=status]");

const terms = Array.from(document.querySelectorAll("section.term"), (section) => ({
  section,
  entry: document
    .querySelector(`.contents a[href="#${CSS.escape(section.id)}"]`)
    ?.closest("li"),
  words: Array.from(section.querySelectorAll("h3, .what"), (each) => each.textContent)
    .join(" ")
    .toLowerCase(),
}));

function find() {
  const wanted = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let number = 0;
  for (const { section, entry, words } of terms) {
    const fits = wanted.every((word) => words.includes(word));
    section.hidden = !fits;
    if (entry) entry.hidden = !fits;
    number += fits;
  }
  for (const group of document.querySelectorAll("section.group, li.group")) {
    group.hidden = !group.querySelector("section.term:not([hidden]), li:not([hidden])");
  }
  document.getElementById("the-diagrams").hidden = wanted.length > 0;
  status.textContent = wanted.length ? `${number} of ${terms.length} terms` : "";
}

function showTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.closest("[hidden]")) {
    box.value = "";
    find();
    target.scrollIntoView();
  }
}

box.addEventListener("input", find);
window.addEventListener("hashchange", showTarget);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const first = terms.find(({ section }) => !section.hidden);
  if (first) location.hash = first.section.id;
});
form.hidden = false;
find();

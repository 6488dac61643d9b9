// Comfort only: every page works without this file.
"use strict";
const root = document.documentElement;
root.classList.add("has-script");

// light, dark, or as the system says; remembered on this machine alone
const themes = ["auto", "light", "dark"];
const button = document.querySelector(".theme");
const read = () => { try { return localStorage.getItem("theme") || "auto"; } catch { return "auto"; } };
const show = (theme) => {
  if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme;
  if (button) button.textContent = `Colours: ${theme}`;
};
show(read());
if (button) button.addEventListener("click", () => {
  const next = themes[(themes.indexOf(read()) + 1) % themes.length];
  try { localStorage.setItem("theme", next); } catch { /* kept for this page only */ }
  show(next);
});

// beside the list a ticked filter applies at once, and the eye and the focus stay where they were; over the list, on a phone, several
// are ticked before they are sent; empty fields and what goes without saying stay out of the address
const form = document.querySelector("#filters");
if (form) {
  const keep = (one) => {
    const place = { name: one.name, value: one.value, top: one.getBoundingClientRect().top, scrolled: scrollY };
    try { sessionStorage.setItem("place", JSON.stringify(place)); } catch { /* the page begins at its top */ }
  };
  const back = () => {
    let place = null;
    try { place = JSON.parse(sessionStorage.getItem("place")); sessionStorage.removeItem("place"); } catch { /* none was kept */ }
    if (!place) return;
    const named = [...form.elements].filter((one) => one.name === place.name);
    const one = named.find((one) => one.value === place.value) || named[0];
    scrollTo({ top: place.scrolled, behavior: "instant" });
    if (!one?.offsetParent) return;
    one.focus({ preventScroll: true });
    form.scrollTop += one.getBoundingClientRect().top - place.top;
  };
  back();
  form.addEventListener("change", ({ target }) => {
    if (!matchMedia("(min-width:60rem)").matches || !target.matches("input[type=checkbox],input[type=radio],select")) return;
    keep(target);
    form.requestSubmit();
  });
  form.addEventListener("formdata", (event) => {
    for (const one of form.querySelectorAll("[data-default]")) {
      if (one.value === one.dataset.default) event.formData.delete(one.name);
    }
    for (const [name, value] of [...event.formData.entries()]) {
      if (value !== "") continue;
      const kept = event.formData.getAll(name).filter((one) => one !== "");
      event.formData.delete(name);
      kept.forEach((one) => event.formData.append(name, one));
    }
  });
}

// "/" goes to the search field
const search = document.querySelector("#text");
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input,select,textarea,[contenteditable]");
  if (event.key === "/" && search && !typing && !event.ctrlKey && !event.metaKey) { event.preventDefault(); search.focus(); }
});

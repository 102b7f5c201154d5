// The settings dialog.
import { FIELDS, checkedConfig } from "./config.js";

// `current` and `defaults` are asked for whenever the dialog opens; onSave gets a checked config.
export function installSettings({ current, defaults, onSave }) {
  const dialog = document.getElementById("settings");
  const form = document.getElementById("settings-form");
  const error = document.getElementById("settings-error");

  const fill = (values) => {
    error.textContent = "";
    for (const field of FIELDS) form.elements[field].value = values[field];
  };

  document.getElementById("open-settings").addEventListener("click", () => {
    fill(current());
    dialog.showModal();
  });
  document.getElementById("settings-reset").addEventListener("click", () => fill(defaults()));
  document.getElementById("settings-cancel").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    try {
      onSave(checkedConfig(Object.fromEntries(new FormData(form))));
      dialog.close();
    } catch (problem) {
      error.textContent = problem.message;
    }
  });
}

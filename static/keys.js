// Where it runs, a form is keyed in by numbers: 1 to 9 choose an answer, 0 leaves it blank, Enter goes on.
(() => {
  const form = document.querySelector(".keyed");
  const rows = [...form.querySelectorAll("fieldset")];
  const answers = (row) => [...row.querySelectorAll("input")];
  document.querySelector(".with-keys").hidden = false;
  form.classList.add("numbered");

  const enter = (row) => {
    const inputs = answers(row);
    (inputs.find((input) => input.checked) ?? inputs[0]).focus();
    row.scrollIntoView({ block: "nearest" });
  };
  const next = (row) => {
    const following = rows[rows.indexOf(row) + 1];
    if (following) enter(following);
    else form.querySelector(".go").focus();
  };

  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("fieldset");
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      next(row);
      return;
    }
    if (!/^[0-9]$/.test(event.key) || event.target.inputMode === "numeric") return;
    event.preventDefault();
    const inputs = answers(row).filter((input) => input.value !== "");
    if (event.key === "0") {
      answers(row).forEach((input) => { input.checked = input.value === ""; });
      return;
    }
    const chosen = inputs[event.key - 1];
    if (!chosen) return;
    chosen.checked = chosen.type === "radio" || !chosen.checked;
    chosen.focus();
    if (chosen.type === "radio") next(row);
  });

  enter(rows[0]);
})();

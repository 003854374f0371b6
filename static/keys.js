// Where it runs, a form is keyed in by the key beside each answer: 1 to 9, n, u, d, and 0 for blank. Enter goes on.
(() => {
  const form = document.querySelector(".keyed");
  const rows = [...form.querySelectorAll("fieldset")];

  const enter = (row) => {
    (row.querySelector("input:checked") ?? row.querySelector("input:not([type=hidden])")).focus();
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
    if (event.target.inputMode === "numeric") return;
    const label = row.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!label) return;
    event.preventDefault();
    const chosen = label.querySelector("input");
    chosen.checked = chosen.type === "radio" || !chosen.checked;
    chosen.focus();
    if (chosen.type === "radio") next(row);
  });

  const wanted = document.getElementById(location.hash.slice(1));
  if (rows.includes(wanted)) addEventListener("load", () => enter(wanted)); // the browser goes there first, and takes the focus
  else if (!document.querySelector(".summary")) enter(rows[0]);
})();

// Nothing here is needed. Where it runs: Shift three times leaves, and a page left is blank at once and stays so.
(() => {
  const page = document.documentElement;
  const form = document.getElementById("leave");
  const said = document.querySelector(".said");
  let times = [];
  let alone = false;

  const blank = () => {
    page.classList.add("gone");
    document.title = "\u200b";
  };
  form.addEventListener("submit", blank);

  addEventListener("keydown", (event) => {
    alone = event.key === "Shift";
    if (!alone) {
      times = [];
      said.textContent = "";
    }
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    times = times.filter((time) => event.timeStamp - time < 5000).concat(event.timeStamp);
    said.textContent = ["", form.dataset.two, form.dataset.one][times.length] ?? "";
    setTimeout(() => times.at(-1) === event.timeStamp && (said.textContent = ""), 5000);
    if (times.length === 3) {
      blank();
      form.submit();
    }
  });

  // A page that the browser kept from before is asked for anew: the server knows whether there is still something to show.
  addEventListener("pageshow", (event) => event.persisted && (blank(), location.reload()));
})();

(() => {
  const chart = document.querySelector(".chart svg");
  const layers = [...chart.querySelectorAll(".layer")];
  const weeks = [...document.querySelectorAll("details.week")];
  const buddySelect = document.getElementById("pick-buddy");
  const weekSelect = document.getElementById("pick-week");

  const pick = (buddy) => {
    chart.classList.toggle("picked", buddy !== "");
    layers.forEach((layer) => layer.classList.toggle("on", layer.dataset.b === buddy));
    buddySelect.value = buddy;
  };
  const open = (buddy) => {
    weeks.forEach((week) => { week.open = week.dataset.b === buddy; });
    document.querySelector(`details.week[data-b="${buddy}"]`)?.scrollIntoView({ block: "nearest" });
    pick(buddy);
  };

  weeks.forEach((week) => week.addEventListener("toggle", () => {
    const opened = weeks.find((one) => one.open);
    pick(opened ? opened.dataset.b : "");
  }));
  chart.addEventListener("click", (event) => open(event.target.closest("[data-b]")?.dataset.b ?? ""));
  buddySelect.addEventListener("change", () => open(buddySelect.value));
  weekSelect?.addEventListener("change", () => {
    chart.querySelectorAll(".track").forEach((track) => {
      track.classList.toggle("later", track.dataset.w !== weekSelect.value);
    });
  });
  document.querySelectorAll(".languages input").forEach((choice) => choice.addEventListener("change", () => {
    document.documentElement.lang = choice.value;
  }));
  document.querySelectorAll("[hidden]").forEach((part) => { part.hidden = false; });
})();

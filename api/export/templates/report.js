(() => {
  const chart = document.querySelector(".chart svg");
  const layers = [...chart.querySelectorAll(".layer")];
  const weeks = [...document.querySelectorAll("details.week")];
  const buddySelect = document.getElementById("pick-buddy");
  const weekSelect = document.getElementById("pick-week");

  const whole = chart.viewBox.baseVal;
  const [width, height] = [whole.width, whole.height];

  const zoomTo = (buddy) => {
    const boxes = layers.filter((layer) => layer.dataset.b === buddy).map((layer) => layer.getBBox());
    const west = Math.min(...boxes.map((box) => box.x));
    const north = Math.min(...boxes.map((box) => box.y));
    const east = Math.max(...boxes.map((box) => box.x + box.width));
    const south = Math.max(...boxes.map((box) => box.y + box.height));
    const share = Math.max(0.3, Math.min(1, 1.6 * Math.max((east - west) / width, (south - north) / height)));
    const x = Math.min(Math.max(0, (west + east - share * width) / 2), width * (1 - share));
    const y = Math.min(Math.max(0, (north + south - share * height) / 2), height * (1 - share));
    chart.setAttribute("viewBox", `${x} ${y} ${share * width} ${share * height}`);
    chart.style.setProperty("--k", share);
  };
  const zoomOut = () => {
    chart.setAttribute("viewBox", `0 0 ${width} ${height}`);
    chart.style.setProperty("--k", 1);
  };
  const pick = (buddy) => {
    if (buddy === "") zoomOut(); else zoomTo(buddy);
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

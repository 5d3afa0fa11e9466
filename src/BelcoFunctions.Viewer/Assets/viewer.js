// The features that need a script: keys, times in the reader's time zone, copying, and changing colours without a reload.
// Every page is complete without it.
(() => {
  "use strict";

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const isShown = element => element.getClientRects().length > 0;

  // Times. The server writes them in UTC, and keeps UTC in the title.
  const formats = {
    day: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
    minute: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
    second: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
    full: {
      day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit",
    },
    list: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  };
  const language = document.documentElement.lang === "en" ? "en-GB" : undefined;
  const thisYear = new Date().getFullYear();

  // Formatters are cached, because creating one takes far longer than using it.
  const formatters = new Map();
  function formatterOf(name, withYear) {
    const key = `${name} ${withYear}`;
    if (!formatters.has(key)) {
      formatters.set(key, new Intl.DateTimeFormat(language, withYear ? { ...formats[name], year: "numeric" } : formats[name]));
    }
    return formatters.get(key);
  }

  function showLocalTimes(root = document) {
    for (const time of all("time[data-format]", root)) {
      const moment = new Date(time.dateTime);
      if (Number.isNaN(moment.getTime())) continue;
      const { format } = time.dataset;
      time.textContent = formatterOf(format, format === "list" && moment.getFullYear() !== thisYear).format(moment);
    }
  }

  // The server puts a separator between days in UTC. This does it for days in the reader's time zone.
  function separateLocalDays() {
    const separator = document.querySelector("[data-day]");
    if (!separator) return;
    let day = "";
    for (const entry of all("[data-entry]")) {
      const moment = new Date(entry.querySelector(".meta time, :scope > time").dateTime);
      const previous = entry.previousElementSibling;
      if (previous?.matches("[data-day]")) previous.remove();
      if (moment.toDateString() === day) continue;
      day = moment.toDateString();
      const item = separator.cloneNode(true);
      const time = item.querySelector("time");
      time.dateTime = moment.toISOString();
      time.title = moment.toISOString().replace("T", " ").replace("Z", " UTC");
      entry.before(item);
    }
  }

  // The server counts the days of a report in the reader's time zone, which only the browser knows.
  function sendTimeZone() {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    if (!timeZone) return;
    const cookie = `belco-time-zone=${encodeURIComponent(timeZone)}`;
    document.cookie = `${cookie}; path=/; max-age=31536000; samesite=strict`;
    const counted = document.querySelector("[data-zone-seen]");
    const wasStored = document.cookie.split("; ").includes(cookie);
    // Count again, but only once: without the cookie, the next page would be the same.
    if (counted && counted.dataset.zoneSeen !== timeZone && wasStored) location.reload();
  }

  // Copying.
  const announcement = document.querySelector("[data-announce]");

  async function copy(button) {
    const source = button.dataset.copyFrom && document.getElementById(button.dataset.copyFrom);
    try {
      await navigator.clipboard.writeText(source ? source.textContent : button.dataset.copy);
      button.classList.add("done");
      announcement.textContent = "Copied";
    } catch {
      announcement.textContent = "The browser does not allow copying";
    }
    setTimeout(() => {
      button.classList.remove("done");
      announcement.textContent = "";
    }, 1500);
  }

  // Colours. The server reads the cookie, so that the next page has the chosen colours from the start.
  function chooseTheme(button) {
    document.documentElement.dataset.theme = button.value;
    document.cookie = `belco-theme=${button.value}; path=/; max-age=31536000; samesite=strict`;
    for (const other of all("button", button.form)) other.setAttribute("aria-pressed", String(other === button));
  }

  // Keys.
  const dialog = document.getElementById("keys");
  const rows = () => {
    const list = all("[data-row]").filter(isShown);
    return list.length ? list : all(".entry .raw").filter(isShown);
  };

  function move(step) {
    const list = rows();
    const focused = list.indexOf(document.activeElement);
    const current = focused >= 0 ? focused : list.findIndex(row => row.getAttribute("aria-current") === "true");
    const next = list[current < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(Math.max(current + step, 0), list.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  function filter() {
    const field = document.querySelector("[data-filters] select, [data-filters] input:not([type=hidden])");
    const link = document.querySelector("[data-filter-link]");
    if (field) field.focus();
    else link?.click();
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open) return;
    const target = event.target;
    if (target.matches("input, select, textarea")) {
      if (event.key === "Escape") target.blur();
      return;
    }
    const actions = {
      j: () => move(1),
      k: () => move(-1),
      Escape: () => document.querySelector("[data-up]")?.click(),
      "/": filter,
      "?": () => dialog.showModal(),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  // A report reads all conversations of its range, which may take seconds.
  const working = document.querySelector("[data-working]");
  const isReport = address => new URL(address, location.href).pathname.startsWith("/report");
  let patience = 0;

  function sayWorking() {
    patience = setTimeout(() => { working.textContent = "Counting …"; }, 300);
  }

  sendTimeZone();
  separateLocalDays();
  showLocalTimes();
  for (const hidden of all("[data-copy], [data-copy-from], [data-keys]")) hidden.hidden = false;
  document.addEventListener("keydown", onKey);
  document.addEventListener("belco:times", event => showLocalTimes(event.target));
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href]");
    const isHere = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    const staysHere = link?.getAttribute("href").startsWith("#");
    if (link && isHere && !staysHere && isReport(link.href)) sayWorking();
    const button = event.target.closest("button");
    if (!button) return;
    if (button.matches("[data-copy], [data-copy-from]")) copy(button);
    if (button.matches("[data-keys]")) dialog.showModal();
  });
  document.querySelector("[data-theme-form]")?.addEventListener("submit", event => {
    if (!event.submitter) return;
    event.preventDefault();
    chooseTheme(event.submitter);
  });
  const filters = document.querySelector("[data-filters]");
  // Do not send empty fields, which would only make the address longer.
  filters?.addEventListener("submit", () => {
    if (isReport(filters.action)) sayWorking();
    for (const field of all("input, select", filters)) field.disabled = field.value === "";
  });
  filters?.querySelector("select").addEventListener("change", () => filters.requestSubmit());
  // When the browser shows the page from its cache, these fields are still disabled.
  addEventListener("pageshow", () => {
    clearTimeout(patience);
    working.textContent = "";
    for (const field of all("[data-filters] :disabled")) field.disabled = false;
  });
  // Scroll the list to the conversation, but not the whole page.
  const [side, chosen] = [document.querySelector(".side"), document.querySelector(".side [aria-current]")];
  if (side && chosen) side.scrollTop = chosen.offsetTop - (side.clientHeight - chosen.clientHeight) / 2;
})();

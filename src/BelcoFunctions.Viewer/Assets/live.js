// Keeps the page Live up to date. Data from the server is inserted into a template as text, never as markup. Without this
// script, the page shows the state when it was loaded.
(() => {
  "use strict";

  const maxRows = 1000;
  // The server sends something at least every ten seconds.
  const silenceLimit = 25_000;
  const behindLimit = 5_000;

  const list = document.querySelector("[data-live]");
  const body = list.querySelector("[data-live-rows]");
  const template = list.querySelector("[data-live-template]").content.firstElementChild;
  const showButton = list.querySelector("[data-live-show]");
  const state = document.querySelector("[data-live-state]");
  const pauseButton = document.querySelector("[data-live-pause]");

  const part = (element, name) => element.querySelector(`[data-part="${name}"]`);
  const count = number => number.toLocaleString("en-US");

  // Rows, by their key. Rows in "waiting" are not on the page yet.
  const shown = new Map([...body.children].map(row => [row.dataset.key, row]));
  const waiting = new Map();

  let cursor = list.dataset.after;
  let source = null;
  let heardAt = 0;
  // The server's clock may differ from the browser's. This is the smallest difference seen.
  let leastLate = Infinity;
  let dropped = 0;
  let isPaused = false;
  let connection = "Connecting…";

  // One row.
  function setText(row, name, text) {
    const element = part(row, name);
    if (element.textContent !== text) element.textContent = text;
  }

  function fillStep(row, name, step) {
    const outcome = part(row, name);
    outcome.className = `outcome ${step.class}`;
    outcome.hidden = step.text === "";
    setText(row, name, step.text);
    setText(row, `${name}-took`, step.took);
  }

  function fill(element, row) {
    element.dataset.key = row.key;
    const at = part(element, "at");
    if (at.dateTime !== row.at) {
      at.dateTime = row.at;
      at.title = row.atTitle;
      at.textContent = row.atText;
    }
    setText(element, "event", row.event);
    setText(element, "conversation", row.conversation);
    part(element, "conversation").title = row.conversationTitle;
    const tint = part(element, "tint");
    tint.className = `dot ${row.tint}`;
    tint.hidden = row.tint === "";
    const link = part(element, "link");
    if (row.link) link.setAttribute("href", row.link);
    else link.removeAttribute("href");
    setText(element, "request", row.request);
    part(element, "request").title = row.requestTitle;
    fillStep(element, "answer", row.answer);
    fillStep(element, "projection", row.projection);
    setText(element, "reason", row.reason);
    part(element, "reason").hidden = row.reason === "";
    return element;
  }

  // True if the page is paused, or if the reader has scrolled, selected text or focused a row. Then nothing may move.
  function isHeld() {
    const selection = getSelection();
    const selects = selection.type === "Range" && body.contains(selection.anchorNode);
    return isPaused || scrollY > 8 || body.contains(document.activeElement) || selects;
  }

  function showWaiting() {
    if (waiting.size === 0) return;
    const rows = document.createDocumentFragment();
    for (const [key, row] of [...waiting].reverse()) {
      const element = fill(template.cloneNode(true), row);
      shown.set(key, element);
      rows.append(element);
    }
    waiting.clear();
    // The server writes times in UTC; viewer.js converts them.
    const added = [...rows.children];
    body.prepend(rows);
    for (const element of added) element.dispatchEvent(new CustomEvent("belco:times", { bubbles: true }));
    while (body.children.length > maxRows) {
      shown.delete(body.lastElementChild.dataset.key);
      body.lastElementChild.remove();
    }
    list.querySelector("[data-live-empty]").hidden = true;
  }

  function release() {
    if (!isHeld()) showWaiting();
    tell();
  }

  function show() {
    showWaiting();
    scrollTo({ top: 0 });
    tell();
  }

  // The status line of the page.
  function tell() {
    const isOpen = connection === "Live";
    const text = !isOpen ? connection : isPaused ? "Paused" : isHeld() ? "Paused while you read" : connection;
    if (state.textContent !== text) state.textContent = text;
    state.dataset.liveState = isOpen ? (text === "Live" ? "live" : "paused") : "off";
    showButton.hidden = waiting.size === 0;
    const label = `${count(waiting.size)} new – show`;
    if (waiting.size > 0 && showButton.textContent !== label) showButton.textContent = label;
  }

  function connect(text) {
    connection = text;
    tell();
  }

  function tellDropped(more) {
    dropped += more;
    const notice = document.querySelector("[data-live-dropped]");
    notice.hidden = dropped === 0;
    notice.textContent = `${count(dropped)} ${dropped === 1 ? "webhook was" : "webhooks were"} dropped from this view: `
      + "more arrived than it can show. Each of them is in the archive.";
  }

  function setPaused(paused) {
    isPaused = paused;
    pauseButton.textContent = paused ? "Resume" : "Pause";
    pauseButton.setAttribute("aria-pressed", String(paused));
    release();
  }

  // Messages from the server.
  function onWebhooks(event) {
    cursor = event.lastEventId;
    const message = JSON.parse(event.data);
    for (const row of message.rows) {
      const element = shown.get(row.key);
      if (element) fill(element, row);
      else waiting.set(row.key, row);
    }
    // While the page is held, drop the oldest waiting rows if there are too many.
    let gaveWay = 0;
    for (const key of waiting.keys()) {
      if (waiting.size <= maxRows) break;
      waiting.delete(key);
      gaveWay++;
    }
    if (message.dropped + gaveWay > 0) tellDropped(message.dropped + gaveWay);
    if (message.restarted) document.querySelector("[data-live-restarted]").hidden = false;
    heard(message.at);
    release();
  }

  function onQueues(event) {
    const message = JSON.parse(event.data);
    for (const queue of message.queues) {
      const card = document.querySelector(`[data-queue="${CSS.escape(queue.name)}"]`);
      if (!card) continue;
      setText(card, "depth", count(queue.depth));
      setText(card, "dead-count", count(queue.deadLetters));
      part(card, "dead").hidden = queue.deadLetters === 0;
      if (queue.oldestReceivedAt) part(card, "oldest").dataset.since = queue.oldestReceivedAt;
      else delete part(card, "oldest").dataset.since;
    }
    tellAges();
    heard(message.at);
    tell();
  }

  function heard(at) {
    heardAt = Date.now();
    const late = heardAt - Date.parse(at);
    leastLate = Math.min(leastLate, late);
    const behind = late - leastLate;
    // In steps, because a screen reader announces each change.
    connection = behind < behindLimit ? "Live" : `Behind by ${duration(behind - behind % behindLimit)}`;
  }

  function duration(milliseconds) {
    const seconds = Math.max(0, Math.floor(milliseconds / 1000));
    const units = [[Math.floor(seconds / 86_400), "d"], [Math.floor(seconds / 3600) % 24, "h"],
      [Math.floor(seconds / 60) % 60, "min"], [seconds % 60, "s"]];
    const first = units.findIndex(([number]) => number > 0);
    if (first < 0) return "0\u00A0s";
    return units.slice(first, first + 2).filter(([number]) => number > 0)
      .map(([number, unit]) => `${number}\u00A0${unit}`).join(" ");
  }

  function tellAges() {
    for (const oldest of document.querySelectorAll("[data-part=oldest]")) {
      const { since } = oldest.dataset;
      const text = since ? `oldest ${duration(Date.now() - Date.parse(since))}` : "";
      if (oldest.textContent !== text) oldest.textContent = text;
    }
  }

  // The connection. There is none while the page is hidden.
  function open() {
    if (source || document.visibilityState === "hidden") return;
    source = new EventSource(`${list.dataset.live}?after=${encodeURIComponent(cursor)}`);
    heardAt = Date.now();
    source.addEventListener("webhooks", onWebhooks);
    source.addEventListener("queues", onQueues);
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED) {
        connect("Reconnecting…");
        return;
      }
      // The browser does not reconnect after an answer that is not a stream, so this script does.
      close();
      connect("Refused: too many live pages are open. Close some of them; this one tries again.");
    });
  }

  function close() {
    source?.close();
    source = null;
  }

  setInterval(() => {
    tellAges();
    if (document.visibilityState === "hidden" || Date.now() - heardAt < silenceLimit) return;
    // Nothing arrived for too long: the server refused, or the connection is dead.
    if (source) connect("Reconnecting…");
    close();
    open();
  }, 1000);

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      close();
    } else {
      connect("Connecting…");
      open();
    }
  });
  addEventListener("pagehide", close);
  addEventListener("scroll", release, { passive: true });
  document.addEventListener("selectionchange", release);
  // During this event, the old element still has the focus, so look later.
  body.addEventListener("focusin", release);
  body.addEventListener("focusout", () => setTimeout(release));
  showButton.addEventListener("click", show);
  pauseButton.addEventListener("click", () => setPaused(!isPaused));
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    if (document.querySelector("dialog[open]")) return;
    const link = event.target.matches("[data-row]") && event.target.querySelector("a[href]");
    if (event.key === "p") setPaused(!isPaused);
    else if (event.key === "Enter" && link) link.click();
    else if (event.key === "Escape" && body.contains(document.activeElement)) document.activeElement.blur();
  });

  pauseButton.hidden = false;
  document.querySelector("[data-live-reload]").hidden = true;
  tell();
  open();
})();

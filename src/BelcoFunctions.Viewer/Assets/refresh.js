// Keeps a part of a page up to date: it says after how many seconds to ask the server again. It stays as it is under the reader's
// hands.
(() => {
  "use strict";

  const isHeld = element => element.contains(document.activeElement) || element.querySelector("details[open]")
    || getSelection().type === "Range" && element.contains(getSelection().anchorNode);

  function refreshLater() {
    const element = document.querySelector("[data-refresh]");
    if (element) setTimeout(() => refresh(element), element.dataset.refresh * 1000);
  }

  function refresh(element) {
    if (document.hidden) {
      document.addEventListener("visibilitychange", () => refresh(element), { once: true });
      return;
    }
    if (isHeld(element)) {
      refreshLater();
      return;
    }
    // The browser parses the answer. Trusted Types allow no script to do so.
    const request = new XMLHttpRequest();
    request.open("GET", location.href);
    request.responseType = "document";
    request.addEventListener("load", () => show(element, request));
    // belco does not answer. It may be restarting.
    request.addEventListener("error", refreshLater);
    request.send();
  }

  function show(element, { response, status }) {
    const next = response?.getElementById(element.id);
    if (!next) {
      // The run is not known any more, or belco answers something else. The page says what.
      if (status < 500) location.reload();
      else refreshLater();
      return;
    }
    if (isHeld(element)) {
      refreshLater();
      return;
    }
    element.replaceWith(document.adoptNode(next));
    // Its times are in UTC.
    next.dispatchEvent(new CustomEvent("belco:times", { bubbles: true }));
    if (!next.matches("[data-refresh]")) announce(next);
    refreshLater();
  }

  // All is known.
  function announce(element) {
    document.querySelector("[data-announce]").textContent = element.querySelector("[data-said]").textContent;
  }

  refreshLater();
})();

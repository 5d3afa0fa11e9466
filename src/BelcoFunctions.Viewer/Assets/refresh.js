// Keeps a part of a page up to date. Its data-refresh attribute says after how many seconds to ask the server again. It
// does not change while the reader uses it.
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
    // The browser itself parses the answer, because Trusted Types forbid scripts to do so.
    const request = new XMLHttpRequest();
    request.open("GET", location.href);
    request.responseType = "document";
    request.addEventListener("load", () => show(element, request));
    // belco does not answer. It may be restarting, so try again later.
    request.addEventListener("error", refreshLater);
    request.send();
  }

  function show(element, { response, status }) {
    const next = response?.getElementById(element.id);
    if (!next) {
      // belco no longer knows the run, or answers with an error. Load the whole page, which explains it.
      if (status < 500) location.reload();
      else refreshLater();
      return;
    }
    if (isHeld(element)) {
      refreshLater();
      return;
    }
    element.replaceWith(document.adoptNode(next));
    // The server writes times in UTC; viewer.js converts them.
    next.dispatchEvent(new CustomEvent("belco:times", { bubbles: true }));
    if (!next.matches("[data-refresh]")) announce(next);
    refreshLater();
  }

  // Everything has a result: tell screen readers.
  function announce(element) {
    document.querySelector("[data-announce]").textContent = element.querySelector("[data-said]").textContent;
  }

  refreshLater();
})();

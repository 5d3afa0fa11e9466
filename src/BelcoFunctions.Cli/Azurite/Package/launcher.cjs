"use strict";

// A terminal sends these signals to every process of its foreground group. Only the parent decides when its storage stops, so
// they are ignored here. Azurite's own listeners would shut it down, so they are removed.
const terminalSignals = ["SIGINT", "SIGQUIT", "SIGHUP", "SIGBREAK"];
for (const signal of terminalSignals) process.on(signal, () => {});
process.on("newListener", (signal, listener) => {
    if (terminalSignals.includes(signal)) queueMicrotask(() => process.off(signal, listener));
});

// The parent holds the other end of stdin. When the parent ends, or is killed, stdin closes: the only sign that every
// operating system gives. On SIGTERM, Azurite saves its data and ends.
process.stdin.on("error", () => {}).once("close", () => {
    setTimeout(() => process.exit(1), 5000).unref();
    process.emit("SIGTERM", "SIGTERM");
});
process.stdin.resume().unref();

// After the parent was killed, nobody reads what Azurite prints while it saves.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});

require("azurite/dist/src/azurite.js");

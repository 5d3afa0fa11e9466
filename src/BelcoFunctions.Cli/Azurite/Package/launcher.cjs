"use strict";

// A terminal sends these to every process of its foreground group. The parent decides when its storage may end, so they
// are ignored here, and whoever else listens to them (Azurite would shut down) is removed again.
const terminalSignals = ["SIGINT", "SIGQUIT", "SIGHUP", "SIGBREAK"];
for (const signal of terminalSignals) process.on(signal, () => {});
process.on("newListener", (signal, listener) => {
    if (terminalSignals.includes(signal)) queueMicrotask(() => process.off(signal, listener));
});

// The parent holds the other end of stdin. That it closes is the one sign of the parent's end that every operating
// system gives, also when the parent is killed. At SIGTERM Azurite saves its data and ends.
process.stdin.on("error", () => {}).once("close", () => {
    setTimeout(() => process.exit(1), 5000).unref();
    process.emit("SIGTERM", "SIGTERM");
});
process.stdin.resume().unref();

// A killed parent no longer reads what Azurite says while it saves.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});

require("azurite/dist/src/azurite.js");

// For articles that show figures of ours in frames: sets each frame to the height that its page tells, so that nothing in
// it scrolls. It listens to its own site alone, and touches no frame but the one that speaks. Addressed as /embed.js.
(() => {
  const home = new URL(document.currentScript.src).origin;
  const [least, most] = [100, 5000]; // pixels

  addEventListener("message", ({ origin, source, data }) => {
    const height = Number(data?.yalu);
    if (origin !== home || !(height >= least && height <= most)) return;
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentWindow === source) frame.style.height = `${Math.ceil(height)}px`;
    }
  });

  // Frames that were there before this script spoke to nobody: ask them again.
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.src.startsWith(`${home}/embed/`)) frame.contentWindow.postMessage({ yalu: "height" }, "*"); // it may not be there yet
  }
})();

// What the server answers to a script: whoever waits too long, or is refused, gets an error, and then follows the link.

const PATIENCE = 10_000; // milliseconds

async function answer(address) {
  const given = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
  if (!given.ok) throw new Error(`${given.status} for ${address}`);
  return given;
}

/** The JSON at an address. */
export const json = async (address) => (await answer(address)).json();

/** The page at an address, parsed. */
export const page = async (address) =>
  new DOMParser().parseFromString(await (await answer(address)).text(), "text/html");

// What a reader is moving or typing: as long as it is held, morph.js leaves its value alone.

const held = new WeakSet();

export const hold = (field) => held.add(field);
export const release = (field) => held.delete(field);
export const isHeld = (field) => held.has(field);

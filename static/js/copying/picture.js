// A PNG of a view: the server's SVG, which has title, source, release and date in it, drawn large on a canvas.

const SHARP = 2; // pixels of the picture to a pixel of the drawing

/** Draw the SVG at an address and save it under a name. */
export async function picture(svg, name) {
  const image = new Image();
  image.src = svg;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SHARP;
  canvas.height = image.naturalHeight * SHARP;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  save(await new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail()), "image/png")), name);
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

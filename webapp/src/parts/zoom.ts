/** Where a zoomed picture lies: `x`, `y` in pixels from the middle of the stage, `zoom` 1 to 6. */
export interface View {
  zoom: number;
  x: number;
  y: number;
}

export const fitted: View = { zoom: 1, x: 0, y: 0 };
const LARGEST = 6;

const clamp = (value: number, limit: number): number => Math.min(limit, Math.max(-limit, value));

/** `factor` larger around the point `at`, kept so that the picture never leaves the stage. */
export function zoomed(
  view: View,
  factor: number,
  at: { x: number; y: number },
  stage: { width: number; height: number },
): View {
  const zoom = Math.min(LARGEST, Math.max(1, view.zoom * factor));
  const grown = zoom / view.zoom;
  return {
    zoom,
    x: clamp(at.x - (at.x - view.x) * grown, (stage.width * (zoom - 1)) / 2),
    y: clamp(at.y - (at.y - view.y) * grown, (stage.height * (zoom - 1)) / 2),
  };
}

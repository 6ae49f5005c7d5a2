import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/language";
import { ROUNDS } from "../i18n/rules";
import { clock, open as roundOpen } from "../play/round";
import { Dialog } from "./dialog";
import { Drawn, Icon } from "./icons";
import { Clock } from "./round-top";
import { fitted, type View, zoomed } from "./zoom";
import "../styles/lazy.css";

const STEP = 1.6;
const MINUS = "M5 12h14";
const PLUS = "M12 5v14M5 12h14";

interface Touch {
  x: number;
  y: number;
}

const middle = (touches: Touch[]): Touch => ({
  x: touches.reduce((sum, touch) => sum + touch.x, 0) / touches.length,
  y: touches.reduce((sum, touch) => sum + touch.y, 0) / touches.length,
});

const spread = ([one, other]: Touch[]): number =>
  one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;

/** Fingers and mouse: one moves the picture, two pinch it, the wheel zooms. */
function useGestures(view: View, setView: (view: View) => void) {
  const touches = useRef(new Map<number, Touch>());
  const point = (event: PointerEvent | WheelEvent): Touch => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
  };
  const size = (event: Event) => (event.currentTarget as HTMLElement).getBoundingClientRect();
  return {
    onPointerDown: (event: PointerEvent) => {
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
      touches.current.set(event.pointerId, point(event));
    },
    onPointerMove: (event: PointerEvent) => {
      const held = touches.current;
      if (!held.has(event.pointerId)) return;
      const before = [...held.values()];
      held.set(event.pointerId, point(event));
      const after = [...held.values()];
      const from = middle(before);
      const to = middle(after);
      const moved = { ...view, x: view.x + to.x - from.x, y: view.y + to.y - from.y };
      const pinch = before.length > 1 ? spread(after) / Math.max(1, spread(before)) : 1;
      setView(zoomed(moved, pinch, to, size(event)));
    },
    onPointerUp: (event: PointerEvent) => void touches.current.delete(event.pointerId),
    onPointerCancel: (event: PointerEvent) => void touches.current.delete(event.pointerId),
    onWheel: (event: WheelEvent) =>
      setView(zoomed(view, event.deltaY < 0 ? 1.15 : 1 / 1.15, point(event), size(event))),
    onDblClick: (event: MouseEvent) => {
      const at = point(event as PointerEvent);
      setView(view.zoom > 1 ? fitted : zoomed(view, 2.5, at, size(event)));
    },
  };
}

const arrows: Record<string, [x: number, y: number]> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

function useKeys(onKey: (event: KeyboardEvent) => void): void {
  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
}

interface ViewerProps {
  url: string;
  position: number;
  onClose: () => void;
  /** What stands under the picture, where it is to be read with it. */
  children?: ComponentChildren;
}

/** Time that runs out is not to be missed behind the picture. */
function useTheEnd(onEnd: () => void): void {
  const { value: running } = clock.running;
  const ran = useRef(running);
  useEffect(() => {
    if (ran.current && !running) onEnd();
  }, [running]);
}

/** The picture as large as the screen, with the clock in sight. */
export function Viewer({ url, position, onClose, children }: ViewerProps) {
  const [view, setView] = useState<View>(fitted);
  const stage = useRef<HTMLDivElement>(null);
  const gestures = useGestures(view, setView);
  useTheEnd(onClose);
  const by = (factor: number, x = 0, y = 0) => {
    const size = stage.current?.getBoundingClientRect();
    if (size) setView(zoomed({ ...view, x: view.x + x, y: view.y + y }, factor, { x: 0, y: 0 }, size));
  };
  useKeys((event) => {
    const [x, y] = arrows[event.key] ?? [0, 0];
    if (x || y) by(1, x * 60, y * 60);
    if (event.key === "+" || event.key === "=") by(STEP);
    if (event.key === "-") by(1 / STEP);
  });
  return (
    <Dialog kind="viewer" title={t("viewer.title", { position, total: ROUNDS })} onClose={onClose}>
      <div class="viewer-stage" ref={stage} {...gestures}>
        <img
          src={url}
          alt={t("round.image", { position, total: ROUNDS })}
          draggable={false}
          style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.zoom})` }}
        />
      </div>
      {children}
      <div class="viewer-bar">
        <button type="button" class="viewer-button" aria-label={t("action.close")} onClick={onClose}>
          <Icon name="close" />
        </button>
        {roundOpen.value ? <Clock /> : null}
        <span class="viewer-zoom">
          <button
            type="button"
            class="viewer-button"
            aria-label={t("viewer.out")}
            onClick={() => by(1 / STEP)}
          >
            <Drawn path={MINUS} />
          </button>
          <button type="button" class="viewer-button" aria-label={t("viewer.in")} onClick={() => by(STEP)}>
            <Drawn path={PLUS} />
          </button>
        </span>
      </div>
    </Dialog>
  );
}

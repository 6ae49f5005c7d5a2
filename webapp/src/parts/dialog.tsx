import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { closeOverlay } from "../play/screen";

interface DialogProps {
  title: string;
  children: ComponentChildren;
  onClose: () => void;
  /** "viewer" fills the screen. */
  kind?: "sheet" | "viewer";
}

/** The browser's own modal dialog: it keeps the focus inside, Escape closes it, and so does Back. */
export function Dialog({ title, children, onClose, kind = "sheet" }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // In the commit itself, not after the paint: a key pressed in between would find the focus lost.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    closeOverlay.value = onClose;
    return () => {
      closeOverlay.value = null;
      shown?.close(); // gives the focus back to what had it
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the dialog's own key, onCancel hears it
    <dialog
      ref={dialog}
      class={kind}
      aria-labelledby="dialog-title"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div class={`${kind}-body`}>
        <h2 id="dialog-title" class={kind === "viewer" ? "unseen" : "sheet-title"} tabIndex={-1}>
          {title}
        </h2>
        {children}
      </div>
    </dialog>
  );
}

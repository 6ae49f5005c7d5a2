import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
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
  useEffect(() => {
    const opener = document.activeElement as HTMLElement | null;
    dialog.current?.showModal();
    closeOverlay.value = onClose;
    return () => {
      closeOverlay.value = null;
      opener?.focus?.({ preventScroll: true });
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
